package io.bridgewatch.adapter.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bridgewatch.ports.TelemetryIntake;
import io.bridgewatch.telemetry.TelemetryLimits;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.AbstractBlockingStub;
import io.grpc.stub.MetadataUtils;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import io.opentelemetry.proto.collector.metrics.v1.MetricsServiceGrpc;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GrpcReceiverTest {

  private static final String TOKEN = "s3cret";

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
  private final GrpcReceiver server;
  private final ManagedChannel channel;

  GrpcReceiverTest() throws IOException {
    server = GrpcReceiver.start(receiver, TOKEN::equals, GrpcSettings.on("127.0.0.1", 0));
    channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
  }

  @AfterEach
  void stop() throws InterruptedException {
    channel.shutdownNow();
    server.close();
    assertThat(channel.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void eachSignalReachesTheIntake() {
    var metrics =
        withToken(MetricsServiceGrpc.newBlockingStub(channel), TOKEN)
            .export(Requests.metrics(Requests.NOW, Requests.NOW.minusSeconds(15)));
    var traces =
        withToken(TraceServiceGrpc.newBlockingStub(channel), TOKEN)
            .export(Requests.spans("a", Requests.NOW));
    var logs =
        withToken(LogsServiceGrpc.newBlockingStub(channel), TOKEN).export(Requests.log("你好"));

    assertThat(metrics.hasPartialSuccess()).isFalse();
    assertThat(traces.hasPartialSuccess()).isFalse();
    assertThat(logs.hasPartialSuccess()).isFalse();
    assertThat(intake.sampleCount()).isEqualTo(2);
    assertThat(intake.keptSpans()).extracting(span -> span.traceId()).containsExactly("0901");
    assertThat(intake.keptLogs()).extracting(log -> log.body()).containsExactly("你好");
    assertThat(receiver.status())
        .isEqualTo(new ReceiverStatus(3, 2, 1, 1, Map.of(), Map.of(), 0, 0));
  }

  @Test
  void messagesInGzipAreRead() {
    withToken(LogsServiceGrpc.newBlockingStub(channel), TOKEN)
        .withCompression("gzip")
        .export(Requests.log("x".repeat(5_000)));

    assertThat(intake.keptLogs().getFirst().body()).hasSize(5_000);
  }

  @Test
  void recordsThatAreNotUsedAreToldWithTheirReasons() {
    intake.answerWith(new TelemetryIntake.Taken(Map.of("TooManySeries", 1L)));
    var answer =
        withToken(MetricsServiceGrpc.newBlockingStub(channel), TOKEN)
            .export(
                Requests.metrics(
                    Requests.NOW,
                    Requests.NOW,
                    Requests.NOW.plusSeconds(3_600),
                    Requests.NOW.minusSeconds(2 * 86_400)));

    assertThat(answer.getPartialSuccess().getRejectedDataPoints()).isEqualTo(3);
    assertThat(answer.getPartialSuccess().getErrorMessage())
        .isEqualTo("3 records are not used: 2 TimeOutsideRange, 1 TooManySeries");
    assertThat(receiver.status().samples()).isEqualTo(1);
  }

  @Test
  void withoutAValidTokenNothingIsTaken() {
    for (String token : new String[] {"", "wrong"}) {
      assertThatExceptionOfType(StatusRuntimeException.class)
          .isThrownBy(
              () ->
                  withToken(TraceServiceGrpc.newBlockingStub(channel), token)
                      .export(Requests.spans("a", Requests.NOW)))
          .satisfies(e -> assertThat(code(e)).isEqualTo(Status.Code.UNAUTHENTICATED));
    }
    assertThat(intake.keptSpans()).isEmpty();
  }

  @Test
  void aFullQueueTellsWhenToComeAgain() {
    intake.answerWith(new TelemetryIntake.Busy(Duration.ofMillis(2_500)));
    var refused =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () ->
                withToken(TraceServiceGrpc.newBlockingStub(channel), TOKEN)
                    .export(Requests.spans("a", Requests.NOW)));

    assertThat(code(refused)).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    var details = Objects.requireNonNull(StatusProto.fromThrowable(refused)).getDetails(0);
    assertThat(details.getTypeUrl()).isEqualTo("type.googleapis.com/google.rpc.RetryInfo");
    // RetryInfo { retry_delay { seconds: 2, nanos: 500000000 } }
    assertThat(details.getValue().toByteArray())
        .containsExactly(0x0a, 0x08, 0x08, 0x02, 0x10, 0x80, 0xca, 0xb5, 0xee, 0x01);
    assertThat(receiver.status().refused()).isEqualTo(1);
  }

  @Test
  void aStoreThatFailsIsUnavailable() {
    intake.answerWith(new TelemetryIntake.Closed("the disk is full"));
    assertThatExceptionOfType(StatusRuntimeException.class)
        .isThrownBy(
            () ->
                withToken(LogsServiceGrpc.newBlockingStub(channel), TOKEN)
                    .export(Requests.log("a")))
        .satisfies(e -> assertThat(code(e)).isEqualTo(Status.Code.UNAVAILABLE))
        .withMessageContaining("the disk is full");
  }

  @Test
  void aMessageBeyondTheLimitIsRefusedEvenWhereItIsPacked() {
    var huge = Requests.log("x".repeat(65 << 10));
    for (String compression : new String[] {"identity", "gzip"}) {
      assertThatExceptionOfType(StatusRuntimeException.class)
          .isThrownBy(
              () ->
                  withToken(LogsServiceGrpc.newBlockingStub(channel), TOKEN)
                      .withCompression(compression)
                      .export(huge))
          .satisfies(
              e -> assertThat(code(e)).as(compression).isEqualTo(Status.Code.RESOURCE_EXHAUSTED));
    }
    assertThat(intake.keptLogs()).isEmpty();
    assertThat(receiver.status().unreadable()).isEqualTo(Map.of("MessageTooLarge", 1L));
  }

  @Test
  void afterCloseNothingListens() {
    server.close();
    assertThatExceptionOfType(StatusRuntimeException.class)
        .isThrownBy(
            () ->
                withToken(LogsServiceGrpc.newBlockingStub(channel), TOKEN)
                    .export(Requests.log("a")))
        .satisfies(e -> assertThat(code(e)).isEqualTo(Status.Code.UNAVAILABLE));
  }

  @Test
  void aPortThatIsTakenIsNamed() {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(
            () ->
                GrpcReceiver.start(
                    receiver, TOKEN::equals, GrpcSettings.on("127.0.0.1", server.port())))
        .withMessageContaining("127.0.0.1:" + server.port());
  }

  private static Status.Code code(StatusRuntimeException e) {
    return e.getStatus().getCode();
  }

  private static <S extends AbstractBlockingStub<S>> S withToken(S stub, String token) {
    var headers = new Metadata();
    if (!token.isEmpty()) {
      headers.put(
          Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
    }
    return stub.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
        .withDeadlineAfter(Duration.ofSeconds(20));
  }
}
