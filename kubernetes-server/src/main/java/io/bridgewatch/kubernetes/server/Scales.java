package io.bridgewatch.kubernetes.server;

import tools.jackson.databind.node.ObjectNode;

/** The {@code /scale} subresource: an object seen as its number of replicas. */
final class Scales {
  private Scales() {}

  /** What the real server makes of {@code spec.replicas}, {@code status.replicas} and selector. */
  static ObjectNode of(ObjectNode object) {
    var scale = Json.object().put("kind", "Scale").put("apiVersion", "autoscaling/v1");
    var from = object.path("metadata");
    var metadata = scale.putObject("metadata");
    for (var name :
        new String[] {"name", "namespace", "uid", "resourceVersion", "creationTimestamp"}) {
      if (from.has(name)) {
        metadata.set(name, from.get(name));
      }
    }
    scale.putObject("spec").put("replicas", object.path("spec").path("replicas").asInt(1));
    var status = scale.putObject("status");
    status.put("replicas", object.path("status").path("replicas").asInt(0));
    var selector = new StringBuilder();
    object
        .path("spec")
        .path("selector")
        .path("matchLabels")
        .properties()
        .forEach(
            label ->
                selector
                    .append(selector.isEmpty() ? "" : ",")
                    .append(label.getKey())
                    .append('=')
                    .append(label.getValue().asString("")));
    if (!selector.isEmpty()) {
      status.put("selector", selector.toString());
    }
    return scale;
  }

  /** The object with the replicas of a scale; the scale's resourceVersion is a precondition. */
  static ObjectNode applied(ObjectNode object, ObjectNode scale) {
    var replicas = scale.path("spec").path("replicas");
    if (!replicas.isIntegralNumber() || replicas.asInt() < 0) {
      throw Refusal.badRequest("spec.replicas of a Scale must be a number, zero or more");
    }
    var wanted = object.deepCopy();
    Json.child(wanted, "spec").put("replicas", replicas.asInt());
    var version = Json.text(scale, "metadata", "resourceVersion");
    if (version.isEmpty()) {
      Json.child(wanted, "metadata").remove("resourceVersion");
    } else {
      Json.child(wanted, "metadata").put("resourceVersion", version);
    }
    return wanted;
  }
}
