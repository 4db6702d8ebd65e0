package io.bridgewatch.adapter.bundle;

import io.bridgewatch.model.Attributes;
import java.io.IOException;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/**
 * The frame of OTLP/JSON export requests around their records: one request a line, records of one
 * resource together, a new line where one is full.
 */
final class OtlpRequests {

  private final JsonLines lines;
  private final JsonGenerator json;
  private final String resources;
  private final String scopes;
  private final String records;
  private Optional<Attributes> open = Optional.empty();

  /**
   * @param resources name of the list of resources, such as {@code resourceSpans}
   * @param scopes name of the list of scopes, such as {@code scopeSpans}
   * @param records name of the list of records, such as {@code spans}
   */
  OtlpRequests(JsonLines lines, String resources, String scopes, String records) {
    this.lines = lines;
    this.json = lines.json();
    this.resources = resources;
    this.scopes = scopes;
    this.records = records;
  }

  /** Gets ready for one more record of that resource. */
  void next(Attributes resource) throws IOException {
    if (lines.isFull()) {
      end();
    }
    if (open.isPresent() && open.get().equals(resource)) {
      return;
    }
    if (open.isPresent()) {
      endResource();
    } else {
      json.writeStartObject();
      json.writeArrayPropertyStart(resources);
    }
    json.writeStartObject();
    json.writeObjectPropertyStart("resource");
    attributes(json, resource);
    json.writeEndObject();
    json.writeArrayPropertyStart(scopes);
    json.writeStartObject();
    json.writeArrayPropertyStart(records);
    open = Optional.of(resource);
  }

  private void endResource() {
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndArray();
    json.writeEndObject();
  }

  /** Ends the request, if one is open. */
  void end() throws IOException {
    if (open.isPresent()) {
      endResource();
      json.writeEndArray();
      json.writeEndObject();
      lines.endLine();
      open = Optional.empty();
    }
  }

  /** The property {@code attributes}, left out where there are none. */
  static void attributes(JsonGenerator json, Attributes attributes) {
    if (attributes.isEmpty()) {
      return;
    }
    json.writeArrayPropertyStart("attributes");
    for (int i = 0; i < attributes.size(); i++) {
      json.writeStartObject();
      json.writeStringProperty("key", attributes.name(i));
      json.writeObjectPropertyStart("value");
      json.writeStringProperty("stringValue", attributes.value(i));
      json.writeEndObject();
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
