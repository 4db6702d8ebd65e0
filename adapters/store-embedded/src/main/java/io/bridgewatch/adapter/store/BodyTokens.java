package io.bridgewatch.adapter.store;

import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;

/**
 * Cuts a log line into what can be searched.
 *
 * <ol>
 *   <li>A run of letters and digits is one token, its case folded; all else separates.
 *   <li>Each Chinese or Japanese character is a token of its own, and at the same position stands
 *       the pair it forms with a neighbour that follows at once.
 *   <li>A run longer than {@value #LONGEST} characters is cut into tokens of that length.
 * </ol>
 *
 * So any sequence of words or characters is found by tokens at consecutive positions. Used again
 * for each line; not safe for several threads.
 */
final class BodyTokens extends TokenStream {

  static final int LONGEST = 128;

  private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
  private final PositionIncrementAttribute increment =
      addAttribute(PositionIncrementAttribute.class);

  private String text = "";
  private int at;

  /** Where the second character of a pair begins that is still to be told; -1 if there is none. */
  private int pairWith = -1;

  private int pairFrom;

  BodyTokens over(String line) {
    text = line;
    return this;
  }

  @Override
  public void reset() {
    at = 0;
    pairWith = -1;
  }

  @Override
  public void close() {
    // there is nothing to close
  }

  @Override
  public boolean incrementToken() {
    clearAttributes();
    if (pairWith >= 0) {
      term.append(text, pairFrom, pairWith + Character.charCount(text.codePointAt(pairWith)));
      increment.setPositionIncrement(0);
      pairWith = -1;
      return true;
    }
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c < 0x80 ? isAsciiWord(c) : isWord(text.codePointAt(at))) {
        word();
        return true;
      }
      if (c < 0x80) {
        at++;
        continue;
      }
      int point = text.codePointAt(at);
      int next = at + Character.charCount(point);
      if (standsAlone(point)) {
        term.append(text, at, next);
        if (next < text.length() && standsAlone(text.codePointAt(next))) {
          pairFrom = at;
          pairWith = next;
        }
        at = next;
        return true;
      }
      at = next;
    }
    return false;
  }

  private void word() {
    char[] buffer = term.resizeBuffer(LONGEST + 1);
    int length = 0;
    while (at < text.length() && length < LONGEST) {
      char c = text.charAt(at);
      if (c < 0x80) {
        if (!isAsciiWord(c)) {
          break;
        }
        buffer[length++] = c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
        at++;
      } else {
        int point = text.codePointAt(at);
        if (!isWord(point)) {
          break;
        }
        length += Character.toChars(Character.toLowerCase(point), buffer, length);
        at += Character.charCount(point);
      }
    }
    term.setLength(length);
  }

  private static boolean isAsciiWord(char c) {
    return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z';
  }

  private static boolean isWord(int point) {
    return Character.isLetterOrDigit(point) && !standsAlone(point);
  }

  static boolean standsAlone(int point) {
    if (point < 0x2E80) {
      return false;
    }
    return Character.isIdeographic(point)
        || switch (Character.UnicodeScript.of(point)) {
          case HIRAGANA, KATAKANA -> true;
          default -> false;
        };
  }
}
