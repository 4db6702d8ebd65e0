package io.bridgewatch.adapter.opensearch;

import io.bridgewatch.model.Span;
import io.bridgewatch.model.SpanKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** Spans as documents, known by the ids of trace and span. */
final class SpanDocuments implements DocumentForm<Span> {

  static final String TRACE = "traceId";
  static final String PARENT = "parentSpanId";
  static final String NAME = "name";
  static final String DURATION = "durationNano";
  static final String FAILED = "failed";
  private static final String SPAN = "spanId";
  private static final String KIND = "kind";
  private static final String END = "endTimeUnixNano";

  @Override
  public String signal() {
    return "spans";
  }

  @Override
  public long nanos(Span span) {
    return span.startNanos();
  }

  @Override
  public List<String> ids(List<Span> items) {
    var content = new ContentIds();
    var ids = new ArrayList<String>(items.size());
    items.forEach(span -> ids.add(content.add(span.traceId()).add(span.spanId()).next()));
    return ids;
  }

  @Override
  public void write(JsonGenerator json, Span span) {
    DocumentForm.text(json, TRACE, span.traceId());
    DocumentForm.text(json, SPAN, span.spanId());
    if (!span.parentSpanId().isEmpty()) {
      DocumentForm.text(json, PARENT, span.parentSpanId());
    }
    DocumentForm.text(json, NAME, span.name());
    json.writeStringProperty(KIND, span.kind().name());
    json.writeNumberProperty(END, span.endNanos());
    json.writeNumberProperty(DURATION, span.durationNanos());
    if (span.failed()) {
      json.writeBooleanProperty(FAILED, true);
    }
    AttributeTerms.write(json, span.resource(), span.attributes());
  }

  @Override
  public Span read(JsonNode source) {
    return new Span(
        source.path(TRACE).asString(""),
        source.path(SPAN).asString(""),
        source.path(PARENT).asString(""),
        source.path(NAME).asString(""),
        SpanKind.valueOf(source.path(KIND).asString(SpanKind.UNSPECIFIED.name())),
        source.path(TIME).asLong(),
        source.path(END).asLong(),
        source.path(FAILED).asBoolean(false),
        AttributeTerms.read(source, AttributeTerms.RESOURCE),
        AttributeTerms.read(source, AttributeTerms.OWN));
  }

  @Override
  public Map<String, Object> properties() {
    return Map.of(
        TRACE, DocumentForm.keyword(),
        SPAN, DocumentForm.plain("keyword"),
        PARENT, DocumentForm.keyword(),
        NAME, DocumentForm.keyword(),
        KIND, DocumentForm.keyword(),
        END, DocumentForm.plain("long"),
        DURATION, DocumentForm.number(),
        FAILED, Map.of("type", "boolean"));
  }
}
