package io.bridgewatch.ports;

import java.time.Duration;
import java.util.Set;

/**
 * What is asked of metrics, evaluated on a grid of times by {@link MetricQueries}. At a time, only
 * samples at or before it count. Windows reach from their start exclusive to that time inclusive.
 */
public sealed interface MetricQuery {

  /** The newest sample of each series, unless that is a stale marker or older than five minutes. */
  record Select(MetricSelector selector) implements MetricQuery {}

  /** {@link Increase} per second. */
  record Rate(MetricSelector selector, Duration window) implements MetricQuery {
    public Rate {
      requirePositive(window);
    }
  }

  /**
   * By how much counters rose in a window. A value below the one before means that counting began
   * anew. The rise between the first and last sample is stretched to the window as Prometheus does:
   * to the window's edges where a sample is near (within 1.1 times their mean distance), else by
   * half of that distance, and not to before the count was zero. Needs two samples. Of series that
   * tell what came in since the sample before, the sum; one sample will do.
   */
  record Increase(MetricSelector selector, Duration window) implements MetricQuery {
    public Increase {
      requirePositive(window);
    }
  }

  /** What the samples of a window come to, stale markers aside. */
  record OverTime(MetricSelector selector, Duration window, Reduction reduction)
      implements MetricQuery {
    public OverTime {
      requirePositive(window);
    }
  }

  /**
   * What series come to at each time, for each combination of values of some attributes.
   *
   * @param by an attribute that a series lacks counts as absent; with none, all come to one
   */
  record Aggregate(MetricQuery of, Reduction reduction, Set<String> by) implements MetricQuery {
    public Aggregate {
      by = Set.copyOf(by);
      if (reduction == Reduction.Simple.LAST) {
        throw new IllegalArgumentException("cannot aggregate by the last: series have no order");
      }
    }
  }

  /**
   * A quantile from a histogram's buckets: series whose {@code le} tells the upper bound and whose
   * value counts all at or below it. Linear within a bucket; the highest finite bound where it lies
   * beyond.
   *
   * @param quantile from 0 to 1
   * @param of mostly an aggregate of rates that keeps {@code le}
   */
  record HistogramQuantile(double quantile, MetricQuery of) implements MetricQuery {
    public HistogramQuantile {
      requireShare(quantile);
    }
  }

  /** One by the other, of series with the same attributes; unknown where the other is zero. */
  record Ratio(MetricQuery numerator, MetricQuery denominator) implements MetricQuery {}

  /** How several numbers come to one. */
  sealed interface Reduction {
    /** Ways that need no parameter. */
    enum Simple implements Reduction {
      SUM,
      AVERAGE,
      MINIMUM,
      MAXIMUM,
      COUNT,
      /** The newest; over time only. */
      LAST
    }

    /**
     * Linear between neighbours.
     *
     * @param quantile from 0 to 1
     */
    record Quantile(double quantile) implements Reduction {
      public Quantile {
        requireShare(quantile);
      }
    }
  }

  private static void requirePositive(Duration window) {
    if (window.toMillis() <= 0) {
      throw new IllegalArgumentException("window is " + window + ", wanted a millisecond or more");
    }
  }

  private static void requireShare(double quantile) {
    if (!(quantile >= 0 && quantile <= 1)) {
      throw new IllegalArgumentException("quantile is " + quantile + ", wanted from 0 to 1");
    }
  }
}
