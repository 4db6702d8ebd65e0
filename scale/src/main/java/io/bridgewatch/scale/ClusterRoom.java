package io.bridgewatch.scale;

import io.bridgewatch.model.KubernetesObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How many replicas of a workload a cluster has room for: on its nodes, and by its namespace's
 * quotas.
 *
 * <p>Nodes count that take the pods by their selector, their required node affinity and their
 * tolerations; on each, what is allocatable less what its pods reserve. Spreading rules, ports and
 * volumes are not looked at, so the number is the most there could be.
 *
 * @param replicas that exist now
 * @param moreByNodes further ones that fit on nodes
 * @param nodes that take such pods
 * @param quota the quota that allows the fewest further ones; absent where none limits them
 */
public record ClusterRoom(int replicas, int moreByNodes, int nodes, Optional<Quota> quota) {

  /** More than this is not counted: no cluster runs as many pods. */
  private static final int MOST = 1_000_000;

  private static final List<String> RESOURCES = List.of("cpu", "memory", "ephemeral-storage");

  /**
   * @param name of the ResourceQuota
   * @param resource as it spells it, such as {@code requests.cpu}
   * @param more further replicas that it allows
   */
  public record Quota(String name, String resource, int more) {}

  /** The most replicas there is room for. */
  public int largest() {
    return replicas + Math.min(moreByNodes, quota.map(Quota::more).orElse(MOST));
  }

  /**
   * @param workload with its pod template
   * @param nodes of the cluster
   * @param pods of the cluster, this workload's among them
   * @param quotas of the cluster; those of other namespaces and with scopes are passed over
   */
  public static ClusterRoom of(
      KubernetesObject workload,
      Collection<KubernetesObject> nodes,
      Collection<KubernetesObject> pods,
      Collection<KubernetesObject> quotas) {
    PodTemplate template = PodTemplate.of(workload);
    Map<String, Long> wanted = new HashMap<>();
    RESOURCES.forEach(resource -> wanted.put(resource, template.reserved("requests", resource)));
    Map<String, List<KubernetesObject>> byNode = new HashMap<>();
    for (KubernetesObject pod : pods) {
      String phase = pod.text("status", "phase").orElse("");
      if (!phase.equals("Succeeded") && !phase.equals("Failed")) {
        pod.text("spec", "nodeName")
            .ifPresent(node -> byNode.computeIfAbsent(node, n -> new ArrayList<>()).add(pod));
      }
    }
    long more = 0;
    int taking = 0;
    for (KubernetesObject node : nodes) {
      if (takes(node, template)) {
        taking++;
        more += fitting(node, byNode.getOrDefault(node.name(), List.of()), wanted);
      }
    }
    return new ClusterRoom(
        workload.number("spec", "replicas").orElse(1.0).intValue(),
        (int) Math.min(MOST, more),
        taking,
        tightest(workload.namespace(), template, quotas));
  }

  // Nodes

  private static boolean takes(KubernetesObject node, PodTemplate template) {
    Map<String, String> labels = node.strings("metadata", "labels");
    boolean selected =
        template.spec().strings("nodeSelector").entrySet().stream()
            .allMatch(wanted -> wanted.getValue().equals(labels.get(wanted.getKey())));
    List<KubernetesObject> terms =
        template
            .spec()
            .list(
                "affinity",
                "nodeAffinity",
                "requiredDuringSchedulingIgnoredDuringExecution",
                "nodeSelectorTerms");
    return node.text("spec", "unschedulable").filter("true"::equals).isEmpty()
        && selected
        && (terms.isEmpty()
            || terms.stream().anyMatch(term -> LabelRequirements.expressionsMatch(term, labels)))
        && node.list("spec", "taints").stream().allMatch(taint -> tolerated(taint, template));
  }

  private static boolean tolerated(KubernetesObject taint, PodTemplate template) {
    String effect = taint.text("effect").orElse("");
    if (effect.equals("PreferNoSchedule")) {
      return true;
    }
    String key = taint.text("key").orElse("");
    return template.spec().list("tolerations").stream()
        .anyMatch(
            one -> {
              boolean ofEffect = one.text("effect").orElse(effect).equals(effect);
              boolean exists = one.text("operator").orElse("Equal").equals("Exists");
              boolean ofKey = one.text("key").orElse(exists ? key : "").equals(key);
              return ofEffect
                  && ofKey
                  && (exists
                      || one.text("value").orElse("").equals(taint.text("value").orElse("")));
            });
  }

  private static long fitting(
      KubernetesObject node, List<KubernetesObject> pods, Map<String, Long> wanted) {
    long fitting =
        node.text("status", "allocatable", "pods")
            .map(text -> Quantity.milli(text, "allocatable.pods") / 1000 - pods.size())
            .orElse((long) MOST);
    for (var one : wanted.entrySet()) {
      Optional<String> allocatable = node.text("status", "allocatable", one.getKey());
      if (one.getValue() == 0 || allocatable.isEmpty()) {
        continue;
      }
      long free = Quantity.milli(allocatable.get(), "allocatable." + one.getKey());
      for (KubernetesObject pod : pods) {
        free -= PodTemplate.ofPod(pod).reserved("requests", one.getKey());
      }
      fitting = Math.min(fitting, free / one.getValue());
    }
    return Math.max(0, fitting);
  }

  // Quotas

  private static Optional<Quota> tightest(
      String namespace, PodTemplate template, Collection<KubernetesObject> quotas) {
    Optional<Quota> tightest = Optional.empty();
    for (KubernetesObject quota : quotas) {
      boolean scoped =
          quota.object("spec", "scopeSelector").isPresent()
              || quota
                  .object("spec")
                  .filter(spec -> !LabelRequirements.texts(spec, "scopes").isEmpty())
                  .isPresent();
      if (!quota.namespace().equals(namespace) || scoped) {
        continue;
      }
      for (var hard : quota.strings("status", "hard").entrySet()) {
        long each = each(hard.getKey(), template);
        if (each == 0) {
          continue;
        }
        String field = "ResourceQuota " + quota.name() + " " + hard.getKey();
        long used = Quantity.milli(quota.text("status", "used", hard.getKey()).orElse("0"), field);
        long left = Quantity.milli(hard.getValue(), field) - used;
        int more = (int) Math.clamp(left / each, 0, MOST);
        if (tightest.isEmpty() || more < tightest.get().more()) {
          tightest = Optional.of(new Quota(quota.name(), hard.getKey(), more));
        }
      }
    }
    return tightest;
  }

  /** What one replica takes of a quota's resource, in thousandths; zero if nothing. */
  private static long each(String resource, PodTemplate template) {
    return switch (resource) {
      case "pods", "count/pods" -> 1000;
      case "cpu", "memory", "ephemeral-storage" -> template.reserved("requests", resource);
      default -> {
        int dot = resource.indexOf('.');
        String field = dot < 0 ? "" : resource.substring(0, dot);
        yield field.equals("requests") || field.equals("limits")
            ? template.reserved(field, resource.substring(dot + 1))
            : 0;
      }
    };
  }
}
