package io.bridgewatch.kubernetes.server;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What a metrics server knows. Called by threads of connections. */
public interface MetricsSource {
  /** What was used in a window that ended at a time; the memory is that of the end. */
  record Usage(Instant time, Duration window, long cpuNanocores, long memoryBytes) {}

  record NodeUsage(String node, Usage usage) {}

  record ContainerUsage(String container, long cpuNanocores, long memoryBytes) {}

  record PodUsage(
      String namespace,
      String pod,
      Instant time,
      Duration window,
      List<ContainerUsage> containers) {
    public PodUsage {
      containers = List.copyOf(containers);
    }
  }

  /** A value that a pod tells of itself, in thousandths. */
  record PodValue(String namespace, String pod, Instant time, long milli) {}

  List<NodeUsage> nodes();

  /**
   * @param namespace empty for all
   */
  List<PodUsage> pods(String namespace);

  /** Values of a metric of pods, such as requests in flight; empty when nobody measures it. */
  default List<PodValue> values(String namespace, String metric) {
    return List.of();
  }
}
