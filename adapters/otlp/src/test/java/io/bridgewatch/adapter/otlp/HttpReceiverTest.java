package io.bridgewatch.adapter.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.ports.TelemetryIntake;
import io.bridgewatch.telemetry.TelemetryLimits;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class HttpReceiverTest {

  private static final String PROTOBUF = "application/x-protobuf";

  private final RecordingIntake intake = new RecordingIntake();
  private final TelemetryReceiver receiver =
      new TelemetryReceiver(
          intake,
          new ReceiverSettings(
              new TelemetryLimits(64 << 10, 64, 1_000, 64, 4_096, 8_192, 64),
              Duration.ofDays(1),
              Duration.ofMinutes(10),
              100),
          InstantSource.fixed(Requests.NOW));

  @Test
  void protobufIsAnsweredInProtobuf() throws IOException {
    var answer =
        post(
            TelemetryRoute.OTLP_TRACES,
            PROTOBUF,
            "",
            Requests.spans("a", Requests.NOW, Requests.NOW.plusSeconds(3_600)).toByteArray());

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.contentType()).isEqualTo(PROTOBUF);
    var partial = ExportTraceServiceResponse.parseFrom(answer.body()).getPartialSuccess();
    assertThat(partial.getRejectedSpans()).isEqualTo(1);
    assertThat(partial.getErrorMessage()).isEqualTo("1 record is not used: 1 TimeOutsideRange");
    assertThat(intake.keptSpans()).hasSize(1);
  }

  @Test
  void jsonIsAnsweredInJson() {
    String span =
        "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"traceId\":\"0a\",\"spanId\":\"0b\","
            + "\"startTimeUnixNano\":\"1\",\"endTimeUnixNano\":\"1\"}]}]}]}";
    var answer =
        post(TelemetryRoute.OTLP_TRACES, "application/json; charset=utf-8", "", bytes(span));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(text(answer))
        .isEqualTo(
            "{\"partialSuccess\":{\"rejectedSpans\":\"1\",\"errorMessage\":"
                + "\"1 record is not used: 1 TimeOutsideRange\"}}");
    assertThat(text(post(TelemetryRoute.OTLP_LOGS, "application/json", "", bytes("{}"))))
        .isEqualTo("{}");
  }

  @Test
  void gzipIsUnpackedUpToTheLimit() throws IOException {
    byte[] message = Requests.log("hello").toByteArray();
    assertThat(post(TelemetryRoute.OTLP_LOGS, PROTOBUF, "gzip", gzip(message)).status())
        .isEqualTo(200);
    assertThat(intake.keptLogs()).hasSize(1);

    var bomb = post(TelemetryRoute.OTLP_LOGS, PROTOBUF, "gzip", gzip(new byte[10 << 20]));
    assertThat(bomb.status()).isEqualTo(413);
    var torn = post(TelemetryRoute.OTLP_LOGS, PROTOBUF, "gzip", new byte[] {1, 2, 3});
    assertThat(torn.status()).isEqualTo(400);
    assertThat(receiver.status().unreadable())
        .isEqualTo(Map.of("MessageTooLarge", 1L, "BrokenMessage", 1L));
  }

  @Test
  void whatIsNotReadHereIsSaid() {
    var type = post(TelemetryRoute.OTLP_METRICS, "text/csv", "", new byte[0]);
    var encoding = post(TelemetryRoute.OTLP_METRICS, PROTOBUF, "zstd", new byte[0]);

    assertThat(type.status()).isEqualTo(415);
    assertThat(text(type)).contains("text/csv").contains(PROTOBUF);
    assertThat(encoding.status()).isEqualTo(415);
    assertThat(text(encoding)).contains("zstd");
  }

  @Test
  void aFullQueueAndAStoreThatFailsAskToComeAgain() {
    byte[] message = Requests.log("a").toByteArray();
    intake.answerWith(new TelemetryIntake.Busy(Duration.ofSeconds(3)));
    var busy = post(TelemetryRoute.OTLP_LOGS, PROTOBUF, "", message);
    intake.answerWith(new TelemetryIntake.Closed("stopping"));
    var closed = post(TelemetryRoute.OTLP_LOGS, PROTOBUF, "", message);

    assertThat(busy.status()).isEqualTo(429);
    assertThat(busy.retryAfter()).contains(Duration.ofSeconds(3));
    assertThat(closed.status()).isEqualTo(503);
    assertThat(closed.retryAfter()).isPresent();
    assertThat(text(closed)).contains("stopping");
  }

  @Test
  void zipkinSpansAreTaken() {
    long micros = Requests.NOW.getEpochSecond() * 1_000_000;
    String spans =
        "[{\"traceId\":\"0a\",\"id\":\"01\",\"timestamp\":%d,\"duration\":5},{\"id\":\"02\"}]"
            .formatted(micros);
    var answer = post(TelemetryRoute.ZIPKIN, "application/json", "", bytes(spans));

    assertThat(answer.status()).isEqualTo(202);
    assertThat(text(answer)).isEqualTo("1 record is not used: 1 IdMissing\n");
    assertThat(intake.keptSpans()).hasSize(1);
    assertThat(post(TelemetryRoute.ZIPKIN, "", "", bytes("[]")).body()).isEmpty();
  }

  @Test
  void jaegersThriftIsTakenAndOtherFormsAreNot() {
    byte[] empty = {0};
    assertThat(post(TelemetryRoute.JAEGER_THRIFT, "application/x-thrift", "", empty).status())
        .isEqualTo(202);
    assertThat(post(TelemetryRoute.JAEGER_THRIFT, "application/json", "", empty).status())
        .isEqualTo(415);
    assertThat(post(TelemetryRoute.JAEGER_THRIFT, "application/x-thrift", "", bytes("x")).status())
        .isEqualTo(400);
  }

  @Test
  void routesAreFoundByTheirPaths() {
    assertThat(TelemetryRoute.of("/v1/logs")).contains(TelemetryRoute.OTLP_LOGS);
    assertThat(TelemetryRoute.of("/v1/other")).isEmpty();
  }

  private HttpAnswer post(TelemetryRoute route, String type, String encoding, byte[] body) {
    return receiver.answer(route, new HttpMessage(type, encoding, body));
  }

  private static String text(HttpAnswer answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }
}
