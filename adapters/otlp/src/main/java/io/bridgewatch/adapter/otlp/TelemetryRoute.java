package io.bridgewatch.adapter.otlp;

import java.util.Optional;

/** What can be sent over HTTP, and to which path by the custom of each protocol. */
public enum TelemetryRoute {
  OTLP_METRICS("/v1/metrics"),
  OTLP_TRACES("/v1/traces"),
  OTLP_LOGS("/v1/logs"),
  ZIPKIN("/api/v2/spans"),
  JAEGER_THRIFT("/api/traces");

  private final String path;

  TelemetryRoute(String path) {
    this.path = path;
  }

  public String path() {
    return path;
  }

  /** The route of a path; empty if it is none of them. */
  public static Optional<TelemetryRoute> of(String path) {
    for (TelemetryRoute route : values()) {
      if (route.path.equals(path)) {
        return Optional.of(route);
      }
    }
    return Optional.empty();
  }
}
