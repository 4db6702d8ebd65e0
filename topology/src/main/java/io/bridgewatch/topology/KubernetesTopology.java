package io.bridgewatch.topology;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.Entity;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.EntityType;
import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.model.Relation;
import io.bridgewatch.model.RelationType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What one Kubernetes object tells of the topology.
 *
 * <p>Each object is read by itself; what several of them say is the union, whatever their order.
 * The service that a workload provides is named by its pods' label {@code app.kubernetes.io/name},
 * else {@code app}, else by the workload. Objects of other kinds, and objects without a name, tell
 * nothing.
 */
public final class KubernetesTopology {

  /** Label of a node: the zone that it is in. */
  public static final String ZONE = "topology.kubernetes.io/zone";

  private static final String TEMPLATE_HASH = "pod-template-hash";

  private static final Map<String, EntityType> TYPES =
      Map.ofEntries(
          Map.entry("Pod", EntityType.POD),
          Map.entry("Deployment", EntityType.DEPLOYMENT),
          Map.entry("ReplicaSet", EntityType.REPLICASET),
          Map.entry("StatefulSet", EntityType.STATEFULSET),
          Map.entry("DaemonSet", EntityType.DAEMONSET),
          Map.entry("Job", EntityType.JOB),
          Map.entry("CronJob", EntityType.CRONJOB),
          Map.entry("HorizontalPodAutoscaler", EntityType.HPA),
          Map.entry("Service", EntityType.KUBERNETES_SERVICE),
          Map.entry("ConfigMap", EntityType.CONFIGMAP),
          Map.entry("PersistentVolumeClaim", EntityType.PERSISTENT_VOLUME_CLAIM),
          Map.entry("ResourceQuota", EntityType.RESOURCE_QUOTA),
          Map.entry("Namespace", EntityType.K8S_NAMESPACE),
          Map.entry("Node", EntityType.NODE));

  private static final KubernetesTopology OF_RECORDING = new KubernetesTopology("");

  /** Further kinds that matter where everything is looked at. */
  private static final Map<String, EntityType> TYPES_OF_CLUSTER =
      Map.of("PersistentVolume", EntityType.PERSISTENT_VOLUME);

  /** Empty in a recording of one cluster, where no entity needs to name it. */
  private final String cluster;

  private KubernetesTopology(String cluster) {
    this.cluster = cluster;
  }

  /** Reads objects of the one cluster that a recording is about; other kinds tell nothing. */
  public static KubernetesTopology ofRecording() {
    return OF_RECORDING;
  }

  /**
   * Reads objects of one cluster among others: each entity names it, services are told apart by
   * their namespaces, and objects of any kind are entities.
   *
   * @throws IllegalArgumentException if the name is empty
   */
  public static KubernetesTopology ofCluster(String cluster) {
    if (cluster.isEmpty()) {
      throw new IllegalArgumentException("cannot read the objects of a cluster without a name");
    }
    return new KubernetesTopology(cluster);
  }

  /** The object as an entity, and the service it provides. */
  public List<Entity> entities(KubernetesObject object) {
    Optional<EntityRef> self = ref(object);
    if (self.isEmpty()) {
      return List.of();
    }
    var entities = new ArrayList<Entity>();
    Optional<String> service = serviceName(object);
    entities.add(new Entity(self.get(), described(object, service)));
    service.ifPresent(
        name ->
            entities.add(
                new Entity(
                    service(name, object.namespace()),
                    Attributes.of(AttributeNames.NAMESPACE, object.namespace()))));
    zoneName(object).ifPresent(zone -> entities.add(new Entity(zone(zone), Attributes.none())));
    return List.copyOf(entities);
  }

  /** The relations that start at the object, at the service it provides, or are told by it. */
  public List<Relation> relations(KubernetesObject object) {
    if (object.kind().equals("EndpointSlice")) {
      return endpoints(object);
    }
    Optional<EntityRef> self = ref(object);
    if (self.isEmpty()) {
      return List.of();
    }
    var relations = new ArrayList<Relation>();
    owner(object)
        .ifPresent(owner -> relations.add(new Relation(self.get(), RelationType.OWNED_BY, owner)));
    serviceName(object)
        .map(name -> service(name, object.namespace()))
        .ifPresent(s -> relations.add(new Relation(s, RelationType.RUNS_ON, self.get())));
    switch (object.kind()) {
      case "Pod" -> {
        object
            .text("spec", "nodeName")
            .ifPresent(
                node -> relations.add(new Relation(self.get(), RelationType.RUNS_ON, node(node))));
        mounts(object, self.get(), relations);
      }
      case "Node" ->
          zoneName(object)
              .ifPresent(
                  zone ->
                      relations.add(new Relation(self.get(), RelationType.LOCATED_IN, zone(zone))));
      case "Service" ->
          serviceOf(object.strings("spec", "selector"))
              .map(name -> service(name, object.namespace()))
              .ifPresent(s -> relations.add(new Relation(self.get(), RelationType.ROUTES_TO, s)));
      case "HorizontalPodAutoscaler" ->
          named(
                  object.text("spec", "scaleTargetRef", "apiVersion").orElse(""),
                  object.text("spec", "scaleTargetRef", "kind").orElse(""),
                  object.namespace(),
                  object.text("spec", "scaleTargetRef", "name").orElse(""))
              .ifPresent(
                  target -> relations.add(new Relation(self.get(), RelationType.SCALES, target)));
      default -> {} // others have no relation but to their owner
    }
    return relations.stream().distinct().toList();
  }

  /** The entity that the object is; empty for kinds that are none. */
  Optional<EntityRef> ref(KubernetesObject object) {
    return named(object.apiVersion(), object.kind(), object.namespace(), object.name());
  }

  /**
   * The entity an object of that kind and name is; empty for kinds that are none.
   *
   * @param apiVersion empty where unknown
   */
  Optional<EntityRef> named(String apiVersion, String kind, String namespace, String name) {
    EntityType type = TYPES.get(kind);
    String group = apiVersion.contains("/") ? apiVersion.substring(0, apiVersion.indexOf('/')) : "";
    boolean ofAnotherGroup = type != null && group.contains(".") && !group.endsWith(".k8s.io");
    if (cluster.isEmpty() && type == null || kind.isEmpty() || name.isEmpty()) {
      return Optional.empty();
    }
    if (!cluster.isEmpty() && (type == null || ofAnotherGroup)) {
      type = TYPES_OF_CLUSTER.getOrDefault(kind, EntityType.OBJECT);
    }
    return type == null ? Optional.empty() : Optional.of(ref(type, group, kind, namespace, name));
  }

  private EntityRef ref(EntityType type, String group, String kind, String namespace, String name) {
    var identity = new TreeMap<String, String>();
    identity.put(type.nameAttribute(), name);
    if (type.scope().contains(AttributeNames.NAMESPACE) && !namespace.isEmpty()) {
      identity.put(AttributeNames.NAMESPACE, namespace);
    }
    if (type == EntityType.OBJECT) {
      identity.put(AttributeNames.OBJECT_KIND, group.isEmpty() ? kind : kind + "." + group);
    }
    if (!cluster.isEmpty()) {
      identity.put(AttributeNames.CLUSTER, cluster);
    }
    return new EntityRef(type, Attributes.of(identity));
  }

  EntityRef node(String name) {
    return ref(EntityType.NODE, "", "Node", "", name);
  }

  /** The zone that a node says it is in; empty for other kinds. */
  static Optional<String> zoneName(KubernetesObject object) {
    return object.kind().equals("Node")
        ? Optional.ofNullable(object.strings("metadata", "labels").get(ZONE))
            .filter(zone -> !zone.isEmpty())
        : Optional.empty();
  }

  EntityRef zone(String name) {
    return ref(EntityType.ZONE, "", "", "", name);
  }

  /** A service is told apart by its namespace only where there are several clusters' worth. */
  EntityRef service(String name, String namespace) {
    return cluster.isEmpty()
        ? EntityRef.service(name)
        : new EntityRef(
            EntityType.SERVICE,
            Attributes.ofSorted(
                AttributeNames.CLUSTER,
                cluster,
                AttributeNames.NAMESPACE,
                namespace,
                AttributeNames.SERVICE,
                name));
  }

  EntityRef container(EntityRef pod, String name) {
    return new EntityRef(EntityType.CONTAINER, pod.identity().with(AttributeNames.CONTAINER, name));
  }

  EntityRef container(KubernetesObject pod, String name) {
    return new EntityRef(
        EntityType.CONTAINER,
        Attributes.of(
            Map.of(
                AttributeNames.CLUSTER,
                cluster,
                AttributeNames.CONTAINER,
                name,
                AttributeNames.NAMESPACE,
                pod.namespace(),
                AttributeNames.POD,
                pod.name())));
  }

  /** The service that a pod or a workload provides; empty for anything else. */
  static Optional<String> serviceName(KubernetesObject object) {
    return switch (object.kind()) {
      case "Pod" -> serviceOf(object.strings("metadata", "labels")).or(() -> workloadName(object));
      case "Deployment", "StatefulSet", "DaemonSet" ->
          serviceOf(object.strings("spec", "template", "metadata", "labels"))
              .or(() -> Optional.of(object.name()).filter(Predicate.not(String::isEmpty)));
      default -> Optional.empty();
    };
  }

  private static Optional<String> serviceOf(Map<String, String> labels) {
    return Stream.of("app.kubernetes.io/name", "app")
        .map(label -> labels.getOrDefault(label, ""))
        .filter(Predicate.not(String::isEmpty))
        .findFirst();
  }

  /** The workload a pod belongs to; a pod of a job provides no service. */
  private static Optional<String> workloadName(KubernetesObject pod) {
    return controller(pod)
        .filter(owner -> !owner.text("kind").orElse("").equals("Job"))
        .flatMap(owner -> owner.text("name"))
        .map(name -> deploymentOf(pod).orElse(name));
  }

  /** The Deployment of a pod, read off its ReplicaSet's name and the template hash it carries. */
  private static Optional<String> deploymentOf(KubernetesObject pod) {
    Optional<String> replicaSet =
        controller(pod)
            .filter(owner -> owner.text("kind").orElse("").equals("ReplicaSet"))
            .flatMap(owner -> owner.text("name"));
    String hash = pod.strings("metadata", "labels").getOrDefault(TEMPLATE_HASH, "");
    return replicaSet
        .filter(name -> !hash.isEmpty() && name.endsWith("-" + hash))
        .map(name -> name.substring(0, name.length() - hash.length() - 1));
  }

  private static Optional<KubernetesObject> controller(KubernetesObject object) {
    return object.list("metadata", "ownerReferences").stream()
        .filter(owner -> owner.text("controller").orElse("").equals("true"))
        .findFirst();
  }

  Optional<EntityRef> owner(KubernetesObject object) {
    return controller(object)
        .flatMap(
            owner ->
                named(
                    owner.text("apiVersion").orElse(""),
                    owner.text("kind").orElse(""),
                    object.namespace(),
                    owner.text("name").orElse("")));
  }

  /** Descriptive attributes: what may change, or follows from other objects. */
  private Attributes described(KubernetesObject object, Optional<String> service) {
    var attributes = new TreeMap<String, String>();
    service.ifPresent(name -> attributes.put(AttributeNames.SERVICE, name));
    switch (object.kind()) {
      case "Pod" -> {
        attributes.put(AttributeNames.POD_UID, object.uid());
        object.text("spec", "nodeName").ifPresent(n -> attributes.put(AttributeNames.NODE, n));
        deploymentOf(object).ifPresent(d -> attributes.put(AttributeNames.DEPLOYMENT, d));
        owner(object).ifPresent(o -> attributes.put(o.type().nameAttribute(), o.name()));
        Optional.ofNullable(object.strings("metadata", "labels").get("app.kubernetes.io/version"))
            .ifPresent(version -> attributes.put(AttributeNames.SERVICE_VERSION, version));
      }
      case "ReplicaSet", "Job" ->
          owner(object).ifPresent(o -> attributes.put(o.type().nameAttribute(), o.name()));
      case "Node" ->
          zoneName(object).ifPresent(zone -> attributes.put("cloud.availability_zone", zone));
      default -> {} // name and namespace say it all
    }
    return Attributes.of(attributes);
  }

  /** ConfigMaps and claims a pod's volumes and environment come from; Secrets are not followed. */
  private void mounts(KubernetesObject pod, EntityRef self, List<Relation> relations) {
    List<KubernetesObject> volumes = pod.list("spec", "volumes");
    Stream<String> claims =
        volumes.stream().flatMap(v -> v.text("persistentVolumeClaim", "claimName").stream());
    Stream<String> configMaps =
        Stream.of(
                volumes.stream().flatMap(v -> v.text("configMap", "name").stream()),
                volumes.stream()
                    .flatMap(v -> v.list("projected", "sources").stream())
                    .flatMap(source -> source.text("configMap", "name").stream()),
                containers(pod)
                    .flatMap(c -> c.list("envFrom").stream())
                    .flatMap(from -> from.text("configMapRef", "name").stream()),
                containers(pod)
                    .flatMap(c -> c.list("env").stream())
                    .flatMap(env -> env.text("valueFrom", "configMapKeyRef", "name").stream()))
            .flatMap(names -> names)
            // every pod has this one; it says nothing of the pod
            .filter(name -> !name.equals("kube-root-ca.crt"));
    claims
        .flatMap(name -> named("v1", "PersistentVolumeClaim", pod.namespace(), name).stream())
        .forEach(claim -> relations.add(new Relation(self, RelationType.MOUNTS, claim)));
    configMaps
        .flatMap(name -> named("v1", "ConfigMap", pod.namespace(), name).stream())
        .forEach(map -> relations.add(new Relation(self, RelationType.MOUNTS, map)));
  }

  private static Stream<KubernetesObject> containers(KubernetesObject pod) {
    return Stream.concat(
        pod.list("spec", "initContainers").stream(), pod.list("spec", "containers").stream());
  }

  /** The Kubernetes service that a slice holds endpoints of. */
  Optional<EntityRef> serviceOfSlice(KubernetesObject slice) {
    return named(
        "v1",
        "Service",
        slice.namespace(),
        slice.strings("metadata", "labels").getOrDefault("kubernetes.io/service-name", ""));
  }

  /**
   * The pods a service sends connections to, ready or not: which are ready changes by the minute.
   */
  private List<Relation> endpoints(KubernetesObject slice) {
    Optional<EntityRef> service = serviceOfSlice(slice);
    if (service.isEmpty()) {
      return List.of();
    }
    return slice.list("endpoints").stream()
        .filter(endpoint -> endpoint.text("targetRef", "kind").orElse("").equals("Pod"))
        .flatMap(
            endpoint ->
                named(
                    "v1",
                    "Pod",
                    endpoint.text("targetRef", "namespace").orElse(slice.namespace()),
                    endpoint.text("targetRef", "name").orElse(""))
                    .stream())
        .map(pod -> new Relation(service.get(), RelationType.ROUTES_TO, pod))
        .distinct()
        .toList();
  }
}
