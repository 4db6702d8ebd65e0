package io.bridgewatch.drill.bank;

/** Durations in the buckets that OpenTelemetry advises for HTTP. */
public final class DurationHistogram {

  private static final double[] BOUNDS_SECONDS = {
    0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10
  };

  private final long[] counts = new long[BOUNDS_SECONDS.length + 1];
  private long count;
  private double sumSeconds;

  /** Upper bounds, inclusive, in seconds; above the last there is one more bucket. */
  public static double[] boundsSeconds() {
    return BOUNDS_SECONDS.clone();
  }

  void record(long nanos) {
    double seconds = nanos / 1e9;
    int bucket = 0;
    while (bucket < BOUNDS_SECONDS.length && seconds > BOUNDS_SECONDS[bucket]) {
      bucket++;
    }
    counts[bucket]++;
    count++;
    sumSeconds += seconds;
  }

  /** How many fell into each bucket, not cumulated; one more than there are bounds. */
  public long[] bucketCounts() {
    return counts.clone();
  }

  public long count() {
    return count;
  }

  public double sumSeconds() {
    return sumSeconds;
  }
}
