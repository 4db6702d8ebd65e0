package io.bridgewatch.numerics;

import java.util.Arrays;

/** Statistics that a few wild samples cannot move. NaN means unseen and is left out. */
public final class Robust {

  /** Standard deviations in one interquartile range of a normal distribution. */
  private static final double SIGMA_PER_IQR = 1 / 1.3489795;

  private Robust() {}

  /** The samples that were seen, ascending. */
  public static double[] sorted(double[] values) {
    double[] seen = Arrays.stream(values).filter(v -> !Double.isNaN(v)).toArray();
    Arrays.sort(seen);
    return seen;
  }

  /**
   * Quantile by linear interpolation (type 7 of Hyndman and Fan, 1996).
   *
   * @param sorted ascending, without NaN
   * @param q 0 to 1
   * @return NaN if there are no samples
   */
  public static double quantile(double[] sorted, double q) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    double at = q * (sorted.length - 1);
    int low = (int) Math.floor(at);
    int high = Math.min(low + 1, sorted.length - 1);
    double share = at - low;
    return share == 0 ? sorted[low] : sorted[low] * (1 - share) + sorted[high] * share;
  }

  /** Median of the samples seen; NaN if there are none. */
  public static double median(double[] values) {
    return quantile(sorted(values), 0.5);
  }

  /**
   * Spread as a standard deviation: interquartile range over 1.349.
   *
   * @param sorted ascending, without NaN
   */
  public static double sigma(double[] sorted) {
    return (quantile(sorted, 0.75) - quantile(sorted, 0.25)) * SIGMA_PER_IQR;
  }

  /** Mean of what lies between the quantiles {@code trim} and {@code 1 - trim}, both included. */
  public static double trimmedMean(double[] sorted, double trim) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    int cut = (int) Math.floor(sorted.length * trim);
    double sum = 0;
    int count = 0;
    for (int i = cut; i < sorted.length - cut; i++) {
      sum += sorted[i];
      count++;
    }
    return count == 0 ? quantile(sorted, 0.5) : sum / count;
  }

  /** Population standard deviation of the samples seen; NaN if there are none. */
  public static double standardDeviation(double[] values) {
    double sum = 0;
    double squares = 0;
    int count = 0;
    for (double v : values) {
      if (!Double.isNaN(v)) {
        sum += v;
        count++;
      }
    }
    if (count == 0) {
      return Double.NaN;
    }
    double mean = sum / count;
    for (double v : values) {
      if (!Double.isNaN(v)) {
        squares += (v - mean) * (v - mean);
      }
    }
    return Math.sqrt(squares / count);
  }

  /** The smallest positive difference between two samples: the step of the measurement. */
  public static double step(double[] sorted) {
    double smallest = Double.POSITIVE_INFINITY;
    for (int i = 1; i < sorted.length; i++) {
      double difference = sorted[i] - sorted[i - 1];
      if (difference > 0 && difference < smallest) {
        smallest = difference;
      }
    }
    return smallest == Double.POSITIVE_INFINITY ? 0 : smallest;
  }
}
