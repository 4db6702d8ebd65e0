package io.bridgewatch.kubernetes.server;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which lists have items that are told apart by keys, and which are sets, by the name of their
 * field. The real server knows from its schema; all other lists are owned as a whole.
 */
final class ListKeys {
  private static final Map<String, List<String>> KEYS =
      Map.ofEntries(
          Map.entry("containers", List.of("name")),
          Map.entry("initContainers", List.of("name")),
          Map.entry("ephemeralContainers", List.of("name")),
          Map.entry("env", List.of("name")),
          Map.entry("volumes", List.of("name")),
          Map.entry("imagePullSecrets", List.of("name")),
          Map.entry("volumeMounts", List.of("mountPath")),
          Map.entry("conditions", List.of("type")),
          Map.entry("addresses", List.of("type")),
          Map.entry("ownerReferences", List.of("uid")),
          Map.entry("hostAliases", List.of("ip")),
          Map.entry("podIPs", List.of("ip")),
          Map.entry("hostIPs", List.of("ip")),
          Map.entry("topologySpreadConstraints", List.of("topologyKey", "whenUnsatisfiable")));

  /** What strategic merge patches tell items apart by, where it is not the same. */
  private static final Map<String, String> MERGE_KEYS =
      Map.ofEntries(
          Map.entry("containers", "name"),
          Map.entry("initContainers", "name"),
          Map.entry("ephemeralContainers", "name"),
          Map.entry("env", "name"),
          Map.entry("volumes", "name"),
          Map.entry("imagePullSecrets", "name"),
          Map.entry("secrets", "name"),
          Map.entry("volumeMounts", "mountPath"),
          Map.entry("volumeDevices", "devicePath"),
          Map.entry("conditions", "type"),
          Map.entry("addresses", "type"),
          Map.entry("ownerReferences", "uid"),
          Map.entry("hostAliases", "ip"),
          Map.entry("topologySpreadConstraints", "topologyKey"));

  private ListKeys() {}

  /** Whether a strategic merge patch merges the items of such a list. */
  static boolean isMerged(String field) {
    return field.equals("ports") || MERGE_KEYS.containsKey(field);
  }

  /** Whether a strategic merge patch takes two items for the same. */
  static boolean isSameItem(String field, JsonNode one, JsonNode other) {
    var key =
        field.equals("ports")
            ? (other.has("containerPort") ? "containerPort" : "port")
            : MERGE_KEYS.getOrDefault(field, "name");
    return one.has(key) && one.path(key).equals(other.path(key));
  }

  /** Whether the items of a list are plain values that are owned one by one. */
  static boolean isSet(String field) {
    return field.equals("finalizers");
  }

  /** What tells an item from its neighbours, {@code k:{"name":"app"}}; absent in other lists. */
  static Optional<String> key(String field, JsonNode item) {
    if (!(item instanceof ObjectNode)) {
      return Optional.empty();
    }
    var names = field.equals("ports") ? portKeys(item) : KEYS.getOrDefault(field, List.of());
    if (names.isEmpty()) {
      return Optional.empty();
    }
    var key = Json.object();
    for (var name : names) {
      var value = item.path(name);
      if (value.isValueNode()) {
        key.set(name, value);
      } else if (name.equals("protocol")) {
        key.put(name, "TCP");
      } else {
        return Optional.empty();
      }
    }
    return Optional.of("k:" + Json.text(key));
  }

  /** Whether each item of a list has a key. */
  static boolean isKeyed(String field, ArrayNode items) {
    if (items.isEmpty()) {
      return false;
    }
    for (var item : items) {
      if (key(field, item).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  private static List<String> portKeys(JsonNode item) {
    return List.of(item.has("containerPort") ? "containerPort" : "port", "protocol");
  }
}
