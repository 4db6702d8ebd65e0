package io.bridgewatch.engine;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.EntityType;
import io.bridgewatch.model.Topology;
import io.bridgewatch.topology.Owners;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who writes log lines, as far as it should be told apart: the workload rather than the pod, which
 * comes and goes, with the service and the container where they are known.
 *
 * <p>The workload is what keeps the pod by the cluster's topology, else what the resource says. A
 * pod that nothing keeps is told by its name; one that the topology does not know (yet) by its
 * namespace and container alone. Safe for use by several threads.
 */
final class LogSources {

  private static final int MOST_KNOWN = 100_000;

  private static final List<String> WORKLOADS =
      List.of(
          AttributeNames.CRONJOB,
          AttributeNames.DEPLOYMENT,
          AttributeNames.STATEFULSET,
          AttributeNames.DAEMONSET,
          AttributeNames.JOB,
          AttributeNames.REPLICASET);

  private final Discoveries discoveries;
  private final Map<Attributes, Attributes> known = new ConcurrentHashMap<>();

  LogSources(Discoveries discoveries) {
    this.discoveries = discoveries;
  }

  Attributes of(Attributes resource) {
    Attributes before = known.get(resource);
    if (before != null) {
      return before;
    }
    Optional<EntityRef> root = root(resource);
    var source = new TreeMap<String, String>();
    copy(resource, AttributeNames.CLUSTER, source);
    copy(resource, AttributeNames.NAMESPACE, source);
    copy(resource, AttributeNames.SERVICE, source);
    copy(resource, AttributeNames.CONTAINER, source);
    if (root.isPresent()) {
      source.putAll(root.get().identity().asMap());
    } else {
      WORKLOADS.stream()
          .filter(resource::has)
          .findFirst()
          .ifPresent(name -> copy(resource, name, source));
    }
    if (source.isEmpty()) {
      copy(resource, AttributeNames.HOST, source);
    }
    Attributes found = Attributes.of(source);
    if (root.isPresent() || !resource.has(AttributeNames.POD)) {
      if (known.size() >= MOST_KNOWN) {
        known.clear();
      }
      known.put(resource, found);
    }
    return found;
  }

  private static void copy(Attributes from, String name, Map<String, String> to) {
    from.get(name).ifPresent(value -> to.put(name, value));
  }

  /** What keeps the pod, itself if nothing does; empty if the topology does not know it. */
  private Optional<EntityRef> root(Attributes resource) {
    Optional<EntityRef> pod = EntityRef.from(EntityType.POD, resource);
    Optional<Topology> topology =
        discoveries
            .snapshot(resource.getOr(AttributeNames.CLUSTER, ""))
            .map(Discovery.Snapshot::topology);
    return pod.filter(ref -> topology.flatMap(one -> one.entity(ref)).isPresent())
        .map(ref -> Owners.root(topology.orElseThrow(), ref));
  }
}
