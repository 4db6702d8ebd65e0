package io.bridgewatch.hub;

import io.bridgewatch.hub.LiveClusters.Live;
import io.bridgewatch.model.AttributeMatch;
import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.ports.MetricQueries;
import io.bridgewatch.ports.MetricQueries.Line;
import io.bridgewatch.ports.MetricQuery;
import io.bridgewatch.ports.MetricQuery.Reduction.Simple;
import io.bridgewatch.ports.MetricSelector;
import io.bridgewatch.ports.MetricStore;
import io.bridgewatch.scale.HpaMetric;
import io.bridgewatch.scale.HpaPod;
import io.bridgewatch.scale.HpaSpec;
import io.bridgewatch.scale.MetricReading;
import io.bridgewatch.scale.MetricReading.PodSample;
import io.bridgewatch.scale.ScaleTarget;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * Reads from the store what an autoscaler's metrics are now. A metric that this hub does not know
 * is one that failed, as it would be to a controller that cannot read it.
 */
@Component
final class ScalingReadings {

  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final int MOST_SERIES = 2_000;

  private static final List<String> CPU =
      List.of("container_cpu_usage_seconds_total", "container.cpu.time");
  private static final List<String> MEMORY =
      List.of("container_memory_working_set_bytes", "container.memory.working_set");

  private final MetricStore metrics;
  private final MetricsApiValues values;
  private final ScalingNeeds needs;
  private final LiveClusters clusters;
  private final InstantSource clock;

  ScalingReadings(
      MetricStore metrics,
      MetricsApiValues values,
      ScalingNeeds needs,
      ClusterParts parts,
      InstantSource clock) {
    this.metrics = metrics;
    this.values = values;
    this.needs = needs;
    this.clusters = parts.watch();
    this.clock = clock;
  }

  /** One for each metric of the spec, in its order. */
  List<MetricReading> of(Live live, ScaleTarget target, HpaSpec spec, List<HpaPod> pods) {
    var names = new TreeSet<String>();
    pods.forEach(pod -> names.add(pod.name()));
    return spec.metrics().stream().map(one -> reading(live, target, one, names)).toList();
  }

  private MetricReading reading(Live live, ScaleTarget target, HpaMetric metric, Set<String> pods) {
    return switch (metric) {
      case HpaMetric.Resource(String resource, _) -> resource(live, target, resource, pods);
      case HpaMetric.ContainerResource(String resource, _, _) ->
          resource(live, target, resource, pods);
      case HpaMetric.Pods(String name, _) -> pods(live, target, name, pods);
      case HpaMetric.Object(String name, _, _) -> object(live, target, name);
      case HpaMetric.External(String name, _) -> external(live, target, name);
    };
  }

  private MetricReading resource(Live live, ScaleTarget target, String resource, Set<String> pods) {
    boolean cpu = resource.equals("cpu");
    if (!cpu && !resource.equals("memory")) {
      return new MetricReading.Failed("the resource " + resource + " is not measured");
    }
    Instant now = clock.instant();
    for (String metric : cpu ? CPU : MEMORY) {
      var selector =
          new MetricSelector(
              Optional.of(metric),
              List.of(
                  inCluster(live.name()),
                  AttributeMatch.equal(AttributeNames.NAMESPACE, target.namespace()),
                  new AttributeMatch.OneOf(AttributeNames.POD, pods),
                  new AttributeMatch.Like(AttributeNames.CONTAINER, Pattern.compile(".+"), true)));
      var of =
          cpu
              ? new MetricQuery.Rate(selector, WINDOW)
              : new MetricQuery.OverTime(selector, WINDOW, Simple.LAST);
      var byContainer =
          new MetricQuery.Aggregate(
              of, Simple.MAXIMUM, Set.of(AttributeNames.POD, AttributeNames.CONTAINER));
      var found = new TreeMap<String, Map<String, Long>>();
      for (Line line :
          MetricQueries.evaluate(byContainer, metrics, now, now, WINDOW, MOST_SERIES).lines()) {
        found
            .computeIfAbsent(line.attributes().getOr(AttributeNames.POD, ""), _ -> new HashMap<>())
            .put(
                line.attributes().getOr(AttributeNames.CONTAINER, ""),
                Math.round(1000 * line.value(0)));
      }
      if (!found.isEmpty()) {
        return samples(found, now);
      }
    }
    return new MetricReading.Failed("no sample of %s was seen".formatted(resource));
  }

  private AttributeMatch inCluster(String name) {
    return clusters.all().size() == 1
        ? new AttributeMatch.OneOf(AttributeNames.CLUSTER, Set.of(name, ""))
        : AttributeMatch.equal(AttributeNames.CLUSTER, name);
  }

  private static MetricReading samples(Map<String, Map<String, Long>> byPod, Instant now) {
    var samples = new HashMap<String, PodSample>();
    byPod.forEach((pod, milli) -> samples.put(pod, new PodSample(milli, now, WINDOW)));
    return new MetricReading.Samples(samples);
  }

  private MetricReading pods(Live live, ScaleTarget target, String metric, Set<String> pods) {
    if (!MetricsApiValues.CUSTOM.contains(metric)) {
      return new MetricReading.Failed("the metric " + metric + " is not this hub's");
    }
    var found = new TreeMap<String, Map<String, Long>>();
    values
        .ofNamed(live.name(), target.namespace(), pods, metric)
        .forEach((pod, value) -> found.put(pod, Map.of("", Math.round(1000 * value))));
    return samples(found, clock.instant());
  }

  private MetricReading object(Live live, ScaleTarget target, String metric) {
    return amount(
        metric,
        values.ofObject(
            live.name(), target.namespace(), ScalingNeeds.resource(target), target.name(), metric));
  }

  private MetricReading external(Live live, ScaleTarget target, String metric) {
    return LearnedMetric.of(metric)
        .map(told -> amount(metric, needs.now(live.name(), target, told)))
        .orElseGet(() -> new MetricReading.Failed("the metric " + metric + " is not this hub's"));
  }

  private static MetricReading amount(String metric, OptionalDouble value) {
    return value.isPresent()
        ? new MetricReading.Amounts(List.of((long) Math.ceil(1000 * value.getAsDouble())))
        : new MetricReading.Failed("nothing is known of " + metric + " at present");
  }
}
