package io.bridgewatch.drill.cluster;

import io.bridgewatch.kubernetes.server.LabelSelectors;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Whether a pod may stand on a node, by what both say of themselves. */
final class Fits {
  private Fits() {}

  /** Whether a toleration of the pod covers a taint. */
  static Optional<JsonNode> toleration(JsonNode podSpec, JsonNode taint) {
    for (var toleration : podSpec.path("tolerations")) {
      var effect = Trees.text(toleration, "effect");
      var key = Trees.text(toleration, "key");
      var exists = Trees.text(toleration, "operator").equals("Exists");
      if ((effect.isEmpty() || effect.equals(Trees.text(taint, "effect")))
          && (key.isEmpty() ? exists : key.equals(Trees.text(taint, "key")))
          && (exists || Trees.text(toleration, "value").equals(Trees.text(taint, "value")))) {
        return Optional.of(toleration);
      }
    }
    return Optional.empty();
  }

  /** Whether it tolerates all taints that keep new pods away. */
  static boolean toleratesNode(JsonNode podSpec, JsonNode node) {
    for (var taint : Trees.at(node, "spec", "taints")) {
      if (!Trees.text(taint, "effect").equals("PreferNoSchedule")
          && toleration(podSpec, taint).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /** The node selector and the required node affinity. */
  static boolean matchesNode(JsonNode podSpec, JsonNode node) {
    var labels = Trees.labels(Trees.at(node, "metadata", "labels"));
    for (var wanted : podSpec.path("nodeSelector").properties()) {
      if (!wanted.getValue().asString("").equals(labels.get(wanted.getKey()))) {
        return false;
      }
    }
    var required =
        Trees.at(
            podSpec,
            "affinity",
            "nodeAffinity",
            "requiredDuringSchedulingIgnoredDuringExecution",
            "nodeSelectorTerms");
    if (required.isMissingNode()) {
      return true;
    }
    var fields = Map.of("metadata.name", Trees.name(node));
    for (var term : required) {
      if (term.path("matchExpressions")
              .valueStream()
              .allMatch(one -> LabelSelectors.matchesExpression(one, labels))
          && term.path("matchFields")
              .valueStream()
              .allMatch(one -> LabelSelectors.matchesExpression(one, fields))) {
        return true;
      }
    }
    return false;
  }
}
