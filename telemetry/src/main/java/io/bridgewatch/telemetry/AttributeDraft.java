package io.bridgewatch.telemetry;

import java.util.TreeMap;

/** Attributes as they are being read: later ones win, those without a name are left out. */
final class AttributeDraft {

  private final TelemetryLimits limits;
  private final TreeMap<String, String> values = new TreeMap<>();

  AttributeDraft(TelemetryLimits limits) {
    this.limits = limits;
  }

  void put(String name, String value) {
    if (!name.isEmpty() && limits.isWorthReading(values.size())) {
      values.put(name, value);
    }
  }

  TreeMap<String, String> values() {
    return values;
  }
}
