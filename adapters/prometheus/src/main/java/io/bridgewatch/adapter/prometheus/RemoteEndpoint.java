package io.bridgewatch.adapter.prometheus;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An engine that speaks Prometheus: remote write in, PromQL out.
 *
 * @param write where samples go, such as {@code http://host:9090/api/v1/write}
 * @param api below which the query API is, such as {@code http://host:9090/api/v1}
 * @param token sent as bearer token
 * @param labels that every series written gets and every query asks for, such as a tenant's; legal
 *     names
 * @param timeout of one request
 */
public record RemoteEndpoint(
    URI write, URI api, Optional<String> token, Map<String, String> labels, Duration timeout) {

  public RemoteEndpoint {
    labels = Map.copyOf(labels);
  }

  /** With the paths that Prometheus and VictoriaMetrics have. */
  public static RemoteEndpoint of(URI base, Map<String, String> labels) {
    return new RemoteEndpoint(
        base.resolve("/api/v1/write"),
        base.resolve("/api/v1"),
        Optional.empty(),
        labels,
        Duration.ofSeconds(30));
  }

  TreeMap<String, String> sortedLabels() {
    return new TreeMap<>(labels);
  }

  /** Does not show the token. */
  @Override
  public String toString() {
    return "RemoteEndpoint[write=%s, api=%s, token=%s, labels=%s, timeout=%s]"
        .formatted(write, api, token.map(hidden -> "***"), sortedLabels(), timeout);
  }
}
