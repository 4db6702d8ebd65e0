package io.bridgewatch.topology;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.Span;
import io.bridgewatch.model.SpanKind;

/** Spans for tests. */
final class Spans {

  /** 2026-03-01T00:00:00Z. */
  static final long START = 1_772_323_200_000_000_000L;

  private Spans() {}

  static Span span(
      String trace,
      String id,
      String parent,
      String service,
      SpanKind kind,
      long startMillis,
      long durationMillis,
      boolean failed) {
    long start = START + startMillis * 1_000_000;
    return new Span(
        trace,
        id,
        parent,
        "op",
        kind,
        start,
        start + durationMillis * 1_000_000,
        failed,
        Attributes.of(AttributeNames.SERVICE, service),
        Attributes.none());
  }

  static Span with(Span span, String attribute, String value) {
    return new Span(
        span.traceId(),
        span.spanId(),
        span.parentSpanId(),
        span.name(),
        span.kind(),
        span.startNanos(),
        span.endNanos(),
        span.failed(),
        span.resource(),
        span.attributes().with(attribute, value));
  }
}
