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

  /**
   * The layer of what happened: hardware where it is a device or its sensors say so, else that of
   * the kind, else that of the entity.
   */
  public Layer layer() {
    boolean sensors =
        evidence.getFirst().fact() instanceof Fact.LevelShift shift
            && MachineSign.of(shift.series().metric()).filter(MachineSign::isOfSensors).isPresent();
    if (entity.type() == EntityType.DEVICE || (entity.type() == EntityType.NODE && sensors)) {
      return Layer.HARDWARE;
    }
    return kind == CauseKind.UNKNOWN ? entity.layer() : kind.layer();
  }
}
