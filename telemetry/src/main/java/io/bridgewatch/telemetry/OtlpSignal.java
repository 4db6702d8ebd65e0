package io.bridgewatch.telemetry;

/** The kinds of telemetry that OTLP carries, each by a request of its own. */
public enum OtlpSignal {
  METRICS,
  TRACES,
  LOGS
}
