package io.bridgewatch.telemetry;

import io.bridgewatch.model.Window;
import java.time.Duration;
import java.time.Instant;

/** The times that records may have, both inclusive. */
public record TimeRange(Instant from, Instant to) {

  /** A window and what lies close to it. */
  public static TimeRange around(Window window, Duration before, Duration after) {
    return new TimeRange(window.from().minus(before), window.to().plus(after));
  }

  public boolean hasNanos(long epochNanos) {
    long seconds = Math.floorDiv(epochNanos, 1_000_000_000L);
    return has(Instant.ofEpochSecond(seconds, Math.floorMod(epochNanos, 1_000_000_000L)));
  }

  public boolean has(Instant time) {
    return !time.isBefore(from) && !time.isAfter(to);
  }
}
