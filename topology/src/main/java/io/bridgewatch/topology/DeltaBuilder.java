package io.bridgewatch.topology;

import io.bridgewatch.model.Entity;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.Relation;
import io.bridgewatch.model.TopologyDelta;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Collects what one step changes; what is undone within the step leaves no trace. */
final class DeltaBuilder {

  private final Map<EntityRef, Entity> put = new LinkedHashMap<>();
  private final Set<EntityRef> removed = new LinkedHashSet<>();
  private final Set<Relation> tied = new LinkedHashSet<>();
  private final Set<Relation> cut = new LinkedHashSet<>();

  /** The entity as this step put it. */
  Optional<Entity> find(EntityRef ref) {
    return Optional.ofNullable(put.get(ref));
  }

  void put(Entity entity) {
    removed.remove(entity.ref());
    put.put(entity.ref(), entity);
  }

  void remove(EntityRef ref) {
    put.remove(ref);
    removed.add(ref);
  }

  void tie(Relation relation) {
    if (!cut.remove(relation)) {
      tied.add(relation);
    }
  }

  void cut(Relation relation) {
    if (!tied.remove(relation)) {
      cut.add(relation);
    }
  }

  TopologyDelta build() {
    return put.isEmpty() && removed.isEmpty() && tied.isEmpty() && cut.isEmpty()
        ? TopologyDelta.none()
        : new TopologyDelta(
            List.copyOf(put.values()), List.copyOf(removed), List.copyOf(tied), List.copyOf(cut));
  }
}
