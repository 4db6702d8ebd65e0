package io.bridgewatch.hub;

import io.bridgewatch.engine.RetentionSettings;
import io.bridgewatch.ports.Retained;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * How long things are kept, and in how much room.
 *
 * @param clusterDays for what existed, happened and went wrong in clusters
 * @param telemetryDays for metrics, logs and spans
 * @param diskBudgetGib that all of it may take; empty for as much as the disk has
 */
public record RetentionOptions(int clusterDays, int telemetryDays, OptionalInt diskBudgetGib) {

  static final int USUAL_CLUSTER_DAYS = 30;
  static final int USUAL_TELEMETRY_DAYS = 7;
  static final int MOST_DAYS = 3650;
  static final int MOST_GIB = 1 << 20;

  static RetentionOptions usual() {
    return new RetentionOptions(USUAL_CLUSTER_DAYS, USUAL_TELEMETRY_DAYS, OptionalInt.empty());
  }

  RetentionSettings settings() {
    var settings = RetentionSettings.usual();
    for (Retained.Kind kind : Retained.Kind.values()) {
      settings =
          settings.keeping(
              kind,
              Duration.ofDays(
                  switch (kind) {
                    case HAPPENINGS, TOPOLOGY, RECORDINGS -> clusterDays;
                    case METRICS, LOGS, SPANS -> telemetryDays;
                  }));
    }
    return diskBudgetGib.isPresent()
        ? settings.within((long) diskBudgetGib.getAsInt() << 30)
        : settings;
  }
}
