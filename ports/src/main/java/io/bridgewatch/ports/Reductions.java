package io.bridgewatch.ports;

import io.bridgewatch.ports.MetricQuery.Reduction;
import java.util.Arrays;

/** Several numbers to one. */
final class Reductions {

  private Reductions() {}

  /** {@code NaN} of none. */
  static double reduce(Reduction reduction, double[] values) {
    if (values.length == 0) {
      return Double.NaN;
    }
    return switch (reduction) {
      case Reduction.Quantile wanted -> quantile(wanted.quantile(), values);
      case Reduction.Simple simple ->
          switch (simple) {
            case SUM -> Arrays.stream(values).sum();
            case AVERAGE -> Arrays.stream(values).sum() / values.length;
            case MINIMUM -> Arrays.stream(values).min().orElseThrow();
            case MAXIMUM -> Arrays.stream(values).max().orElseThrow();
            case COUNT -> values.length;
            case LAST -> values[values.length - 1];
          };
    };
  }

  private static double quantile(double quantile, double[] values) {
    var sorted = values.clone();
    Arrays.sort(sorted);
    double rank = quantile * (sorted.length - 1);
    int below = (int) rank;
    int above = Math.min(below + 1, sorted.length - 1);
    double share = rank - below;
    return sorted[below] * (1 - share) + sorted[above] * share;
  }
}
