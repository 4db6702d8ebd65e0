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

  /** What the nodes of a cluster have left, read once and asked for many workloads. */
  public static final class Free {
    private final List<FreeNode> nodes;

    private Free(List<FreeNode> nodes) {
      this.nodes = List.copyOf(nodes);
    }

    /**
     * @param nodes of the cluster
     * @param pods of the cluster
     */
    public static Free of(Collection<KubernetesObject> nodes, Collection<KubernetesObject> pods) {
      Map<String, List<PodTemplate>> byNode = new HashMap<>();
      for (KubernetesObject pod : pods) {
        String phase = pod.text("status", "phase").orElse("");
        if (!phase.equals("Succeeded") && !phase.equals("Failed")) {
          pod.text("spec", "nodeName")
              .ifPresent(
                  node ->
                      byNode
                          .computeIfAbsent(node, n -> new ArrayList<>())
                          .add(PodTemplate.ofPod(pod)));
        }
      }
      return new Free(
          nodes.stream()
              .map(node -> FreeNode.of(node, byNode.getOrDefault(node.name(), List.of())))
              .toList());
    }
  }

  /**
   * One node.
   *
   * @param pods further ones that it takes
   * @param left of each resource that it says it has, in thousandths
   */
  private record FreeNode(KubernetesObject node, long pods, Map<String, Long> left) {

    static FreeNode of(KubernetesObject node, List<PodTemplate> pods) {
      Map<String, Long> left = new HashMap<>();
      for (String resource : RESOURCES) {
        node.text("status", "allocatable", resource)
            .ifPresent(
                text -> {
                  long free = Quantity.milli(text, "allocatable." + resource);
                  for (PodTemplate pod : pods) {
                    free -= pod.reserved("requests", resource);
                  }
                  left.put(resource, free);
                });
      }
      long places =
          node.text("status", "allocatable", "pods")
              .map(text -> Quantity.milli(text, "allocatable.pods") / 1000 - pods.size())
              .orElse((long) MOST);
      return new FreeNode(node, places, left);
    }

    long fitting(Map<String, Long> wanted) {
      long fitting = pods;
      for (var one : wanted.entrySet()) {
        Long free = left.get(one.getKey());
        if (one.getValue() > 0 && free != null) {
          fitting = Math.min(fitting, free / one.getValue());
        }
      }
      return Math.max(0, fitting);
    }
  }

  /**
   * @param workload with its pod template
   * @param free what the nodes have left, beside what its own pods take
   * @param quotas of the cluster; those of other namespaces and with scopes are passed over
   */
  public static ClusterRoom of(
      KubernetesObject workload, Free free, Collection<KubernetesObject> quotas) {
    PodTemplate template = PodTemplate.of(workload);
    Map<String, Long> wanted = new HashMap<>();
    RESOURCES.forEach(resource -> wanted.put(resource, template.reserved("requests", resource)));
    long more = 0;
    int taking = 0;
    for (FreeNode one : free.nodes) {
      if (takes(one.node(), template)) {
        taking++;
        more += one.fitting(wanted);
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
