package io.bridgewatch.model;

import java.util.List;

/**
 * A hypothesis of what is to blame.
 *
 * @param rank 1 is the most likely
 * @param entity the guilty entity
 * @param attributes every OpenTelemetry attribute known of it
 * @param confidence how often a statement like this is right, 0 to 1
 * @param evidence strongest first; never empty
 * @param path from the guilty entity to the symptom, both included; empty where no path is known
 */
public record Cause(
    int rank,
    EntityRef entity,
    Attributes attributes,
    CauseKind kind,
    double confidence,
    List<Evidence> evidence,
    List<EntityRef> path) {

  /**
   * @throws IllegalArgumentException if the confidence lies outside 0 to 1 or nothing speaks for it
   */
  public Cause {
    evidence = List.copyOf(evidence);
    path = List.copyOf(path);
    if (!(confidence >= 0 && confidence <= 1)) {
      throw new IllegalArgumentException("confidence of cause " + entity + " is " + confidence);
    }
    if (evidence.isEmpty()) {
      throw new IllegalArgumentException("cause " + entity + " has no evidence");
    }
  }
}
