package io.bridgewatch.bench.discover;

import java.util.EnumMap;
import java.util.Map;

/**
 * How long searches took.
 *
 * @param seconds by kind, pages counted one by one
 * @param mix seconds of all kinds together
 */
record SearchMeasures(Map<SearchRun.Kind, Percentiles> seconds, Percentiles mix) {
  SearchMeasures {
    seconds = new EnumMap<>(seconds);
  }

  /** The p95 of the kind that takes longest, in seconds. */
  double worstP95() {
    return seconds.values().stream().mapToDouble(Percentiles::p95).max().orElse(Double.NaN);
  }
}
