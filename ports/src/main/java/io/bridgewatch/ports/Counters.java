package io.bridgewatch.ports;

import io.bridgewatch.model.SampleBatch;
import io.bridgewatch.model.Series;

/** The arithmetic of counts. */
final class Counters {

  /** A sample this much of the mean distance from the window's edge is near it. */
  private static final double NEAR = 1.1;

  private Counters() {}

  /** The increase of {@link MetricQuery.Increase} over the samples of a window. */
  static double increase(Series series, int first, int end, long start, long time) {
    return switch (series.key().kind()) {
      case DELTA -> sum(series, first, end);
      case CUMULATIVE, GAUGE -> rise(series, first, end, start, time);
    };
  }

  private static double sum(Series series, int first, int end) {
    double sum = 0;
    boolean known = false;
    for (int i = first; i < end; i++) {
      if (!SampleBatch.isStale(series.value(i))) {
        sum += series.value(i);
        known = true;
      }
    }
    return known ? sum : Double.NaN;
  }

  private static double rise(Series series, int first, int end, long start, long time) {
    double rise = 0;
    double firstValue = 0;
    double before = 0;
    long firstTime = 0;
    long lastTime = 0;
    int count = 0;
    for (int i = first; i < end; i++) {
      double value = series.value(i);
      if (SampleBatch.isStale(value)) {
        continue;
      }
      if (count == 0) {
        firstValue = value;
        firstTime = series.time(i);
      } else {
        rise += value < before ? value : value - before;
      }
      before = value;
      lastTime = series.time(i);
      count++;
    }
    return count < 2
        ? Double.NaN
        : rise * stretch(count, firstValue, rise, firstTime, lastTime, start, time);
  }

  private static double stretch(
      int count,
      double firstValue,
      double rise,
      long firstTime,
      long lastTime,
      long start,
      long time) {
    double sampled = lastTime - firstTime;
    double distance = sampled / (count - 1);
    double toStart = firstTime - start;
    double toEnd = time - lastTime;
    if (toStart >= distance * NEAR) {
      toStart = distance / 2;
    }
    if (rise > 0 && firstValue >= 0) {
      toStart = Math.min(toStart, sampled * (firstValue / rise));
    }
    if (toEnd >= distance * NEAR) {
      toEnd = distance / 2;
    }
    return (sampled + toStart + toEnd) / sampled;
  }

  /** The number in a bucket's {@code le}; {@code NaN} if it is none. */
  static double bound(String text) {
    return switch (text) {
      case "+Inf", "Inf", "+inf", "inf" -> Double.POSITIVE_INFINITY;
      default -> {
        try {
          yield Double.parseDouble(text);
        } catch (NumberFormatException e) {
          yield Double.NaN;
        }
      }
    };
  }

  /**
   * @param bounds of buckets, rising
   * @param counts of all at or below each; one that is below the one before counts as that
   * @return {@code NaN} if nothing was counted or the last bound is not infinite
   */
  static double quantile(double quantile, double[] bounds, double[] counts) {
    int last = bounds.length - 1;
    if (last < 1 || bounds[last] != Double.POSITIVE_INFINITY) {
      return Double.NaN;
    }
    for (int i = 1; i <= last; i++) {
      counts[i] = Math.max(counts[i], counts[i - 1]);
    }
    if (!(counts[last] > 0)) {
      return Double.NaN;
    }
    double rank = quantile * counts[last];
    int at = 0;
    while (counts[at] < rank) {
      at++;
    }
    if (at == last) {
      return bounds[last - 1];
    }
    if (at == 0 && bounds[0] <= 0) {
      return bounds[0];
    }
    double lower = at == 0 ? 0 : bounds[at - 1];
    double below = at == 0 ? 0 : counts[at - 1];
    double inside = counts[at] - below;
    return inside == 0 ? bounds[at] : lower + (bounds[at] - lower) * (rank - below) / inside;
  }
}
