package io.bridgewatch.adapter.otlp;

import io.bridgewatch.telemetry.OtlpSignal;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** Counts what came in. Safe for use by several threads. */
final class ReceiverCounters {

  private final Map<OtlpSignal, Long> kept = new EnumMap<>(OtlpSignal.class);
  private final Map<String, Long> rejected = new HashMap<>();
  private final Map<String, Long> unreadable = new HashMap<>();
  private long messages;
  private long refused;

  synchronized void taken(OtlpSignal signal, long records, Map<String, Long> unused) {
    messages++;
    kept.merge(signal, records, Long::sum);
    unused.forEach((reason, count) -> rejected.merge(reason, count, Long::sum));
  }

  synchronized void unreadable(String reason) {
    unreadable.merge(reason, 1L, Long::sum);
  }

  synchronized void refused() {
    refused++;
  }

  synchronized ReceiverStatus status(long forgottenHistograms) {
    return new ReceiverStatus(
        messages,
        kept.getOrDefault(OtlpSignal.METRICS, 0L),
        kept.getOrDefault(OtlpSignal.TRACES, 0L),
        kept.getOrDefault(OtlpSignal.LOGS, 0L),
        rejected,
        unreadable,
        refused,
        forgottenHistograms);
  }
}
