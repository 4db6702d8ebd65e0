package io.bridgewatch.drill.score;

import io.bridgewatch.model.CauseKind;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.Layer;

/**
 * A cause that the watch named.
 *
 * @param rank 1 for the likeliest
 * @param confidence 0 to 1
 */
public record NamedCause(
    int rank, EntityRef entity, Layer layer, CauseKind kind, double confidence) {

  /**
   * @throws IllegalArgumentException if there can be no such rank or confidence
   */
  public NamedCause {
    if (rank < 1 || !(confidence >= 0 && confidence <= 1)) {
      throw new IllegalArgumentException(
          "rank is at least 1 and confidence 0 to 1, saw %d and %s".formatted(rank, confidence));
    }
  }
}
