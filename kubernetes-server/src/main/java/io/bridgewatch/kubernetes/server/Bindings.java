package io.bridgewatch.kubernetes.server;

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
}
