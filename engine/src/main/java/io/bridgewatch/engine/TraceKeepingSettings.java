package io.bridgewatch.engine;

import java.time.Duration;

/**
 * How many spans are kept.
 *
 * @param spansPerSecond beyond which traces are chosen; 0 for all that come
 * @param patience from the first span of a trace to the decision about it
 * @param mostWaiting spans that may wait for a decision; each takes about a kilobyte
 */
public record TraceKeepingSettings(int spansPerSecond, Duration patience, int mostWaiting) {

  /**
   * @throws IllegalArgumentException if one is negative, or the latter are not positive
   */
  public TraceKeepingSettings {
    if (spansPerSecond < 0 || !patience.isPositive() || mostWaiting < 1) {
      throw new IllegalArgumentException(
          "cannot keep %d spans a second after %s, with %d waiting"
              .formatted(spansPerSecond, patience, mostWaiting));
    }
  }

  /** Fifteen seconds, 150,000 spans. */
  public static TraceKeepingSettings within(int spansPerSecond) {
    return new TraceKeepingSettings(spansPerSecond, Duration.ofSeconds(15), 150_000);
  }

  /** All that come. */
  public static TraceKeepingSettings everything() {
    return within(0);
  }
}
