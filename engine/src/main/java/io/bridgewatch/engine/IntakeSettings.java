package io.bridgewatch.engine;

import java.time.Duration;

/**
 * How much telemetry may come at once.
 *
 * @param mostUnderWay records that are being kept at one time
 * @param patience how long a sender waits for room before it is refused
 */
public record IntakeSettings(int mostUnderWay, Duration patience) {

  /**
   * @throws IllegalArgumentException if either is not positive
   */
  public IntakeSettings {
    if (mostUnderWay < 1 || !patience.isPositive()) {
      throw new IllegalArgumentException(
          "room and patience must be positive: " + mostUnderWay + ", " + patience);
    }
  }

  /** 200,000 records, 2 s. */
  public static IntakeSettings usual() {
    return new IntakeSettings(200_000, Duration.ofSeconds(2));
  }
}
