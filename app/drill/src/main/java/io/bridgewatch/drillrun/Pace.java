package io.bridgewatch.drillrun;

import java.time.Duration;

/**
 * How long an exercise is, in simulated time.
 *
 * @param settled that the world runs by itself before the watch starts: what starts together, as in
 *     no real cluster, is over by then
 * @param warmUp that the watch has for learning what is usual, before anything counts
 * @param watched from the fault on
 * @param step by which time goes on
 */
record Pace(Duration settled, Duration warmUp, Duration watched, Duration step) {

  static final Pace USUAL =
      new Pace(
          Duration.ofMinutes(30),
          Duration.ofMinutes(30),
          Duration.ofMinutes(15),
          Duration.ofSeconds(5));

  Pace {
    if (settled.isNegative()
        || !warmUp.isPositive()
        || !watched.isPositive()
        || !step.isPositive()) {
      throw new IllegalArgumentException(
          "warm-up, watched time and step are positive, and none is negative, saw %s, %s and %s, settled %s"
              .formatted(warmUp, watched, step, settled));
    }
  }
}
