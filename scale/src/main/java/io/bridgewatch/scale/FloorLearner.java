package io.bridgewatch.scale;

import java.time.Instant;
import java.util.Optional;

/** One way of learning from a load how many replicas are kept at least. */
public interface FloorLearner {

  /**
   * Learns from what was seen and nothing else.
   *
   * @param seen {@code NaN} where it must not look
   * @param present whose level of load counts
   * @return empty where too little was seen
   */
  Optional<? extends ReplicaFloor> learn(LoadTrace seen, Instant present);
}
