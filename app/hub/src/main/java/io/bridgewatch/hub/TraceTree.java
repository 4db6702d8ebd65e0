package io.bridgewatch.hub;

import io.bridgewatch.model.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The spans of a trace as a waterfall shows them.
 *
 * @param startNanos of the earliest span, since 1970-01-01T00:00Z
 * @param endNanos of the latest end, likewise
 * @param spans by their start, at most {@value #MOST_SPANS}
 */
record TraceTree(long startNanos, long endNanos, List<SignalApi.TraceSpan> spans) {

  private static final int MOST_SPANS = 5_000;

  /**
   * @param spans of one trace, at least one, by their start
   */
  static TraceTree of(List<Span> spans) {
    long start = spans.stream().mapToLong(Span::startNanos).min().orElseThrow();
    long end =
        spans.stream()
            .mapToLong(span -> span.startNanos() + span.durationNanos())
            .max()
            .orElseThrow();
    var children = new HashMap<String, List<Span>>();
    for (Span span : spans) {
      children.computeIfAbsent(span.parentSpanId(), id -> new ArrayList<>()).add(span);
    }
    return new TraceTree(
        start,
        end,
        spans.stream().limit(MOST_SPANS).map(span -> span(span, start, children)).toList());
  }

  private static SignalApi.TraceSpan span(Span span, long start, Map<String, List<Span>> children) {
    return new SignalApi.TraceSpan(
        span.spanId(),
        span.parentSpanId(),
        TraceController.service(span),
        span.name(),
        span.kind(),
        (span.startNanos() - start) / 1e6,
        span.durationNanos() / 1e6,
        ownNanos(span, children.getOrDefault(span.spanId(), List.of())) / 1e6,
        span.failed(),
        span.resource().asMap(),
        span.attributes().asMap());
  }

  /** What of the span's time no child covers; what children have outside of it does not count. */
  static long ownNanos(Span span, List<Span> children) {
    long end = span.startNanos() + span.durationNanos();
    long own = span.durationNanos();
    long covered = span.startNanos();
    for (Span child :
        children.stream().sorted(Comparator.comparingLong(Span::startNanos)).toList()) {
      long from = Math.max(covered, child.startNanos());
      long to = Math.min(end, child.startNanos() + child.durationNanos());
      if (to > from) {
        own -= to - from;
        covered = to;
      }
    }
    return own;
  }
}
