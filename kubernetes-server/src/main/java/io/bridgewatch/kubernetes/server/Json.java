package io.bridgewatch.kubernetes.server;

import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON text and trees. */
final class Json {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Json() {}

  /**
   * @throws Refusal 400 when the text is no JSON object
   */
  static ObjectNode object(byte[] text) {
    if (node(text) instanceof ObjectNode object) {
      return object;
    }
    throw Refusal.badRequest("the body must be one JSON object");
  }

  /**
   * @throws Refusal 400 when the text is no JSON
   */
  static JsonNode node(byte[] text) {
    try {
      return MAPPER.readTree(text);
    } catch (JacksonException e) {
      throw Refusal.badRequest("the body is no JSON: " + e.getOriginalMessage());
    }
  }

  static ObjectNode object(Map<String, ?> values) {
    return MAPPER.valueToTree(values);
  }

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static byte[] bytes(JsonNode node) {
    return MAPPER.writeValueAsBytes(node);
  }

  static String text(JsonNode node) {
    return MAPPER.writeValueAsString(node);
  }

  /** The text at a path of names, empty where it is missing or no text. */
  static String text(JsonNode node, String... path) {
    var at = node;
    for (var name : path) {
      at = at.path(name);
    }
    return at.isString() ? at.stringValue() : "";
  }

  /** The object under a name, made when it is missing or something else. */
  static ObjectNode child(ObjectNode parent, String name) {
    return parent.get(name) instanceof ObjectNode child ? child : parent.putObject(name);
  }
}
