package io.bridgewatch.adapter.otlp;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.time.Instant;

/** Requests by the protocol's own classes. */
final class Requests {

  static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

  private Requests() {}

  static long nanos(Instant time) {
    return time.getEpochSecond() * 1_000_000_000 + time.getNano();
  }

  static ExportMetricsServiceRequest metrics(Instant... times) {
    var gauge = Gauge.newBuilder();
    for (Instant time : times) {
      gauge.addDataPoints(NumberDataPoint.newBuilder().setTimeUnixNano(nanos(time)).setAsDouble(1));
    }
    return ExportMetricsServiceRequest.newBuilder()
        .addResourceMetrics(
            ResourceMetrics.newBuilder()
                .addScopeMetrics(
                    ScopeMetrics.newBuilder()
                        .addMetrics(Metric.newBuilder().setName("queue.size").setGauge(gauge))))
        .build();
  }

  static ExportTraceServiceRequest spans(String name, Instant... starts) {
    var scope = ScopeSpans.newBuilder();
    byte id = 1;
    for (Instant start : starts) {
      scope.addSpans(
          Span.newBuilder()
              .setTraceId(ByteString.copyFrom(new byte[] {9, id}))
              .setSpanId(ByteString.copyFrom(new byte[] {id++}))
              .setName(name)
              .setStartTimeUnixNano(nanos(start))
              .setEndTimeUnixNano(nanos(start)));
    }
    return ExportTraceServiceRequest.newBuilder()
        .addResourceSpans(ResourceSpans.newBuilder().addScopeSpans(scope))
        .build();
  }

  static ExportLogsServiceRequest log(String body) {
    return ExportLogsServiceRequest.newBuilder()
        .addResourceLogs(
            ResourceLogs.newBuilder()
                .addScopeLogs(
                    ScopeLogs.newBuilder()
                        .addLogRecords(
                            LogRecord.newBuilder()
                                .setTimeUnixNano(nanos(NOW))
                                .setBody(AnyValue.newBuilder().setStringValue(body)))))
        .build();
  }
}
