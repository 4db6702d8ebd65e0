package io.bridgewatch.hub;

import io.bridgewatch.adapter.prometheus.ScrapeTarget;
import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.topology.ContainerFacts;
import io.bridgewatch.topology.ContainerProfile;
import io.bridgewatch.topology.KeySignal;
import io.bridgewatch.topology.Profiles;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Leaves out, in large clusters and only where that was asked for, series that tell little of what
 * a container is. What a container is follows from its pod's object alone here, so that it does not
 * depend on what is scraped.
 */
final class NoiseRules {

  private NoiseRules() {}

  /**
   * The targets, those of known kinds with rules that leave noise out.
   *
   * @param abovePods in clusters with more running pods; empty for never
   * @param annotation of a pod or its workload, see {@link Profiles#ANNOTATION}
   */
  static List<ScrapeTarget> apply(
      List<ScrapeTarget> targets,
      List<KubernetesObject> objects,
      OptionalInt abovePods,
      Function<KubernetesObject, Optional<String>> annotation) {
    if (abovePods.isEmpty()) {
      return targets;
    }
    var pods = new HashMap<String, KubernetesObject>();
    for (KubernetesObject object : objects) {
      if (object.kind().equals("Pod")
          && object.text("status", "phase").orElse("").equals("Running")) {
        pods.put(object.namespace() + "/" + object.name(), object);
      }
    }
    return pods.size() <= abovePods.getAsInt()
        ? targets
        : targets.stream().map(target -> quieter(target, pods, annotation)).toList();
  }

  private static ScrapeTarget quieter(
      ScrapeTarget target,
      Map<String, KubernetesObject> pods,
      Function<KubernetesObject, Optional<String>> annotation) {
    var resource = target.options().resource();
    var container = resource.get(AttributeNames.CONTAINER);
    var pod =
        pods.get(
            resource.getOr(AttributeNames.NAMESPACE, "")
                + "/"
                + resource.getOr(AttributeNames.POD, ""));
    if (pod == null || container.isEmpty()) {
      return target;
    }
    return ContainerFacts.of(pod).stream()
        .filter(facts -> facts.name().equals(container.get()))
        .findFirst()
        .map(facts -> quieter(target, Profiles.of(facts, annotation.apply(pod))))
        .orElse(target);
  }

  private static ScrapeTarget quieter(ScrapeTarget target, ContainerProfile profile) {
    if (profile.noise().isEmpty()) {
      return target;
    }
    var kept = profile.signals().stream().map(KeySignal::metric).collect(Collectors.toSet());
    return target.withRules(target.options().rules().without(profile.noise(), kept));
  }
}
