package io.bridgewatch.bench.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bridgewatch.model.Exemplar;
import io.bridgewatch.model.LogRecord;
import io.bridgewatch.model.SeriesKey;
import io.bridgewatch.model.Span;
import io.bridgewatch.telemetry.ForeignTraceReader;
import io.bridgewatch.telemetry.HistogramMemory;
import io.bridgewatch.telemetry.Histograms;
import io.bridgewatch.telemetry.OtlpReader;
import io.bridgewatch.telemetry.OtlpSignal;
import io.bridgewatch.telemetry.Pool;
import io.bridgewatch.telemetry.Rejection;
import io.bridgewatch.telemetry.TelemetryLimits;
import io.bridgewatch.telemetry.TelemetryMessage;
import io.bridgewatch.telemetry.TelemetrySink;
import io.bridgewatch.telemetry.TimeRange;
import io.bridgewatch.telemetry.UnreadableMessageException;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What senders push: OTLP in protobuf and JSON, Zipkin, Jaeger. */
final class TelemetryTargets {
  private static final Instant NOW = Instant.parse("2026-11-22T18:45:38Z");
  private static final long NANOS = NOW.getEpochSecond() * 1_000_000_000;
  private static final TimeRange TIMES =
      new TimeRange(NOW.minus(Duration.ofDays(1)), NOW.plus(Duration.ofMinutes(10)));

  private static final List<String> WORDS =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ":",
          ",",
          "\"",
          "null",
          "1e999",
          "-0",
          "\\ud800",
          "\"NaN\"",
          "\"key\"",
          "\"value\"",
          "\"attributes\"",
          "\"kvlistValue\"",
          "\"arrayValue\"",
          "\"dataPoints\"",
          "\"timeUnixNano\"",
          "18446744073709551615",
          "\n\0",
          "\u00e9");

  private TelemetryTargets() {}

  static List<FuzzTarget> all() {
    return List.of(
        otlp("otlp-metrics-protobuf", OtlpSignal.METRICS, metrics()),
        otlp("otlp-traces-protobuf", OtlpSignal.TRACES, traces()),
        otlp("otlp-logs-protobuf", OtlpSignal.LOGS, logs(), timeless()),
        otlpJson("otlp-metrics-json", OtlpSignal.METRICS, METRICS),
        otlpJson("otlp-traces-json", OtlpSignal.TRACES, TRACES),
        otlpJson("otlp-logs-json", OtlpSignal.LOGS, LOGS),
        new FuzzTarget("zipkin-json", List.of(ZIPKIN.getBytes(UTF_8)), WORDS, () -> foreign(0)),
        new FuzzTarget("jaeger-thrift", List.of(thrift()), WORDS, () -> foreign(1)),
        new FuzzTarget("jaeger-protobuf", List.of(jaeger().toArray()), WORDS, () -> foreign(2)));
  }

  private static FuzzTarget otlp(String name, OtlpSignal signal, WireBytes... seeds) {
    return new FuzzTarget(
        name,
        Stream.of(seeds).map(WireBytes::toArray).toList(),
        WORDS,
        () -> {
          var otlp = new OtlpReader(TelemetryLimits.DEFAULT);
          return reader(input -> otlp.protobuf(signal, input));
        });
  }

  private static FuzzTarget otlpJson(String name, OtlpSignal signal, String seed) {
    return new FuzzTarget(
        name,
        List.of(seed.getBytes(UTF_8)),
        WORDS,
        () -> {
          var otlp = new OtlpReader(TelemetryLimits.DEFAULT);
          return reader(input -> otlp.json(signal, input));
        });
  }

  private static FuzzTarget.Reader foreign(int format) {
    var foreign = new ForeignTraceReader(TelemetryLimits.DEFAULT);
    return reader(
        input ->
            switch (format) {
              case 0 -> foreign.zipkin(input);
              case 1 -> foreign.jaegerThrift(input);
              default -> foreign.jaegerProtobuf(input);
            });
  }

  private interface Reading {
    TelemetryMessage read(byte[] input) throws UnreadableMessageException;
  }

  private static FuzzTarget.Reader reader(Reading reading) {
    var histograms = new HistogramMemory(1_000);
    return input -> {
      var counts = new HashMap<String, Long>();
      try {
        reading.read(input).deliver(TIMES, new Pool(), new Counting(histograms, counts));
      } catch (UnreadableMessageException e) {
        counts.merge(e.reason().id(), 1L, Long::sum);
      }
      return counts;
    };
  }

  /** Takes everything and keeps the counts. */
  private record Counting(HistogramMemory histograms, Map<String, Long> rejected)
      implements TelemetrySink<RuntimeException> {
    @Override
    public void sample(SeriesKey key, long epochMillis, double value) {
      if (!Double.isFinite(value)) {
        throw new IllegalStateException("a sample of " + key + " is " + value);
      }
    }

    @Override
    public void histogram(Histograms.Key key, Histograms.Point point) {
      histograms.add(key, point, this);
    }

    @Override
    public void exemplar(Exemplar exemplar) {}

    @Override
    public void span(Span span) {
      if (span.traceId().isEmpty() || span.spanId().isEmpty()) {
        throw new IllegalStateException("a span has no id: " + span);
      }
    }

    @Override
    public void log(LogRecord record) {}

    @Override
    public void reject(Rejection reason, long count) {
      rejected.merge(reason.id(), count, Long::sum);
    }
  }

  private static final String RESOURCE =
      """
      "resource":{"attributes":[{"key":"service.name","value":{"stringValue":"shop"}},
      {"key":"list","value":{"arrayValue":{"values":[{"intValue":"5"},{"boolValue":true}]}}}]},""";

  private static final String METRICS =
      """
      {"resourceMetrics":[{%s"scopeMetrics":[{"metrics":[
      {"name":"queue.size","unit":"1","gauge":{"dataPoints":[{"timeUnixNano":"%d","asInt":"4"}]}},
      {"name":"requests","sum":{"aggregationTemporality":2,"isMonotonic":true,"dataPoints":[
        {"timeUnixNano":"%d","asDouble":4.5,"exemplars":[{"timeUnixNano":"%d","asDouble":1,
        "traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"b7ad6b7169203331"}]}]}},
      {"name":"took","unit":"s","histogram":{"aggregationTemporality":2,"dataPoints":[
        {"timeUnixNano":"%d","count":"6","sum":3.5,"explicitBounds":[0.1,0.5],
        "bucketCounts":["1","2","3"]}]}},
      {"name":"wide","exponentialHistogram":{"aggregationTemporality":1,"dataPoints":[
        {"timeUnixNano":"%d","count":"6","sum":3.5,"scale":3,"zeroCount":"1",
        "positive":{"offset":-2,"bucketCounts":["1","4"]}}]}},
      {"name":"old","summary":{"dataPoints":[{"timeUnixNano":"%d","count":"6","sum":3.5,
        "quantileValues":[{"quantile":0.5,"value":0.4}]}]}}]}]}]}"""
          .formatted(RESOURCE, NANOS, NANOS, NANOS, NANOS, NANOS, NANOS);

  private static final String TRACES =
      """
      {"resourceSpans":[{%s"scopeSpans":[{"spans":[
      {"traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"b7ad6b7169203331","name":"GET /",
       "kind":"SPAN_KIND_SERVER","startTimeUnixNano":"%d","endTimeUnixNano":"%d",
       "attributes":[{"key":"http.route","value":{"stringValue":"/"}}],"status":{"code":2}},
      {"traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"b7ad6b7169203332",
       "parentSpanId":"b7ad6b7169203331","kind":3,"startTimeUnixNano":"%d",
       "endTimeUnixNano":"%d"}]}]}]}"""
          .formatted(RESOURCE, NANOS, NANOS + 5, NANOS, NANOS + 3);

  private static final String LOGS =
      """
      {"resourceLogs":[{%s"scopeLogs":[{"logRecords":[
      {"timeUnixNano":"%d","severityNumber":9,"severityText":"INFO",
       "body":{"kvlistValue":{"values":[{"key":"a","value":{"doubleValue":0.5}}]}},
       "traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"b7ad6b7169203331"},
      {"observedTimeUnixNano":"%d","body":{"stringValue":"transfer accepted"}}]}]}]}"""
          .formatted(RESOURCE, NANOS, NANOS);

  private static final String ZIPKIN =
      """
      [{"traceId":"5af7183fb1d4cf5f","id":"352bff9a74ca9ad2","parentId":"6b221d5bc9e6496c",
        "name":"get /","kind":"CLIENT","timestamp":%d,"duration":207000,
        "localEndpoint":{"serviceName":"web","ipv4":"10.0.0.1","port":8080},
        "remoteEndpoint":{"serviceName":"orders"},"tags":{"http.method":"GET","error":""}},
       {"traceId":"5af7183fb1d4cf5f","id":"352bff9a74ca9ad2","kind":"SERVER","shared":true,
        "timestamp":%d,"localEndpoint":{"serviceName":"orders"}}]"""
          .formatted(NANOS / 1_000, NANOS / 1_000);

  private static WireBytes resource() {
    return new WireBytes()
        .message(1, attribute("service.name", new WireBytes().text(1, "shop")))
        .message(
            1,
            attribute(
                "list",
                new WireBytes()
                    .message(5, new WireBytes().message(1, new WireBytes().number(3, 5)))));
  }

  private static WireBytes attribute(String key, WireBytes value) {
    return new WireBytes().text(1, key).message(2, value);
  }

  private static WireBytes metrics() {
    var exemplar =
        new WireBytes()
            .real(2, fixed(NANOS))
            .real(3, 1)
            .text(4, "span-id1")
            .text(5, "trace-id-of-16by");
    var number = new WireBytes().real(3, fixed(NANOS)).real(4, 4.5).message(5, exemplar);
    var histogram =
        new WireBytes()
            .real(3, fixed(NANOS))
            .real(4, fixed(3))
            .real(5, 1.5)
            .message(6, new WireBytes().rawReal(fixed(1)).rawReal(fixed(2)))
            .message(7, new WireBytes().rawReal(0.5));
    var exponential =
        new WireBytes()
            .real(3, fixed(NANOS))
            .real(4, fixed(5))
            .number(6, 6)
            .message(8, new WireBytes().number(1, 3).packed(2, 1, 4));
    var summary =
        new WireBytes()
            .real(3, fixed(NANOS))
            .real(4, fixed(3))
            .message(6, new WireBytes().real(1, 0.5).real(2, 0.4));
    var scope =
        new WireBytes()
            .message(2, metric("queue.size", 5, number, 0))
            .message(2, metric("requests", 7, number, 2))
            .message(2, metric("took", 9, histogram, 2))
            .message(2, metric("wide", 10, exponential, 1))
            .message(2, metric("old", 11, summary, 0));
    return request(scope);
  }

  private static WireBytes metric(String name, int type, WireBytes point, int temporality) {
    var data = new WireBytes().message(1, point);
    if (temporality > 0) {
      data.number(2, temporality).number(3, 1);
    }
    return new WireBytes().text(1, name).text(3, "s").message(type, data);
  }

  private static WireBytes traces() {
    var span =
        new WireBytes()
            .text(1, "trace-id-of-16by")
            .text(2, "span-id1")
            .text(4, "span-id0")
            .text(5, "GET /")
            .number(6, 2)
            .real(7, fixed(NANOS))
            .real(8, fixed(NANOS + 5))
            .message(9, attribute("http.route", new WireBytes().text(1, "/")))
            .message(15, new WireBytes().number(3, 2));
    return request(new WireBytes().message(2, span).message(2, span));
  }

  private static WireBytes logs() {
    var record =
        new WireBytes()
            .real(1, fixed(NANOS))
            .number(2, 9)
            .text(3, "INFO")
            .message(5, new WireBytes().text(1, "transfer accepted"))
            .text(9, "trace-id-of-16by")
            .real(11, fixed(NANOS));
    return request(new WireBytes().message(2, record).message(2, record));
  }

  /** Records as they come from senders without a clock. */
  private static WireBytes timeless() {
    var record = new WireBytes().number(2, 17).message(5, new WireBytes().number(3, 7));
    return request(new WireBytes().message(2, record).message(2, record));
  }

  private static WireBytes request(WireBytes scope) {
    return new WireBytes().message(1, new WireBytes().message(1, resource()).message(2, scope));
  }

  /** The number whose eight bytes are those of the integer. */
  private static double fixed(long value) {
    return Double.longBitsToDouble(value);
  }

  private static WireBytes jaeger() {
    var tag = new WireBytes().text(1, "error").number(2, 1).number(4, 1);
    var span =
        new WireBytes()
            .text(1, "trace-id-of-16by")
            .text(2, "span-id1")
            .text(3, "charge")
            .message(4, new WireBytes().text(2, "span-id0"))
            .message(6, new WireBytes().number(1, NOW.getEpochSecond()))
            .message(7, new WireBytes().number(2, 1_000_000))
            .message(8, tag);
    var process = new WireBytes().text(1, "payments").message(2, tag);
    return new WireBytes()
        .message(1, new WireBytes().message(1, span).message(1, span).message(2, process));
  }

  private static byte[] thrift() {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      field(out, 12, 1); // the process
      text(out, 1, "payments");
      out.writeByte(0);
      field(out, 15, 2); // the spans
      out.writeByte(12);
      out.writeInt(2);
      for (int i = 0; i < 2; i++) {
        for (int id = 1; id <= 4; id++) { // trace, low and high, span, parent
          field(out, 10, id);
          out.writeLong(id == 2 ? 0 : 16 * i + id);
        }
        text(out, 5, "charge");
        for (int time = 8; time <= 9; time++) { // start and duration
          field(out, 10, time);
          out.writeLong(time == 8 ? NANOS / 1_000 : 1_000);
        }
        field(out, 15, 10); // the tags
        out.writeByte(12);
        out.writeInt(1);
        text(out, 1, "span.kind");
        text(out, 3, "client");
        out.writeByte(0);
        out.writeByte(0);
      }
      out.writeByte(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return bytes.toByteArray();
  }

  private static void field(DataOutputStream out, int type, int number) throws IOException {
    out.writeByte(type);
    out.writeShort(number);
  }

  private static void text(DataOutputStream out, int number, String value) throws IOException {
    byte[] bytes = value.getBytes(UTF_8);
    field(out, 11, number);
    out.writeInt(bytes.length);
    out.write(bytes);
  }
}
