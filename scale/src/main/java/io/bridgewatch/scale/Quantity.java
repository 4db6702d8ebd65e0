package io.bridgewatch.scale;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;

/** Kubernetes quantities, such as {@code 500m} and {@code 1.5Gi}, in thousandths. */
public final class Quantity {

  private static final Map<String, BigDecimal> SUFFIXES =
      Map.ofEntries(
          Map.entry("", BigDecimal.ONE),
          Map.entry("n", new BigDecimal("1e-9")),
          Map.entry("u", new BigDecimal("1e-6")),
          Map.entry("m", new BigDecimal("1e-3")),
          Map.entry("k", new BigDecimal("1e3")),
          Map.entry("M", new BigDecimal("1e6")),
          Map.entry("G", new BigDecimal("1e9")),
          Map.entry("T", new BigDecimal("1e12")),
          Map.entry("P", new BigDecimal("1e15")),
          Map.entry("E", new BigDecimal("1e18")),
          Map.entry("Ki", BigDecimal.valueOf(1L << 10)),
          Map.entry("Mi", BigDecimal.valueOf(1L << 20)),
          Map.entry("Gi", BigDecimal.valueOf(1L << 30)),
          Map.entry("Ti", BigDecimal.valueOf(1L << 40)),
          Map.entry("Pi", BigDecimal.valueOf(1L << 50)),
          Map.entry("Ei", BigDecimal.valueOf(1L << 60)));

  private Quantity() {}

  /**
   * In thousandths, rounded up as Kubernetes does.
   *
   * @param field what is read, for the message
   * @throws IllegalArgumentException if it is no quantity, or beyond 9.2e15
   */
  public static long milli(String text, String field) {
    return scaled(text, field, 3);
  }

  /** As a number; approximate where it has more digits than a double. */
  public static double value(String text, String field) {
    return amount(text, field).doubleValue();
  }

  private static long scaled(String text, String field, int power) {
    try {
      return amount(text, field)
          .scaleByPowerOfTen(power)
          .setScale(0, RoundingMode.UP)
          .longValueExact();
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "cannot read %s: %s is too large".formatted(field, text), e);
    }
  }

  private static BigDecimal amount(String text, String field) {
    int end = text.length();
    while (end > 0 && Character.isLetter(text.charAt(end - 1))) {
      end--;
    }
    String suffix = text.substring(end);
    String digits = text.substring(0, end);
    if (suffix.isEmpty() && text.length() <= 40) {
      // 1e3 and 1E3 end in a digit
      return number(digits, text, field);
    }
    BigDecimal unit = SUFFIXES.get(suffix);
    if (unit == null || digits.isEmpty() || digits.length() > 40) {
      throw unreadable(text, field);
    }
    return number(digits, text, field).multiply(unit);
  }

  private static BigDecimal number(String digits, String text, String field) {
    try {
      var number = new BigDecimal(digits);
      if (Math.abs(number.scale()) > 40) {
        throw unreadable(text, field);
      }
      return number;
    } catch (NumberFormatException e) {
      throw unreadable(text, field);
    }
  }

  private static IllegalArgumentException unreadable(String text, String field) {
    return new IllegalArgumentException(
        "cannot read %s: \"%s\" is no quantity such as 500m or 2Gi".formatted(field, text));
  }
}
