package io.bridgewatch.kubernetes.server;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Which fields a field selector may ask for, by kind. */
final class SelectableFields {
  private static final Map<String, List<String>> PATHS =
      Map.of(
          "pods",
          List.of("spec.nodeName", "spec.restartPolicy", "spec.serviceAccountName", "status.phase"),
          "events",
          List.of(
              "involvedObject.kind",
              "involvedObject.namespace",
              "involvedObject.name",
              "involvedObject.uid",
              "involvedObject.apiVersion",
              "involvedObject.resourceVersion",
              "involvedObject.fieldPath",
              "reason",
              "type"),
          "events.events.k8s.io",
          List.of(
              "regarding.kind",
              "regarding.namespace",
              "regarding.name",
              "regarding.uid",
              "reason",
              "type"),
          "namespaces",
          List.of("status.phase"),
          "nodes",
          List.of("spec.unschedulable"),
          "secrets",
          List.of("type"));

  private SelectableFields() {}

  static boolean knows(ApiKind kind, String path) {
    return path.equals("metadata.name")
        || path.equals("metadata.namespace")
        || PATHS.getOrDefault(kind.qualifiedPlural(), List.of()).contains(path);
  }

  /** The values of an object's selectable fields. */
  static Map<String, String> of(ApiKind kind, JsonNode object) {
    var paths = PATHS.getOrDefault(kind.qualifiedPlural(), List.of());
    if (paths.isEmpty()) {
      return Map.of();
    }
    var values = new HashMap<String, String>();
    for (var path : paths) {
      var at = object;
      for (var name : path.split("\\.")) {
        at = at.path(name);
      }
      values.put(path, at.isValueNode() && !at.isNull() ? at.asString("") : "");
    }
    return Map.copyOf(values);
  }
}
