package io.bridgewatch.drill.serve;

import io.bridgewatch.drill.cluster.KubeletCounts;
import io.bridgewatch.drill.cluster.RunningContainer;
import java.util.List;

/**
 * What a kubelet tells of its own work, under the names that the real one of 1.36 has; what the
 * world does not simulate, such as calls of its container runtime, is left out.
 */
final class KubeletPage {

  private KubeletPage() {}

  static String of(String node, KubeletCounts counts, List<RunningContainer> containers) {
    var page = new Exposition();
    page.gauge(
            "kubelet_desired_pods",
            "[ALPHA] The number of pods the kubelet is being instructed to run. static is true if the pod is not from the apiserver.")
        .sample(counts.desiredPods(), "static", "")
        .sample(0, "static", "true");
    page.gauge("kubelet_node_name", "[ALPHA] The node's name. The count is always 1.")
        .sample(1, "node", node);
    page.family(
            "kubelet_pod_start_duration_seconds",
            "histogram",
            "[ALPHA] Duration in seconds from kubelet seeing a pod for the first time to the pod starting to run")
        .histogram(KubeletCounts.boundsSeconds(), counts.podStarts(), counts.podStartSeconds());
    page.gauge("kubelet_running_containers", "[ALPHA] Number of containers currently running")
        .sample(containers.size(), "container_state", "running");
    page.gauge("kubelet_running_pods", "[ALPHA] Number of pods that have a running pod sandbox")
        .sample(
            containers.stream().map(one -> one.namespace() + "/" + one.pod()).distinct().count());
    page.counter(
            "kubelet_started_containers_total", "[ALPHA] Cumulative number of containers started")
        .sample(counts.startedContainers(), "container_type", "container");
    page.counter("kubelet_started_pods_total", "[ALPHA] Cumulative number of pods started")
        .sample(counts.startedPods());
    page.gauge(
            "process_start_time_seconds", "Start time of the process since unix epoch in seconds.")
        .sample(counts.runningSince().toEpochMilli() / 1e3);
    return page.text();
  }
}
