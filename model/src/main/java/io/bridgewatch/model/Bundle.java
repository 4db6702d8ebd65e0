package io.bridgewatch.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Everything that was observed around an incident (incident bundle, version 1).
 *
 * @param reportedAt when an alarm or a person said that something is wrong; a hint only
 * @param rejections what was in the files and could not be used; nothing else is missing
 */
public record Bundle(
    String name,
    Window window,
    Optional<Instant> reportedAt,
    Optional<SymptomHint> symptom,
    List<Series> series,
    List<Span> spans,
    List<LogRecord> logs,
    List<KubernetesObject> objects,
    List<WatchEvent> watch,
    List<Change> changes,
    List<Call> calls,
    List<Rejection> rejections) {

  public Bundle {
    series = List.copyOf(series);
    spans = List.copyOf(spans);
    logs = List.copyOf(logs);
    objects = List.copyOf(objects);
    watch = List.copyOf(watch);
    changes = List.copyOf(changes);
    calls = List.copyOf(calls);
    rejections = List.copyOf(rejections);
  }

  /** The same with other series. */
  public Bundle withSeries(List<Series> others) {
    return new Bundle(
        name,
        window,
        reportedAt,
        symptom,
        others,
        spans,
        logs,
        objects,
        watch,
        changes,
        calls,
        rejections);
  }

  /** The same observations with another hint of when something was reported. */
  public Bundle withHints(Optional<Instant> reportedAt, Optional<SymptomHint> symptom) {
    return new Bundle(
        name,
        window,
        reportedAt,
        symptom,
        series,
        spans,
        logs,
        objects,
        watch,
        changes,
        calls,
        rejections);
  }

  /**
   * Records that could not be used, counted by file and reason.
   *
   * @param reason enumerated word, such as {@code TimeOutsideRange}
   * @param firstAt where the first one stood, such as {@code metrics.jsonl.gz:17}
   */
  public record Rejection(String file, String reason, long count, String firstAt) {}
}
