package io.bridgewatch.hub;

import io.bridgewatch.adapter.report.Language;
import io.bridgewatch.adapter.report.Vocabulary;
import io.bridgewatch.hub.Moments.Moment;
import io.bridgewatch.model.Entity;
import io.bridgewatch.model.EntityType;
import io.bridgewatch.model.Health;
import io.bridgewatch.model.Topology;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How many entities there are. */
final class EntityCounts {

  private static final int NAMESPACES_SHOWN = 200;

  private static final Set<EntityType> WORKLOADS =
      EnumSet.of(
          EntityType.DEPLOYMENT,
          EntityType.STATEFULSET,
          EntityType.DAEMONSET,
          EntityType.JOB,
          EntityType.CRONJOB);

  private EntityCounts() {}

  /**
   * @param counts by kind, as clusters are listed with them
   * @param troubles degraded or failing, containers aside
   */
  record Overview(ClusterApi.ClusterCounts counts, int troubles) {}

  static Overview overview(Topology topology) {
    int nodes = 0;
    int pods = 0;
    int workloads = 0;
    int services = 0;
    int namespaces = 0;
    int troubles = 0;
    for (Entity entity : topology.entities()) {
      var type = entity.ref().type();
      switch (type) {
        case NODE -> nodes++;
        case POD -> pods++;
        case KUBERNETES_SERVICE -> services++;
        case K8S_NAMESPACE -> namespaces++;
        case DEPLOYMENT, STATEFULSET, DAEMONSET, JOB, CRONJOB -> workloads++;
        case TRANSACTION,
            SERVICE,
            REPLICASET,
            HPA,
            CONFIGMAP,
            RESOURCE_QUOTA,
            PERSISTENT_VOLUME_CLAIM,
            PERSISTENT_VOLUME,
            OBJECT,
            CONTAINER,
            DEVICE,
            ZONE,
            CLUSTER -> {}
      }
      troubles += type != EntityType.CONTAINER && entity.health().isTrouble() ? 1 : 0;
    }
    return new Overview(
        new ClusterApi.ClusterCounts(nodes, pods, workloads, services, namespaces), troubles);
  }

  static ClusterApi.EntitySummary of(
      List<Moment> moments, Optional<String> namespace, Language language) {
    var byType = new EnumMap<EntityType, EnumMap<Health.State, Long>>(EntityType.class);
    var byNamespace = new HashMap<String, long[]>();
    var rows = new ArrayList<ClusterApi.NamespaceCount>();
    for (Moment moment : moments) {
      byNamespace.clear();
      for (Entity entity : moment.topology().entities()) {
        var home = EntityRows.namespace(entity.ref());
        if (namespace.isPresent() && !namespace.get().equals(home)) {
          continue;
        }
        byType
            .computeIfAbsent(entity.ref().type(), type -> new EnumMap<>(Health.State.class))
            .merge(entity.health().state(), 1L, Long::sum);
        if (home != null && entity.ref().type() != EntityType.CONTAINER) {
          var counts = byNamespace.computeIfAbsent(home, name -> new long[2]);
          counts[0]++;
          counts[1] += entity.health().isTrouble() ? 1 : 0;
        }
      }
      byNamespace.forEach(
          (name, counts) ->
              rows.add(
                  new ClusterApi.NamespaceCount(moment.cluster(), name, counts[0], counts[1])));
    }
    rows.sort(
        Comparator.comparingLong(ClusterApi.NamespaceCount::troubles)
            .thenComparingLong(ClusterApi.NamespaceCount::total)
            .reversed()
            .thenComparing(ClusterApi.NamespaceCount::cluster)
            .thenComparing(ClusterApi.NamespaceCount::namespace));
    var types = byType.entrySet().stream().map(e -> count(e.getKey(), e.getValue(), language));
    var listed = types.toList();
    return new ClusterApi.EntitySummary(
        listed.stream().mapToLong(ClusterApi.TypeCount::total).sum(),
        listed,
        rows.stream().limit(NAMESPACES_SHOWN).toList(),
        Moments.asOf(moments).orElse(null));
  }

  private static ClusterApi.TypeCount count(
      EntityType type, Map<Health.State, Long> states, Language language) {
    var health = new LinkedHashMap<String, Long>();
    states.forEach((state, count) -> health.put(state.id(), count));
    return new ClusterApi.TypeCount(
        type.id(),
        Vocabulary.type(type, language),
        states.values().stream().mapToLong(Long::longValue).sum(),
        health);
  }

  /** Whether it is of a type that people deploy. */
  static boolean isWorkload(EntityType type) {
    return WORKLOADS.contains(type);
  }
}
