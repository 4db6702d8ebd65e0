package io.bridgewatch.bench.discover;

import java.util.Collection;

/**
 * Of a sample, by nearest rank.
 *
 * @param count of values; with none the others are {@code NaN}
 */
public record Percentiles(int count, double p50, double p95, double max) {
  public static Percentiles of(Collection<Double> values) {
    if (values.isEmpty()) {
      return new Percentiles(0, Double.NaN, Double.NaN, Double.NaN);
    }
    var sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return new Percentiles(
        sorted.length, at(sorted, 0.5), at(sorted, 0.95), sorted[sorted.length - 1]);
  }

  private static double at(double[] sorted, double share) {
    return sorted[(int) Math.ceil(share * sorted.length) - 1];
  }
}
