package io.bridgewatch.drill.cluster;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;

/** Amounts in the words of Kubernetes: {@code 250m}, {@code 1536Mi}, {@code 12582912n}. */
final class Quantities {
  private static final Map<String, BigDecimal> UNITS =
      Map.ofEntries(
          Map.entry("n", new BigDecimal("0.000000001")),
          Map.entry("u", new BigDecimal("0.000001")),
          Map.entry("m", new BigDecimal("0.001")),
          Map.entry("", BigDecimal.ONE),
          Map.entry("k", BigDecimal.valueOf(1_000)),
          Map.entry("M", BigDecimal.valueOf(1_000_000)),
          Map.entry("G", BigDecimal.valueOf(1_000_000_000)),
          Map.entry("T", BigDecimal.valueOf(1_000_000_000_000L)),
          Map.entry("Ki", BigDecimal.valueOf(1L << 10)),
          Map.entry("Mi", BigDecimal.valueOf(1L << 20)),
          Map.entry("Gi", BigDecimal.valueOf(1L << 30)),
          Map.entry("Ti", BigDecimal.valueOf(1L << 40)));

  private Quantities() {}

  /** In thousandths, rounded up; zero for no text. */
  static long milli(String text) {
    return scaled(text, 3);
  }

  /** In whole units, rounded up; zero for no text. */
  static long whole(String text) {
    return scaled(text, 0);
  }

  private static long scaled(String text, int places) {
    if (text.isEmpty()) {
      return 0;
    }
    var digits = 0;
    while (digits < text.length() && "0123456789.+-".indexOf(text.charAt(digits)) >= 0) {
      digits++;
    }
    var unit = UNITS.get(text.substring(digits));
    if (unit == null || digits == 0) {
      throw new IllegalArgumentException("no quantity: \"" + text + "\"");
    }
    return new BigDecimal(text.substring(0, digits))
        .multiply(unit)
        .movePointRight(places)
        .setScale(0, RoundingMode.CEILING)
        .longValue();
  }

  /** {@code 250m}, {@code 2}. */
  static String ofMilli(long milli) {
    return milli % 1000 == 0 ? Long.toString(milli / 1000) : milli + "m";
  }

  /** {@code 1536Mi}: the largest binary unit without a remainder. */
  static String ofBytes(long bytes) {
    var units = new String[] {"", "Ki", "Mi", "Gi", "Ti"};
    var unit = 0;
    var amount = bytes;
    while (unit < units.length - 1 && amount != 0 && amount % 1024 == 0) {
      amount /= 1024;
      unit++;
    }
    return amount + units[unit];
  }
}
