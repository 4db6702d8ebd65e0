package io.bridgewatch.model;

/**
 * One timed operation of a trace.
 *
 * @param parentSpanId empty for a root
 * @param startNanos nanoseconds since 1970-01-01T00:00Z by the clock of the measuring host
 * @param endNanos likewise; may lie before the start where that clock was set back
 * @param failed whether the source marked it as an error
 */
public record Span(
    String traceId,
    String spanId,
    String parentSpanId,
    String name,
    SpanKind kind,
    long startNanos,
    long endNanos,
    boolean failed,
    Attributes resource,
    Attributes attributes) {

  /** The same with other attributes. */
  public Span withAttributes(Attributes others) {
    return new Span(
        traceId, spanId, parentSpanId, name, kind, startNanos, endNanos, failed, resource, others);
  }

  /** Nanoseconds it took, never negative. */
  public long durationNanos() {
    return Math.max(0, endNanos - startNanos);
  }
}
