package io.bridgewatch.hub;

import io.bridgewatch.model.Entity;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.EntityType;
import io.bridgewatch.model.Relation;
import io.bridgewatch.model.RelationType;
import io.bridgewatch.model.Topology;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

/** What is near an entity. */
final class Neighbourhood {

  /** So many have so much in common with everything that nothing follows from sharing one. */
  private static final Set<EntityType> SHARED =
      EnumSet.of(
          EntityType.NODE,
          EntityType.ZONE,
          EntityType.CLUSTER,
          EntityType.K8S_NAMESPACE,
          EntityType.CONFIGMAP,
          EntityType.RESOURCE_QUOTA);

  private static final int MOST = 5_000;

  private Neighbourhood() {}

  /**
   * The entity and what relations lead to from it, in whichever direction, in so many steps. What
   * many share, such as a node, belongs to it, but nothing is reached through it. A pod's
   * containers, and a workload's pods below its ReplicaSets or Jobs, count as the thing itself. At
   * most {@value #MOST} entities.
   */
  static Set<EntityRef> within(Topology topology, EntityRef start, int steps) {
    var distances = new HashMap<EntityRef, Integer>();
    var rest = new ArrayDeque<EntityRef>();
    distances.put(start, 0);
    rest.add(start);
    while (!rest.isEmpty() && distances.size() < MOST) {
      var here = rest.removeFirst();
      int distance = distances.getOrDefault(here, 0);
      if (SHARED.contains(here.type()) && !here.equals(start)) {
        continue;
      }
      for (Relation relation : touching(topology, here)) {
        boolean outward = relation.from().equals(here);
        var there = outward ? relation.to() : relation.from();
        boolean part = !outward && relation.type() == RelationType.OWNED_BY;
        int further = distance + (part || there.type() == EntityType.CONTAINER ? 0 : 1);
        if (further <= steps && further < distances.getOrDefault(there, Integer.MAX_VALUE)) {
          distances.put(there, further);
          if (further == distance) {
            rest.addFirst(there);
          } else {
            rest.addLast(there);
          }
        }
      }
    }
    return new HashSet<>(distances.keySet());
  }

  /** Relations at either end of the entity, outward ones first. */
  static List<Relation> touching(Topology topology, EntityRef ref) {
    var all = new ArrayList<Relation>(topology.relationsFrom(ref));
    all.addAll(topology.relationsTo(ref));
    return all;
  }

  /** The containers of a pod, in order. */
  static List<Entity> containers(Topology topology, EntityRef pod) {
    var found = new LinkedHashMap<EntityRef, Entity>();
    for (Relation relation : touching(topology, pod)) {
      var other = relation.from().equals(pod) ? relation.to() : relation.from();
      if (other.type() == EntityType.CONTAINER) {
        topology.entity(other).ifPresent(container -> found.put(other, container));
      }
    }
    return found.values().stream().sorted((a, b) -> a.ref().compareTo(b.ref())).toList();
  }

  /** What owns it, the nearest first; ends where a circle would begin. */
  static List<EntityRef> owners(Topology topology, EntityRef ref) {
    var chain = new ArrayList<EntityRef>();
    var here = ref;
    while (true) {
      var above = topology.targets(here, RelationType.OWNED_BY);
      if (above.isEmpty() || above.first().equals(ref) || chain.contains(above.first())) {
        return chain;
      }
      here = above.first();
      chain.add(here);
    }
  }

  /** How many relations lead to entities that are not shown. */
  static ClusterApi.More hidden(Topology topology, EntityRef ref, Set<EntityRef> shown) {
    int out = 0;
    for (Relation relation : topology.relationsFrom(ref)) {
      out += shown.contains(relation.to()) ? 0 : 1;
    }
    int in = 0;
    for (Relation relation : topology.relationsTo(ref)) {
      in += shown.contains(relation.from()) ? 0 : 1;
    }
    return new ClusterApi.More(out, in);
  }
}
