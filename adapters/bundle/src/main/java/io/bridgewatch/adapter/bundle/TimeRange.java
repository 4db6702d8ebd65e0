package io.bridgewatch.adapter.bundle;

import io.bridgewatch.model.Window;
import java.time.Duration;
import java.time.Instant;

/** The times that records of a bundle may have: its window and a margin on both sides. */
record TimeRange(Instant from, Instant to) {

  static TimeRange around(Window window, Duration before, Duration after) {
    return new TimeRange(window.from().minus(before), window.to().plus(after));
  }

  boolean hasNanos(long epochNanos) {
    long seconds = Math.floorDiv(epochNanos, 1_000_000_000L);
    return has(Instant.ofEpochSecond(seconds, Math.floorMod(epochNanos, 1_000_000_000L)));
  }

  boolean has(Instant time) {
    return !time.isBefore(from) && !time.isAfter(to);
  }
}
