package io.bridgewatch.engine.masking;

import java.time.DateTimeException;
import java.time.LocalDate;

/** Which digits are a card, a resident id or a phone. All work on digits without separators. */
final class Numbers {

  private static final int[] ID_WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  private static final String ID_CHECKS = "10X98765432";

  private Numbers() {}

  /** Whether an issuer gives out numbers that begin so, and the check digit is right. */
  static boolean isCard(CharSequence digits) {
    int length = digits.length();
    return length >= 13 && length <= 19 && isIssued(digits, length) && isLuhn(digits);
  }

  private static boolean isIssued(CharSequence digits, int length) {
    int two = number(digits, 2);
    int three = number(digits, 3);
    int four = number(digits, 4);
    boolean long16 = length >= 16;
    return switch (digits.charAt(0)) {
      case '3' ->
          (length == 15 && (two == 34 || two == 37))
              || (length == 14 && (two == 36 || two == 38 || (three >= 300 && three <= 305)))
              || (length == 16 && four >= 3528 && four <= 3589);
      case '4' -> length == 13 || long16;
      case '5' -> length == 16 && two >= 51 && two <= 55;
      case '2' -> length == 16 && four >= 2221 && four <= 2720;
      case '6' -> long16 && (two == 62 || two == 60 || two == 65 || (three >= 644 && three <= 649));
      case '8' -> long16 && two == 81;
      case '9' -> long16 && (four == 9558 || four == 9559);
      default -> false;
    };
  }

  private static int number(CharSequence digits, int length) {
    int number = 0;
    for (int i = 0; i < length; i++) {
      number = number * 10 + digits.charAt(i) - '0';
    }
    return number;
  }

  private static boolean isLuhn(CharSequence digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      int doubled = i % 2 == 1 ? 2 * digit : digit;
      sum += doubled > 9 ? doubled - 9 : doubled;
    }
    return sum % 10 == 0;
  }

  /**
   * Whether it is a resident id as of GB 11643: region, date of birth, sequence, check character.
   *
   * @param text 17 digits and a digit or X
   */
  static boolean isChineseId(CharSequence text) {
    if (text.length() != 18) {
      return false;
    }
    int sum = 0;
    for (int i = 0; i < 17; i++) {
      sum += ID_WEIGHTS[i] * (text.charAt(i) - '0');
    }
    int region = number(text, 2);
    return ID_CHECKS.charAt(sum % 11) == Character.toUpperCase(text.charAt(17))
        && region >= 11
        && region <= 82
        && isDate(text);
  }

  private static boolean isDate(CharSequence text) {
    int year = number(text.subSequence(6, 10), 4);
    if (year < 1900 || year > 2099) {
      return false;
    }
    try {
      LocalDate.of(year, number(text.subSequence(10, 12), 2), number(text.subSequence(12, 14), 2));
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  /** Eleven digits that begin like a mobile phone's, or those after the country's 86. */
  static boolean isMobilePhone(CharSequence digits) {
    if (digits.length() == 13 && digits.charAt(0) == '8' && digits.charAt(1) == '6') {
      return isMobilePhone(digits.subSequence(2, 13));
    }
    return digits.length() == 11
        && digits.charAt(0) == '1'
        && digits.charAt(1) >= '3'
        && digits.charAt(1) <= '9';
  }
}
