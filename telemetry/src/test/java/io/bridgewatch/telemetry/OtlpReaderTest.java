package io.bridgewatch.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.Message;
import io.bridgewatch.model.MetricKind;
import io.bridgewatch.model.Severity;
import io.bridgewatch.model.SpanKind;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OtlpReaderTest {

  private static final OtlpReader READER = new OtlpReader(TelemetryLimits.DEFAULT);

  @ParameterizedTest
  @EnumSource
  void protobufAndJsonGiveTheSameValues(OtlpSignal signal) throws Exception {
    for (long seed = 1; seed <= 500; seed++) {
      Message request = new RandomRequests(seed).request(signal);
      var fromProtobuf = new Collected().add(READER.protobuf(signal, request.toByteArray()));
      var fromJson = new Collected().add(READER.json(signal, json(request)));

      assertThat(fromProtobuf.samples).as("seed %d", seed).isEqualTo(fromJson.samples);
      assertThat(fromProtobuf.exemplars).as("seed %d", seed).isEqualTo(fromJson.exemplars);
      assertThat(fromProtobuf.spans).as("seed %d", seed).isEqualTo(fromJson.spans);
      assertThat(fromProtobuf.logs).as("seed %d", seed).isEqualTo(fromJson.logs);
      assertThat(fromProtobuf.rejected).as("seed %d", seed).isEqualTo(fromJson.rejected);
    }
  }

  @Test
  void everySpanIsHandedOutOrCounted() throws Exception {
    for (long seed = 1; seed <= 200; seed++) {
      ExportTraceServiceRequest request = new RandomRequests(seed).traces();
      var spans =
          request.getResourceSpansList().stream()
              .flatMap(group -> group.getScopeSpansList().stream())
              .flatMap(scope -> scope.getSpansList().stream())
              .toList();
      var read = new Collected().add(READER.protobuf(OtlpSignal.TRACES, request.toByteArray()));

      long usable =
          spans.stream()
              .filter(span -> !span.getTraceId().isEmpty() && span.getStartTimeUnixNano() > 0)
              .count();
      assertThat(read.spans).as("seed %d", seed).hasSize((int) usable);
      assertThat(total(read)).as("seed %d", seed).isEqualTo(spans.size() - usable);
      for (var span : read.spans) {
        assertThat(spans)
            .anyMatch(
                sent ->
                    sent.getName().equals(span.name())
                        && sent.getStartTimeUnixNano() == span.startNanos()
                        && sent.getEndTimeUnixNano() == span.endNanos()
                        && (sent.getStatus().getCodeValue() == 2) == span.failed());
      }
    }
  }

  @Test
  void everyLogRecordIsHandedOutOrCounted() throws Exception {
    for (long seed = 1; seed <= 200; seed++) {
      ExportLogsServiceRequest request = new RandomRequests(seed).logs();
      long sent =
          request.getResourceLogsList().stream()
              .flatMap(group -> group.getScopeLogsList().stream())
              .mapToLong(scope -> scope.getLogRecordsCount())
              .sum();
      var read = new Collected().add(READER.protobuf(OtlpSignal.LOGS, request.toByteArray()));

      assertThat(read.logs.size() + total(read)).as("seed %d", seed).isEqualTo(sent);
    }
  }

  @Test
  void everyNumberPointIsHandedOutOrCounted() throws Exception {
    for (long seed = 1; seed <= 200; seed++) {
      ExportMetricsServiceRequest request = new RandomRequests(seed).metrics();
      var points =
          request.getResourceMetricsList().stream()
              .flatMap(group -> group.getScopeMetricsList().stream())
              .flatMap(scope -> scope.getMetricsList().stream())
              .filter(metric -> !metric.getName().isEmpty())
              .flatMap(
                  metric ->
                      metric.hasGauge()
                          ? metric.getGauge().getDataPointsList().stream()
                          : metric.getSum().getDataPointsList().stream())
              .filter(point -> point.getFlags() == 0 && point.getTimeUnixNano() > 0)
              .toList();
      double wanted =
          points.stream()
              .mapToDouble(p -> p.hasAsInt() ? p.getAsInt() : p.getAsDouble())
              .filter(Double::isFinite)
              .sum();
      var read = new Collected().add(READER.protobuf(OtlpSignal.METRICS, request.toByteArray()));

      double seen =
          read.samples.stream()
              .filter(s -> !s.key().point().has("statistic") && !s.key().point().has("quantile"))
              .mapToDouble(Collected.Sample::value)
              .sum();
      assertThat(seen).as("seed %d", seed).isEqualTo(wanted);
    }
  }

  @Test
  void sumsKeepTheirTemporality() throws Exception {
    var read =
        metrics(
            """
            {"name":"d","sum":{"aggregationTemporality":1,"isMonotonic":true,"dataPoints":[%s]}},
            {"name":"c","sum":{"aggregationTemporality":2,"isMonotonic":true,"dataPoints":[%s]}},
            {"name":"u","sum":{"aggregationTemporality":2,"dataPoints":[%s]}},
            {"name":"g","gauge":{"dataPoints":[%s]}}"""
                .replace("%s", "{\"timeUnixNano\":\"1772323200000000000\",\"asInt\":\"7\"}"));

    assertThat(read.samples)
        .extracting(sample -> sample.key().kind())
        .containsExactly(
            MetricKind.DELTA, MetricKind.CUMULATIVE, MetricKind.GAUGE, MetricKind.GAUGE);
    assertThat(read.samples).allMatch(sample -> sample.value() == 7);
  }

  @Test
  void aCumulativeHistogramTellsWhatWasObservedBetweenMessages() throws Exception {
    var read = new Collected();
    for (int minute = 0; minute < 3; minute++) {
      read.add(
          READER.json(
              OtlpSignal.METRICS,
              bytes(
                  request(
                          "{\"name\":\"h\",\"unit\":\"s\",\"histogram\":{\"aggregationTemporality\":2,"
                              + "\"dataPoints\":[{\"timeUnixNano\":\"17723232%d0000000000\","
                              + "\"count\":%d,\"sum\":%d,\"explicitBounds\":[1,2],"
                              + "\"bucketCounts\":[0,%d,0],\"exemplars\":[{\"traceId\":\"0a\","
                              + "\"filteredAttributes\":[{\"key\":\"user\",\"value\":"
                              + "{\"stringValue\":\"u7\"}}],"
                              + "\"timeUnixNano\":\"1772323200000000000\",\"asDouble\":1.5}]}]}}")
                      .formatted(minute, 10 * minute, 15 * minute, 10 * minute))));
    }

    assertThat(read.values("statistic", "count")).containsExactly(0, 10, 20);
    assertThat(read.values("le", "2")).containsExactly(0, 10, 20);
    assertThat(read.values("statistic", "mean")).containsExactly(1.5, 1.5);
    assertThat(read.values("quantile", "0.50")).containsExactly(1.5, 1.5);
    assertThat(read.exemplars).hasSize(3);
    assertThat(read.exemplars.getFirst().series().point().getOr("statistic", ""))
        .isEqualTo("count");
    assertThat(read.exemplars.getFirst().traceId()).isEqualTo("0a");
    assertThat(read.exemplars.getFirst().labels().get("user")).contains("u7");
  }

  @Test
  void aCumulativeHistogramThatIsToldAgainGivesTheSameAgain() throws Exception {
    byte[] first = bytes(cumulative(0, 5));
    byte[] second = bytes(cumulative(1, 9));
    var read = new Collected();
    for (byte[] message : List.of(first, second)) {
      read.add(READER.json(OtlpSignal.METRICS, message));
    }
    int told = read.samples.size();
    read.add(READER.json(OtlpSignal.METRICS, second));

    int ofSecond = read.samples.size() - told;
    assertThat(read.samples.subList(told, told + ofSecond))
        .isEqualTo(read.samples.subList(told - ofSecond, told));
    assertThat(read.values("quantile", "0.50")).hasSize(2);
  }

  private static String cumulative(int minute, int count) {
    return request(
        "{\"name\":\"h\",\"histogram\":{\"aggregationTemporality\":2,\"dataPoints\":[{"
            + "\"timeUnixNano\":\"17723232%d0000000000\",\"count\":%d,\"sum\":1,"
                .formatted(minute, count)
            + "\"explicitBounds\":[1],\"bucketCounts\":[%d,0]}]}}".formatted(count));
  }

  @Test
  void valuesOfAnyTypeAppearInTheirJsonForm() throws Exception {
    var read =
        new Collected()
            .add(
                READER.json(
                    OtlpSignal.LOGS,
                    bytes(
                        """
                        {"resourceLogs":[{"scopeLogs":[{"logRecords":[{
                          "timeUnixNano":"1772323200000000000","severityText":"warning",
                          "body":{"kvlistValue":{"values":[
                            {"key":"n","value":{"intValue":"5"}},
                            {"key":"deep","value":{"arrayValue":{"values":[
                              {"stringValue":"a\\"b"},{"boolValue":true},{}]}}}]}}}]}]}]}""")));

    assertThat(read.logs.getFirst().body()).isEqualTo("{\"n\":5,\"deep\":[\"a\\\"b\",true,null]}");
    assertThat(read.logs.getFirst().severity()).isEqualTo(Severity.WARN);
  }

  @Test
  void kindsAndStatusAreReadByNumberAndByName() throws Exception {
    var read =
        new Collected()
            .add(
                READER.json(
                    OtlpSignal.TRACES,
                    bytes(
                        """
                        {"resourceSpans":[{"scopeSpans":[{"spans":[
                        {"traceId":"0A","spanId":"01","kind":"SPAN_KIND_CLIENT","name":"a",
                         "startTimeUnixNano":"1772323200000000000","endTimeUnixNano":1772323200000000001,
                         "status":{"code":"STATUS_CODE_ERROR"}},
                        {"traceId":"0A","spanId":"02","kind":2,"name":"b",
                         "startTimeUnixNano":"1772323200000000000","endTimeUnixNano":1772323200000000001}
                        ]}]}]}""")));

    assertThat(read.spans)
        .extracting(span -> span.kind())
        .containsExactly(SpanKind.CLIENT, SpanKind.SERVER);
    assertThat(read.spans).extracting(span -> span.failed()).containsExactly(true, false);
    assertThat(read.spans.getFirst().traceId()).isEqualTo("0a");
  }

  @Test
  void recordsBeyondTheLimitAreCountedAndTheOthersKept() throws Exception {
    var narrow = new OtlpReader(new TelemetryLimits(1 << 20, 64, 2, 1, 20, 30, 3));
    ExportTraceServiceRequest one = new RandomRequests(3).traces();
    var request = one.toBuilder().mergeFrom(one).mergeFrom(one).build();
    long spans =
        request.getResourceSpansList().stream()
            .mapToLong(group -> group.getScopeSpans(0).getSpansCount())
            .sum();
    var read = new Collected().add(narrow.protobuf(OtlpSignal.TRACES, request.toByteArray()));
    var json = new Collected().add(narrow.json(OtlpSignal.TRACES, json(request)));

    assertThat(read.rejected).containsEntry(Rejection.TOO_MANY_RECORDS, spans - 2);
    assertThat(json.rejected).isEqualTo(read.rejected);
  }

  @Test
  void tooManyAttributesOrTooLongTextsRejectTheRecordAlone() throws Exception {
    var narrow = new OtlpReader(new TelemetryLimits(1 << 20, 64, 10, 1, 20, 30, 3));
    String span =
        "{\"traceId\":\"0a\",\"spanId\":\"01\",\"name\":\"%s\",\"startTimeUnixNano\":"
            + "\"1772323200000000000\",\"endTimeUnixNano\":\"1772323200000000001\","
            + "\"attributes\":[%s]}";
    String a = "{\"key\":\"a\",\"value\":{\"stringValue\":\"1\"}}";
    var read =
        new Collected()
            .add(
                narrow.json(
                    OtlpSignal.TRACES,
                    bytes(
                        "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":["
                            + span.formatted("good", a)
                            + ","
                            + span.formatted("x".repeat(21), a)
                            + ","
                            + span.formatted("many", a + "," + a.replace("\"a\"", "\"b\""))
                            + "]}]}]}")));

    assertThat(read.spans).extracting(kept -> kept.name()).containsExactly("good");
    assertThat(read.rejected)
        .containsEntry(Rejection.TEXT_TOO_LONG, 1L)
        .containsEntry(Rejection.TOO_MANY_ATTRIBUTES, 1L);
  }

  @Test
  void tooManyBucketsAreRejected() throws Exception {
    var narrow = new OtlpReader(new TelemetryLimits(1 << 20, 64, 10, 10, 20, 30, 3));
    var read =
        new Collected()
            .add(
                narrow.json(
                    OtlpSignal.METRICS,
                    bytes(
                        request(
                            "{\"name\":\"h\",\"histogram\":{\"dataPoints\":[{\"timeUnixNano\":"
                                + "\"1772323200000000000\",\"explicitBounds\":[1,2,3],"
                                + "\"bucketCounts\":[0,1,0,1]}]}}"))));

    assertThat(read.samples).isEmpty();
    assertThat(read.rejected).containsOnlyKeys(Rejection.TOO_MANY_BUCKETS);
  }

  @Test
  void aMessageThatIsTooLargeOrTooDeepIsRefusedWhole() {
    var narrow = new OtlpReader(new TelemetryLimits(200, 8, 10, 10, 20, 30, 3));
    assertThatExceptionOfType(UnreadableMessageException.class)
        .isThrownBy(() -> narrow.protobuf(OtlpSignal.LOGS, new byte[201]))
        .withMessageContaining("201 bytes")
        .satisfies(
            e -> assertThat(e.reason()).isEqualTo(UnreadableMessageException.Reason.TOO_LARGE));

    String deep = "{\"arrayValue\":{\"values\":[".repeat(4) + "{}" + "]}}".repeat(4);
    String log =
        "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"body\":" + deep + "}]}]}]}";
    assertThatExceptionOfType(UnreadableMessageException.class)
        .isThrownBy(() -> narrow.json(OtlpSignal.LOGS, bytes(log)))
        .satisfies(e -> assertThat(e.reason().id()).isEqualTo("BrokenMessage"));
  }

  private static Collected metrics(String metrics) throws UnreadableMessageException {
    return new Collected().add(READER.json(OtlpSignal.METRICS, bytes(request(metrics))));
  }

  private static String request(String metrics) {
    return "{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[" + metrics + "]}]}]}";
  }

  private static long total(Collected read) {
    return read.rejected.values().stream().mapToLong(count -> count).sum();
  }

  private static byte[] json(Message request) {
    return bytes(OtlpJsonWriter.json(request));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
