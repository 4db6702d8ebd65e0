package io.bridgewatch.kubernetes.server;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Gives pods their nodes, as the binding subresource does. */
final class Bindings {
  private static final String NODE_LABELS = "topology.kubernetes.io/";

  private Bindings() {}

  /** Sets the node and the condition, and copies the node's zone and region to the pod's labels. */
  static void bind(ObjectStore store, KindRegistry registry, ObjectKey at, String node) {
    var pods = registry.byPlural("", "v1", "pods").orElseThrow();
    var nodes = registry.byPlural("", "v1", "nodes").orElseThrow();
    var labels = store.find(nodes, new ObjectKey("", node)).map(StoredObject::labels);
    store.rewrite(
        pods,
        at,
        pod -> {
          var before = Json.text(pod, "spec", "nodeName");
          if (!before.isEmpty()) {
            throw Refusal.conflict(
                pods,
                at.name(),
                "pod %s is already assigned to node \"%s\"".formatted(at.name(), before));
          }
          Json.child(pod, "spec").put("nodeName", node);
          schedule(Json.child(pod, "status"), pod, Timestamps.text(store.now()));
          labels.ifPresent(
              known ->
                  known.forEach(
                      (name, value) -> {
                        if (name.startsWith(NODE_LABELS)) {
                          Json.child(Json.child(pod, "metadata"), "labels").put(name, value);
                        }
                      }));
          return pod;
        });
  }

  private static void schedule(ObjectNode status, ObjectNode pod, String now) {
    var conditions =
        status.get("conditions") instanceof ArrayNode present
            ? present
            : status.putArray("conditions");
    for (var i = 0; i < conditions.size(); i++) {
      if (Json.text(conditions.get(i), "type").equals("PodScheduled")) {
        conditions.remove(i);
        break;
      }
    }
    conditions
        .addObject()
        .put("type", "PodScheduled")
        .put("observedGeneration", pod.path("metadata").path("generation").asLong(1))
        .put("status", "True")
        .putNull("lastProbeTime")
        .put("lastTransitionTime", now);
  }
}
