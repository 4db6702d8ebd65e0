package io.bridgewatch.engine;

/**
 * What becomes of spans.
 *
 * @param traces keeps them, or some
 * @param calls counts the calls that they show
 */
public record SpanParts(TraceKeeping traces, CallMetrics calls) {}
