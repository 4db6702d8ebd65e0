package io.bridgewatch.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeerTest {

  @ParameterizedTest
  @CsvSource({
    "orders, orders",
    "orders.shop, orders",
    "orders.shop.svc, orders",
    "orders.shop.svc.cluster.local, orders",
    "api.rates.example, api.rates.example",
  })
  void aHostNamesAService(String host, String service) {
    assertThat(Peer.of(span(SpanKind.CLIENT, Map.of("server.address", host))))
        .contains(EntityRef.service(service));
  }

  @ParameterizedTest
  @CsvSource({"10.0.0.7", "fd00::7", "localhost", "''"})
  void anAddressNamesNone(String host) {
    assertThat(Peer.of(span(SpanKind.CLIENT, Map.of("server.address", host)))).isEmpty();
  }

  @Test
  void theServicesOwnNameIsPreferredToItsHost() {
    var span =
        span(SpanKind.CLIENT, Map.of("server.address", "vip-7.bank", "peer.service", "orders"));
    assertThat(Peer.of(span)).contains(EntityRef.service("orders"));
  }

  @Test
  void onlyClientsNameWhomTheyCall() {
    assertThat(Peer.of(span(SpanKind.SERVER, Map.of("server.address", "orders")))).isEmpty();
    assertThat(Peer.of(span(SpanKind.CLIENT, Map.of()))).isEmpty();
  }

  private static Span span(SpanKind kind, Map<String, String> attributes) {
    return new Span(
        "t", "s", "", "GET", kind, 0, 1, false, Attributes.none(), Attributes.of(attributes));
  }
}
