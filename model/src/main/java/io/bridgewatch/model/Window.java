package io.bridgewatch.model;

import java.time.Duration;
import java.time.Instant;

/** A stretch of time, from inclusive, to exclusive. */
public record Window(Instant from, Instant to) {

  /**
   * @throws IllegalArgumentException if it ends before it begins
   */
  public Window {
    if (to.isBefore(from)) {
      throw new IllegalArgumentException("window ends at " + to + ", before it begins at " + from);
    }
  }

  public Duration length() {
    return Duration.between(from, to);
  }

  public boolean contains(Instant time) {
    return !time.isBefore(from) && time.isBefore(to);
  }
}
