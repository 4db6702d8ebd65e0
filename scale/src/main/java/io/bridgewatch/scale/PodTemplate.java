package io.bridgewatch.scale;

import io.bridgewatch.model.KubernetesObject;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** What a workload says of its pods. */
record PodTemplate(Map<String, String> labels, KubernetesObject spec) {

  private static final KubernetesObject NOTHING = KubernetesObject.of(Map.of());

  /** Of a workload with {@code spec.template}. */
  static PodTemplate of(KubernetesObject workload) {
    return new PodTemplate(
        workload.strings("spec", "template", "metadata", "labels"),
        workload.object("spec", "template", "spec").orElse(NOTHING));
  }

  /** Of a pod itself. */
  static PodTemplate ofPod(KubernetesObject pod) {
    return new PodTemplate(pod.strings("metadata", "labels"), pod.object("spec").orElse(NOTHING));
  }

  List<KubernetesObject> containers() {
    return spec.list("containers");
  }

  /** Containers that others speak to: those with ports, else all of them. */
  List<KubernetesObject> serving() {
    List<KubernetesObject> withPorts =
        containers().stream().filter(one -> !one.list("ports").isEmpty()).toList();
    return withPorts.isEmpty() ? containers() : withPorts;
  }

  /**
   * What the scheduler reserves for a pod: all containers with their sidecars, or the largest init
   * container where that is more.
   *
   * @param field {@code requests} or {@code limits}
   * @return in thousandths of the resource's unit; zero where none is set
   */
  long reserved(String field, String resource) {
    long running = 0;
    long largest = 0;
    for (KubernetesObject init : spec.list("initContainers")) {
      long amount = amount(init, field, resource).orElse(0);
      if (init.text("restartPolicy").filter("Always"::equals).isPresent()) {
        running += amount;
      } else {
        largest = Math.max(largest, running + amount);
      }
    }
    for (KubernetesObject container : containers()) {
      running += amount(container, field, resource).orElse(0);
    }
    return Math.max(running, largest);
  }

  /** In thousandths; a limit stands for a request that is not given, as the API server fills in. */
  static OptionalLong request(KubernetesObject container, String resource) {
    OptionalLong request = amount(container, "requests", resource);
    return request.isPresent() ? request : amount(container, "limits", resource);
  }

  private static OptionalLong amount(KubernetesObject container, String field, String resource) {
    return container
        .text("resources", field, resource)
        .map(text -> OptionalLong.of(Quantity.milli(text, "resources." + field + "." + resource)))
        .orElse(OptionalLong.empty());
  }

  static String name(KubernetesObject container) {
    return container.text("name").orElse("");
  }
}
