package io.bridgewatch.adapter.bundle;

import io.bridgewatch.model.Bundle;
import io.bridgewatch.model.LogRecord;
import io.bridgewatch.model.Severity;
import io.bridgewatch.model.Span;
import io.bridgewatch.model.SpanKind;
import java.io.IOException;
import tools.jackson.core.JsonGenerator;

/** Writes spans and log records as OTLP. */
final class RecordFiles {

  private static final int STATUS_ERROR = 2;

  private RecordFiles() {}

  static void traces(Bundle bundle, JsonLines lines) throws IOException {
    var requests = new OtlpRequests(lines, "resourceSpans", "scopeSpans", "spans");
    for (Span span : bundle.spans()) {
      requests.next(span.resource());
      span(lines.json(), span);
    }
    requests.end();
  }

  private static void span(JsonGenerator json, Span span) {
    json.writeStartObject();
    json.writeStringProperty("traceId", span.traceId());
    json.writeStringProperty("spanId", span.spanId());
    stated(json, "parentSpanId", span.parentSpanId());
    json.writeStringProperty("name", span.name());
    json.writeNumberProperty("kind", number(span.kind()));
    json.writeStringProperty("startTimeUnixNano", Long.toString(span.startNanos()));
    json.writeStringProperty("endTimeUnixNano", Long.toString(span.endNanos()));
    OtlpRequests.attributes(json, span.attributes());
    if (span.failed()) {
      json.writeObjectPropertyStart("status");
      json.writeNumberProperty("code", STATUS_ERROR);
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private static int number(SpanKind kind) {
    return switch (kind) {
      case UNSPECIFIED -> 0;
      case INTERNAL -> 1;
      case SERVER -> 2;
      case CLIENT -> 3;
      case PRODUCER -> 4;
      case CONSUMER -> 5;
    };
  }

  static void logs(Bundle bundle, JsonLines lines) throws IOException {
    var requests = new OtlpRequests(lines, "resourceLogs", "scopeLogs", "logRecords");
    for (LogRecord record : bundle.logs()) {
      requests.next(record.resource());
      log(lines.json(), record);
    }
    requests.end();
  }

  private static void log(JsonGenerator json, LogRecord record) {
    json.writeStartObject();
    json.writeStringProperty("timeUnixNano", Long.toString(record.epochNanos()));
    if (record.severity() != Severity.UNSPECIFIED) {
      json.writeNumberProperty("severityNumber", number(record.severity()));
    }
    json.writeObjectPropertyStart("body");
    json.writeStringProperty("stringValue", record.body());
    json.writeEndObject();
    stated(json, "traceId", record.traceId());
    stated(json, "spanId", record.spanId());
    OtlpRequests.attributes(json, record.attributes());
    json.writeEndObject();
  }

  /** The first number of the group. */
  private static int number(Severity severity) {
    return switch (severity) {
      case UNSPECIFIED -> 0;
      case TRACE -> 1;
      case DEBUG -> 5;
      case INFO -> 9;
      case WARN -> 13;
      case ERROR -> 17;
      case FATAL -> 21;
    };
  }

  private static void stated(JsonGenerator json, String name, String value) {
    if (!value.isEmpty()) {
      json.writeStringProperty(name, value);
    }
  }
}
