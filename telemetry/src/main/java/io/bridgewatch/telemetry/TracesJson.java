package io.bridgewatch.telemetry;

import io.bridgewatch.telemetry.TracesMessage.Draft;
import io.bridgewatch.telemetry.TracesMessage.Group;
import java.util.List;
import tools.jackson.core.JsonParser;

/** Reads an ExportTraceServiceRequest in JSON. */
final class TracesJson {

  private static final List<String> KINDS =
      List.of("UNSPECIFIED", "INTERNAL", "SERVER", "CLIENT", "PRODUCER", "CONSUMER");
  private static final List<String> STATUSES = List.of("UNSET", "OK", "ERROR");

  private final OtlpJson otlp;
  private final TracesMessage message;

  TracesJson(TelemetryLimits limits) {
    otlp = new OtlpJson(limits);
    message = new TracesMessage(limits);
  }

  TracesMessage read(JsonParser parser) {
    Json.object(
        parser,
        (p, name) -> {
          switch (name) {
            case "resourceSpans", "resource_spans" -> Json.array(p, this::group);
            default -> Json.skip(p);
          }
        });
    return message;
  }

  private void group(JsonParser parser) {
    var group = new Group();
    Json.object(
        parser,
        (p, name) -> {
          switch (name) {
            case "resource" -> group.resource = otlp.resource(p);
            case "scopeSpans",
                "scope_spans",
                "instrumentationLibrarySpans",
                "instrumentation_library_spans" ->
                Json.array(p, scope -> scope(scope, group));
            default -> Json.skip(p);
          }
        });
    if (!group.spans.isEmpty()) {
      message.groups.add(group);
    }
  }

  private void scope(JsonParser parser, Group group) {
    Json.object(
        parser,
        (p, name) -> {
          if (name.equals("spans")) {
            Json.array(p, span -> spans(span, group));
          } else {
            Json.skip(p);
          }
        });
  }

  private void spans(JsonParser parser, Group group) {
    if (message.room().take()) {
      group.spans.add(span(parser));
    } else {
      Json.skip(parser);
    }
  }

  private Draft span(JsonParser parser) {
    var draft = new Draft();
    Json.object(
        parser,
        (p, name) -> {
          switch (name) {
            case "traceId", "trace_id" -> draft.traceId = OtlpJson.id(p);
            case "spanId", "span_id" -> draft.spanId = OtlpJson.id(p);
            case "parentSpanId", "parent_span_id" -> draft.parentSpanId = OtlpJson.id(p);
            case "name" -> draft.name = Json.text(p);
            case "kind" -> draft.kind = Json.enumeration(p, "SPAN_KIND_", KINDS);
            case "startTimeUnixNano", "start_time_unix_nano" -> draft.start = Json.integer(p);
            case "endTimeUnixNano", "end_time_unix_nano" -> draft.end = Json.integer(p);
            case "attributes" -> draft.attributes = otlp.attributes(p);
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
            failed[0] = Json.enumeration(p, "STATUS_CODE_", STATUSES) == TracesMessage.ERROR;
          } else {
            Json.skip(p);
          }
        });
    return failed[0];
  }
}
