package io.bridgewatch.adapter.prometheus;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.KubernetesObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Series that describe the machine that a pod runs on, rather than the pod: they are the node's, so
 * that they are found there, and go on when another pod takes over.
 *
 * <p>Two things must hold. The pod is there for its node: it is one of a DaemonSet, or has the
 * host's network, processes or system directories. And the metric is of a family that exporters use
 * for machines; such an exporter's metrics of itself stay its own.
 */
final class MachineFamilies {

  private static final List<String> MACHINE =
      List.of("node_", "smartctl_", "smartmon_", "ipmi_", "nvme_", "mdadm_", "DCGM_", "system_");

  private static final List<String> EXPORTER =
      List.of("node_exporter_", "node_scrape_", "node_textfile_", "ipmi_up", "smartctl_version");

  private static final Set<String> SYSTEM_PATHS = Set.of("/", "/proc", "/sys", "/dev", "/run");

  private MachineFamilies() {}

  /** Whether metrics of that name describe a machine. */
  static boolean isOne(String metric) {
    return MACHINE.stream().anyMatch(metric::startsWith)
        && EXPORTER.stream().noneMatch(metric::startsWith);
  }

  /** The node that a pod may describe; empty if it is not there for its node. */
  static Optional<Attributes> described(Attributes cluster, KubernetesObject pod) {
    return pod.text("spec", "nodeName")
        .filter(node -> !node.isEmpty() && isForItsNode(pod))
        .map(node -> cluster.with(AttributeNames.NODE, node));
  }

  private static boolean isForItsNode(KubernetesObject pod) {
    return is(pod, "hostNetwork")
        || is(pod, "hostPID")
        || pod.list("metadata", "ownerReferences").stream()
            .anyMatch(owner -> owner.kind().equals("DaemonSet"))
        || pod.list("spec", "volumes").stream()
            .anyMatch(
                volume ->
                    volume.text("hostPath", "path").filter(SYSTEM_PATHS::contains).isPresent());
  }

  private static boolean is(KubernetesObject pod, String field) {
    return pod.text("spec", field).orElse("").equals("true");
  }
}
