package io.bridgewatch.model;

import java.util.Collection;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What exists and how it hangs together at one moment. Immutable; iteration is in the order of the
 * references, so that the same content always reads the same.
 */
public final class Topology {

  private static final Topology EMPTY =
      new Topology(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());

  private final NavigableMap<EntityRef, Entity> entities;
  private final NavigableMap<EntityRef, NavigableSet<Relation>> from;
  private final NavigableMap<EntityRef, NavigableSet<Relation>> to;

  private Topology(
      NavigableMap<EntityRef, Entity> entities,
      NavigableMap<EntityRef, NavigableSet<Relation>> from,
      NavigableMap<EntityRef, NavigableSet<Relation>> to) {
    this.entities = Collections.unmodifiableNavigableMap(entities);
    this.from = Collections.unmodifiableNavigableMap(from);
    this.to = Collections.unmodifiableNavigableMap(to);
  }

  public static Topology empty() {
    return EMPTY;
  }

  public Optional<Entity> entity(EntityRef ref) {
    return Optional.ofNullable(entities.get(ref));
  }

  public Collection<Entity> entities() {
    return entities.values();
  }

  /** Relations that start at the entity. */
  public Collection<Relation> relationsFrom(EntityRef ref) {
    return from.getOrDefault(ref, Collections.emptyNavigableSet());
  }

  /** Relations that end at the entity. */
  public Collection<Relation> relationsTo(EntityRef ref) {
    return to.getOrDefault(ref, Collections.emptyNavigableSet());
  }

  /** What the entity reaches by one relation of that type. */
  public NavigableSet<EntityRef> targets(EntityRef ref, RelationType type) {
    var found = new TreeSet<EntityRef>();
    for (Relation relation : relationsFrom(ref)) {
      if (relation.type() == type) {
        found.add(relation.to());
      }
    }
    return found;
  }

  /** What reaches the entity by one relation of that type. */
  public NavigableSet<EntityRef> sources(EntityRef ref, RelationType type) {
    var found = new TreeSet<EntityRef>();
    for (Relation relation : relationsTo(ref)) {
      if (relation.type() == type) {
        found.add(relation.from());
      }
    }
    return found;
  }

  /** A copy that can be added to. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** Collects entities and relations; not safe for use by several threads. */
  public static final class Builder {
    private final TreeMap<EntityRef, Entity> entities;
    private final TreeMap<EntityRef, NavigableSet<Relation>> from = new TreeMap<>();
    private final TreeMap<EntityRef, NavigableSet<Relation>> to = new TreeMap<>();

    private Builder(Topology topology) {
      entities = new TreeMap<>(topology.entities);
      topology.from.forEach((ref, relations) -> from.put(ref, new TreeSet<>(relations)));
      topology.to.forEach((ref, relations) -> to.put(ref, new TreeSet<>(relations)));
    }

    /** Adds an entity; attributes already known of it stay unless they are given anew. */
    public Builder add(Entity entity) {
      entities.merge(
          entity.ref(),
          entity,
          (old, now) -> new Entity(now.ref(), old.attributes().with(now.attributes())));
      return this;
    }

    /** Adds a relation and, where they are not known yet, the entities at its ends. */
    public Builder add(Relation relation) {
      for (EntityRef end : new EntityRef[] {relation.from(), relation.to()}) {
        entities.computeIfAbsent(end, ref -> new Entity(ref, Attributes.none()));
      }
      from.computeIfAbsent(relation.from(), k -> new TreeSet<>()).add(relation);
      to.computeIfAbsent(relation.to(), k -> new TreeSet<>()).add(relation);
      return this;
    }

    public Topology build() {
      var fromCopy = new TreeMap<EntityRef, NavigableSet<Relation>>();
      from.forEach(
          (k, v) -> fromCopy.put(k, Collections.unmodifiableNavigableSet(new TreeSet<>(v))));
      var toCopy = new TreeMap<EntityRef, NavigableSet<Relation>>();
      to.forEach((k, v) -> toCopy.put(k, Collections.unmodifiableNavigableSet(new TreeSet<>(v))));
      return new Topology(new TreeMap<>(entities), fromCopy, toCopy);
    }
  }
}
