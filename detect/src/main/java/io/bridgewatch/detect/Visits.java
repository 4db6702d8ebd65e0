package io.bridgewatch.detect;

import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.LogRecord;
import io.bridgewatch.model.Severity;
import io.bridgewatch.model.Span;
import io.bridgewatch.model.SpanKind;
import io.bridgewatch.numerics.LogTemplates;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What happened each time a request entered a component, cut out of traces and their log lines.
 *
 * <p>A visit begins at a span whose parent lies in another component (or nowhere) and holds all
 * spans below it in the same component. Its own time is its length less the time its calls to other
 * components took. The time between the caller's and the callee's span of one call is the gap of
 * that edge and belongs to neither.
 */
final class Visits {

  private static final double NANOS = 1e9;

  private Visits() {}

  /**
   * @param gapSeconds time of the call outside the callee; NaN where the caller's side was not seen
   */
  record Outgoing(EntityRef callee, String operation, double gapSeconds, double totalSeconds) {}

  /**
   * @param startNanos since 1970-01-01T00:00Z
   * @param events what was seen inside: local spans, log statements, calls
   * @param failed whether it failed and none of its calls did
   */
  record Visit(
      EntityRef component,
      String operation,
      long startNanos,
      double totalSeconds,
      double ownSeconds,
      boolean failed,
      Set<String> events,
      List<Outgoing> outgoing) {}

  private record SpanId(String trace, String span) {}

  static List<Visit> of(List<Span> spans, List<LogRecord> logs, LogTemplates templates) {
    var components = new HashMap<Attributes, Optional<EntityRef>>();
    var byId = new HashMap<SpanId, Span>(spans.size() * 2);
    for (Span span : spans) {
      byId.put(new SpanId(span.traceId(), span.spanId()), span);
    }
    var children = new HashMap<SpanId, List<Span>>();
    for (Span span : spans) {
      if (!span.parentSpanId().isEmpty()) {
        children
            .computeIfAbsent(
                new SpanId(span.traceId(), span.parentSpanId()), k -> new ArrayList<>())
            .add(span);
      }
    }
    Map<SpanId, List<String>> lines = linesBySpan(logs, templates);
    var visits = new ArrayList<Visit>();
    for (Span span : spans) {
      var component = component(span, components);
      if (component.isEmpty()) {
        continue;
      }
      Span parent = byId.get(new SpanId(span.traceId(), span.parentSpanId()));
      boolean enters = parent == null || !component.equals(component(parent, components));
      if (enters && span.kind() != SpanKind.CLIENT) {
        visits.add(visit(span, component.get(), components, children, lines));
      }
    }
    return visits;
  }

  private static Visit visit(
      Span entry,
      EntityRef component,
      Map<Attributes, Optional<EntityRef>> components,
      Map<SpanId, List<Span>> children,
      Map<SpanId, List<String>> lines) {
    var events = new HashSet<String>();
    var outgoing = new ArrayList<Outgoing>();
    var remote = new ArrayList<long[]>();
    boolean childFailed = false;
    var todo = new ArrayList<Span>();
    var seen = new HashSet<String>();
    todo.add(entry);
    while (!todo.isEmpty()) {
      Span span = todo.removeLast();
      if (!seen.add(span.spanId())) {
        continue; // a loop of parents, from a broken source
      }
      var id = new SpanId(span.traceId(), span.spanId());
      events.addAll(lines.getOrDefault(id, List.of()));
      if (span != entry) {
        events.add("span:" + span.name());
      }
      for (Span child : children.getOrDefault(id, List.of())) {
        var other = component(child, components);
        if (other.isEmpty() || other.get().equals(component)) {
          todo.add(child);
          continue;
        }
        boolean clientSide = span.kind() == SpanKind.CLIENT;
        Span call = clientSide ? span : child;
        remote.add(new long[] {call.startNanos(), call.startNanos() + call.durationNanos()});
        double gap =
            clientSide
                ? Math.max(0, (span.durationNanos() - child.durationNanos()) / NANOS)
                : Double.NaN;
        outgoing.add(new Outgoing(other.get(), child.name(), gap, call.durationNanos() / NANOS));
        events.add("call:" + child.name());
        childFailed |= child.failed();
      }
    }
    double total = entry.durationNanos() / NANOS;
    double own = Math.max(0, total - covered(remote, entry) / NANOS);
    return new Visit(
        component,
        entry.name(),
        entry.startNanos(),
        total,
        own,
        entry.failed() && !childFailed,
        events,
        outgoing);
  }

  /** Nanoseconds of the span that at least one of the intervals covers. */
  private static long covered(List<long[]> intervals, Span within) {
    long[][] sorted = intervals.toArray(long[][]::new);
    Arrays.sort(sorted, (a, b) -> Long.compare(a[0], b[0]));
    long reached = within.startNanos();
    long end = within.startNanos() + within.durationNanos();
    long covered = 0;
    for (long[] interval : sorted) {
      long from = Math.max(interval[0], reached);
      long to = Math.min(interval[1], end);
      if (to > from) {
        covered += to - from;
        reached = to;
      }
    }
    return covered;
  }

  private static Map<SpanId, List<String>> linesBySpan(
      List<LogRecord> logs, LogTemplates templates) {
    var lines = new HashMap<SpanId, List<String>>();
    for (LogRecord log : logs) {
      if (!log.spanId().isEmpty()) {
        lines
            .computeIfAbsent(new SpanId(log.traceId(), log.spanId()), k -> new ArrayList<>())
            .add(
                (log.severity().compareTo(Severity.ERROR) >= 0 ? "err:" : "log:")
                    + templates.learn(log.body()));
      }
    }
    return lines;
  }

  private static Optional<EntityRef> component(
      @Nullable Span span, Map<Attributes, Optional<EntityRef>> components) {
    return span == null
        ? Optional.empty()
        : components.computeIfAbsent(span.resource(), EntityRef::emitter);
  }
}
