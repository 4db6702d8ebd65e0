package io.bridgewatch.testkit;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.Change;
import io.bridgewatch.model.Entity;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.EntityType;
import io.bridgewatch.model.Happening;
import io.bridgewatch.model.Health;
import io.bridgewatch.model.Relation;
import io.bridgewatch.model.RelationType;
import io.bridgewatch.model.Topology;
import io.bridgewatch.model.TopologyDelta;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.UUID;

/**
 * A made-up cluster that changes: pods of two containers each, ten pods to a Deployment and its
 * Kubernetes service, twenty to a node. The same seed makes the same cluster and the same changes.
 *
 * <p>Of 100,000 pods it has some 340,000 entities and 600,000 relations. Not safe for use by
 * several threads.
 */
public final class SyntheticCluster {

  private static final Health CRASHING =
      Health.of(
          Health.State.FAILING,
          "CrashLoopBackOff",
          "back-off 5m0s restarting failed container=app",
          Optional.of(StoredSamples.NOON));

  private final Random random;
  private final List<EntityRef> nodes = new ArrayList<>();
  private final List<Workload> workloads = new ArrayList<>();
  private final List<Pod> pods = new ArrayList<>();
  private final Topology first;

  private record Workload(
      EntityRef deployment, EntityRef replicaSet, EntityRef service, EntityRef config) {}

  private record Pod(EntityRef ref, Workload workload, EntityRef node, Attributes attributes) {}

  public SyntheticCluster(long seed, int podCount) {
    random = new Random(seed);
    var entities = new ArrayList<Entity>();
    var relations = new ArrayList<Relation>();
    for (int i = 0; i <= podCount / 20; i++) {
      var node = EntityRef.node(String.format("node-%05d", i));
      nodes.add(node);
      entities.add(
          new Entity(
              node,
              Attributes.of(AttributeNames.ZONE, "zone-" + i % 3, "cpu", "16"),
              Health.healthy()));
    }
    for (int i = 0; i <= podCount / 10; i++) {
      add(workload(i), entities, relations);
    }
    for (int i = 0; i < podCount; i++) {
      var pod = newPod();
      pods.add(pod);
      entities.addAll(entitiesOf(pod, Health.healthy()));
      relations.addAll(relationsOf(pod));
    }
    entities.sort((a, b) -> a.ref().compareTo(b.ref()));
    relations.sort(null);
    first = Topology.ofSorted(entities, relations);
  }

  /** What exists at first. */
  public Topology topology() {
    return first;
  }

  private static EntityRef named(EntityType type, String namespace, String name) {
    return new EntityRef(
        type, Attributes.of(AttributeNames.NAMESPACE, namespace, type.nameAttribute(), name));
  }

  private Workload workload(int number) {
    var namespace = "team-" + number % 50;
    var name = "workload-" + number;
    var replicaSet = name + "-" + Integer.toHexString(random.nextInt() | 1 << 31);
    return new Workload(
        named(EntityType.DEPLOYMENT, namespace, name),
        named(EntityType.REPLICASET, namespace, replicaSet),
        named(EntityType.KUBERNETES_SERVICE, namespace, name),
        named(EntityType.CONFIGMAP, namespace, name + "-config"));
  }

  private void add(Workload workload, List<Entity> entities, List<Relation> relations) {
    workloads.add(workload);
    var image = "registry.example/bank/" + workload.deployment().name() + ":1.0.3";
    entities.add(
        new Entity(
            workload.deployment(),
            Attributes.of(Map.of("replicas", "10", "image", image, "app", "bank")),
            Health.healthy()));
    entities.add(new Entity(workload.replicaSet(), Attributes.of("image", image)));
    entities.add(
        new Entity(
            workload.service(),
            Attributes.of("type", "ClusterIP", "cluster.ip", address()),
            Health.healthy()));
    entities.add(new Entity(workload.config(), Attributes.of("hash", uid())));
    relations.add(
        new Relation(workload.replicaSet(), RelationType.OWNED_BY, workload.deployment()));
  }

  private Pod newPod() {
    var workload = workloads.get(random.nextInt(workloads.size()));
    var node = nodes.get(random.nextInt(nodes.size()));
    var namespace = workload.deployment().identity().getOr(AttributeNames.NAMESPACE, "");
    var name = workload.replicaSet().name() + "-" + Integer.toString(random.nextInt(1 << 30), 36);
    var attributes = new HashMap<String, String>();
    attributes.put(AttributeNames.POD_UID, uid());
    attributes.put(AttributeNames.NODE, node.name());
    attributes.put("k8s.pod.ip", address());
    attributes.put("phase", "Running");
    attributes.put("restarts", "0");
    attributes.put("label.app.kubernetes.io/name", workload.deployment().name());
    attributes.put("label.app.kubernetes.io/part-of", "bank");
    attributes.put("requests.cpu", "250m");
    attributes.put("requests.memory", "512Mi");
    return new Pod(
        named(EntityType.POD, namespace, name), workload, node, Attributes.of(attributes));
  }

  private String uid() {
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }

  private String address() {
    return "10." + random.nextInt(256) + "." + random.nextInt(256) + "." + random.nextInt(256);
  }

  private static EntityRef container(Pod pod, String name) {
    return new EntityRef(
        EntityType.CONTAINER, pod.ref().identity().with(AttributeNames.CONTAINER, name));
  }

  private static List<Entity> entitiesOf(Pod pod, Health health) {
    var image = "registry.example/bank/" + pod.workload().deployment().name() + ":1.0.3";
    return List.of(
        new Entity(pod.ref(), pod.attributes(), health),
        new Entity(container(pod, "app"), Attributes.of("image", image, "restarts", "0"), health),
        new Entity(
            container(pod, "proxy"),
            Attributes.of("image", "registry.example/proxy:3", "restarts", "0"),
            Health.healthy()));
  }

  private static List<Relation> relationsOf(Pod pod) {
    return List.of(
        new Relation(pod.ref(), RelationType.RUNS_ON, pod.node()),
        new Relation(pod.ref(), RelationType.OWNED_BY, pod.workload().replicaSet()),
        new Relation(pod.ref(), RelationType.MOUNTS, pod.workload().config()),
        new Relation(pod.workload().service(), RelationType.ROUTES_TO, pod.ref()),
        new Relation(container(pod, "app"), RelationType.OWNED_BY, pod.ref()),
        new Relation(container(pod, "proxy"), RelationType.OWNED_BY, pod.ref()));
  }

  /** What becomes of that many pods next: most get ill or well, some are replaced by others. */
  public TopologyDelta step(int podChanges) {
    var put = new HashMap<EntityRef, Entity>();
    var removed = new ArrayList<EntityRef>();
    var tied = new ArrayList<Relation>();
    var cut = new ArrayList<Relation>();
    for (int i = 0; i < podChanges && !pods.isEmpty(); i++) {
      int at = random.nextInt(pods.size());
      var pod = pods.get(at);
      if (random.nextInt(10) < 8) {
        var health = random.nextBoolean() ? CRASHING : Health.healthy();
        var changed =
            pod.attributes().with("restarts", Integer.toString(1 + random.nextInt(1_000)));
        put.put(pod.ref(), new Entity(pod.ref(), changed, health));
      } else if (!put.containsKey(pod.ref())) {
        for (Entity gone : entitiesOf(pod, Health.unknown())) {
          removed.add(gone.ref());
        }
        cut.addAll(relationsOf(pod));
        var next = newPod();
        pods.set(at, next);
        entitiesOf(next, Health.healthy()).forEach(entity -> put.put(entity.ref(), entity));
        tied.addAll(relationsOf(next));
      }
    }
    return new TopologyDelta(List.copyOf(put.values()), removed, tied, cut);
  }

  /** Something that happened to a pod of the cluster at that time. */
  public Happening happening(String id, Instant time) {
    var pod = pods.get(random.nextInt(pods.size())).ref();
    int number = random.nextInt(1_000);
    return switch (random.nextInt(4)) {
      case 0 ->
          new Happening.Changed(
              id,
              pod,
              new Change(
                  time,
                  Change.Kind.SCALE,
                  pod.identity(),
                  "wei",
                  "replicas 2 → 3 扩容",
                  "-spec.replicas: 2\n+spec.replicas: 3",
                  List.of("deploy/" + number + ".yaml")),
              "kubectl-scale",
              "wei@example");
      case 1 ->
          new Happening.Lived(
              id,
              time,
              pod,
              Happening.Stage.values()[number % Happening.Stage.values().length],
              number % 2 == 0 ? "OOMKilled" : "",
              "",
              number % 2 == 0 ? OptionalInt.of(-number) : OptionalInt.empty());
      case 2 ->
          new Happening.HealthChanged(
              id,
              time,
              pod,
              Health.State.HEALTHY,
              Health.of(Health.State.FAILING, "Error", "exit " + number, Optional.of(time)));
      default ->
          new Happening.Reported(
              id,
              time,
              time.minusSeconds(number),
              pod,
              number % 2 == 0,
              "BackOff",
              "Back-off restarting failed container".toLowerCase(Locale.ROOT),
              number * 1_000_000_000L,
              "kubelet",
              number % 3 == 0 ? Optional.of("app") : Optional.empty());
    };
  }

  /** The references of the pods that exist now. */
  public List<EntityRef> podRefs() {
    return pods.stream().map(Pod::ref).toList();
  }
}
