package io.bridgewatch.adapter.kubernetes;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait after the n-th failure in a row: a random share of a span that doubles each time
 * ("full jitter"), so that many who failed together do not come back together.
 */
final class Backoff {

  private static final int MAX_DOUBLINGS = 20;

  private final Duration first;
  private final Duration longest;
  private final RandomGenerator random;
  private int failures;

  /**
   * @param random safe for use by several threads if others use it too
   */
  Backoff(Duration first, Duration longest, RandomGenerator random) {
    this.first = first;
    this.longest = longest;
    this.random = random;
  }

  /** Of the next pause; it is never more than the longest, and zero only by chance. */
  Duration next() {
    Duration span = first.multipliedBy(1L << Math.min(failures, MAX_DOUBLINGS));
    failures++;
    long most = Math.min(span.toNanos(), longest.toNanos());
    return Duration.ofNanos(most <= 0 ? 0 : random.nextLong(most + 1));
  }

  /** Failures in a row. */
  int failures() {
    return failures;
  }

  void reset() {
    failures = 0;
  }
}
