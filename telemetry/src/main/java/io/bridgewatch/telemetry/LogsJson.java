package io.bridgewatch.telemetry;

import io.bridgewatch.model.Severity;
import io.bridgewatch.telemetry.LogsMessage.Draft;
import io.bridgewatch.telemetry.LogsMessage.Group;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads an ExportLogsServiceRequest in JSON. */
final class LogsJson {

  private final OtlpJson otlp;
  private final LogsMessage message;

  LogsJson(TelemetryLimits limits) {
    otlp = new OtlpJson(limits);
    message = new LogsMessage(limits);
  }

  LogsMessage read(JsonParser parser) {
    Json.object(
        parser,
        (p, name) -> {
          switch (name) {
            case "resourceLogs", "resource_logs" -> Json.array(p, this::group);
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
            case "scopeLogs",
                "scope_logs",
                "instrumentationLibraryLogs",
                "instrumentation_library_logs" ->
                Json.array(p, scope -> scope(scope, group));
            default -> Json.skip(p);
          }
        });
    if (!group.records.isEmpty()) {
      message.groups.add(group);
    }
  }

  private void scope(JsonParser parser, Group group) {
    Json.object(
        parser,
        (p, name) -> {
          switch (name) {
            case "logRecords", "log_records", "logs" ->
                Json.array(p, element -> records(element, group));
            default -> Json.skip(p);
          }
        });
  }

  private void records(JsonParser parser, Group group) {
    if (message.room().take()) {
      group.records.add(record(parser));
    } else {
      Json.skip(parser);
    }
  }

  private Draft record(JsonParser parser) {
    var draft = new Draft();
    Json.object(
        parser,
        (p, name) -> {
          switch (name) {
            case "timeUnixNano", "time_unix_nano" -> draft.time = Json.integer(p);
            case "observedTimeUnixNano", "observed_time_unix_nano" ->
                draft.observed = Json.integer(p);
            case "severityNumber", "severity_number" -> draft.severityNumber = severityNumber(p);
            case "severityText", "severity_text" -> draft.severityText = Json.text(p);
            case "body" -> draft.body = OtlpJson.anyValue(p);
            case "traceId", "trace_id" -> draft.traceId = OtlpJson.id(p);
            case "spanId", "span_id" -> draft.spanId = OtlpJson.id(p);
            case "attributes" -> draft.attributes = otlp.attributes(p);
            default -> Json.skip(p);
          }
        });
    return draft;
  }

  /** The number, or that of a name such as {@code SEVERITY_NUMBER_WARN2}; 0 if unknown. */
  private static int severityNumber(JsonParser parser) {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      return Math.max(0, Json.enumeration(parser, "SEVERITY_NUMBER_", List.of()));
    }
    String text = parser.getString().toUpperCase(Locale.ROOT).replace("SEVERITY_NUMBER_", "");
    if (!text.isEmpty() && Character.isDigit(text.charAt(0))) {
      return (int) Math.clamp(Json.integer(parser), 0, 24);
    }
    return numberOf(LogsMessage.severityNamed(text.replaceAll("\\d+$", "")));
  }

  private static int numberOf(Severity severity) {
    return severity == Severity.UNSPECIFIED ? 0 : severity.ordinal() * 4 - 3;
  }
}
