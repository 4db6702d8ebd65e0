package io.bridgewatch.scale;

import java.time.Duration;

/**
 * What the controller manager is started with.
 *
 * @param tolerance of the ratio of usage to target, in both directions
 * @param downscaleStabilization how long a higher recommendation holds the replicas up
 * @param cpuInitialization after a pod's start, in which its CPU counts only once it is ready
 * @param initialReadinessDelay a pod unready since less than this after its start was never ready
 */
public record HpaSettings(
    double tolerance,
    Duration downscaleStabilization,
    Duration cpuInitialization,
    Duration initialReadinessDelay) {

  /** The defaults of kube-controller-manager. */
  public static HpaSettings standard() {
    return new HpaSettings(
        0.1, Duration.ofMinutes(5), Duration.ofMinutes(5), Duration.ofSeconds(30));
  }
}
