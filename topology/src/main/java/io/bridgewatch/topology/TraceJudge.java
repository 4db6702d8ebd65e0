package io.bridgewatch.topology;

import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.Span;
import io.bridgewatch.model.SpanKind;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;

/**
 * Tells remarkable traces from ordinary ones, by what is known of the edges they take.
 *
 * <p>A call is slow as {@link EdgeSpeeds} tells of its edge; a trace is rare as {@link RareWays}
 * tells of its edges and of its entry, a component and the operation by which it is entered. Not
 * safe for use by several threads.
 */
public final class TraceJudge {

  private static final int MOST_RESOURCES = 20_000;

  /** How calls enter. */
  private record Entry(EntityRef component, String operation) {}

  private final Function<Attributes, Optional<EntityRef>> component;
  private final Map<Attributes, Optional<EntityRef>> components = new HashMap<>();
  private final EdgeSpeeds speeds = new EdgeSpeeds();
  private final RareWays rare = new RareWays();

  /**
   * @param component which component a resource belongs to; empty if it is unknown
   */
  public TraceJudge(Function<Attributes, Optional<EntityRef>> component) {
    this.component = component;
  }

  /** Takes the calls of minutes that are over. */
  public void take(List<EdgeMinute> minutes) {
    speeds.take(minutes);
  }

  /**
   * Why a trace is worth more than others; empty for an ordinary one. Each trace is told once.
   *
   * @param isExemplar whether an exemplar leads to it
   */
  public Optional<TraceSampling.Reason> remark(Instant now, List<Span> trace, boolean isExemplar) {
    var byId = new HashMap<String, Span>();
    for (Span span : trace) {
      byId.put(span.spanId(), span);
    }
    Set<Object> ways = new HashSet<>();
    var edges = new HashMap<Span, CallEdge>();
    for (Span span : trace) {
      var callee = component(span);
      if (callee.isEmpty()) {
        continue;
      }
      var parent = Optional.ofNullable(byId.get(span.parentSpanId()));
      var caller = parent.flatMap(this::component);
      if (isCallee(span) || caller.isPresent() && !caller.equals(callee)) {
        var edge = new CallEdge(caller, callee.get());
        edges.put(span, edge);
        ways.add(edge);
      }
      if (span.parentSpanId().isEmpty()) {
        ways.add(new Entry(callee.get(), span.name()));
      }
    }
    return TraceSampling.remark(
        trace,
        span -> {
          var edge = edges.get(span);
          return edge == null ? OptionalDouble.empty() : speeds.slowSeconds(edge);
        },
        rare.take(now, List.copyOf(ways)),
        isExemplar);
  }

  private static boolean isCallee(Span span) {
    return span.kind() == SpanKind.SERVER || span.kind() == SpanKind.CONSUMER;
  }

  private Optional<EntityRef> component(Span span) {
    if (components.size() > MOST_RESOURCES) {
      components.clear();
    }
    return components.computeIfAbsent(span.resource(), component);
  }
}
