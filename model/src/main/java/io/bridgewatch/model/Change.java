package io.bridgewatch.model;

import java.time.Instant;
import java.util.List;

/**
 * Something that was changed, as told by a delivery system or read from a cluster.
 *
 * @param entity attributes of what was changed; empty where the source does not say
 * @param author empty where unknown
 * @param diff unified or field-level difference; empty where unknown
 */
public record Change(
    Instant time,
    Kind kind,
    Attributes entity,
    String author,
    String summary,
    String diff,
    List<String> files) {

  public Change {
    files = List.copyOf(files);
  }

  /** What sort of change it was. */
  public enum Kind {
    DEPLOY,
    ROLLBACK,
    COMMIT,
    CONFIG,
    FLAG,
    SCALE,
    /** An autoscaler set the number of replicas. */
    HPA,
    RESTART,
    NODE,
    DELETE,
    INFRA,
    OTHER
  }
}
