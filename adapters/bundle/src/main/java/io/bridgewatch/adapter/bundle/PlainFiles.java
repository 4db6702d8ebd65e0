package io.bridgewatch.adapter.bundle;

import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.Bundle;
import io.bridgewatch.model.Call;
import io.bridgewatch.model.Change;
import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.model.WatchEvent;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Writes the files of a bundle that are not OTLP. */
final class PlainFiles {

  private static final int REPLACEMENT = 0xfffd;

  private PlainFiles() {}

  static void manifest(Bundle bundle, JsonLines lines) throws IOException {
    JsonGenerator json = lines.json();
    json.writeStartObject();
    json.writeStringProperty("format", Manifest.FORMAT);
    json.writeStringProperty("name", bundle.name());
    json.writeObjectPropertyStart("window");
    json.writeStringProperty("from", bundle.window().from().toString());
    json.writeStringProperty("to", bundle.window().to().toString());
    json.writeEndObject();
    bundle.reportedAt().ifPresent(at -> json.writeStringProperty("reportedAt", at.toString()));
    bundle
        .symptom()
        .ifPresent(
            hint -> {
              json.writeObjectPropertyStart("symptom");
              attributes(json, "entity", hint.entity());
              json.writeStringProperty("metric", hint.metric());
              json.writeEndObject();
            });
    json.writeEndObject();
    lines.endLine();
  }

  /** One List; it may be as long as a document may be. */
  static void objects(Bundle bundle, JsonLines lines) throws IOException {
    JsonGenerator json = lines.json();
    json.writeStartObject();
    json.writeStringProperty("apiVersion", "v1");
    json.writeStringProperty("kind", "List");
    json.writeArrayPropertyStart("items");
    for (KubernetesObject object : bundle.objects()) {
      object(json, object);
    }
    json.writeEndArray();
    json.writeEndObject();
    lines.endLine();
  }

  static void watch(Bundle bundle, JsonLines lines) throws IOException {
    JsonGenerator json = lines.json();
    for (WatchEvent event : bundle.watch()) {
      json.writeStartObject();
      json.writeStringProperty("time", event.time().toString());
      json.writeStringProperty("type", event.type().name());
      json.writeName("object");
      object(json, event.object());
      json.writeEndObject();
      lines.endLine();
    }
  }

  static void changes(Bundle bundle, JsonLines lines) throws IOException {
    JsonGenerator json = lines.json();
    for (Change change : bundle.changes()) {
      json.writeStartObject();
      json.writeStringProperty("time", change.time().toString());
      json.writeStringProperty("kind", change.kind().name().toLowerCase(Locale.ROOT));
      attributes(json, "entity", change.entity());
      json.writeStringProperty("author", change.author());
      json.writeStringProperty("summary", change.summary());
      json.writeStringProperty("diff", change.diff());
      json.writeArrayPropertyStart("files");
      for (String file : change.files()) {
        json.writeString(file);
      }
      json.writeEndArray();
      json.writeEndObject();
      lines.endLine();
    }
  }

  static void calls(Bundle bundle, JsonLines lines) throws IOException {
    JsonGenerator json = lines.json();
    for (Call call : bundle.calls()) {
      json.writeStartObject();
      attributes(json, "caller", call.caller());
      attributes(json, "callee", call.callee());
      json.writeEndObject();
      lines.endLine();
    }
  }

  private static void attributes(JsonGenerator json, String name, Attributes attributes) {
    json.writeObjectPropertyStart(name);
    for (int i = 0; i < attributes.size(); i++) {
      json.writeStringProperty(whole(attributes.name(i)), attributes.value(i));
    }
    json.writeEndObject();
  }

  /** The object, less what a Secret keeps. */
  private static void object(JsonGenerator json, KubernetesObject object) {
    value(json, Kubernetes.object(object.tree()).tree());
  }

  private static void value(JsonGenerator json, @Nullable Object value) {
    switch (value) {
      case null -> json.writeNull();
      case Map<?, ?> map -> map(json, map);
      case List<?> list -> {
        json.writeStartArray();
        for (Object element : list) {
          value(json, element);
        }
        json.writeEndArray();
      }
      case Boolean bool -> json.writeBoolean(bool);
      case Number number -> json.writeNumber(number.toString());
      default -> json.writeString(value.toString());
    }
  }

  /** In the order of the names: equal objects are written alike. */
  private static void map(JsonGenerator json, Map<?, ?> map) {
    var sorted = new TreeMap<String, @Nullable Object>();
    map.forEach((name, field) -> sorted.put(String.valueOf(name), field));
    json.writeStartObject();
    sorted.forEach(
        (name, field) -> {
          json.writeName(whole(name));
          value(json, field);
        });
    json.writeEndObject();
  }

  /**
   * The name with U+FFFD for every half of a surrogate pair: as part of a name, unlike that of a
   * value, the reader takes half a pair for broken JSON.
   */
  private static String whole(String name) {
    if (name.codePoints().noneMatch(PlainFiles::isHalf)) {
      return name;
    }
    int[] codePoints = name.codePoints().map(c -> isHalf(c) ? REPLACEMENT : c).toArray();
    return new String(codePoints, 0, codePoints.length);
  }

  private static boolean isHalf(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }
}
