package io.bridgewatch.topology;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.Entity;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.EntityType;
import io.bridgewatch.model.RelationType;
import io.bridgewatch.model.Topology;
import java.util.Optional;
import java.util.TreeMap;

/**
 * To whom an entity belongs: by its own labels, else by those of what keeps it, else by those of
 * its namespace. So a pod belongs to its Deployment's team although only the Deployment says which.
 */
public final class Owners {

  static final int LEVELS = 5;

  private Owners() {}

  public static Optional<String> team(Topology topology, Entity entity) {
    return inherited(topology, entity, FactNames.TEAM);
  }

  public static Optional<String> application(Topology topology, Entity entity) {
    return inherited(topology, entity, FactNames.APPLICATION);
  }

  /** What keeps an entity at last: a pod's Deployment, a job's CronJob; itself if nothing does. */
  public static EntityRef root(Topology topology, EntityRef ref) {
    EntityRef here = ref;
    for (int level = 0; level < LEVELS; level++) {
      Optional<EntityRef> above = above(topology, here);
      if (above.isEmpty()) {
        return here;
      }
      here = above.get();
    }
    return here;
  }

  private static Optional<EntityRef> above(Topology topology, EntityRef ref) {
    for (var relation : topology.relationsFrom(ref)) {
      if (relation.type() == RelationType.OWNED_BY) {
        return Optional.of(relation.to());
      }
    }
    return Optional.empty();
  }

  private static Optional<String> inherited(Topology topology, Entity entity, String name) {
    Optional<String> own = entity.attributes().get(name);
    if (own.isPresent()) {
      return own;
    }
    EntityRef here = entity.ref();
    for (int level = 0; level < LEVELS; level++) {
      Optional<EntityRef> above = above(topology, here);
      if (above.isEmpty()) {
        break;
      }
      here = above.get();
      Optional<String> theirs = topology.entity(here).flatMap(e -> e.attributes().get(name));
      if (theirs.isPresent()) {
        return theirs;
      }
    }
    return namespace(entity.ref())
        .flatMap(topology::entity)
        .flatMap(namespace -> namespace.attributes().get(name));
  }

  /** The namespace in which it lives; a namespace lives in none. */
  static Optional<EntityRef> namespace(EntityRef ref) {
    Optional<String> name = ref.identity().get(AttributeNames.NAMESPACE);
    if (name.isEmpty() || ref.type() == EntityType.K8S_NAMESPACE) {
      return Optional.empty();
    }
    var identity = new TreeMap<String, String>();
    identity.put(AttributeNames.NAMESPACE, name.get());
    ref.identity()
        .get(AttributeNames.CLUSTER)
        .ifPresent(cluster -> identity.put(AttributeNames.CLUSTER, cluster));
    return Optional.of(new EntityRef(EntityType.K8S_NAMESPACE, Attributes.of(identity)));
  }
}
