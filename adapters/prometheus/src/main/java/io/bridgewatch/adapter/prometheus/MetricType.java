package io.bridgewatch.adapter.prometheus;

import java.util.Locale;
import java.util.Optional;

/** What a metric says it is, in OpenMetrics' words. */
public enum MetricType {
  COUNTER,
  GAUGE,
  HISTOGRAM,
  GAUGE_HISTOGRAM,
  SUMMARY,
  INFO,
  STATESET,
  /** Not said; the text format calls it untyped. */
  UNKNOWN;

  /** The type of that name in a TYPE line; empty for a word that is none. */
  static Optional<MetricType> named(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "counter" -> Optional.of(COUNTER);
      case "gauge" -> Optional.of(GAUGE);
      case "histogram" -> Optional.of(HISTOGRAM);
      case "gaugehistogram" -> Optional.of(GAUGE_HISTOGRAM);
      case "summary" -> Optional.of(SUMMARY);
      case "info" -> Optional.of(INFO);
      case "stateset" -> Optional.of(STATESET);
      case "unknown", "untyped" -> Optional.of(UNKNOWN);
      default -> Optional.empty();
    };
  }
}
