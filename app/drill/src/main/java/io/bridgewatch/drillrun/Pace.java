package io.bridgewatch.drillrun;

import java.time.Duration;

/**
 * How long an exercise is, in simulated time.
 *
 * @param warmUp that the watch has for learning what is usual, before anything counts
 * @param watched from the fault on
 * @param step by which time goes on
 */
record Pace(Duration warmUp, Duration watched, Duration step) {

  static final Pace USUAL =
      new Pace(Duration.ofMinutes(30), Duration.ofMinutes(15), Duration.ofSeconds(5));

  Pace {
    if (!warmUp.isPositive() || !watched.isPositive() || !step.isPositive()) {
      throw new IllegalArgumentException(
          "warm-up, watched time and step are positive, saw %s, %s and %s"
              .formatted(warmUp, watched, step));
    }
  }
}
