package io.bridgewatch.telemetry;

import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.Span;
import io.bridgewatch.model.SpanKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The spans of a request of traces. */
final class TracesMessage implements TelemetryMessage {

  static final int ERROR = 2;

  /** A span as it is being read. */
  static final class Draft {
    String traceId = "";
    String spanId = "";
    String parentSpanId = "";
    String name = "";
    int kind;
    long start = Json.UNREADABLE;
    long end = Json.UNREADABLE;
    boolean failed;
    Map<String, String> attributes = Map.of();
  }

  /** The spans of one resource. */
  static final class Group {
    Map<String, String> resource = Map.of();
    final List<Draft> spans = new ArrayList<>();
  }

  final List<Group> groups = new ArrayList<>();
  private final TelemetryLimits limits;
  private final Room room;

  TracesMessage(TelemetryLimits limits) {
    this.limits = limits;
    this.room = new Room(limits);
  }

  Room room() {
    return room;
  }

  @Override
  public <X extends Exception> void deliver(TimeRange times, Pool pool, TelemetrySink<X> sink)
      throws X {
    for (Group group : groups) {
      Attributes resource = pool.attributes(group.resource);
      Optional<Rejection> ofResource = limits.flaw(resource);
      for (Draft draft : group.spans) {
        Attributes attributes = pool.attributes(draft.attributes);
        var flaw = flaw(draft, times).or(() -> ofResource).or(() -> limits.flaw(attributes));
        if (flaw.isPresent()) {
          sink.reject(flaw.get(), 1);
        } else {
          sink.span(span(draft, resource, attributes, pool));
        }
      }
    }
    room.tell(sink);
  }

  private Optional<Rejection> flaw(Draft draft, TimeRange times) {
    if (draft.traceId.isEmpty() || draft.spanId.isEmpty()) {
      return Optional.of(Rejection.ID_MISSING);
    }
    if (draft.start == Json.UNREADABLE || draft.end == Json.UNREADABLE) {
      return Optional.of(Rejection.TIME_MISSING);
    }
    if (!times.hasNanos(draft.start) || !times.hasNanos(draft.end)) {
      return Optional.of(Rejection.TIME_OUTSIDE_RANGE);
    }
    boolean tooLong =
        limits.isTooLong(draft.name)
            || limits.isTooLong(draft.traceId)
            || limits.isTooLong(draft.spanId)
            || limits.isTooLong(draft.parentSpanId);
    return tooLong ? Optional.of(Rejection.TEXT_TOO_LONG) : Optional.empty();
  }

  private static Span span(Draft draft, Attributes resource, Attributes attributes, Pool pool) {
    return new Span(
        pool.string(draft.traceId),
        draft.spanId,
        draft.parentSpanId,
        pool.string(draft.name),
        kind(draft.kind),
        draft.start,
        draft.end,
        draft.failed,
        resource,
        attributes);
  }

  private static SpanKind kind(int number) {
    return switch (number) {
      case 1 -> SpanKind.INTERNAL;
      case 2 -> SpanKind.SERVER;
      case 3 -> SpanKind.CLIENT;
      case 4 -> SpanKind.PRODUCER;
      case 5 -> SpanKind.CONSUMER;
      default -> SpanKind.UNSPECIFIED;
    };
  }
}
