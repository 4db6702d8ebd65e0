package io.bridgewatch.hub;

import io.bridgewatch.model.AttributeMatch;
import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.EntityType;
import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.model.Topology;
import io.bridgewatch.ports.MetricSelector;
import io.bridgewatch.ports.MetricStore;
import io.bridgewatch.ports.ObjectStore;
import io.bridgewatch.topology.ContainerFacts;
import io.bridgewatch.topology.ContainerProfile;
import io.bridgewatch.topology.Profiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Tells what the containers of an entity are, by what is known of them now: of a pod its own, of a
 * workload or a service those of its first pod, of anything else none.
 */
@Component
final class EntityProfiles {

  private final ObjectStore objects;
  private final MetricStore metrics;

  EntityProfiles(ClusterParts parts, MetricStore metrics) {
    this.objects = parts.objects();
    this.metrics = metrics;
  }

  /**
   * A container, what it is, and which metrics there are of it.
   *
   * @param metrics their names, in order
   */
  record Found(String pod, ContainerProfile profile, List<String> metrics) {}

  List<Found> find(String cluster, EntityRef ref, Topology topology) {
    var container =
        ref.type() == EntityType.CONTAINER
            ? ref.identity().get(AttributeNames.CONTAINER)
            : Optional.<String>empty();
    return pods(ref, topology)
        .flatMap(pod -> objects.find(cluster, "pods", pod.namespace(), pod.name()).stream())
        .findFirst()
        .map(pod -> containers(cluster, pod, topology, container))
        .orElse(List.of());
  }

  private record PodName(String namespace, String name) {
    static PodName of(EntityRef ref) {
      return new PodName(
          ref.identity().getOr(AttributeNames.NAMESPACE, ""),
          ref.identity().getOr(AttributeNames.POD, ""));
    }
  }

  private static Stream<PodName> pods(EntityRef ref, Topology topology) {
    return switch (ref.type()) {
      case POD, CONTAINER -> Stream.of(PodName.of(ref));
      case DEPLOYMENT, STATEFULSET, DAEMONSET, REPLICASET, JOB, CRONJOB, KUBERNETES_SERVICE, HPA ->
          SignalSubject.below(topology, ref, EntityType.POD).stream().sorted().map(PodName::of);
      case TRANSACTION,
          SERVICE,
          CONFIGMAP,
          RESOURCE_QUOTA,
          PERSISTENT_VOLUME_CLAIM,
          PERSISTENT_VOLUME,
          OBJECT,
          K8S_NAMESPACE,
          ZONE,
          NODE,
          DEVICE,
          CLUSTER ->
          Stream.empty();
    };
  }

  private List<Found> containers(
      String cluster, KubernetesObject pod, Topology topology, Optional<String> only) {
    var annotation = annotation(objects, cluster, pod, topology);
    var facts = ContainerFacts.of(pod);
    var found = new ArrayList<Found>();
    for (ContainerFacts one : facts) {
      if (only.isEmpty() || only.get().equals(one.name())) {
        var names = metrics(pod, one.name(), facts.size() == 1);
        found.add(new Found(pod.name(), Profiles.of(one.withMetrics(names), annotation), names));
      }
    }
    return found;
  }

  /** What names no container belongs to the only one. */
  private List<String> metrics(KubernetesObject pod, String container, boolean alone) {
    var matches =
        List.of(
            AttributeMatch.equal(AttributeNames.NAMESPACE, pod.namespace()),
            AttributeMatch.equal(AttributeNames.POD, pod.name()),
            alone
                ? new AttributeMatch.OneOf(AttributeNames.CONTAINER, Set.of(container, ""))
                : AttributeMatch.equal(AttributeNames.CONTAINER, container));
    return metrics.metrics(new MetricSelector(Optional.empty(), matches)).stream()
        .map(MetricStore.Metric::name)
        .distinct()
        .toList();
  }

  /** The pod's annotation that decides, or that of the nearest of its owners. */
  static Optional<String> annotation(
      ObjectStore objects, String cluster, KubernetesObject pod, Topology topology) {
    return annotation(pod)
        .or(
            () ->
                Stream.of(podRef(cluster, pod))
                    .flatMap(ref -> Neighbourhood.owners(topology, ref).stream())
                    .flatMap(owner -> object(objects, cluster, owner).stream())
                    .flatMap(owner -> annotation(owner).stream())
                    .findFirst());
  }

  private static EntityRef podRef(String cluster, KubernetesObject pod) {
    return EntityId.ref(cluster, EntityType.POD, pod.name(), pod.namespace(), null, null);
  }

  static Optional<String> annotation(KubernetesObject object) {
    return Optional.ofNullable(object.strings("metadata", "annotations").get(Profiles.ANNOTATION));
  }

  private static Optional<KubernetesObject> object(
      ObjectStore objects, String cluster, EntityRef ref) {
    var namespace = ref.identity().getOr(AttributeNames.NAMESPACE, "");
    return resource(ref.type())
        .flatMap(resource -> objects.find(cluster, resource, namespace, ref.name()));
  }

  /** Of what owns pods. */
  private static Optional<String> resource(EntityType type) {
    return switch (type) {
      case DEPLOYMENT -> Optional.of("deployments.apps");
      case STATEFULSET -> Optional.of("statefulsets.apps");
      case DAEMONSET -> Optional.of("daemonsets.apps");
      case REPLICASET -> Optional.of("replicasets.apps");
      case JOB -> Optional.of("jobs.batch");
      case CRONJOB -> Optional.of("cronjobs.batch");
      case POD,
          CONTAINER,
          KUBERNETES_SERVICE,
          HPA,
          TRANSACTION,
          SERVICE,
          CONFIGMAP,
          RESOURCE_QUOTA,
          PERSISTENT_VOLUME_CLAIM,
          PERSISTENT_VOLUME,
          OBJECT,
          K8S_NAMESPACE,
          ZONE,
          NODE,
          DEVICE,
          CLUSTER ->
          Optional.empty();
    };
  }
}
