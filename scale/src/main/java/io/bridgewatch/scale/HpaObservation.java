package io.bridgewatch.scale;

import java.time.Instant;
import java.util.List;

/**
 * All that a controller sees at one look.
 *
 * @param currentReplicas {@code spec.replicas} of the target's scale
 * @param statusReplicas {@code status.replicas} of it
 * @param pods that the target selects
 * @param readings one for each metric of the spec, in its order
 */
public record HpaObservation(
    Instant now,
    int currentReplicas,
    int statusReplicas,
    List<HpaPod> pods,
    List<MetricReading> readings) {
  public HpaObservation {
    pods = List.copyOf(pods);
    readings = List.copyOf(readings);
  }
}
