package io.bridgewatch.engine;

import io.bridgewatch.diagnose.IncidentTracker;
import java.time.Duration;

/**
 * How clusters are diagnosed while they are watched.
 *
 * @param window how far back a diagnosis looks
 * @param every pause between two diagnoses of a cluster
 * @param mostSeries that one diagnosis reads; of metrics with few series first
 * @param mostSpans likewise; an even share of all traces where there are more
 * @param mostLogs likewise, of lines that speak of trouble or belong to a trace that is read
 * @param mostObjects of which all objects are read; of larger clusters only those that changed or
 *     are not well, and what keeps them
 * @param incidents when incidents open and close
 */
public record LiveSettings(
    Duration window,
    Duration every,
    int mostSeries,
    int mostSpans,
    int mostLogs,
    int mostObjects,
    IncidentTracker.Settings incidents) {

  /**
   * @throws IllegalArgumentException if a number or duration is not positive
   */
  public LiveSettings {
    if (!window.isPositive() || !every.isPositive()) {
      throw new IllegalArgumentException(
          "window and pause must be positive: " + window + ", " + every);
    }
    if (mostSeries < 1 || mostSpans < 1 || mostLogs < 1 || mostObjects < 1) {
      throw new IllegalArgumentException(
          "limits must be positive: "
              + mostSeries
              + " series, "
              + mostSpans
              + " spans, "
              + mostLogs
              + " logs, "
              + mostObjects
              + " objects");
    }
  }

  /** The last 30 minutes, every 15 seconds: it takes two of them to open an incident. */
  public static LiveSettings usual() {
    return new LiveSettings(
        Duration.ofMinutes(30),
        Duration.ofSeconds(15),
        20_000,
        40_000,
        20_000,
        10_000,
        IncidentTracker.Settings.usual());
  }
}
