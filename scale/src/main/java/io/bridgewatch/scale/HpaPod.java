package io.bridgewatch.scale;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A pod that the autoscaler's target selects.
 *
 * @param ready status of its Ready condition; absent if it has none
 * @param readyTransition when that changed last
 * @param requests in thousandths, by container and resource; sidecars among them
 */
public record HpaPod(
    String name,
    Phase phase,
    boolean deleted,
    Optional<Ready> ready,
    Optional<Instant> readyTransition,
    Optional<Instant> startTime,
    Map<String, Map<String, Long>> requests) {

  public enum Phase {
    PENDING,
    RUNNING,
    SUCCEEDED,
    FAILED,
    UNKNOWN
  }

  public enum Ready {
    TRUE,
    FALSE,
    UNKNOWN
  }

  public HpaPod {
    requests = Map.copyOf(requests);
  }
}
