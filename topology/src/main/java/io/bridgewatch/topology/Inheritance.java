package io.bridgewatch.topology;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Entity;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.EntityType;
import io.bridgewatch.model.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An attribute that entities have from their owners, read of one entity after another.
 *
 * <p>The answers are those of {@link Owners}; it is quick where the entities come in the order of
 * their references, because those that follow each other mostly have the same owner, or owners that
 * follow each other too. So each level remembers where it was. For one thread.
 */
final class Inheritance {

  private final Topology topology;
  private final String name;
  private final List<Level> levels = new ArrayList<>();

  private Optional<String> namespace = Optional.empty();
  private Optional<String> cluster = Optional.empty();
  private Optional<String> namespaceValue = Optional.empty();

  Inheritance(Topology topology, String name) {
    this.topology = topology;
    this.name = name;
  }

  /** The step from what is some levels above an entity to what keeps that, and the last answer. */
  private static final class Level {
    final Topology.Reader here;
    final Topology.Reader above;
    Optional<EntityRef> owner = Optional.empty();
    Optional<String> value = Optional.empty();

    Level(Topology topology) {
      here = topology.reader();
      above = topology.reader();
    }
  }

  Optional<String> of(Entity entity) {
    Optional<String> own = entity.attributes().get(name);
    if (own.isPresent()) {
      return own;
    }
    Optional<String> theirs = owners(entity.ref(), 0);
    return theirs.isPresent() ? theirs : namespaces(entity.ref());
  }

  private Optional<String> owners(EntityRef ref, int depth) {
    if (depth == Owners.LEVELS) {
      return Optional.empty();
    }
    Level level = level(depth);
    Optional<EntityRef> owner = level.here.owner(ref);
    if (owner.isEmpty()) {
      return Optional.empty();
    }
    if (!owner.equals(level.owner)) {
      Optional<String> theirs =
          level.above.entity(owner.get()).flatMap(e -> e.attributes().get(name));
      level.value = theirs.isPresent() ? theirs : owners(owner.get(), depth + 1);
      level.owner = owner;
    }
    return level.value;
  }

  private Level level(int depth) {
    if (depth == levels.size()) {
      levels.add(new Level(topology));
    }
    return levels.get(depth);
  }

  private Optional<String> namespaces(EntityRef ref) {
    Optional<String> itsNamespace = ref.identity().get(AttributeNames.NAMESPACE);
    if (itsNamespace.isEmpty() || ref.type() == EntityType.K8S_NAMESPACE) {
      return Optional.empty();
    }
    Optional<String> itsCluster = ref.identity().get(AttributeNames.CLUSTER);
    if (!itsNamespace.equals(namespace) || !itsCluster.equals(cluster)) {
      namespaceValue =
          Owners.namespace(ref).flatMap(topology::entity).flatMap(e -> e.attributes().get(name));
      namespace = itsNamespace;
      cluster = itsCluster;
    }
    return namespaceValue;
  }
}
