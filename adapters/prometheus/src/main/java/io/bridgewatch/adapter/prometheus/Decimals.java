package io.bridgewatch.adapter.prometheus;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * Numbers from bytes. Short decimals, which nearly all are, make no garbage: a mantissa of 53 bits
 * times or over a power of ten up to 22 is exact (Clinger, 1990); the others go to {@link
 * Double#parseDouble}. After each call {@link #valid} tells whether it was a number.
 */
final class Decimals {
  private static final double[] POWERS_OF_TEN = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };
  private static final long EXACT = 1L << 53;
  private static final int MOST_DIGITS = 18;
  private static final int LONGEST = 512;
  private static final int MOST_EXPONENT = 100_000;

  private boolean valid;

  boolean valid() {
    return valid;
  }

  /** A decimal number, {@code NaN} or {@code Inf} with or without a sign, in any case. */
  double parseDouble(byte[] text, int from, int to) {
    valid = true;
    int at = from;
    boolean negative = at < to && text[at] == '-';
    at += at < to && (text[at] == '-' || text[at] == '+') ? 1 : 0;
    long mantissa = 0;
    int digits = 0;
    int seen = 0;
    int scale = 0;
    boolean fraction = false;
    for (; at < to; at++) {
      int c = text[at];
      if (c >= '0' && c <= '9') {
        seen++;
        if (digits < MOST_DIGITS) {
          mantissa = 10 * mantissa + (c - '0');
          digits += mantissa == 0 ? 0 : 1;
        } else {
          digits++;
        }
        scale -= fraction ? 1 : 0;
      } else if (c == '.' && !fraction) {
        fraction = true;
      } else {
        break;
      }
    }
    if (seen == 0) {
      return word(text, from, to);
    }
    if (at < to) {
      scale += exponent(text, at, to);
      if (!valid) {
        return Double.NaN;
      }
    }
    if (digits <= MOST_DIGITS && mantissa <= EXACT && Math.abs(scale) < POWERS_OF_TEN.length) {
      double value = scale < 0 ? mantissa / POWERS_OF_TEN[-scale] : mantissa * POWERS_OF_TEN[scale];
      return negative ? -value : value;
    }
    return exact(text, from, to);
  }

  /** A decimal number; infinity and what is no number are not valid. */
  double parseFinite(byte[] text, int from, int to) {
    double value = parseDouble(text, from, to);
    valid = valid && Double.isFinite(value);
    return value;
  }

  /** A whole number of up to 18 digits. */
  long parseLong(byte[] text, int from, int to) {
    int at = from;
    boolean negative = at < to && text[at] == '-';
    at += at < to && (text[at] == '-' || text[at] == '+') ? 1 : 0;
    valid = at < to && to - at <= MOST_DIGITS;
    long value = 0;
    for (; valid && at < to; at++) {
      int c = text[at];
      valid = c >= '0' && c <= '9';
      value = 10 * value + (c - '0');
    }
    return negative ? -value : value;
  }

  private int exponent(byte[] text, int from, int to) {
    if (text[from] != 'e' && text[from] != 'E') {
      valid = false;
      return 0;
    }
    long value = parseLong(text, from + 1, to);
    return (int) Math.clamp(value, -MOST_EXPONENT, MOST_EXPONENT);
  }

  private double exact(byte[] text, int from, int to) {
    if (to - from > LONGEST) {
      valid = false;
      return Double.NaN;
    }
    return Double.parseDouble(new String(text, from, to - from, ISO_8859_1));
  }

  private double word(byte[] text, int from, int to) {
    int start = from < to && (text[from] == '-' || text[from] == '+') ? from + 1 : from;
    if (is("nan", text, start, to)) {
      return Double.NaN;
    }
    if (is("inf", text, start, to) || is("infinity", text, start, to)) {
      return text[from] == '-' ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    valid = false;
    return Double.NaN;
  }

  private static boolean is(String word, byte[] text, int from, int to) {
    if (to - from != word.length()) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if ((text[i] | 0x20) != word.charAt(i - from)) {
        return false;
      }
    }
    return true;
  }
}
