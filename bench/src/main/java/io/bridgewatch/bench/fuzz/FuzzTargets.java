package io.bridgewatch.bench.fuzz;

import java.util.List;
import java.util.stream.Stream;

/** Everything that is fuzzed: one list per adapter. */
final class FuzzTargets {
  private FuzzTargets() {}

  static List<FuzzTarget> all() {
    return Stream.of(PrometheusTargets.all(), TelemetryTargets.all())
        .flatMap(List::stream)
        .toList();
  }
}
