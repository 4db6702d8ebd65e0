package io.bridgewatch.drill.cluster;

import io.bridgewatch.kubernetes.server.MetricsSource;
import java.util.List;
import java.util.function.Supplier;

/** The metrics of a cluster whose API server is up first. */
record LateMetrics(Supplier<? extends MetricsSource> source) implements MetricsSource {
  @Override
  public List<NodeUsage> nodes() {
    return source.get().nodes();
  }

  @Override
  public List<PodUsage> pods(String namespace) {
    return source.get().pods(namespace);
  }

  @Override
  public List<PodValue> values(String namespace, String metric) {
    return source.get().values(namespace, metric);
  }
}
