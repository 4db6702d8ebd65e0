package io.bridgewatch.model;

import java.time.Instant;

/**
 * Something unusual about one entity.
 *
 * @param onset when it began, as far as the sampling can tell
 * @param severity how unusual, dimensionless and not negative; comparable within one {@link Signal}
 * @param fact what was observed
 */
public record Finding(EntityRef entity, Instant onset, double severity, Fact fact) {

  /**
   * @throws IllegalArgumentException if the severity is negative or not a number
   */
  public Finding {
    if (!(severity >= 0)) {
      throw new IllegalArgumentException("severity of a finding on " + entity + " is " + severity);
    }
  }

  public Signal signal() {
    return fact.signal();
  }
}
