package io.bridgewatch.detect;

import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.EntityType;
import io.bridgewatch.model.LogRecord;
import io.bridgewatch.model.Peer;
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
   * A call as the caller sees it.
   *
   * @param peer whom the caller means to call
   * @param lost whether it failed and the callee tells nothing of it
   */
  record Attempt(EntityRef peer, boolean lost) {}

  /**
   * @param service whose replica the component is, with its namespace; empty if that is not told
   * @param startNanos since 1970-01-01T00:00Z
   * @param events what was seen inside: local spans, log statements, calls
   * @param failed whether it failed and none of its calls did
   * @param attempts of calls whose client names the callee
   */
  record Visit(
      EntityRef component,
      Attributes service,
      String operation,
      long startNanos,
      double totalSeconds,
      double ownSeconds,
      boolean failed,
      Set<String> events,
      List<Outgoing> outgoing,
      List<Attempt> attempts) {}

  /** One trace's spans and log lines by the id of their span. */
  private static final class Trace {
    final Map<String, Span> spans = new HashMap<>();
    final Map<String, List<Span>> children = new HashMap<>();
    final Map<String, List<String>> lines = new HashMap<>();
  }

  static List<Visit> of(List<Span> spans, List<LogRecord> logs, LogTemplates templates) {
    var components = new HashMap<Attributes, Optional<EntityRef>>();
    var traces = new HashMap<String, Trace>();
    for (Span span : spans) {
      var trace = traces.computeIfAbsent(span.traceId(), k -> new Trace());
      trace.spans.put(span.spanId(), span);
      if (!span.parentSpanId().isEmpty()) {
        trace.children.computeIfAbsent(span.parentSpanId(), k -> new ArrayList<>(4)).add(span);
      }
    }
    for (LogRecord log : logs) {
      var trace = traces.get(log.traceId());
      if (trace != null && !log.spanId().isEmpty()) {
        trace
            .lines
            .computeIfAbsent(log.spanId(), k -> new ArrayList<>(4))
            .add(line(log, templates));
      }
    }
    var names = new Names();
    var visits = new ArrayList<Visit>();
    for (Span span : spans) {
      var component = component(span, components);
      var trace = traces.get(span.traceId());
      if (component.isEmpty() || trace == null) {
        continue;
      }
      Span parent = trace.spans.get(span.parentSpanId());
      boolean enters = parent == null || !component.equals(component(parent, components));
      if (enters && span.kind() != SpanKind.CLIENT) {
        visits.add(visit(span, component.get(), components, trace, names));
      }
    }
    return visits;
  }

  private static String line(LogRecord log, LogTemplates templates) {
    String kind = log.severity().compareTo(Severity.ERROR) >= 0 ? "err:" : "log:";
    return kind + templates.learn(log.body());
  }

  /** Names of events, each made once. */
  private static final class Names {
    private final Map<String, String> spans = new HashMap<>();
    private final Map<String, String> calls = new HashMap<>();

    String span(String name) {
      return spans.computeIfAbsent(name, "span:"::concat);
    }

    String call(String name) {
      return calls.computeIfAbsent(name, "call:"::concat);
    }
  }

  private static Visit visit(
      Span entry,
      EntityRef component,
      Map<Attributes, Optional<EntityRef>> components,
      Trace trace,
      Names names) {
    var events = new HashSet<String>();
    var outgoing = new ArrayList<Outgoing>();
    var remote = new ArrayList<long[]>();
    boolean childFailed = false;
    var attempts = new ArrayList<Attempt>();
    var todo = new ArrayList<Span>();
    var seen = new HashSet<String>();
    todo.add(entry);
    while (!todo.isEmpty()) {
      Span span = todo.removeLast();
      if (!seen.add(span.spanId())) {
        continue; // a loop of parents, from a broken source
      }
      events.addAll(trace.lines.getOrDefault(span.spanId(), List.of()));
      if (span != entry) {
        events.add(names.span(span.name()));
      }
      boolean answered = false;
      for (Span child : trace.children.getOrDefault(span.spanId(), List.of())) {
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
        events.add(names.call(child.name()));
        childFailed |= child.failed();
        answered = true;
      }
      var peer = Peer.of(span);
      if (peer.isPresent()) {
        boolean lost = span.failed() && !answered;
        attempts.add(new Attempt(peer.get(), lost));
        childFailed |= lost;
      }
    }
    double total = entry.durationNanos() / NANOS;
    double own = Math.max(0, total - covered(remote, entry) / NANOS);
    return new Visit(
        component,
        EntityRef.from(EntityType.SERVICE, entry.resource())
            .map(EntityRef::identity)
            .orElse(Attributes.none()),
        entry.name(),
        entry.startNanos(),
        total,
        own,
        entry.failed() && !childFailed,
        events,
        outgoing,
        attempts);
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

  private static Optional<EntityRef> component(
      @Nullable Span span, Map<Attributes, Optional<EntityRef>> components) {
    return span == null
        ? Optional.empty()
        : components.computeIfAbsent(span.resource(), EntityRef::emitter);
  }
}
