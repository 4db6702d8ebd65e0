package io.bridgewatch.drill.cluster;

import io.bridgewatch.kubernetes.server.KubernetesServer.ObjectName;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reading and writing objects as trees. */
final class Trees {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Trees() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static ObjectNode parse(String json) {
    return (ObjectNode) MAPPER.readTree(json);
  }

  static ObjectNode object(Map<String, ?> values) {
    return MAPPER.valueToTree(values);
  }

  static String json(JsonNode node) {
    return MAPPER.writeValueAsString(node);
  }

  /** The text at a path of names; empty where it is missing. */
  static String text(JsonNode node, String... path) {
    var at = at(node, path);
    return at.isString() ? at.stringValue() : "";
  }

  static JsonNode at(JsonNode node, String... path) {
    var at = node;
    for (var name : path) {
      at = at.path(name);
    }
    return at;
  }

  /** The object under a name, made where it is missing. */
  static ObjectNode child(ObjectNode parent, String name) {
    return parent.get(name) instanceof ObjectNode child ? child : parent.putObject(name);
  }

  static ArrayNode list(ObjectNode parent, String name) {
    return parent.get(name) instanceof ArrayNode list ? list : parent.putArray(name);
  }

  /** Sets a value where there is none. */
  static void fill(ObjectNode parent, String name, String value) {
    if (!parent.has(name)) {
      parent.put(name, value);
    }
  }

  static void fill(ObjectNode parent, String name, int value) {
    if (!parent.has(name)) {
      parent.put(name, value);
    }
  }

  static void fill(ObjectNode parent, String name, boolean value) {
    if (!parent.has(name)) {
      parent.put(name, value);
    }
  }

  /** Counts that are left out at zero. */
  static void putUnlessZero(ObjectNode parent, String name, int value) {
    if (value != 0) {
      parent.put(name, value);
    } else {
      parent.remove(name);
    }
  }

  static String namespace(JsonNode object) {
    return text(object, "metadata", "namespace");
  }

  static String name(JsonNode object) {
    return text(object, "metadata", "name");
  }

  static String uid(JsonNode object) {
    return text(object, "metadata", "uid");
  }

  static String key(JsonNode object) {
    return namespace(object) + "/" + name(object);
  }

  static long generation(JsonNode object) {
    return at(object, "metadata", "generation").asLong(0);
  }

  static boolean isTerminating(JsonNode object) {
    return at(object, "metadata").has("deletionTimestamp");
  }

  static String annotation(JsonNode object, String name) {
    return text(object, "metadata", "annotations", name);
  }

  static Map<String, String> labels(JsonNode map) {
    var labels = new TreeMap<String, String>();
    map.properties().forEach(label -> labels.put(label.getKey(), label.getValue().asString("")));
    return labels;
  }

  static ObjectName named(JsonNode object) {
    return new ObjectName(
        text(object, "apiVersion"), text(object, "kind"), namespace(object), name(object));
  }

  /** The owner that controls an object. */
  static Optional<JsonNode> controller(JsonNode object) {
    for (var owner : at(object, "metadata", "ownerReferences")) {
      if (owner.path("controller").asBoolean(false)) {
        return Optional.of(owner);
      }
    }
    return Optional.empty();
  }

  static boolean isControlledBy(JsonNode object, String uid) {
    return controller(object).filter(owner -> text(owner, "uid").equals(uid)).isPresent();
  }

  /** Adds the owner that controls it. */
  static void own(ObjectNode object, JsonNode owner) {
    var metadata = child(object, "metadata");
    list(metadata, "ownerReferences")
        .addObject()
        .put("apiVersion", text(owner, "apiVersion"))
        .put("kind", text(owner, "kind"))
        .put("name", name(owner))
        .put("uid", uid(owner))
        .put("controller", true)
        .put("blockOwnerDeletion", true);
  }

  static Optional<JsonNode> condition(JsonNode object, String type) {
    for (var condition : at(object, "status", "conditions")) {
      if (text(condition, "type").equals(type)) {
        return Optional.of(condition);
      }
    }
    return Optional.empty();
  }

  static boolean isTrue(JsonNode object, String condition) {
    return condition(object, condition)
        .filter(found -> text(found, "status").equals("True"))
        .isPresent();
  }

  static List<String> texts(JsonNode array) {
    var texts = new ArrayList<String>();
    array.forEach(item -> texts.add(item.asString("")));
    return texts;
  }

  /** To the second, as objects have times. */
  static String time(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** To the microsecond, as leases and newer events have times. */
  static String microTime(Instant time) {
    var micros = time.truncatedTo(ChronoUnit.MICROS);
    return time(micros).replace("Z", ".%06dZ".formatted(micros.getNano() / 1000));
  }

  static Optional<Instant> instant(JsonNode node, String... path) {
    var text = text(node, path);
    return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
  }
}
