package io.bridgewatch.adapter.prometheus;

import java.util.EnumMap;
import java.util.Map;

/** Counts what was not used. Not safe for use by several threads. */
final class RejectionCounts {
  private static final IntakeReason[] REASONS = IntakeReason.values();

  private final long[] counts = new long[REASONS.length];

  void add(IntakeReason reason) {
    counts[reason.ordinal()]++;
  }

  void add(IntakeReason reason, long count) {
    counts[reason.ordinal()] += count;
  }

  Map<IntakeReason, Long> toMap() {
    var map = new EnumMap<IntakeReason, Long>(IntakeReason.class);
    for (IntakeReason reason : REASONS) {
      if (counts[reason.ordinal()] > 0) {
        map.put(reason, counts[reason.ordinal()]);
      }
    }
    return map;
  }
}
