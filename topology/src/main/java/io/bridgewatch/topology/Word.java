package io.bridgewatch.topology;

import java.util.Locale;

/** A word to look for in texts, whatever the case. */
public final class Word {
  private static final int LAST_ASCII = 127;

  private final String text;
  private final boolean ascii;
  private final char lower;
  private final char upper;

  private Word(String text) {
    this.text = text;
    lower = text.isEmpty() ? 0 : Character.toLowerCase(text.charAt(0));
    upper = Character.toUpperCase(lower);
    ascii = lower <= LAST_ASCII && upper <= LAST_ASCII;
  }

  public static Word of(String text) {
    return new Word(text.toLowerCase(Locale.ROOT));
  }

  /** In lower case. */
  public String text() {
    return text;
  }

  /** Whether the text has the word in it; makes no copy. */
  public boolean occursIn(String where) {
    int length = text.length();
    int last = where.length() - length;
    if (length == 0) {
      return true;
    }
    for (int at = 0; at <= last; at++) {
      char first = where.charAt(at);
      // a few letters beyond ASCII, such as the Kelvin sign, have an ASCII letter as their other
      // case
      if ((first == lower || first == upper || first > LAST_ASCII || !ascii)
          && where.regionMatches(true, at, text, 0, length)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public String toString() {
    return text;
  }
}
