package io.bridgewatch.hub;

import io.bridgewatch.engine.WorkloadReader;
import io.bridgewatch.engine.WorkloadSubject;
import io.bridgewatch.hub.LiveClusters.Live;
import io.bridgewatch.model.AttributeMatch;
import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.EntityType;
import io.bridgewatch.model.RelationType;
import io.bridgewatch.ports.MetricStore;
import io.bridgewatch.scale.ScaleTarget;
import io.bridgewatch.scale.WorkloadRecording;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.stereotype.Component;

/** Reads from the store of metrics what workloads received and were. */
@Component
final class ScalingHistories {

  /** Of one page of one signal: a workload of 200 pods with ten routes each. */
  private static final int MOST_SERIES = 2_000;

  private final WorkloadReader reader;
  private final LiveClusters clusters;

  ScalingHistories(MetricStore metrics, ClusterParts parts) {
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

  WorkloadRecording read(WorkloadSubject subject, Instant from, Instant to, Duration step) {
    return reader.history(subject, from, to, step);
  }
}
