package io.bridgewatch.model;

import java.util.List;

/** The part of the topology that matters to an incident. */
public record CallMap(List<Node> nodes, List<Relation> edges) {

  public CallMap {
    nodes = List.copyOf(nodes);
    edges = List.copyOf(edges);
  }

  /**
   * @param severity the largest severity of its findings; 0 where it is calm
   */
  public record Node(EntityRef entity, Role role, double severity) {}

  /** What part an entity plays in the incident; the first that applies. */
  public enum Role {
    CAUSE,
    SYMPTOM,
    ON_PATH,
    AFFECTED,
    NEIGHBOUR
  }
}
