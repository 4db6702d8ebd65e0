package io.bridgewatch.adapter.prometheus;

import java.math.BigDecimal;

/** Writes numbers as Prometheus does in the label {@code le}. */
final class BucketBounds {
  private static final int LEAST_EXPONENT = -4;
  private static final int MOST_EXPONENT = 20;

  private BucketBounds() {}

  /**
   * The shortest decimal that is that number, such as {@code 0.005}, {@code 1e+21}, {@code +Inf}.
   */
  static String text(double bound) {
    if (Double.isNaN(bound)) {
      return "NaN";
    }
    if (Double.isInfinite(bound)) {
      return bound > 0 ? "+Inf" : "-Inf";
    }
    if (bound == 0) {
      return "0";
    }
    var decimal = new BigDecimal(Double.toString(bound)).stripTrailingZeros();
    int exponent = decimal.precision() - decimal.scale() - 1;
    if (exponent >= LEAST_EXPONENT && exponent <= MOST_EXPONENT) {
      return decimal.toPlainString();
    }
    var digits = decimal.unscaledValue().abs().toString();
    return (bound < 0 ? "-" : "")
        + digits.charAt(0)
        + (digits.length() > 1 ? "." + digits.substring(1) : "")
        + (exponent < 0 ? "e-" : "e+")
        + (Math.abs(exponent) < 10 ? "0" : "")
        + Math.abs(exponent);
  }
}
