package io.bridgewatch.engine;

import io.bridgewatch.diagnose.IncidentTracker;
import java.time.Duration;
import java.util.List;

/**
 * How clusters are diagnosed while they are watched.
 *
 * @param window how far back a diagnosis looks
 * @param every from the beginning of one diagnosis of all clusters to that of the next
 * @param confirmAfter likewise, where something was found that is told once it is found again
 * @param pause from the end of one to the beginning of the next at least, however long they take
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
    Duration confirmAfter,
    Duration pause,
    int mostSeries,
    int mostSpans,
    int mostLogs,
    int mostObjects,
    IncidentTracker.Settings incidents) {

  /**
   * @throws IllegalArgumentException if a number or duration is not positive
   */
  public LiveSettings {
    for (Duration duration : List.of(window, every, confirmAfter, pause)) {
      if (!duration.isPositive()) {
        throw new IllegalArgumentException("durations must be positive, saw " + duration);
      }
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

  /**
   * The last 30 minutes, every 15 seconds. It takes two of them to open an incident, so the second
   * comes after 10; each target was scraped once more by then but for a third of them.
   */
  public static LiveSettings usual() {
    return new LiveSettings(
        Duration.ofMinutes(30),
        Duration.ofSeconds(15),
        Duration.ofSeconds(10),
        Duration.ofSeconds(5),
        20_000,
        40_000,
        20_000,
        10_000,
        IncidentTracker.Settings.usual());
  }
}
