package io.bridgewatch.adapter.bundle;

import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.LogRecord;
import io.bridgewatch.model.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads lines of logs: one ExportLogsServiceRequest each. */
final class LogLines implements LineParser {

  /** A log record as it is being read. */
  private static final class Draft {
    private long time = Json.UNREADABLE;
    private long observed = Json.UNREADABLE;
    private int severityNumber;
    private String severityText = "";
    private String body = "";
    private String traceId = "";
    private String spanId = "";
    private Map<String, String> attributes = Map.of();

    /** When it was written; when it was collected, where that is all that is known. */
    private long best() {
      return time != Json.UNREADABLE && time != 0 ? time : observed;
    }
  }

  /** The log records of one resource. */
  private static final class Group {
    private Map<String, String> resource = Map.of();
    private final List<Draft> records = new ArrayList<>();
  }

  private final Intake intake;
  private final List<Group> line = new ArrayList<>();

  LogLines(Intake intake) {
    this.intake = intake;
  }

  @Override
  public void parse(JsonParser parser) {
    Json.object(
        parser,
        (p, name) -> {
          switch (name) {
            case "resourceLogs", "resource_logs" -> Json.array(p, this::group);
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
            case "scopeLogs",
                "scope_logs",
                "instrumentationLibraryLogs",
                "instrumentation_library_logs" ->
                Json.array(p, scope -> scope(scope, group));
            default -> Json.skip(p);
          }
        });
  }

  private static void scope(JsonParser parser, Group group) {
    Json.object(
        parser,
        (p, name) -> {
          switch (name) {
            case "logRecords", "log_records", "logs" ->
                Json.array(p, element -> group.records.add(record(element)));
            default -> Json.skip(p);
          }
        });
  }

  private static Draft record(JsonParser parser) {
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
            case "body" -> draft.body = Otlp.anyValue(p);
            case "traceId", "trace_id" -> draft.traceId = Otlp.id(p);
            case "spanId", "span_id" -> draft.spanId = Otlp.id(p);
            case "attributes" -> draft.attributes = Otlp.attributes(p);
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
    return numberOf(severityNamed(text.replaceAll("\\d+$", "")));
  }

  private static int numberOf(Severity severity) {
    return severity == Severity.UNSPECIFIED ? 0 : severity.ordinal() * 4 - 3;
  }

  /** The severity that a source's own word means; unspecified if it is none we know. */
  private static Severity severityNamed(String text) {
    return switch (text.toUpperCase(Locale.ROOT)) {
      case "TRACE" -> Severity.TRACE;
      case "DEBUG" -> Severity.DEBUG;
      case "INFO", "INFORMATION", "NOTICE" -> Severity.INFO;
      case "WARN", "WARNING" -> Severity.WARN;
      case "ERROR", "ERR", "SEVERE" -> Severity.ERROR;
      case "FATAL", "CRITICAL", "ALERT", "EMERGENCY", "PANIC" -> Severity.FATAL;
      default -> Severity.UNSPECIFIED;
    };
  }

  @Override
  public void commit(Place place) throws BundleException {
    for (Group group : line) {
      Attributes resource = intake.pool().attributes(group.resource);
      for (Draft draft : group.records) {
        commit(draft, resource, place);
      }
    }
    line.clear();
  }

  private void commit(Draft draft, Attributes resource, Place place) throws BundleException {
    long time = draft.best();
    if (time == Json.UNREADABLE || time == 0) {
      intake.reject(place, RejectionReason.TIME_MISSING);
      return;
    }
    if (!intake.telemetryTimes().hasNanos(time)) {
      intake.reject(place, RejectionReason.TIME_OUTSIDE_RANGE);
      return;
    }
    Pool pool = intake.pool();
    intake.log(
        new LogRecord(
            time,
            draft.severityNumber > 0
                ? Severity.ofNumber(draft.severityNumber)
                : severityNamed(draft.severityText),
            draft.body,
            pool.string(draft.traceId),
            draft.spanId,
            resource,
            pool.attributes(draft.attributes)),
        place);
  }

  @Override
  public void discard() {
    line.clear();
  }
}
