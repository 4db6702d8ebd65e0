package io.bridgewatch.kubernetes.server;

import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/**
 * Events are one thing under two groups, whose fields have different names: what is written to one
 * is read from the other.
 */
final class EventForms {
  static final String CORE = "events";
  static final String NEWER = "events.events.k8s.io";

  private static final Map<String, String> NEWER_BY_CORE =
      Map.of(
          "involvedObject", "regarding",
          "message", "note",
          "reportingComponent", "reportingController",
          "source", "deprecatedSource",
          "firstTimestamp", "deprecatedFirstTimestamp",
          "lastTimestamp", "deprecatedLastTimestamp",
          "count", "deprecatedCount");

  private static final Map<String, String> CORE_BY_NEWER =
      NEWER_BY_CORE.entrySet().stream()
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey));

  private EventForms() {}

  /** The store that holds the other form, empty where there is none. */
  static String twin(String store) {
    return switch (store) {
      case CORE -> NEWER;
      case NEWER -> CORE;
      default -> "";
    };
  }

  /** A copy of an event with the names of the other form. */
  static ObjectNode convert(ObjectNode event, String toStore) {
    var names = toStore.equals(NEWER) ? NEWER_BY_CORE : CORE_BY_NEWER;
    var converted = Json.object();
    for (var property : event.properties()) {
      converted.set(
          names.getOrDefault(property.getKey(), property.getKey()), property.getValue().deepCopy());
    }
    if (Json.text(converted, "reportingInstance").isEmpty()) {
      converted.remove("reportingInstance"); // the newer form leaves it out
    }
    if (!converted.has("reportingInstance") && toStore.equals(CORE)) {
      converted.put("reportingInstance", "");
    }
    return converted;
  }
}
