package io.bridgewatch.telemetry;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.metrics.v1.Summary;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.Random;

/** Requests by the protocol's own classes, some records sick, the same for the same seed. */
final class RandomRequests {

  /** 2026-03-01T00:00:00Z. */
  private static final long START = 1_772_323_200_000_000_000L;

  private final Random random;

  RandomRequests(long seed) {
    random = new Random(seed);
  }

  Message request(OtlpSignal signal) {
    return switch (signal) {
      case METRICS -> metrics();
      case TRACES -> traces();
      case LOGS -> logs();
    };
  }

  ExportMetricsServiceRequest metrics() {
    var request = ExportMetricsServiceRequest.newBuilder();
    for (int r = random.nextInt(3); r >= 0; r--) {
      var scope = ScopeMetrics.newBuilder();
      for (int m = random.nextInt(6); m >= 0; m--) {
        scope.addMetrics(metric());
      }
      request.addResourceMetrics(
          ResourceMetrics.newBuilder().setResource(resource()).addScopeMetrics(scope));
    }
    return request.build();
  }

  private Metric metric() {
    var metric =
        Metric.newBuilder()
            .setName(rarely() ? "" : "m" + random.nextInt(9))
            .setUnit("s")
            .setDescription("何か");
    var temporality = AggregationTemporality.forNumber(random.nextInt(3));
    int points = random.nextInt(4);
    switch (random.nextInt(6)) {
      case 0 -> {
        var data = Gauge.newBuilder();
        for (int i = 0; i < points; i++) {
          data.addDataPoints(number());
        }
        metric.setGauge(data);
      }
      case 1 -> {
        var data =
            Sum.newBuilder()
                .setAggregationTemporality(temporality)
                .setIsMonotonic(random.nextBoolean());
        for (int i = 0; i < points; i++) {
          data.addDataPoints(number());
        }
        metric.setSum(data);
      }
      case 2 -> {
        var data = Histogram.newBuilder().setAggregationTemporality(temporality);
        for (int i = 0; i < points; i++) {
          data.addDataPoints(histogram());
        }
        metric.setHistogram(data);
      }
      case 3 -> {
        var data = ExponentialHistogram.newBuilder().setAggregationTemporality(temporality);
        for (int i = 0; i < points; i++) {
          data.addDataPoints(exponential());
        }
        metric.setExponentialHistogram(data);
      }
      case 4 -> {
        var data = Summary.newBuilder();
        for (int i = 0; i < points; i++) {
          data.addDataPoints(summary());
        }
        metric.setSummary(data);
      }
      default -> {}
    }
    return metric.build();
  }

  private NumberDataPoint number() {
    var point = NumberDataPoint.newBuilder().setStartTimeUnixNano(START).setTimeUnixNano(time());
    for (int i = random.nextInt(3); i > 0; i--) {
      point.addAttributes(attribute());
    }
    switch (random.nextInt(5)) {
      case 0 -> point.setAsInt(random.nextInt(-5, 1_000_000));
      case 1 -> {}
      case 2 -> point.setAsDouble(Double.NaN);
      default -> point.setAsDouble(random.nextDouble() * 100);
    }
    if (random.nextInt(3) == 0) {
      point.addExemplars(exemplar());
    }
    return point.setFlags(rarely() ? 1 : 0).build();
  }

  private Exemplar exemplar() {
    return Exemplar.newBuilder()
        .setTimeUnixNano(time())
        .setAsDouble(random.nextDouble())
        .setTraceId(rarely() ? ByteString.EMPTY : id(16))
        .setSpanId(id(8))
        .addFilteredAttributes(attribute())
        .build();
  }

  private HistogramDataPoint histogram() {
    var point = HistogramDataPoint.newBuilder().setTimeUnixNano(time()).addAttributes(attribute());
    int bounds = random.nextInt(5);
    long count = 0;
    for (int i = 0; i <= bounds; i++) {
      if (i < bounds) {
        point.addExplicitBounds(i * 0.25);
      }
      int in = random.nextInt(4);
      count += in;
      point.addBucketCounts(in);
    }
    if (rarely()) {
      point.addBucketCounts(1);
    }
    if (random.nextBoolean()) {
      point.setSum(count * 0.2).setMin(0.01).setMax(3);
    }
    if (random.nextBoolean()) {
      point.addExemplars(exemplar());
    }
    return point.setCount(count).build();
  }

  private ExponentialHistogramDataPoint exponential() {
    var positive =
        ExponentialHistogramDataPoint.Buckets.newBuilder().setOffset(random.nextInt(-20, 20));
    long count = 0;
    for (int i = random.nextInt(6); i >= 0; i--) {
      int in = random.nextInt(300);
      positive.addBucketCounts(in);
      count += in;
    }
    return ExponentialHistogramDataPoint.newBuilder()
        .setTimeUnixNano(time())
        .addAttributes(attribute())
        .setScale(random.nextInt(-3, 8))
        .setZeroCount(2)
        .setCount(count + 2)
        .setSum(count)
        .setPositive(positive)
        .build();
  }

  private SummaryDataPoint summary() {
    var point = SummaryDataPoint.newBuilder().setTimeUnixNano(time());
    point.setCount(random.nextInt(4)).setSum(random.nextInt(3));
    for (double q : new double[] {0, 0.5, 0.99, 1.5}) {
      point.addQuantileValues(
          SummaryDataPoint.ValueAtQuantile.newBuilder().setQuantile(q).setValue(q * 2));
    }
    return point.build();
  }

  ExportTraceServiceRequest traces() {
    var request = ExportTraceServiceRequest.newBuilder();
    for (int r = random.nextInt(3); r >= 0; r--) {
      var scope = ScopeSpans.newBuilder();
      for (int s = random.nextInt(6); s >= 0; s--) {
        long start = time();
        var span =
            Span.newBuilder()
                .setTraceId(rarely() ? ByteString.EMPTY : id(16))
                .setSpanId(id(8))
                .setParentSpanId(random.nextBoolean() ? ByteString.EMPTY : id(8))
                .setName("GET /订单/" + random.nextInt(4))
                .setKindValue(random.nextInt(7))
                .setStartTimeUnixNano(start)
                .setEndTimeUnixNano(start + random.nextInt(1_000_000))
                .addAttributes(attribute())
                .addAttributes(attribute())
                .addEvents(Span.Event.newBuilder().setName("e").setTimeUnixNano(start));
        if (random.nextBoolean()) {
          span.setStatus(
              Status.newBuilder().setCodeValue(random.nextInt(3)).setMessage("no stock"));
        }
        scope.addSpans(span);
      }
      request.addResourceSpans(
          ResourceSpans.newBuilder().setResource(resource()).addScopeSpans(scope));
    }
    return request.build();
  }

  ExportLogsServiceRequest logs() {
    var request = ExportLogsServiceRequest.newBuilder();
    for (int r = random.nextInt(3); r >= 0; r--) {
      var scope = ScopeLogs.newBuilder();
      for (int s = random.nextInt(6); s >= 0; s--) {
        scope.addLogRecords(
            LogRecord.newBuilder()
                .setTimeUnixNano(random.nextBoolean() ? time() : 0)
                .setObservedTimeUnixNano(time())
                .setSeverityNumber(SeverityNumber.forNumber(random.nextInt(25)))
                .setSeverityText("Warning")
                .setBody(value(2))
                .setTraceId(random.nextBoolean() ? ByteString.EMPTY : id(16))
                .addAttributes(attribute()));
      }
      request.addResourceLogs(
          ResourceLogs.newBuilder().setResource(resource()).addScopeLogs(scope));
    }
    return request.build();
  }

  private Resource resource() {
    return Resource.newBuilder()
        .addAttributes(text("service.name", "shop"))
        .addAttributes(attribute())
        .build();
  }

  private KeyValue attribute() {
    return KeyValue.newBuilder()
        .setKey(rarely() ? "" : "k" + random.nextInt(5))
        .setValue(value(3))
        .build();
  }

  private static KeyValue text(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  private AnyValue value(int depth) {
    var value = AnyValue.newBuilder();
    switch (random.nextInt(depth > 0 ? 9 : 6)) {
      case 0 -> value.setBoolValue(random.nextBoolean());
      case 1 -> value.setIntValue(random.nextLong());
      case 2 -> value.setDoubleValue(random.nextDouble());
      case 3 -> value.setBytesValue(id(random.nextInt(5)));
      case 4 -> {}
      case 6 ->
          value.setArrayValue(
              ArrayValue.newBuilder().addValues(value(depth - 1)).addValues(value(0)));
      case 7 ->
          value.setKvlistValue(
              KeyValueList.newBuilder()
                  .addValues(KeyValue.newBuilder().setKey("a\"").setValue(value(depth - 1)))
                  .addValues(KeyValue.newBuilder().setKey("b").setValue(value(0))));
      default -> value.setStringValue("quote \" slash \\ line\n" + random.nextInt(9));
    }
    return value.build();
  }

  private long time() {
    return rarely() ? 0 : START + random.nextInt(1_000) * 1_000_000L;
  }

  private ByteString id(int size) {
    var bytes = new byte[size];
    random.nextBytes(bytes);
    return ByteString.copyFrom(bytes);
  }

  private boolean rarely() {
    return random.nextInt(12) == 0;
  }
}
