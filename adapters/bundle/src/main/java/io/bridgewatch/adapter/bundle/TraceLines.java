package io.bridgewatch.adapter.bundle;

import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.Span;
import io.bridgewatch.model.SpanKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonParser;

/** Reads lines of traces: one ExportTraceServiceRequest each. */
final class TraceLines implements LineParser {

  private static final List<String> KINDS =
      List.of("UNSPECIFIED", "INTERNAL", "SERVER", "CLIENT", "PRODUCER", "CONSUMER");
  private static final List<String> STATUSES = List.of("UNSET", "OK", "ERROR");
  private static final int ERROR = 2;

  /** A span as it is being read. */
  private static final class Draft {
    private String traceId = "";
    private String spanId = "";
    private String parentSpanId = "";
    private String name = "";
    private int kind;
    private long start = Json.UNREADABLE;
    private long end = Json.UNREADABLE;
    private boolean failed;
    private Map<String, String> attributes = Map.of();
  }

  /** The spans of one resource. */
  private static final class Group {
    private Map<String, String> resource = Map.of();
    private final List<Draft> spans = new ArrayList<>();
  }

  private final Intake intake;
  private final List<Group> line = new ArrayList<>();

  TraceLines(Intake intake) {
    this.intake = intake;
  }

  @Override
  public void parse(JsonParser parser) {
    Json.object(
        parser,
        (p, name) -> {
          switch (name) {
            case "resourceSpans", "resource_spans" -> Json.array(p, this::group);
            default -> Json.skip(p);
          }
        });
  }

  private void group(JsonParser parser) {
    var group = new Group();
    line.add(group);
    Json.object(
        parser,
        (p, name) -> {
          switch (name) {
            case "resource" -> group.resource = Otlp.resource(p);
            case "scopeSpans",
                "scope_spans",
                "instrumentationLibrarySpans",
                "instrumentation_library_spans" ->
                Json.array(p, scope -> scope(scope, group));
            default -> Json.skip(p);
          }
        });
  }

  private static void scope(JsonParser parser, Group group) {
    Json.object(
        parser,
        (p, name) -> {
          if (name.equals("spans")) {
            Json.array(p, span -> group.spans.add(span(span)));
          } else {
            Json.skip(p);
          }
        });
  }

  private static Draft span(JsonParser parser) {
    var draft = new Draft();
    Json.object(
        parser,
        (p, name) -> {
          switch (name) {
            case "traceId", "trace_id" -> draft.traceId = Otlp.id(p);
            case "spanId", "span_id" -> draft.spanId = Otlp.id(p);
            case "parentSpanId", "parent_span_id" -> draft.parentSpanId = Otlp.id(p);
            case "name" -> draft.name = Json.text(p);
            case "kind" -> draft.kind = Json.enumeration(p, "SPAN_KIND_", KINDS);
            case "startTimeUnixNano", "start_time_unix_nano" -> draft.start = Json.integer(p);
            case "endTimeUnixNano", "end_time_unix_nano" -> draft.end = Json.integer(p);
            case "attributes" -> draft.attributes = Otlp.attributes(p);
            case "status" -> draft.failed = failed(p);
            default -> Json.skip(p);
          }
        });
    return draft;
  }

  private static boolean failed(JsonParser parser) {
    boolean[] failed = new boolean[1];
    Json.object(
        parser,
        (p, name) -> {
          if (name.equals("code")) {
            failed[0] = Json.enumeration(p, "STATUS_CODE_", STATUSES) == ERROR;
          } else {
            Json.skip(p);
          }
        });
    return failed[0];
  }

  @Override
  public void commit(Place place) throws BundleException {
    for (Group group : line) {
      Attributes resource = intake.pool().attributes(group.resource);
      for (Draft draft : group.spans) {
        commit(draft, resource, place);
      }
    }
    line.clear();
  }

  private void commit(Draft draft, Attributes resource, Place place) throws BundleException {
    if (draft.traceId.isEmpty() || draft.spanId.isEmpty()) {
      intake.reject(place, RejectionReason.ID_MISSING);
      return;
    }
    if (draft.start == Json.UNREADABLE || draft.end == Json.UNREADABLE) {
      intake.reject(place, RejectionReason.TIME_MISSING);
      return;
    }
    if (!intake.telemetryTimes().hasNanos(draft.start)
        || !intake.telemetryTimes().hasNanos(draft.end)) {
      intake.reject(place, RejectionReason.TIME_OUTSIDE_RANGE);
      return;
    }
    Pool pool = intake.pool();
    intake.span(
        new Span(
            pool.string(draft.traceId),
            draft.spanId,
            draft.parentSpanId,
            pool.string(draft.name),
            kind(draft.kind),
            draft.start,
            draft.end,
            draft.failed,
            resource,
            pool.attributes(draft.attributes)),
        place);
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

  @Override
  public void discard() {
    line.clear();
  }
}
