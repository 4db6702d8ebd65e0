package io.bridgewatch.adapter.prometheus;

import io.bridgewatch.model.KubernetesObject;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The relabelings of a monitor that choose among its targets: {@code keep} and {@code drop}. Others
 * name labels, which here the resource's attributes do.
 */
final class Relabeling {
  private static final Pattern NOT_IN_A_LABEL = Pattern.compile("[^a-zA-Z0-9_]");

  private Relabeling() {}

  /**
   * Whether the target is to be scraped.
   *
   * @return empty if the rule does not choose
   */
  static Optional<Predicate<Map<String, String>>> choice(KubernetesObject rule) {
    String action = rule.text("action").orElse("replace").toLowerCase(Locale.ROOT);
    if (!action.equals("keep") && !action.equals("drop")) {
      return Optional.empty();
    }
    Pattern pattern;
    try {
      pattern = Pattern.compile(rule.text("regex").orElse("(.*)"), Pattern.DOTALL);
    } catch (PatternSyntaxException e) {
      return Optional.empty();
    }
    List<String> sources = LabelSelectors.strings(rule, "sourceLabels");
    String separator = rule.text("separator").orElse(";");
    boolean keep = action.equals("keep");
    return Optional.of(
        labels -> {
          var value =
              String.join(
                  separator, sources.stream().map(it -> labels.getOrDefault(it, "")).toList());
          return pattern.matcher(value).matches() == keep;
        });
  }

  /** What Prometheus knows of a pod's port before relabeling, by its names for it. */
  static Map<String, String> labels(KubernetesObject pod, PodTargets.Port port, String service) {
    var labels = new HashMap<String, String>();
    labels.put("__meta_kubernetes_namespace", pod.namespace());
    labels.put("__meta_kubernetes_pod_name", pod.name());
    labels.put("__meta_kubernetes_pod_uid", pod.uid());
    labels.put("__meta_kubernetes_pod_ip", pod.text("status", "podIP").orElse(""));
    labels.put("__meta_kubernetes_pod_phase", pod.text("status", "phase").orElse(""));
    labels.put("__meta_kubernetes_pod_node_name", pod.text("spec", "nodeName").orElse(""));
    labels.put("__meta_kubernetes_pod_container_name", port.container());
    labels.put("__meta_kubernetes_pod_container_port_name", port.name());
    labels.put("__meta_kubernetes_pod_container_port_number", Integer.toString(port.number()));
    labels.put("__meta_kubernetes_service_name", service);
    pod.strings("metadata", "labels")
        .forEach((name, value) -> put(labels, "__meta_kubernetes_pod_label", name, value));
    pod.strings("metadata", "annotations")
        .forEach((name, value) -> put(labels, "__meta_kubernetes_pod_annotation", name, value));
    return labels;
  }

  private static void put(Map<String, String> labels, String prefix, String name, String value) {
    String plain = NOT_IN_A_LABEL.matcher(name).replaceAll("_");
    labels.put(prefix + "_" + plain, value);
    labels.put(prefix + "present_" + plain, "true");
  }
}
