package io.bridgewatch.scale;

import java.util.Set;

/** Who serves a group of metrics to the autoscalers of a cluster; a group has one server. */
public sealed interface MetricsOwner {

  /** Nobody is registered for the group. */
  record Nobody() implements MetricsOwner {}

  /**
   * A service is registered for it.
   *
   * @param service namespace and name, such as {@code keda/keda-operator-metrics-apiserver}
   * @param version of the group that autoscalers ask, such as {@code v1beta1}
   * @param ours whether it is this product's
   * @param available whether the API server reaches it
   * @param metrics names that it says it serves; none where it does not list them
   */
  record Service(
      String service, String version, boolean ours, boolean available, Set<String> metrics)
      implements MetricsOwner {
    public Service {
      metrics = Set.copyOf(metrics);
    }
  }

  /** It could not be asked. */
  record Unknown(String why) implements MetricsOwner {}
}
