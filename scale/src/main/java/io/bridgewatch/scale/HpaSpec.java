package io.bridgewatch.scale;

import java.util.List;
import java.util.Optional;

/**
 * An {@code autoscaling/v2} HorizontalPodAutoscaler's spec, without its target's name.
 *
 * @param minReplicas 0 only together with an object or external metric
 * @param behavior absent for the older rules: at most double or 4 at once, down after five minutes
 */
public record HpaSpec(
    int minReplicas, int maxReplicas, List<HpaMetric> metrics, Optional<Behavior> behavior) {

  public record Behavior(ScalingRules up, ScalingRules down) {}

  public HpaSpec {
    metrics = List.copyOf(metrics);
    if (minReplicas < 0 || maxReplicas < Math.max(1, minReplicas)) {
      throw new IllegalArgumentException(
          "replicas must be 0 ≤ min ≤ max and max ≥ 1, were %d and %d"
              .formatted(minReplicas, maxReplicas));
    }
    if (metrics.isEmpty()) {
      throw new IllegalArgumentException("an autoscaler needs at least one metric, had none");
    }
  }
}
