package io.bridgewatch.kubernetes.server;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * One version of an object, encoded once for every list and watch that sends it.
 *
 * @param key namespace, slash and name; the name only where the kind is cluster-scoped
 * @param version its resourceVersion
 * @param json UTF-8, metadata first; without apiVersion and kind, which depend on the version that
 *     is asked for
 * @param metadataEnd where the metadata's bytes end
 * @param labels of the metadata
 * @param fields what field selectors of this kind may ask for, besides name and namespace
 */
record StoredObject(
    String key,
    long version,
    byte[] json,
    int metadataEnd,
    Map<String, String> labels,
    Map<String, String> fields) {
  private static final byte[] PARTIAL =
      "{\"kind\":\"PartialObjectMetadata\",\"apiVersion\":\"meta.k8s.io/v1\","
          .getBytes(StandardCharsets.UTF_8);

  /**
   * Encodes an object.
   *
   * @param object the whole object; its resourceVersion is set on the way
   */
  static StoredObject encode(ApiKind kind, ObjectNode object, long version) {
    var metadata = Json.child(object, "metadata");
    if (version > 0) {
      metadata.put("resourceVersion", Long.toString(version));
    } else {
      metadata.remove("resourceVersion"); // a dry run's new object has none
    }
    var ordered = Json.object();
    ordered.set("metadata", metadata);
    object
        .properties()
        .forEach(
            property -> {
              switch (property.getKey()) {
                case "metadata", "kind", "apiVersion" -> {}
                default -> ordered.set(property.getKey(), property.getValue());
              }
            });
    var json = Json.bytes(ordered);
    var labels = new HashMap<String, String>();
    metadata
        .path("labels")
        .properties()
        .forEach(label -> labels.put(label.getKey(), label.getValue().asString("")));
    var at = new ObjectKey(Json.text(metadata, "namespace"), Json.text(metadata, "name"));
    return new StoredObject(
        at.text(),
        version,
        json,
        endOfObject(json, "{\"metadata\":".length()),
        Map.copyOf(labels),
        SelectableFields.of(kind, ordered));
  }

  String name() {
    return key.substring(key.indexOf('/') + 1);
  }

  String namespace() {
    return key.substring(0, Math.max(0, key.indexOf('/')));
  }

  ObjectKey at() {
    return new ObjectKey(namespace(), name());
  }

  /** The object as a tree of its own, with apiVersion and kind. */
  ObjectNode tree(ApiKind kind) {
    var tree = Json.object();
    tree.put("kind", kind.kind()).put("apiVersion", kind.apiVersion());
    tree.setAll(Json.object(json));
    return tree;
  }

  /**
   * @param head apiVersion and kind with the comma after them; empty for items of lists
   */
  void write(OutputStream out, byte[] head) throws IOException {
    out.write('{');
    out.write(head);
    out.write(json, 1, json.length - 1);
  }

  void writePartial(OutputStream out) throws IOException {
    out.write(PARTIAL);
    out.write(json, 1, metadataEnd - 1);
    out.write('}');
  }

  /** Index after the brace that closes the object which starts at an index. */
  private static int endOfObject(byte[] json, int start) {
    var depth = 0;
    var quoted = false;
    for (var i = start; i < json.length; i++) {
      switch (json[i]) {
        case '"' -> quoted = !quoted;
        case '\\' -> i++;
        case '{' -> depth += quoted ? 0 : 1;
        case '}' -> {
          depth -= quoted ? 0 : 1;
          if (depth == 0 && !quoted) {
            return i + 1;
          }
        }
        default -> {}
      }
    }
    throw new IllegalStateException("metadata without an end: our own encoder wrote it");
  }
}
