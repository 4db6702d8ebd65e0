package io.bridgewatch.model;

import java.util.Optional;
import java.util.regex.Pattern;

/** What a client's span says that it calls (OpenTelemetry's {@code peer.service} and such). */
public final class Peer {

  /** An IPv4 or IPv6 address: whose it was cannot be told later. */
  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|.*:.*");

  private Peer() {}

  /**
   * The service that a span names as the other end; empty where it names none, or only an address.
   * Of a name within the cluster ({@code orders.shop.svc.cluster.local}) the first label counts,
   * any other name with dots is one of the world outside.
   */
  public static Optional<EntityRef> of(Span span) {
    if (span.kind() != SpanKind.CLIENT) {
      return Optional.empty();
    }
    return span.attributes()
        .get(AttributeNames.PEER_SERVICE)
        .filter(name -> !name.isEmpty())
        .or(() -> span.attributes().get("server.address").flatMap(Peer::ofHost))
        .map(EntityRef::service);
  }

  private static Optional<String> ofHost(String host) {
    if (host.isEmpty() || host.equals("localhost") || ADDRESS.matcher(host).matches()) {
      return Optional.empty();
    }
    int dot = host.indexOf('.');
    boolean within = host.contains(".svc") || dot >= 0 && host.indexOf('.', dot + 1) < 0;
    return Optional.of(dot > 0 && within ? host.substring(0, dot) : host);
  }
}
