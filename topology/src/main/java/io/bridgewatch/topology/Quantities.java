package io.bridgewatch.topology;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/**
 * Amounts as the Kubernetes API writes them ({@code 250m}, {@code 128Mi}, {@code 1e3}), as plain
 * numbers in the base unit: cores, bytes, pieces. The suffixes are those of the API's {@code
 * resource.Quantity}.
 */
final class Quantities {

  private static final Map<String, BigDecimal> SUFFIXES =
      Map.ofEntries(
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

  private Quantities() {}

  /** Empty if it is no quantity. */
  static Optional<BigDecimal> parse(String text) {
    int digits = text.length();
    while (digits > 0 && Character.isLetter(text.charAt(digits - 1))) {
      digits--;
    }
    String suffix = text.substring(digits);
    BigDecimal unit = suffix.isEmpty() ? BigDecimal.ONE : SUFFIXES.get(suffix);
    if (unit == null || digits == 0 || digits > 40) {
      return Optional.empty();
    }
    try {
      return Optional.of(new BigDecimal(text.substring(0, digits)).multiply(unit));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Without exponent and without zeros that say nothing. */
  static String plain(BigDecimal amount) {
    return amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
  }
}
