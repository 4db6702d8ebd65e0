package io.bridgewatch.hub;

import io.bridgewatch.hub.LiveClusters.Live;
import io.bridgewatch.model.AttributeMatch;
import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.EntityType;
import io.bridgewatch.model.Happening;
import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.model.ObjectKind;
import io.bridgewatch.model.RelationType;
import io.bridgewatch.model.Series;
import io.bridgewatch.ports.Chronicle;
import io.bridgewatch.ports.MetricSelector;
import io.bridgewatch.ports.MetricStore;
import io.bridgewatch.ports.ObjectStore;
import io.bridgewatch.ports.PageRequest;
import io.bridgewatch.scale.ClusterRoom;
import io.bridgewatch.scale.HpaPod;
import io.bridgewatch.scale.HpaPods;
import io.bridgewatch.scale.MetricsApis;
import io.bridgewatch.scale.Readiness;
import io.bridgewatch.scale.Readiness.Completeness;
import io.bridgewatch.scale.ReadinessGap.Downstream;
import io.bridgewatch.scale.SampleCompleteness;
import io.bridgewatch.scale.ScaleTarget;
import io.bridgewatch.scale.ScalingConflict;
import io.bridgewatch.scale.ScalingConflicts;
import io.bridgewatch.scale.ScalingPolicy;
import io.bridgewatch.scale.StartTimes;
import io.bridgewatch.scale.UnservedMetric;
import io.bridgewatch.topology.ContainerFacts;
import io.bridgewatch.topology.KubernetesTopology;
import io.bridgewatch.topology.Profiles;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What scaling needs to know of one cluster, read once and asked for many workloads. For one thread
 * and one answer.
 */
final class ScalingCluster {

  /** What is scaled: kinds with a pod template and a scale. */
  private static final List<String> WORKLOADS = List.of("deployments.apps", "statefulsets.apps");

  /** Of either spelling, each cluster usually has one. */
  private static final List<String> USAGE =
      List.of("container_cpu_usage_seconds_total", "container.cpu.time");

  private static final Duration COMPLETENESS_WINDOW = Duration.ofHours(1);
  private static final Duration START_WINDOW = Duration.ofDays(30);
  private static final Duration START_PATIENCE = Duration.ofMinutes(15);
  private static final int MOST_SERIES = 5_000;
  private static final int MOST_STAGES = 10_000;

  private final Live live;
  private final ObjectStore objects;
  private final Chronicle chronicle;
  private final MetricStore metrics;
  private final MetricsOwners owners;
  private final Instant now;
  private final List<KubernetesObject> workloads = new ArrayList<>();
  private final ClusterRoom.Free free;
  private final List<KubernetesObject> quotas = new ArrayList<>();
  private final List<KubernetesObject> scalers = new ArrayList<>();

  ScalingCluster(
      Live live,
      ObjectStore objects,
      Chronicle chronicle,
      MetricStore metrics,
      MetricsOwners owners,
      Instant now) {
    this.live = live;
    this.objects = objects;
    this.chronicle = chronicle;
    this.metrics = metrics;
    this.owners = owners;
    this.now = now;
    WORKLOADS.forEach(resource -> objects.forEach(live.name(), resource, workloads::add));
    var nodes = new ArrayList<KubernetesObject>();
    var pods = new ArrayList<KubernetesObject>();
    objects.forEach(live.name(), "nodes", nodes::add);
    objects.forEach(live.name(), "pods", pods::add);
    free = ClusterRoom.Free.of(nodes, pods);
    objects.forEach(live.name(), "resourcequotas", quotas::add);
    objects.forEach(live.name(), "horizontalpodautoscalers.autoscaling", scalers::add);
    live.kinds().stream()
        .flatMap(status -> status.kind().stream())
        .filter(ScalingCluster::isCustom)
        .forEach(kind -> objects.forEach(live.name(), kind.resource(), this::addScaler));
    workloads.sort((a, b) -> key(a).compareTo(key(b)));
  }

  private static boolean isCustom(ObjectKind kind) {
    return kind.group().contains(".") && !kind.group().endsWith(".k8s.io")
        || kind.kind().equals("VerticalPodAutoscaler");
  }

  private void addScaler(KubernetesObject object) {
    if (object.object("spec", "scaleTargetRef").isPresent()
        || object.kind().equals("VerticalPodAutoscaler")) {
      scalers.add(object);
    }
  }

  private static String key(KubernetesObject object) {
    return object.namespace() + "/" + object.name() + "/" + object.kind();
  }

  String name() {
    return live.name();
  }

  Live live() {
    return live;
  }

  /** All that could be scaled, by namespace and name. */
  List<KubernetesObject> workloads() {
    return workloads;
  }

  Optional<KubernetesObject> workload(ScaleTarget target) {
    return workloads.stream().filter(one -> ScaleTarget.of(one).equals(target)).findFirst();
  }

  /** The entity that a workload is. */
  EntityRef ref(KubernetesObject workload) {
    return ref(live.name(), ScaleTarget.of(workload));
  }

  static EntityRef ref(String cluster, ScaleTarget target) {
    return EntityId.ref(
        cluster,
        target.kind().equals("StatefulSet") ? EntityType.STATEFULSET : EntityType.DEPLOYMENT,
        target.name(),
        target.namespace(),
        null,
        null);
  }

  /** The autoscaler that scales a workload now, the first where there are several. */
  Optional<KubernetesObject> autoscaler(KubernetesObject workload) {
    var names = autoscalers(workload);
    return scalers.stream()
        .filter(one -> one.kind().equals("HorizontalPodAutoscaler"))
        .filter(one -> one.namespace().equals(workload.namespace()))
        .filter(one -> names.contains(one.name()))
        .findFirst();
  }

  /** Names of autoscalers that scale a workload now. */
  List<String> autoscalers(KubernetesObject workload) {
    return scalers.stream()
        .filter(one -> one.kind().equals("HorizontalPodAutoscaler"))
        .filter(one -> one.namespace().equals(workload.namespace()))
        .filter(
            one ->
                one.text("spec", "scaleTargetRef", "name")
                        .filter(workload.name()::equals)
                        .isPresent()
                    && one.text("spec", "scaleTargetRef", "kind")
                        .filter(workload.kind()::equals)
                        .isPresent())
        .map(KubernetesObject::name)
        .sorted()
        .toList();
  }

  List<ScalingConflict> conflicts(KubernetesObject workload, Optional<ScalingPolicy> policy) {
    return ScalingConflicts.of(workload, scalers, workloads, policy.map(ScalingPolicy::hpaName));
  }

  /** Metrics of a policy that its autoscaler would not get. */
  List<UnservedMetric> unserved(ScalingPolicy policy) {
    return MetricsApis.isNeededBy(policy.spec())
        ? owners.of(live.name()).unserved(policy.spec(), MetricsApiValues.NAMES)
        : List.of();
  }

  ClusterRoom room(KubernetesObject workload) {
    return ClusterRoom.of(workload, free, quotas);
  }

  /**
   * Over how many zones the ready pods of a workload run; empty where a node's zone is not known.
   */
  OptionalInt zones(KubernetesObject workload) {
    var zones = new TreeSet<String>();
    for (EntityRef ref : SignalSubject.below(live.topology(), ref(workload), EntityType.POD)) {
      var pod =
          objects
              .find(live.name(), "pods", workload.namespace(), ref.name())
              .filter(ScalingCluster::serves);
      if (pod.isPresent()) {
        Optional<String> zone =
            pod.flatMap(one -> one.text("spec", "nodeName"))
                .flatMap(node -> objects.find(live.name(), "nodes", "", node))
                .map(node -> node.strings("metadata", "labels").get(KubernetesTopology.ZONE));
        if (zone.isEmpty()) {
          return OptionalInt.empty();
        }
        zones.add(zone.get());
      }
    }
    return zones.isEmpty() ? OptionalInt.empty() : OptionalInt.of(zones.size());
  }

  private static boolean serves(KubernetesObject pod) {
    HpaPod seen = HpaPods.of(pod);
    return seen.ready().filter(HpaPod.Ready.TRUE::equals).isPresent() && !seen.deleted();
  }

  /** All of a workload, judged. */
  Judged judge(KubernetesObject workload, Optional<ScalingPolicy> policy) {
    Set<EntityRef> below = SignalSubject.below(live.topology(), ref(workload), EntityType.POD);
    StartTimes starts = starts(below);
    List<ScalingConflict> conflicts = conflicts(workload, policy);
    ClusterRoom room = room(workload);
    List<Downstream> downstreams = downstreams(below, policy);
    var readiness =
        Readiness.of(
            new Readiness.Subject(
                workload,
                completeness(workload.namespace(), below),
                starts,
                downstreams,
                conflicts,
                room,
                policy
                    .map(one -> OptionalInt.of(one.spec().maxReplicas()))
                    .orElse(OptionalInt.empty()),
                policy.map(this::unserved).orElse(List.of())));
    return new Judged(workload, readiness, starts, conflicts, room, bears(downstreams));
  }

  /**
   * What is known of a workload's fitness to be scaled.
   *
   * @param bears replicas that all it calls bears, at least 1; empty where nothing is known of that
   */
  record Judged(
      KubernetesObject workload,
      Readiness readiness,
      StartTimes starts,
      List<ScalingConflict> conflicts,
      ClusterRoom room,
      OptionalInt bears) {}

  // Starts

  private StartTimes starts(Set<EntityRef> podsOfIt) {
    var stages = new ArrayList<Happening.Lived>();
    if (!podsOfIt.isEmpty()) {
      var about = new HashSet<EntityRef>(podsOfIt);
      podsOfIt.forEach(
          pod ->
              Neighbourhood.containers(live.topology(), pod).forEach(one -> about.add(one.ref())));
      var page = PageRequest.first(PageRequest.LARGEST);
      while (stages.size() < MOST_STAGES) {
        var part =
            chronicle.find(
                new Chronicle.Query(
                    live.name(),
                    now.minus(START_WINDOW),
                    now.plusSeconds(1),
                    Optional.of(about),
                    Happening.Lived.class::isInstance,
                    page));
        part.items().forEach(one -> stages.add((Happening.Lived) one));
        if (part.next().isEmpty()) {
          break;
        }
        page = new PageRequest(PageRequest.LARGEST, part.next());
      }
    }
    return StartTimes.of(stages, now, START_PATIENCE);
  }

  // Metrics

  private List<Completeness> completeness(String namespace, Set<EntityRef> podsOfIt) {
    var starts = new TreeMap<String, Instant>();
    for (EntityRef pod : podsOfIt) {
      objects
          .find(live.name(), "pods", namespace, pod.name())
          .filter(one -> one.text("status", "phase").filter("Running"::equals).isPresent())
          .flatMap(one -> one.text("status", "startTime"))
          .flatMap(ScalingCluster::time)
          .ifPresent(start -> starts.put(pod.name(), start));
    }
    if (starts.isEmpty()) {
      return List.of();
    }
    var from = now.minus(COMPLETENESS_WINDOW);
    var found = new ArrayList<Completeness>();
    for (String metric : USAGE) {
      var byPod = new HashMap<String, List<Series>>();
      var selector =
          MetricSelector.of(
              metric,
              AttributeMatch.equal(AttributeNames.NAMESPACE, namespace),
              new AttributeMatch.OneOf(AttributeNames.POD, new TreeSet<>(starts.keySet())));
      for (Series series : metrics.select(selector, from, now, MOST_SERIES)) {
        var pod =
            series
                .key()
                .point()
                .get(AttributeNames.POD)
                .or(() -> series.key().resource().get(AttributeNames.POD));
        pod.ifPresent(name -> byPod.computeIfAbsent(name, n -> new ArrayList<>()).add(series));
      }
      SampleCompleteness.of(metric, starts, byPod, from, now).ifPresent(found::add);
    }
    return found;
  }

  private static Optional<Instant> time(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeParseException noTime) {
      return Optional.empty();
    }
  }

  // What it calls

  private static OptionalInt bears(List<Downstream> downstreams) {
    return downstreams.stream()
        .flatMapToInt(one -> one.bears().stream())
        .map(replicas -> Math.max(1, replicas))
        .min();
  }

  /**
   * What a policy says of it, and what else is seen to be called and cannot be scaled with it:
   * stores and brokers, and whatever runs outside the cluster.
   */
  private List<Downstream> downstreams(Set<EntityRef> podsOfIt, Optional<ScalingPolicy> policy) {
    var found = new ArrayList<Downstream>(policy.map(ScalingPolicy::downstreams).orElse(List.of()));
    var known = new HashSet<String>();
    found.forEach(one -> known.add(one.name()));
    var called = new LinkedHashSet<EntityRef>();
    for (EntityRef pod : podsOfIt) {
      for (EntityRef service : live.topology().sources(pod, RelationType.RUNS_ON)) {
        called.addAll(live.topology().targets(service, RelationType.CALLS));
      }
    }
    called.stream()
        .filter(callee -> !known.contains(callee.name()) && cannotScale(callee))
        .map(EntityRef::name)
        .distinct()
        .sorted()
        .forEach(
            name ->
                found.add(new Downstream(name, OptionalDouble.empty(), OptionalDouble.empty())));
    return found;
  }

  private boolean cannotScale(EntityRef callee) {
    Set<EntityRef> its = live.topology().targets(callee, RelationType.RUNS_ON);
    return its.isEmpty()
        || its.stream()
            .limit(1)
            .flatMap(
                pod ->
                    objects
                        .find(
                            live.name(),
                            "pods",
                            pod.identity().getOr(AttributeNames.NAMESPACE, ""),
                            pod.name())
                        .stream())
            .flatMap(pod -> ContainerFacts.of(pod).stream())
            .map(facts -> Profiles.of(facts, Optional.empty()))
            .flatMap(profile -> profile.seen().stream().limit(1))
            .anyMatch(seen -> !seen.kind().isRuntime());
  }

  /** What a workload's main container runs on, such as {@code java}; empty if nothing tells. */
  String platform(KubernetesObject workload) {
    Map<String, Object> pod = new HashMap<>();
    workload.object("spec", "template", "spec").ifPresent(spec -> pod.put("spec", spec.tree()));
    return ContainerFacts.of(KubernetesObject.of(pod)).stream()
        .limit(1)
        .map(facts -> Profiles.of(facts, Optional.empty()))
        .flatMap(profile -> profile.seen().stream())
        .filter(seen -> seen.kind().isRuntime())
        .map(seen -> seen.kind().id())
        .findFirst()
        .orElse("");
  }
}
