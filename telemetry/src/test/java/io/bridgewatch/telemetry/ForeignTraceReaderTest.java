package io.bridgewatch.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.Span;
import io.bridgewatch.model.SpanKind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ForeignTraceReaderTest {

  private static final String CHARGE_TRACE = "00000000000000000000000000001234";
  private static final ForeignTraceReader READER = new ForeignTraceReader(TelemetryLimits.DEFAULT);

  @Test
  void zipkinSpansKeepTheirEndpointsAndTags() throws Exception {
    var read = new Collected().add(READER.zipkin(ForeignSpans.zipkin()));

    Span client = read.spans.getFirst();
    assertThat(client.traceId()).isEqualTo("00000000000000005af7183fb1d4cf5f");
    assertThat(client.kind()).isEqualTo(SpanKind.CLIENT);
    assertThat(client.startNanos()).isEqualTo(ForeignSpans.MICROS * 1_000);
    assertThat(client.durationNanos()).isEqualTo(207_000_000);
    assertThat(client.failed()).isTrue();
    assertThat(client.resource()).isEqualTo(Attributes.of("service.name", "web"));
    assertThat(client.attributes().asMap())
        .containsEntry("peer.service", "orders")
        .containsEntry("network.peer.address", "10.0.0.2")
        .containsEntry("network.peer.port", "9000")
        .containsEntry("http.method", "GET");
    assertThat(read.rejected).isEqualTo(Map.of(Rejection.TIME_MISSING, 1L));
  }

  @Test
  void aServerThatSharesItsClientsSpanIdComesBelowIt() throws Exception {
    var read = new Collected().add(READER.zipkin(ForeignSpans.zipkin()));

    Span server = read.spans.get(1);
    assertThat(server.kind()).isEqualTo(SpanKind.SERVER);
    assertThat(server.parentSpanId()).isEqualTo("352bff9a74ca9ad2");
    assertThat(server.spanId()).isEqualTo("b52bff9a74ca9ad2");
    assertThat(server.failed()).isFalse();
  }

  @Test
  void jaegersThriftAndProtobufGiveTheSameSpan() throws Exception {
    var thrift = new Collected().add(READER.jaegerThrift(ForeignSpans.jaegerThrift()));
    var protobuf = new Collected().add(READER.jaegerProtobuf(ForeignSpans.jaegerProtobuf()));

    assertThat(thrift.spans)
        .containsExactly(
            new Span(
                CHARGE_TRACE,
                "fffffffffffffffe",
                "0000000000000007",
                "charge",
                SpanKind.CLIENT,
                ForeignSpans.MICROS * 1_000,
                ForeignSpans.MICROS * 1_000 + 1_000_000,
                true,
                Attributes.of("host.name", "n1", "service.name", "payments"),
                Attributes.ofSorted("error", "true", "ratio", "0.5", "size", "42")));
    assertThat(protobuf.spans).isEqualTo(thrift.spans);
    assertThat(thrift.rejected).isEmpty();
  }

  @Test
  void everyCutOfAMessageIsRefusedOrRead() {
    byte[] whole = ForeignSpans.jaegerThrift();
    for (int size = 0; size < whole.length; size++) {
      byte[] cut = Arrays.copyOf(whole, size);
      assertThatExceptionOfType(UnreadableMessageException.class)
          .as("cut at %d", size)
          .isThrownBy(() -> READER.jaegerThrift(cut));
    }
  }

  @Test
  void aListThatClaimsMoreThanFollowsTakesNoMemory() {
    byte[] claim = {Thrift.LIST, 0, 2, Thrift.STRUCT, 0x7f, -1, -1, -1};
    assertThatExceptionOfType(UnreadableMessageException.class)
        .isThrownBy(() -> READER.jaegerThrift(claim))
        .withMessageContaining("where fewer follow");
  }

  @Test
  void zipkinSpansThatAreNoListAreRefused() {
    assertThatExceptionOfType(UnreadableMessageException.class)
        .isThrownBy(() -> READER.zipkin("{}".getBytes(StandardCharsets.UTF_8)))
        .withMessage("cannot read Zipkin spans as JSON: wanted a list of spans, saw START_OBJECT");
  }
}
