package io.bridgewatch.hub;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * A range of time of which signals are wanted.
 *
 * @param from inclusive
 * @param to exclusive, later than that
 */
record SignalRange(Instant from, Instant to) {

  private static final Duration USUAL = Duration.ofHours(1);

  /** What a clock may be ahead by, so that the newest is not missed. */
  private static final Duration AHEAD = Duration.ofMinutes(1);

  /**
   * @throws HubProblem if a time cannot be read, or the range is empty
   */
  static SignalRange of(SignalParameters parameters, InstantSource clock) {
    var end = Parameters.time("to", parameters.to()).orElseGet(() -> clock.instant().plus(AHEAD));
    var begin = Parameters.time("from", parameters.from()).orElseGet(() -> end.minus(USUAL));
    if (!begin.isBefore(end)) {
      throw HubProblem.invalid("from is " + begin + ", which is not before to, " + end);
    }
    return new SignalRange(begin, end);
  }

  Duration length() {
    return Duration.between(from, to);
  }

  /**
   * The shortest of the usual steps (1, 2, 5, 10, 15 and 30 seconds and minutes, 1, 2, 3, 6, 12 and
   * 24 hours) of which there are at most so many in the range; whole days beyond.
   */
  Duration step(int most) {
    double wanted = (double) length().toMillis() / 1000 / most;
    for (int usual : USUAL_STEPS) {
      if (usual >= wanted) {
        return Duration.ofSeconds(usual);
      }
    }
    return Duration.ofDays((long) Math.ceil(wanted / DAY));
  }

  private static final int DAY = 86_400;
  private static final int[] USUAL_STEPS = {
    1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, DAY
  };
}
