package io.bridgewatch.drill.cluster;

import java.util.List;
import java.util.Map;

/**
 * The external metrics API of a cluster: what something outside of it tells autoscalers. Asked on
 * the simulation's thread.
 */
@FunctionalInterface
public interface ExternalMetrics {

  /**
   * A value at present.
   *
   * @param labels that selectors of autoscalers are held against
   * @param milli in thousandths
   */
  record Series(Map<String, String> labels, long milli) {
    public Series {
      labels = Map.copyOf(labels);
    }
  }

  /**
   * All series of a metric; empty when it is not known now, upon which an autoscaler does not scale
   * down.
   */
  List<Series> series(String namespace, String metric);

  /** Where nobody serves any. */
  static ExternalMetrics none() {
    return (namespace, metric) -> List.of();
  }
}
