package io.bridgewatch.model;

/**
 * One line of a log.
 *
 * @param epochNanos nanoseconds since 1970-01-01T00:00Z
 * @param traceId empty if the record belongs to no trace
 * @param spanId empty if the record belongs to no span
 */
public record LogRecord(
    long epochNanos,
    Severity severity,
    String body,
    String traceId,
    String spanId,
    Attributes resource,
    Attributes attributes) {

  /** The same with other attributes. */
  public LogRecord withAttributes(Attributes others) {
    return new LogRecord(epochNanos, severity, body, traceId, spanId, resource, others);
  }
}
