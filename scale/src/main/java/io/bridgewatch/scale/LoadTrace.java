package io.bridgewatch.scale;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/**
 * What was asked of a workload.
 *
 * @param start of the first step
 * @param stepSeconds length of each step
 * @param perSecond mean rate within each step, at least zero; {@code NaN} where it was not seen
 */
public record LoadTrace(Instant start, int stepSeconds, double[] perSecond) {

  public LoadTrace {
    perSecond = perSecond.clone();
    if (stepSeconds < 1) {
      throw new IllegalArgumentException("stepSeconds must be at least 1, was " + stepSeconds);
    }
    for (double rate : perSecond) {
      if (rate < 0 || Double.isInfinite(rate)) {
        throw new IllegalArgumentException("a rate must be finite and at least 0, was " + rate);
      }
    }
  }

  @Override
  public double[] perSecond() {
    return perSecond.clone();
  }

  public int steps() {
    return perSecond.length;
  }

  public Duration duration() {
    return Duration.ofSeconds((long) stepSeconds * perSecond.length);
  }

  /** When the last step ends. */
  public Instant end() {
    return start.plus(duration());
  }

  double at(int step) {
    return perSecond[step];
  }

  /** The steps from one, inclusive, to another, exclusive. */
  public LoadTrace slice(int from, int to) {
    return new LoadTrace(
        start.plusSeconds((long) from * stepSeconds),
        stepSeconds,
        Arrays.copyOfRange(perSecond, from, to));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LoadTrace that
        && start.equals(that.start)
        && stepSeconds == that.stepSeconds
        && Arrays.equals(perSecond, that.perSecond);
  }

  @Override
  public int hashCode() {
    return 31 * start.hashCode() + Arrays.hashCode(perSecond);
  }
}
