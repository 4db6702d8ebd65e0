package io.bridgewatch.scale;

import java.time.Instant;

/** How many replicas are kept at least at a moment, whatever is measured then. */
public interface ReplicaFloor {

  /** At least 0, which says nothing. */
  int at(Instant moment);

  /** In technical words. */
  String displayName();
}
