package io.bridgewatch.hub;

import io.bridgewatch.engine.WorkloadReader;
import io.bridgewatch.engine.WorkloadReader.PodLoad;
import io.bridgewatch.hub.LiveClusters.Live;
import io.bridgewatch.hub.ScalingLearned.Learned;
import io.bridgewatch.model.AttributeMatch;
import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.EntityType;
import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.ports.MetricStore;
import io.bridgewatch.ports.ObjectStore;
import io.bridgewatch.ports.QueryDeadline;
import io.bridgewatch.scale.LearnedPolicy;
import io.bridgewatch.scale.MetricsApis;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** The numbers that autoscalers may ask for: replicas needed, requests, requests in flight. */
@Component
final class MetricsApiValues {

  /** External, as the next two: of a workload of which a policy was learned. */
  static final String NEEDED = LearnedPolicy.METRIC;

  /** Also of pods, and of what has pods. */
  static final String REQUESTS = LearnedPolicy.REQUESTS;

  static final String IN_FLIGHT = LearnedPolicy.IN_FLIGHT;

  static final List<String> CUSTOM = List.of(REQUESTS, IN_FLIGHT);

  /** All of them. */
  static final Set<String> NAMES = Set.of(NEEDED, REQUESTS, IN_FLIGHT);

  /** What a custom metric may be of, by the plural that the API server says. */
  static final Map<String, EntityType> OBJECTS =
      new TreeMap<>(
          Map.of(
              "deployments.apps", EntityType.DEPLOYMENT,
              "statefulsets.apps", EntityType.STATEFULSET,
              "services", EntityType.KUBERNETES_SERVICE));

  private static final int MOST_SERIES = 2_000;
  private static final double MEASURED = 0.8;
  private static final Duration LONGEST_READ = Duration.ofSeconds(5);

  private final ScalingLearned learned;
  private final ScalingNeeds needs;
  private final LiveClusters clusters;
  private final ObjectStore objects;
  private final WorkloadReader reader;
  private final InstantSource clock;

  MetricsApiValues(
      ScalingLearned learned,
      ScalingNeeds needs,
      ClusterParts parts,
      MetricStore metrics,
      InstantSource clock) {
    this.learned = learned;
    this.needs = needs;
    this.clusters = parts.watch();
    this.objects = parts.objects();
    this.reader = new WorkloadReader(metrics, MOST_SERIES);
    this.clock = clock;
  }

  /** Names of a group. */
  static Set<String> of(MetricsApis.Group group) {
    return switch (group) {
      case CUSTOM -> Set.copyOf(CUSTOM);
      case EXTERNAL ->
          Arrays.stream(LearnedMetric.values())
              .map(LearnedMetric::external)
              .collect(Collectors.toUnmodifiableSet());
    };
  }

  /** Of a workload. */
  record Told(String cluster, String namespace, Map<String, String> labels, double value) {}

  /**
   * What is told of workloads whose labels are as required; those of which nothing is known are not
   * among them.
   *
   * @param namespace empty for all
   */
  List<Told> told(
      LearnedMetric metric, String cluster, Optional<String> namespace, LabelSelector required) {
    var found = new ArrayList<Told>();
    for (Learned one : learned.all()) {
      var labels = ScalingLearned.labels(one.target());
      OptionalDouble now = needs.now(one.cluster(), one.target(), metric);
      if (one.cluster().equals(cluster)
          && namespace.filter(space -> !space.equals(one.target().namespace())).isEmpty()
          && required.accepts(labels)
          && now.isPresent()) {
        found.add(new Told(cluster, one.target().namespace(), labels, now.getAsDouble()));
      }
    }
    return found;
  }

  /** A number of each pod whose labels are as required; pods that were not seen are absent. */
  Map<String, Double> ofPods(
      String cluster, String namespace, LabelSelector required, String metric) {
    var names = new TreeSet<String>();
    objects.forEach(
        cluster,
        "pods",
        pod -> {
          if (pod.namespace().equals(namespace)
              && required.accepts(pod.strings("metadata", "labels"))) {
            names.add(pod.name());
          }
        });
    return ofNamed(cluster, namespace, names, metric);
  }

  /** The same of one pod. */
  OptionalDouble ofPod(String cluster, String namespace, String name, String metric) {
    var value = ofNamed(cluster, namespace, Set.of(name), metric).get(name);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /** A number of each of these pods; those that were not seen are absent. */
  Map<String, Double> ofNamed(String cluster, String namespace, Set<String> pods, String metric) {
    if (pods.isEmpty() || !CUSTOM.contains(metric)) {
      return Map.of();
    }
    boolean only = clusters.all().size() == 1;
    var matches =
        List.of(
            only
                ? new AttributeMatch.OneOf(AttributeNames.CLUSTER, Set.of(cluster, ""))
                : AttributeMatch.equal(AttributeNames.CLUSTER, cluster),
            AttributeMatch.equal(AttributeNames.NAMESPACE, namespace),
            new AttributeMatch.OneOf(AttributeNames.POD, pods));
    Instant now = clock.instant();
    long end = System.nanoTime() + LONGEST_READ.toNanos();
    Map<String, PodLoad> loads =
        QueryDeadline.within(() -> System.nanoTime() - end > 0, () -> reader.pods(matches, now));
    var values = new TreeMap<String, Double>();
    loads.forEach(
        (pod, load) -> {
          double value = metric.equals(REQUESTS) ? load.requests() : load.inFlight();
          if (!Double.isNaN(value)) {
            values.put(pod, value);
          }
        });
    return values;
  }

  /**
   * The sum over the pods of something; empty where fewer than four in five of those that are ready
   * were seen.
   *
   * @param resource one of {@link #OBJECTS}
   */
  OptionalDouble ofObject(
      String cluster, String namespace, String resource, String name, String metric) {
    EntityType type = OBJECTS.get(resource);
    Optional<Live> live = clusters.find(cluster);
    if (type == null || live.isEmpty()) {
      return OptionalDouble.empty();
    }
    EntityRef ref = EntityId.ref(cluster, type, name, namespace, null, null);
    var pods = new TreeSet<String>();
    SignalSubject.below(live.get().topology(), ref, EntityType.POD)
        .forEach(pod -> pods.add(pod.name()));
    long ready =
        pods.stream()
            .flatMap(pod -> objects.find(cluster, "pods", namespace, pod).stream())
            .filter(MetricsApiValues::isReady)
            .count();
    var values = ofNamed(cluster, namespace, pods, metric);
    return values.isEmpty() || values.size() < MEASURED * ready
        ? OptionalDouble.empty()
        : OptionalDouble.of(values.values().stream().mapToDouble(Double::doubleValue).sum());
  }

  private static boolean isReady(KubernetesObject pod) {
    return pod.list("status", "conditions").stream()
        .anyMatch(
            one ->
                one.text("type").filter("Ready"::equals).isPresent()
                    && one.text("status").filter("True"::equals).isPresent());
  }

  Instant now() {
    return clock.instant();
  }
}
