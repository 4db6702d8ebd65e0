package io.bridgewatch.adapter.prometheus;

import io.bridgewatch.model.KubernetesObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What Prometheus and its operator know of a target before relabeling, by their names for it. */
final class TargetLabels {
  static final String ADDRESS = "__address__";
  static final String SCHEME = "__scheme__";
  static final String PATH = "__metrics_path__";
  static final String PARAMETER = "__param_";
  private static final Pattern NOT_IN_A_LABEL = Pattern.compile("[^a-zA-Z0-9_]");

  private TargetLabels() {}

  /**
   * Labels that the operator gives to every series of a target.
   *
   * @param service empty if it is chosen as a pod
   * @param job what the operator calls the target's job
   */
  static Map<String, String> given(
      KubernetesObject pod, PodTargets.Port port, String service, String job) {
    var labels = new TreeMap<String, String>();
    labels.put("namespace", pod.namespace());
    labels.put("pod", pod.name());
    labels.put("container", port.container());
    labels.put("service", service);
    labels.put("endpoint", port.name());
    labels.put("job", job);
    labels.put("instance", address(pod, port));
    labels.values().removeIf(String::isEmpty);
    return labels;
  }

  static String address(KubernetesObject pod, PodTargets.Port port) {
    String ip = pod.text("status", "podIP").orElse("");
    return (ip.contains(":") ? "[" + ip + "]" : ip) + ":" + port.number();
  }

  /** What discovery knows of a pod's port. */
  static Map<String, String> found(KubernetesObject pod, PodTargets.Port port, String service) {
    var labels = new HashMap<String, String>();
    labels.put(ADDRESS, address(pod, port));
    labels.put("__meta_kubernetes_namespace", pod.namespace());
    labels.put("__meta_kubernetes_pod_name", pod.name());
    labels.put("__meta_kubernetes_pod_uid", pod.uid());
    labels.put("__meta_kubernetes_pod_ip", pod.text("status", "podIP").orElse(""));
    labels.put("__meta_kubernetes_pod_host_ip", pod.text("status", "hostIP").orElse(""));
    labels.put("__meta_kubernetes_pod_phase", pod.text("status", "phase").orElse(""));
    labels.put("__meta_kubernetes_pod_node_name", pod.text("spec", "nodeName").orElse(""));
    labels.put("__meta_kubernetes_pod_container_name", port.container());
    labels.put("__meta_kubernetes_pod_container_port_name", port.name());
    labels.put("__meta_kubernetes_pod_container_port_number", Integer.toString(port.number()));
    labels.put("__meta_kubernetes_service_name", service);
    controller(pod, labels);
    pod.strings("metadata", "labels")
        .forEach((name, value) -> put(labels, "__meta_kubernetes_pod_label", name, value));
    pod.strings("metadata", "annotations")
        .forEach((name, value) -> put(labels, "__meta_kubernetes_pod_annotation", name, value));
    return labels;
  }

  private static void controller(KubernetesObject pod, Map<String, String> labels) {
    List<KubernetesObject> owners = pod.list("metadata", "ownerReferences");
    owners.stream()
        .filter(owner -> owner.text("controller").orElse("").equals("true"))
        .findFirst()
        .ifPresent(
            owner -> {
              labels.put("__meta_kubernetes_pod_controller_kind", owner.kind());
              labels.put("__meta_kubernetes_pod_controller_name", owner.text("name").orElse(""));
            });
  }

  private static void put(Map<String, String> labels, String prefix, String name, String value) {
    String plain = NOT_IN_A_LABEL.matcher(name).replaceAll("_");
    labels.put(prefix + "_" + plain, value);
    labels.put(prefix + "present_" + plain, "true");
  }
}
