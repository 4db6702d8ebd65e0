package io.bridgewatch.topology;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * By which labels things belong to teams, applications and pools; the first that is there counts.
 */
public record Ownership(
    List<String> teamLabels, List<String> applicationLabels, List<String> poolLabels) {

  private static final String ROLE = "node-role.kubernetes.io/";

  /** The pool of nodes that no label puts into one. */
  public static final String NO_POOL = "default";

  private static final Ownership USUAL =
      new Ownership(
          List.of("bridgewatch.io/team", "app.kubernetes.io/team", "team", "owner"),
          List.of("app.kubernetes.io/part-of", "app.kubernetes.io/name", "app"),
          List.of(
              "bridgewatch.io/pool",
              "node.kubernetes.io/pool",
              "node-pool",
              "pool",
              "cloud.google.com/gke-nodepool",
              "eks.amazonaws.com/nodegroup",
              "kubernetes.azure.com/agentpool",
              "karpenter.sh/nodepool"));

  public Ownership {
    teamLabels = List.copyOf(teamLabels);
    applicationLabels = List.copyOf(applicationLabels);
    poolLabels = List.copyOf(poolLabels);
  }

  /** Kubernetes' recommended labels and those of the usual clouds. */
  public static Ownership usual() {
    return USUAL;
  }

  /** These labels before the usual ones. */
  public Ownership preferring(List<String> team, List<String> application, List<String> pool) {
    return new Ownership(
        joined(team, teamLabels), joined(application, applicationLabels), joined(pool, poolLabels));
  }

  private static List<String> joined(List<String> first, List<String> then) {
    return Stream.concat(first.stream(), then.stream()).distinct().toList();
  }

  Optional<String> team(Map<String, String> labels) {
    return first(teamLabels, labels);
  }

  Optional<String> application(Map<String, String> labels) {
    return first(applicationLabels, labels);
  }

  /** Of a node: by label, else by its role. */
  String pool(Map<String, String> labels) {
    return first(poolLabels, labels)
        .or(
            () ->
                labels.keySet().stream()
                    .filter(key -> key.startsWith(ROLE) && key.length() > ROLE.length())
                    .map(key -> key.substring(ROLE.length()))
                    .sorted()
                    .findFirst())
        .orElse(NO_POOL);
  }

  private static Optional<String> first(List<String> names, Map<String, String> labels) {
    return names.stream()
        .map(name -> labels.getOrDefault(name, ""))
        .filter(value -> !value.isEmpty())
        .findFirst();
  }
}
