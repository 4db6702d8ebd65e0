package io.bridgewatch.model;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * From one topology to the next. Applied in this order: relations cut, entities removed, entities
 * put, relations tied. Applying one twice changes nothing more.
 *
 * @param put entities that are new or have other attributes or another health than before
 */
public record TopologyDelta(
    List<Entity> put, List<EntityRef> removed, List<Relation> tied, List<Relation> cut) {

  private static final TopologyDelta NONE =
      new TopologyDelta(List.of(), List.of(), List.of(), List.of());

  public TopologyDelta {
    put = List.copyOf(put);
    removed = List.copyOf(removed);
    tied = List.copyOf(tied);
    cut = List.copyOf(cut);
  }

  public static TopologyDelta none() {
    return NONE;
  }

  /** Collects what one or several steps change. */
  public static Builder builder() {
    return new Builder();
  }

  public boolean isEmpty() {
    return put.isEmpty() && removed.isEmpty() && tied.isEmpty() && cut.isEmpty();
  }

  /**
   * Collects what changes, in the order in which it does; what is undone leaves no trace. Not safe
   * for use by several threads.
   */
  public static final class Builder {
    private final Map<EntityRef, Entity> put = new LinkedHashMap<>();
    private final Set<EntityRef> removed = new LinkedHashSet<>();
    private final Set<Relation> tied = new LinkedHashSet<>();
    private final Set<Relation> cut = new LinkedHashSet<>();

    private Builder() {}

    /** The entity as it was put here. */
    public Optional<Entity> find(EntityRef ref) {
      return Optional.ofNullable(put.get(ref));
    }

    public Builder put(Entity entity) {
      removed.remove(entity.ref());
      put.put(entity.ref(), entity);
      return this;
    }

    public Builder remove(EntityRef ref) {
      put.remove(ref);
      removed.add(ref);
      return this;
    }

    public Builder tie(Relation relation) {
      if (!cut.remove(relation)) {
        tied.add(relation);
      }
      return this;
    }

    public Builder cut(Relation relation) {
      if (!tied.remove(relation)) {
        cut.add(relation);
      }
      return this;
    }

    /** What the delta changes, after all that was collected so far. */
    public Builder add(TopologyDelta next) {
      next.cut().forEach(this::cut);
      next.removed().forEach(this::remove);
      next.put().forEach(this::put);
      next.tied().forEach(this::tie);
      return this;
    }

    public TopologyDelta build() {
      return put.isEmpty() && removed.isEmpty() && tied.isEmpty() && cut.isEmpty()
          ? none()
          : new TopologyDelta(
              List.copyOf(put.values()), List.copyOf(removed), List.copyOf(tied), List.copyOf(cut));
    }
  }
}
