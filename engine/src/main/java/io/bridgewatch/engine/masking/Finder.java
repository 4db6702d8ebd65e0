package io.bridgewatch.engine.masking;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds what is sensitive in a text, from left to right and without overlaps.
 *
 * <p>A number counts only if neither a letter, a digit, {@code _} nor a decimal point with a digit
 * touches it, so that parts of ids, hashes and amounts are left alone.
 */
final class Finder {

  /** Shortest run that can be anything: a phone's digits, or a card's first group. */
  private static final int SHORTEST_GROUP = 3;

  private static final int FEWEST_DIGITS = 11;
  private static final int MOST_DIGITS = 19;

  private final boolean numbers;
  private final Set<SensitiveKind> kinds;

  Finder(Set<SensitiveKind> kinds) {
    this.kinds = kinds;
    this.numbers =
        kinds.contains(SensitiveKind.CARD)
            || kinds.contains(SensitiveKind.CHINESE_ID)
            || kinds.contains(SensitiveKind.MOBILE_PHONE);
  }

  /**
   * @param kind empty if it is none of the known ones
   */
  record Found(Optional<SensitiveKind> kind, int start, int end) {
    static Found of(SensitiveKind kind, int start, int end) {
      return new Found(Optional.of(kind), start, end);
    }
  }

  /** Whether a value under this name is a secret as a whole. */
  boolean isSecret(String name) {
    return kinds.contains(SensitiveKind.SECRET) && SecretNames.isSecret(name, name.length());
  }

  List<Found> find(String text) {
    List<Found> found = List.of();
    int done = 0; // all before was looked at
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      Optional<Found> one = Optional.empty();
      int next = i + 1;
      if (c <= '9' && c >= '0') {
        next = runEnd(text, i);
        if (numbers && next - i >= SHORTEST_GROUP) {
          one = number(text, i, next);
        }
      } else if (c == '@') {
        one = kinds.contains(SensitiveKind.EMAIL) ? email(text, i, done) : Optional.empty();
      } else if (c == '=' || c == ':' || c == '：' || c == ' ' || c == 'J') {
        one = kinds.contains(SensitiveKind.SECRET) ? Secrets.at(text, i) : Optional.empty();
      }
      if (one.isPresent()) {
        if (found.isEmpty()) {
          found = new ArrayList<>();
        }
        found.add(one.get());
        next = one.get().end;
        done = next;
      }
      i = next;
    }
    return found;
  }

  private static int runEnd(String text, int start) {
    int end = start + 1;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private Optional<Found> number(String text, int start, int runEnd) {
    if (touchesBefore(text, start)) {
      return Optional.empty();
    }
    int run = runEnd - start;
    if (run >= FEWEST_DIGITS && run <= MOST_DIGITS) {
      return plain(text, start, runEnd);
    }
    return run <= 6 ? grouped(text, start, runEnd) : Optional.empty();
  }

  private Optional<Found> plain(String text, int start, int end) {
    boolean x = end < text.length() && (text.charAt(end) | 0x20) == 'x';
    if (end - start == 17 && x && !touchesAfter(text, end + 1)) {
      return kind(text.substring(start, end + 1), start, end + 1);
    }
    return touchesAfter(text, end)
        ? Optional.empty()
        : kind(text.substring(start, end), start, end);
  }

  private Optional<Found> kind(String number, int start, int end) {
    if (kinds.contains(SensitiveKind.MOBILE_PHONE) && Numbers.isMobilePhone(number)) {
      return Optional.of(Found.of(SensitiveKind.MOBILE_PHONE, start, end));
    }
    if (kinds.contains(SensitiveKind.CHINESE_ID) && Numbers.isChineseId(number)) {
      return Optional.of(Found.of(SensitiveKind.CHINESE_ID, start, end));
    }
    boolean digits = isDigit(number.charAt(number.length() - 1));
    return kinds.contains(SensitiveKind.CARD) && digits && Numbers.isCard(number)
        ? Optional.of(Found.of(SensitiveKind.CARD, start, end))
        : Optional.empty();
  }

  /** Groups with one blank or hyphen between them, all the same, as people write numbers. */
  private Optional<Found> grouped(String text, int start, int firstEnd) {
    if (firstEnd + 1 >= text.length() || !isDigit(text.charAt(firstEnd + 1))) {
      return Optional.empty();
    }
    char separator = text.charAt(firstEnd);
    if (separator != ' ' && separator != '-') {
      return Optional.empty();
    }
    var digits = new StringBuilder().append(text, start, firstEnd);
    var shape = new StringBuilder().append(firstEnd - start);
    Optional<Found> longest = Optional.empty();
    int end = firstEnd;
    while (end + 1 < text.length()
        && text.charAt(end) == separator
        && isDigit(text.charAt(end + 1))
        && digits.length() <= MOST_DIGITS) {
      int next = runEnd(text, end + 1);
      digits.append(text, end + 1, next);
      shape.append('-').append(next - end - 1);
      end = next;
      if (isWritten(shape.toString()) && !touchesAfter(text, end)) {
        var found = kind(digits.toString(), start, end);
        longest = found.isPresent() ? found : longest;
      }
    }
    return longest;
  }

  private static boolean isWritten(String shape) {
    return switch (shape) {
      case "3-4-4", "2-3-4-4", "4-4-4-4", "4-4-4-4-1", "4-4-4-4-2", "4-4-4-4-3", "4-6-5", "4-6-4" ->
          true;
      default -> false;
    };
  }

  private static boolean touchesBefore(String text, int start) {
    if (start == 0) {
      return false;
    }
    char before = text.charAt(start - 1);
    return isIdPart(before)
        || ((before == '.' || before == '-') && start > 1 && isIdPart(text.charAt(start - 2)));
  }

  private static boolean touchesAfter(String text, int end) {
    if (end >= text.length()) {
      return false;
    }
    char after = text.charAt(end);
    return isIdPart(after)
        || ((after == '.' || after == '-')
            && end + 1 < text.length()
            && isIdPart(text.charAt(end + 1)));
  }

  private static boolean isIdPart(char c) {
    return isDigit(c) || isAsciiLetter(c) || c == '_';
  }

  private static Optional<Found> email(String text, int at, int from) {
    int start = at;
    while (start > from && isLocalPart(text.charAt(start - 1))) {
      start--;
    }
    int end = at + 1;
    int lastDot = -1;
    while (end < text.length() && isHostPart(text, end)) {
      lastDot = text.charAt(end) == '.' ? end : lastDot;
      end++;
    }
    boolean host = lastDot > at + 1 && end - lastDot > 2 && allLetters(text, lastDot + 1, end);
    return host && start < at
        ? Optional.of(Found.of(SensitiveKind.EMAIL, start, end))
        : Optional.empty();
  }

  private static boolean isLocalPart(char c) {
    return isIdPart(c) || c == '.' || c == '%' || c == '+' || c == '-';
  }

  private static boolean isHostPart(String text, int at) {
    char c = text.charAt(at);
    return isDigit(c)
        || isAsciiLetter(c)
        || c == '-'
        || (c == '.' && at + 1 < text.length() && isAsciiLetterOrDigit(text.charAt(at + 1)));
  }

  private static boolean allLetters(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!isAsciiLetter(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean isAsciiLetter(char c) {
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
  }

  static boolean isAsciiLetterOrDigit(char c) {
    return isDigit(c) || isAsciiLetter(c);
  }
}
