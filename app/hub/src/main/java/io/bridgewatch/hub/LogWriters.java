package io.bridgewatch.hub;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.EntityType;
import io.bridgewatch.model.RelationType;
import io.bridgewatch.model.Topology;
import io.bridgewatch.topology.Owners;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/**
 * Tells which sources of log patterns an entity stands for. Patterns belong to workloads, so those
 * of a pod, of a Kubernetes service or of a node are the patterns of the workloads that their pods
 * belong to.
 */
@Component
final class LogWriters {

  private final Moments moments;
  private final LiveClusters clusters;

  LogWriters(Moments moments, ClusterParts parts) {
    this.moments = moments;
    this.clusters = parts.watch();
  }

  /**
   * Which sources are asked for; all where nothing is asked.
   *
   * @throws HubProblem if there is no such cluster, or a parameter is wrong
   */
  Predicate<Attributes> of(SignalParameters parameters, SignalRange range) {
    var type = Parameters.given(parameters.type()).map(EntityId::typeOf);
    if (type.isEmpty()) {
      var cluster = Parameters.given(parameters.cluster()).map(name -> moments.live(name).name());
      var namespace = Parameters.given(parameters.namespace());
      return source ->
          cluster.stream().allMatch(name -> inCluster(source, name))
              && namespace.stream()
                  .allMatch(name -> source.getOr(AttributeNames.NAMESPACE, "").equals(name));
    }
    var live = moments.live(parameters.cluster());
    if (type.get() == EntityType.CLUSTER) {
      return source -> inCluster(source, live.name());
    }
    var name =
        Parameters.given(parameters.name())
            .orElseThrow(() -> HubProblem.invalid("name is missing"));
    var ref =
        EntityId.ref(
            live.name(),
            type.get(),
            name,
            parameters.namespace(),
            parameters.pod(),
            parameters.kind());
    var topologies = new ArrayList<Topology>();
    moments.find(live, range.from()).ifPresent(moment -> topologies.add(moment.topology()));
    moments.find(live, range.to()).ifPresent(moment -> topologies.add(moment.topology()));
    Set<Attributes> writers = writers(ref, topologies);
    return source ->
        inCluster(source, live.name())
            && writers.stream().anyMatch(writer -> holds(source, writer));
  }

  private boolean inCluster(Attributes source, String name) {
    String given = source.getOr(AttributeNames.CLUSTER, "");
    return given.equals(name) || (given.isEmpty() && clusters.all().size() == 1);
  }

  private static boolean holds(Attributes source, Attributes wanted) {
    return wanted.asMap().entrySet().stream()
        .allMatch(one -> source.getOr(one.getKey(), "").equals(one.getValue()));
  }

  /** What a source has to have beside the cluster, any of these. */
  static Set<Attributes> writers(EntityRef ref, List<Topology> topologies) {
    var writers = new LinkedHashSet<Attributes>();
    writers.add(ref.identity().without(AttributeNames.CLUSTER));
    for (Topology topology : topologies) {
      for (EntityRef pod : pods(ref, topology)) {
        Attributes writer = Owners.root(topology, pod).identity().without(AttributeNames.CLUSTER);
        writers.add(
            ref.type() == EntityType.CONTAINER
                ? writer.with(AttributeNames.CONTAINER, ref.name())
                : writer);
      }
    }
    return writers;
  }

  private static Set<EntityRef> pods(EntityRef ref, Topology topology) {
    return switch (ref.type()) {
      case POD -> Set.of(ref);
      case CONTAINER ->
          EntityRef.from(EntityType.POD, ref.identity()).map(Set::of).orElseGet(Set::of);
      case NODE -> {
        var pods = new LinkedHashSet<>(topology.sources(ref, RelationType.RUNS_ON));
        pods.removeIf(one -> one.type() != EntityType.POD);
        yield pods;
      }
      case DEPLOYMENT, STATEFULSET, DAEMONSET, REPLICASET, JOB, CRONJOB, KUBERNETES_SERVICE, HPA ->
          SignalSubject.below(topology, ref, EntityType.POD);
      case TRANSACTION,
          SERVICE,
          CONFIGMAP,
          RESOURCE_QUOTA,
          PERSISTENT_VOLUME_CLAIM,
          PERSISTENT_VOLUME,
          OBJECT,
          K8S_NAMESPACE,
          DEVICE,
          ZONE,
          CLUSTER ->
          Set.of();
    };
  }
}
