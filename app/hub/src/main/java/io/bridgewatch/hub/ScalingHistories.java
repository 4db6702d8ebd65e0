package io.bridgewatch.hub;

import io.bridgewatch.engine.WorkloadReader;
import io.bridgewatch.engine.WorkloadSubject;
import io.bridgewatch.hub.LiveClusters.Live;
import io.bridgewatch.model.AttributeMatch;
import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.EntityType;
import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.model.RelationType;
import io.bridgewatch.ports.MetricQueries;
import io.bridgewatch.ports.MetricQuery;
import io.bridgewatch.ports.MetricQuery.Reduction.Simple;
import io.bridgewatch.ports.MetricSelector;
import io.bridgewatch.ports.MetricStore;
import io.bridgewatch.scale.ScaleTarget;
import io.bridgewatch.scale.WorkloadRecording;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Reads from the store of metrics what workloads received and were. */
@Component
final class ScalingHistories {

  /**
   * Annotation of a workload: the consumer groups and queues whose messages it alone takes, with
   * commas between them.
   */
  static final String CONSUMES = "bridgewatch.io/consumes";

  /** Of one page of one signal: a workload of 200 pods with ten routes each. */
  private static final int MOST_SERIES = 2_000;

  /** Of one page of a metric of our own. */
  private static final int PAGE = 10_000;

  private final MetricStore metrics;
  private final WorkloadReader reader;
  private final LiveClusters clusters;

  ScalingHistories(MetricStore metrics, ClusterParts parts) {
    this.metrics = metrics;
    this.reader = new WorkloadReader(metrics, MOST_SERIES);
    this.clusters = parts.watch();
  }

  /** How a workload is known to the store. Series that name no cluster are the only one's. */
  WorkloadSubject subject(Live live, ScaleTarget target) {
    var pods = new TreeSet<String>();
    var services = new TreeSet<String>();
    for (EntityRef pod : pods(live, target)) {
      pods.add(pod.name());
      live.topology().sources(pod, RelationType.RUNS_ON).stream()
          .filter(one -> one.type() == EntityType.SERVICE)
          .map(EntityRef::name)
          .forEach(services::add);
    }
    boolean only = clusters.all().size() == 1;
    return new WorkloadSubject(
        only
            ? new AttributeMatch.OneOf(AttributeNames.CLUSTER, Set.of(live.name(), ""))
            : AttributeMatch.equal(AttributeNames.CLUSTER, live.name()),
        live.name(),
        target.namespace(),
        target.kind(),
        target.name(),
        pods,
        services);
  }

  /** What a workload is called in series about itself. */
  static Attributes resource(Live live, ScaleTarget target) {
    return WorkloadSubject.resource(live.name(), target.namespace(), target.kind(), target.name());
  }

  /** The pods that a workload has now. */
  static Set<EntityRef> pods(Live live, ScaleTarget target) {
    return SignalSubject.below(
        live.topology(), ScalingCluster.ref(live.name(), target), EntityType.POD);
  }

  /**
   * What a metric of our own told about a workload, as an autoscaler could read it.
   *
   * @param workload what it is called in series about itself
   * @return at the start and every step after it, before the end; {@code NaN} where nothing was
   *     told lately
   */
  double[] told(Attributes workload, String metric, Instant from, Instant to, Duration step) {
    var selector =
        new MetricSelector(
            Optional.of(metric),
            workload.asMap().entrySet().stream()
                .map(one -> AttributeMatch.equal(one.getKey(), one.getValue()))
                .toList());
    var newest =
        new MetricQuery.Aggregate(
            new MetricQuery.OverTime(selector, ScalingNeeds.FRESH, Simple.LAST),
            Simple.MAXIMUM,
            Set.of());
    double[] values = new double[(int) Duration.between(from, to).dividedBy(step)];
    Arrays.fill(values, Double.NaN);
    for (int at = 0; at < values.length; at += PAGE) {
      int page = Math.min(PAGE, values.length - at);
      Instant first = from.plus(step.multipliedBy(at));
      var found =
          MetricQueries.evaluate(
              newest, metrics, first, first.plus(step.multipliedBy(page - 1L)), step, MOST_SERIES);
      for (MetricQueries.Line line : found.lines()) {
        System.arraycopy(line.values(), 0, values, at, page);
      }
    }
    return values;
  }

  WorkloadRecording read(WorkloadSubject subject, Instant from, Instant to, Duration step) {
    return reader.history(subject, from, to, step);
  }

  /** The same with network, queues and pools: for who looks once, not for loops. */
  WorkloadRecording readForTriggers(
      Live live, KubernetesObject workload, Instant from, Instant to, Duration step) {
    return reader.historyForTriggers(
        subject(live, ScaleTarget.of(workload)), consumes(workload), from, to, step);
  }

  private static Set<String> consumes(KubernetesObject workload) {
    return Optional.ofNullable(workload.strings("metadata", "annotations").get(CONSUMES)).stream()
        .flatMap(names -> Arrays.stream(names.split(",", -1)))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .collect(Collectors.toSet());
  }
}
