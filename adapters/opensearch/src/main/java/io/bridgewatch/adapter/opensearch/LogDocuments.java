package io.bridgewatch.adapter.opensearch;

import io.bridgewatch.model.LogRecord;
import io.bridgewatch.model.Severity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * Log lines as documents. Lines of one batch that say the same in all their parts are told apart by
 * a number; of another batch they are the same line, told again.
 */
final class LogDocuments implements DocumentForm<LogRecord> {

  static final String BODY = "body";
  static final String SEVERITY = "severity";
  static final String TRACE = "traceId";
  private static final String SPAN = "spanId";

  @Override
  public String signal() {
    return "logs";
  }

  @Override
  public long nanos(LogRecord log) {
    return log.epochNanos();
  }

  @Override
  public List<String> ids(List<LogRecord> items) {
    var content = new ContentIds();
    var seen = new HashMap<String, Integer>();
    var ids = new ArrayList<String>(items.size());
    for (LogRecord log : items) {
      var id =
          content
              .add(log.severity().ordinal())
              .add(log.body())
              .add(log.traceId())
              .add(log.spanId())
              .add(log.resource())
              .add(log.attributes())
              .next(log.epochNanos());
      int before = seen.merge(id, 1, Integer::sum) - 1;
      ids.add(before == 0 ? id : id + "." + before);
    }
    return ids;
  }

  @Override
  public void write(JsonGenerator json, LogRecord log) {
    DocumentForm.text(json, BODY, log.body());
    json.writeStringProperty(SEVERITY, log.severity().name());
    if (!log.traceId().isEmpty()) {
      DocumentForm.text(json, TRACE, log.traceId());
    }
    if (!log.spanId().isEmpty()) {
      DocumentForm.text(json, SPAN, log.spanId());
    }
    AttributeTerms.write(json, log.resource(), log.attributes());
  }

  @Override
  public LogRecord read(JsonNode source) {
    return new LogRecord(
        source.path(TIME).asLong(),
        Severity.valueOf(source.path(SEVERITY).asString(Severity.UNSPECIFIED.name())),
        source.path(BODY).asString(""),
        source.path(TRACE).asString(""),
        source.path(SPAN).asString(""),
        AttributeTerms.read(source, AttributeTerms.RESOURCE),
        AttributeTerms.read(source, AttributeTerms.OWN));
  }

  @Override
  public Map<String, Object> properties() {
    return Map.of(
        BODY,
        Map.of("type", "text", "analyzer", IndexTemplate.ANALYZER, "norms", false),
        SEVERITY,
        DocumentForm.keyword(),
        TRACE,
        DocumentForm.keyword(),
        SPAN,
        DocumentForm.plain("keyword"));
  }
}
