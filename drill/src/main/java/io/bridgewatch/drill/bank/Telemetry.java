package io.bridgewatch.drill.bank;

import io.bridgewatch.drill.runtime.ContainerRuntime.Start;
import java.util.Map;

/**
 * Where finished spans and written log records go, at the simulated moment when an application
 * would hand them to its exporter. Called by the thread of the simulation.
 */
public interface Telemetry {

  /** A telemetry that nobody listens to. */
  Telemetry NONE =
      new Telemetry() {
        @Override
        public double traceShare() {
          return 0;
        }

        @Override
        public void span(FinishedSpan span) {}

        @Override
        public void log(WrittenLog log) {}
      };

  /** Of the traces, those that are told; between 0 and 1. Read at each trace's start. */
  double traceShare();

  void span(FinishedSpan span);

  void log(WrittenLog log);

  /** As in OpenTelemetry. */
  enum SpanKind {
    SERVER,
    CLIENT,
    PRODUCER,
    CONSUMER,
    INTERNAL
  }

  /**
   * @param service name of the service that did it, as in the plan
   * @param process where it ran
   * @param parentId zero for the first of its trace
   * @param startEpochNanos and {@code endEpochNanos}: by the clock of the process, which may be off
   * @param isError whether the status is an error
   * @param attributes by their names in the semantic conventions; values are {@code String}, {@code
   *     Long} or {@code Boolean}; in a stable order
   */
  record FinishedSpan(
      String service,
      Start process,
      long traceHigh,
      long traceLow,
      long spanId,
      long parentId,
      SpanKind kind,
      String name,
      long startEpochNanos,
      long endEpochNanos,
      boolean isError,
      String statusMessage,
      Map<String, Object> attributes) {}

  enum Severity {
    INFO,
    WARN,
    ERROR
  }

  /**
   * @param epochNanos by the clock of the process
   * @param text as written, stack trace included, lines parted by {@code \n}
   * @param traceHigh and {@code traceLow}: zero outside of a trace; so is {@code spanId}
   */
  record WrittenLog(
      String service,
      Start process,
      long epochNanos,
      Severity severity,
      String logger,
      String text,
      long traceHigh,
      long traceLow,
      long spanId) {}
}
