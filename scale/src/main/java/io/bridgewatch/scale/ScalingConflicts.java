package io.bridgewatch.scale;

import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.scale.ScalingConflict.OtherScaler;
import io.bridgewatch.scale.ScalingConflict.ReplicasOwned;
import io.bridgewatch.scale.ScalingConflict.RequestsChanged;
import io.bridgewatch.scale.ScalingConflict.SharedPods;
import io.bridgewatch.scale.ScalingConflict.Source;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds who else scales a workload.
 *
 * <ol>
 *   <li>Whatever names the workload in {@code spec.scaleTargetRef} scales it, whatever its kind; so
 *       does what names an autoscaler of it there.
 *   <li>An autoscaler that another object owns is that object's: the owner is named, once.
 *   <li>An autoscaler whose fields {@value #FIELD_MANAGER} owns is ours and no conflict.
 *   <li>An autoscaler of another workload with the same pods stops both.
 *   <li>Who owns {@code spec.replicas} by {@code managedFields}, other than by the autoscaler's own
 *       writing, will write it again.
 *   <li>A VerticalPodAutoscaler that acts changes the requests that a utilization rests on.
 * </ol>
 */
public final class ScalingConflicts {

  /** The field manager under which we write autoscalers. */
  public static final String FIELD_MANAGER = "bridgewatch-scaling";

  private static final String HPA = "HorizontalPodAutoscaler";

  /** Parts of names of field managers that bring a repository's or a chart's state. */
  private static final List<String> GITOPS =
      List.of(
          "argocd", "argo-cd", "kustomize-controller", "helm", "flux", "fleet", "gitops", "werf");

  private static final List<String> PEOPLE = List.of("kubectl", "mozilla", "k9s", "lens");

  /** Those that write the scale subresource for an autoscaler. */
  private static final Set<String> AUTOSCALERS =
      Set.of("kube-controller-manager", "keda", "keda-operator", "horizontal-pod-autoscaler");

  private ScalingConflicts() {}

  /**
   * @param workload what is to be scaled, with its {@code managedFields}
   * @param others objects of its namespace that may scale: autoscalers and custom resources; what
   *     does not is passed over
   * @param workloads of its namespace, to know whose pods an autoscaler takes
   * @param ours name of the autoscaler that a policy of ours makes; empty if it makes none
   * @return ordered: what blocks first, then by the owner's name
   */
  public static List<ScalingConflict> of(
      KubernetesObject workload,
      Collection<KubernetesObject> others,
      Collection<KubernetesObject> workloads,
      Optional<String> ours) {
    ScaleTarget target = ScaleTarget.of(workload);
    List<KubernetesObject> near =
        others.stream().filter(one -> one.namespace().equals(target.namespace())).toList();
    var found = new ArrayList<ScalingConflict>();
    found.addAll(otherScalers(target, near, ours));
    found.addAll(sharedPods(workload, near, workloads));
    found.addAll(requestsChanged(target, near));
    found.addAll(replicasOwned(workload));
    found.sort(
        Comparator.comparing((ScalingConflict one) -> !one.blocking())
            .thenComparing(ScalingConflict::owner));
    return List.copyOf(found);
  }

  // Other scalers

  private static List<ScalingConflict> otherScalers(
      ScaleTarget target, List<KubernetesObject> near, Optional<String> ours) {
    List<KubernetesObject> hpas = near.stream().filter(ScalingConflicts::isHpa).toList();
    var direct = new LinkedHashMap<String, OtherScaler>();
    var names = new HashSet<String>();
    for (KubernetesObject hpa : hpas) {
      if (scales(hpa, target)) {
        names.add(hpa.name());
        if (!isOurs(hpa, ours)) {
          OtherScaler scaler = named(hpa);
          direct.put(scaler.owner(), scaler);
        }
      }
    }
    for (KubernetesObject other : near) {
      if (isHpa(other)) {
        continue;
      }
      if (scales(other, target)) {
        OtherScaler scaler = scaler(other, Optional.empty());
        direct.putIfAbsent(scaler.owner(), scaler);
      } else {
        reference(other)
            .filter(ref -> ref.text("kind").filter(HPA::equals).isPresent())
            .flatMap(ref -> ref.text("name"))
            .filter(names::contains)
            .ifPresent(
                hpa -> {
                  OtherScaler scaler = scaler(other, Optional.of(hpa));
                  direct.putIfAbsent(scaler.owner(), scaler);
                });
      }
    }
    return List.copyOf(direct.values());
  }

  /** An autoscaler by its own name, or by that of the object that made it. */
  private static OtherScaler named(KubernetesObject hpa) {
    return hpa.list("metadata", "ownerReferences").stream()
        .filter(owner -> owner.text("controller").filter("true"::equals).isPresent())
        .findFirst()
        .map(
            owner ->
                new OtherScaler(
                    owner.apiVersion(),
                    owner.kind(),
                    owner.text("name").orElse(""),
                    Optional.of(hpa.name())))
        .orElseGet(() -> scaler(hpa, Optional.empty()));
  }

  private static OtherScaler scaler(KubernetesObject object, Optional<String> through) {
    return new OtherScaler(object.apiVersion(), object.kind(), object.name(), through);
  }

  private static boolean isHpa(KubernetesObject object) {
    return object.kind().equals(HPA)
        && ScaleTarget.group(object.apiVersion()).equals("autoscaling");
  }

  /** Ours by its name and by who wrote it; one of that name that others made is not. */
  private static boolean isOurs(KubernetesObject hpa, Optional<String> ours) {
    return ours.filter(hpa.name()::equals).isPresent()
        && (managers(hpa).isEmpty() || managers(hpa).contains(FIELD_MANAGER));
  }

  private static Set<String> managers(KubernetesObject object) {
    var managers = new HashSet<String>();
    object.list("metadata", "managedFields").stream()
        .filter(entry -> entry.text("subresource").filter(part -> !part.isEmpty()).isEmpty())
        .flatMap(entry -> entry.text("manager").stream())
        .forEach(managers::add);
    return managers;
  }

  private static Optional<KubernetesObject> reference(KubernetesObject object) {
    return object.object("spec", "scaleTargetRef");
  }

  private static boolean scales(KubernetesObject object, ScaleTarget target) {
    return reference(object).filter(ref -> names(ref, target)).isPresent();
  }

  /** Kind and version may be left out where they are a Deployment's. */
  private static boolean names(KubernetesObject reference, ScaleTarget target) {
    String apiVersion = reference.text("apiVersion").orElse("");
    return reference.text("name").filter(target.name()::equals).isPresent()
        && reference.text("kind").orElse("Deployment").equals(target.kind())
        && (apiVersion.isEmpty() || ScaleTarget.group(apiVersion).equals(target.group()));
  }

  // The same pods

  private static List<ScalingConflict> sharedPods(
      KubernetesObject workload,
      List<KubernetesObject> near,
      Collection<KubernetesObject> workloads) {
    ScaleTarget target = ScaleTarget.of(workload);
    Map<String, String> labels = PodTemplate.of(workload).labels();
    var found = new ArrayList<ScalingConflict>();
    for (KubernetesObject other : workloads) {
      boolean elsewhere = !other.namespace().equals(target.namespace());
      if (elsewhere || other.apiVersion().isEmpty() || other.kind().isEmpty()) {
        continue;
      }
      ScaleTarget its = ScaleTarget.of(other);
      if (its.equals(target) || !takes(other, labels)) {
        continue;
      }
      near.stream()
          .filter(ScalingConflicts::isHpa)
          .filter(hpa -> scales(hpa, its))
          .forEach(hpa -> found.add(new SharedPods(hpa.name(), its)));
    }
    return found;
  }

  private static boolean takes(KubernetesObject workload, Map<String, String> labels) {
    return workload
        .object("spec", "selector")
        .filter(selector -> !selector.tree().isEmpty())
        .filter(selector -> LabelRequirements.matches(selector, labels))
        .isPresent();
  }

  // Requests

  private static List<ScalingConflict> requestsChanged(
      ScaleTarget target, List<KubernetesObject> near) {
    return near.stream()
        .filter(one -> one.kind().equals("VerticalPodAutoscaler"))
        .filter(
            one -> one.object("spec", "targetRef").filter(ref -> names(ref, target)).isPresent())
        .<ScalingConflict>map(
            one ->
                new RequestsChanged(
                    one.kind(),
                    one.name(),
                    one.text("spec", "updatePolicy", "updateMode").orElse("Auto")))
        .filter(one -> one instanceof RequestsChanged changed && !changed.mode().equals("Off"))
        .toList();
  }

  // Replicas

  private static List<ScalingConflict> replicasOwned(KubernetesObject workload) {
    var found = new LinkedHashMap<String, ScalingConflict>();
    for (KubernetesObject entry : workload.list("metadata", "managedFields")) {
      if (entry.object("fieldsV1", "f:spec", "f:replicas").isEmpty()) {
        continue;
      }
      String manager = entry.text("manager").orElse("");
      boolean scale = entry.text("subresource").filter("scale"::equals).isPresent();
      if (manager.equals(FIELD_MANAGER) || (scale && AUTOSCALERS.contains(manager))) {
        continue;
      }
      boolean apply = entry.text("operation").filter("Apply"::equals).isPresent();
      var owned = new ReplicasOwned(manager, source(manager, scale), apply);
      found.merge(
          manager, owned, (one, other) -> one.blocking() || !other.blocking() ? one : other);
    }
    return List.copyOf(found.values());
  }

  private static Source source(String manager, boolean scale) {
    String name = manager.toLowerCase(Locale.ROOT);
    if (contains(GITOPS.stream(), name)) {
      return Source.GITOPS;
    }
    if (contains(PEOPLE.stream(), name)) {
      return Source.PERSON;
    }
    return scale ? Source.SCALER : Source.OTHER;
  }

  private static boolean contains(Stream<String> parts, String name) {
    return parts.anyMatch(name::contains);
  }
}
