package io.bridgewatch.model;

import java.util.List;

/** Said instead of, or beside, weak causes: what is missing to tell. */
public record InsufficientEvidence(List<Missing> missing) {

  public InsufficientEvidence {
    missing = List.copyOf(missing);
  }

  /** What would have helped. */
  public enum Missing {
    HISTORY_BEFORE_ONSET,
    SAMPLES_AFTER_ONSET,
    TRACES,
    LOGS,
    TOPOLOGY,
    KUBERNETES_OBJECTS,
    DISTINCT_CAUSE
  }
}
