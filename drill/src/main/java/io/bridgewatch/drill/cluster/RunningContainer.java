package io.bridgewatch.drill.cluster;

import io.bridgewatch.drill.runtime.ContainerProcess;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A container that runs, as its kubelet knows it.
 *
 * @param containerId with the runtime's scheme, {@code containerd://…}
 * @param probes how its probes ended, since it was started
 */
public record RunningContainer(
    String node,
    String namespace,
    String pod,
    String podUid,
    String podIp,
    Map<String, String> podLabels,
    String container,
    String containerId,
    String image,
    int restarts,
    Instant startedAt,
    List<ProbeCount> probes,
    ContainerProcess process) {
  public RunningContainer {
    podLabels = Map.copyOf(podLabels);
    probes = List.copyOf(probes);
  }

  /**
   * @param kind {@code Startup}, {@code Readiness} or {@code Liveness}
   */
  public record ProbeCount(String kind, long successful, long failed) {}
}
