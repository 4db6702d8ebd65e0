package io.bridgewatch.scale;

import io.bridgewatch.scale.PolicyShape.Trigger;

/**
 * What is settled about a policy before it is learned.
 *
 * @param guard what raises replicas that are at their capacity, beside the forecast and where that
 *     is gone
 * @param reserve kept beside what the load needs
 * @param minReplicas and {@code maxReplicas}: limits
 */
public record PolicyRules(Trigger guard, Reserve reserve, int minReplicas, int maxReplicas) {

  public PolicyRules {
    if (minReplicas < 1 || maxReplicas < minReplicas) {
      throw new IllegalArgumentException(
          "replicas must be 1 ≤ min ≤ max, were %d and %d".formatted(minReplicas, maxReplicas));
    }
  }

  /** Guarded by CPU, without a reserve, from one replica on. */
  public static PolicyRules upTo(int maxReplicas) {
    return new PolicyRules(Trigger.CPU, new Reserve.None(), 1, maxReplicas);
  }
}
