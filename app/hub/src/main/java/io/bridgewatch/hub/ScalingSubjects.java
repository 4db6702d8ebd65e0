package io.bridgewatch.hub;

import io.bridgewatch.ports.MetricStore;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads what scaling needs to know of a cluster. */
@Component
final class ScalingSubjects {

  private final Moments moments;
  private final ClusterParts parts;
  private final MetricStore metrics;
  private final MetricsOwners owners;
  private final InstantSource clock;

  ScalingSubjects(
      Moments moments,
      ClusterParts parts,
      MetricStore metrics,
      MetricsOwners owners,
      InstantSource clock) {
    this.moments = moments;
    this.parts = parts;
    this.metrics = metrics;
    this.owners = owners;
    this.clock = clock;
  }

  /**
   * A cluster as it is known now.
   *
   * @param cluster its name; null for the only one
   * @throws HubProblem if there is no such cluster
   */
  ScalingCluster of(@Nullable String cluster) {
    return new ScalingCluster(
        moments.live(cluster),
        parts.objects(),
        parts.chronicle(),
        metrics,
        owners,
        clock.instant());
  }
}
