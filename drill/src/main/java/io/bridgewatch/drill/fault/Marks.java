package io.bridgewatch.drill.fault;

import io.bridgewatch.drill.bank.Replica;
import io.bridgewatch.drill.fault.Fault.Mark;
import io.bridgewatch.drill.plan.ServicePlan;
import io.bridgewatch.drill.world.BankWorld;
import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.CauseKind;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.EntityType;
import io.bridgewatch.model.Layer;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Says what a trouble truly is, in the references that the watch uses. */
final class Marks {

  private final BankWorld world;

  Marks(BankWorld world) {
    this.world = world;
  }

  /** A whole workload has it: its release, its settings, what it is given. */
  Optional<Mark> workload(ServicePlan service, Layer layer, CauseKind... kinds) {
    EntityRef workload = workload(service);
    Set<EntityRef> names = new HashSet<>();
    names.add(workload);
    names.add(EntityRef.service(service.name()));
    for (Replica replica : world.bank().replicas(service.name())) {
      names.add(pod(replica.start().namespace(), replica.start().pod()));
      names.add(
          container(
              replica.start().namespace(), replica.start().pod(), replica.start().container()));
    }
    for (var pod : world.cluster().server().objects().list("v1", "Pod")) {
      if (pod.at("/metadata/namespace").asString("").equals(service.namespace())
          && pod.at("/metadata/labels/app").asString("").equals(service.name())) {
        names.add(pod(service.namespace(), pod.at("/metadata/name").asString("")));
        names.add(
            container(service.namespace(), pod.at("/metadata/name").asString(""), service.name()));
        for (var owner : pod.at("/metadata/ownerReferences")) {
          if (owner.path("kind").asString("").equals("ReplicaSet")) {
            names.add(
                named(
                    EntityType.REPLICASET,
                    AttributeNames.REPLICASET,
                    owner.path("name").asString(""),
                    service.namespace()));
          }
        }
      }
    }
    return Optional.of(new Mark(workload, layer, Set.of(kinds), names, Set.of()));
  }

  /** One pod has it, and its siblings have not. */
  Optional<Mark> pod(Replica replica, Layer layer, CauseKind... kinds) {
    EntityRef pod = pod(replica.start().namespace(), replica.start().pod());
    EntityRef container =
        container(replica.start().namespace(), replica.start().pod(), replica.start().container());
    return Optional.of(new Mark(pod, layer, Set.of(kinds), Set.of(pod, container), Set.of()));
  }

  Optional<Mark> device(String node, String device, CauseKind... kinds) {
    EntityRef ref =
        EntityRef.from(
                EntityType.DEVICE,
                attributes(Map.of(AttributeNames.DEVICE, device, AttributeNames.NODE, node)))
            .orElseThrow();
    return Optional.of(
        new Mark(ref, Layer.HARDWARE, Set.of(kinds), Set.of(ref), Set.of(node(node))));
  }

  Optional<Mark> node(String node, Layer layer, CauseKind... kinds) {
    return Optional.of(new Mark(node(node), layer, Set.of(kinds), Set.of(node(node)), Set.of()));
  }

  Optional<Mark> zones(String one, String other, CauseKind... kinds) {
    EntityRef first = zone(one);
    return Optional.of(
        new Mark(first, Layer.NETWORK, Set.of(kinds), Set.of(first, zone(other)), Set.of()));
  }

  /** A Kubernetes object that belongs to one workload. */
  Optional<Mark> object(
      EntityType type, String nameAttribute, String name, ServicePlan owner, CauseKind... kinds) {
    EntityRef ref = named(type, nameAttribute, name, owner.namespace());
    return Optional.of(
        new Mark(
            ref,
            type.layer(),
            Set.of(kinds),
            Set.of(ref),
            Set.of(workload(owner), EntityRef.service(owner.name()))));
  }

  /** An object of a kind that the watch has no type for, and the workload that it stops. */
  Optional<Mark> thing(
      String kind, String name, String namespace, ServicePlan stopped, CauseKind... kinds) {
    var identity = new TreeMap<String, String>();
    identity.put(AttributeNames.OBJECT, name);
    identity.put(AttributeNames.OBJECT_KIND, kind);
    if (!namespace.isEmpty()) {
      identity.put(AttributeNames.NAMESPACE, namespace);
    }
    EntityRef ref = EntityRef.from(EntityType.OBJECT, attributes(identity)).orElseThrow();
    var stoppedNames = workload(stopped, Layer.WORKLOAD, kinds).map(Mark::names).orElse(Set.of());
    return Optional.of(new Mark(ref, Layer.WORKLOAD, Set.of(kinds), Set.of(ref), stoppedNames));
  }

  /** A Kubernetes object of a namespace, which no workload has for itself. */
  Optional<Mark> namespaced(
      EntityType type, String nameAttribute, String name, String namespace, CauseKind... kinds) {
    EntityRef ref = named(type, nameAttribute, name, namespace);
    return Optional.of(
        new Mark(
            ref,
            type.layer(),
            Set.of(kinds),
            Set.of(ref),
            Set.of(named(EntityType.K8S_NAMESPACE, AttributeNames.NAMESPACE, namespace, ""))));
  }

  Optional<Mark> traffic(String transaction, String service, CauseKind... kinds) {
    EntityRef ref =
        EntityRef.from(
                EntityType.TRANSACTION, attributes(Map.of(AttributeNames.TRANSACTION, transaction)))
            .orElseThrow();
    return Optional.of(
        new Mark(
            ref, Layer.BUSINESS, Set.of(kinds), Set.of(ref, EntityRef.service(service)), Set.of()));
  }

  private EntityRef workload(ServicePlan service) {
    return switch (service.controller()) {
      case DEPLOYMENT ->
          named(
              EntityType.DEPLOYMENT,
              AttributeNames.DEPLOYMENT,
              service.name(),
              service.namespace());
      case STATEFUL_SET ->
          named(
              EntityType.STATEFULSET,
              AttributeNames.STATEFULSET,
              service.name(),
              service.namespace());
      case DAEMON_SET ->
          named(
              EntityType.DAEMONSET, AttributeNames.DAEMONSET, service.name(), service.namespace());
    };
  }

  private EntityRef pod(String namespace, String name) {
    return named(EntityType.POD, AttributeNames.POD, name, namespace);
  }

  private EntityRef container(String namespace, String pod, String container) {
    return EntityRef.from(
            EntityType.CONTAINER,
            attributes(
                Map.of(
                    AttributeNames.CONTAINER,
                    container,
                    AttributeNames.POD,
                    pod,
                    AttributeNames.NAMESPACE,
                    namespace)))
        .orElseThrow();
  }

  private EntityRef node(String name) {
    return EntityRef.from(EntityType.NODE, attributes(Map.of(AttributeNames.NODE, name)))
        .orElseThrow();
  }

  private EntityRef zone(String name) {
    return EntityRef.from(EntityType.ZONE, attributes(Map.of(AttributeNames.ZONE, name)))
        .orElseThrow();
  }

  private EntityRef named(EntityType type, String attribute, String name, String namespace) {
    var attributes = new TreeMap<String, String>();
    attributes.put(attribute, name);
    if (!namespace.isEmpty()) {
      attributes.put(AttributeNames.NAMESPACE, namespace);
    }
    return EntityRef.from(type, attributes(attributes)).orElseThrow();
  }

  private Attributes attributes(Map<String, String> of) {
    var all = new TreeMap<>(of);
    all.put(AttributeNames.CLUSTER, world.plan().cluster());
    return Attributes.of(all);
  }
}
