package io.bridgewatch.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What exists and how it hangs together at one moment.
 *
 * <p>Immutable, and cheap to derive the next one from: an update shares all it does not touch, so
 * that readers keep a moment for as long as they like while the next ones are made. Iteration is in
 * the order of the references, so that the same content always reads the same.
 */
public final class Topology {

  private static final EntityType[] TYPES = EntityType.values();

  private static final Topology EMPTY =
      new Topology(SortedIndex.empty(), SortedIndex.empty(), SortedIndex.empty());

  /** Small enough that few others share the fate of one that changes. */
  private static final int BLOCK = 64;

  private final SortedIndex<EntityRef, Entity> entities;
  private final SortedIndex<EntityRef, RelationSet> from;
  private final SortedIndex<EntityRef, RelationSet> to;

  private Topology(
      SortedIndex<EntityRef, Entity> entities,
      SortedIndex<EntityRef, RelationSet> from,
      SortedIndex<EntityRef, RelationSet> to) {
    this.entities = entities;
    this.from = from;
    this.to = to;
  }

  public static Topology empty() {
    return EMPTY;
  }

  /**
   * The topology of these entities and relations, in time that grows with their number.
   *
   * @param entities in strictly rising order of their references
   * @param relations in strictly rising order; their ends need not be among the entities
   * @throws IllegalArgumentException if either is out of order
   */
  public static Topology ofSorted(List<Entity> entities, List<Relation> relations) {
    var places = HashMap.<EntityRef, Integer>newHashMap(entities.size());
    for (int i = 0; i < entities.size(); i++) {
      places.put(entities.get(i).ref(), i);
    }
    var ends = new int[relations.size()];
    for (int i = 0; i < ends.length; i++) {
      ends[i] = places.getOrDefault(relations.get(i).to(), UNKNOWN);
    }
    return ofSorted(entities, relations, ends);
  }

  /**
   * The same where it is known at which place among the entities each relation ends.
   *
   * @param ends for each relation the place of the entity it leads to; {@link #UNKNOWN} if it leads
   *     to none of them. Not checked
   */
  public static Topology ofSorted(List<Entity> entities, List<Relation> relations, int[] ends) {
    var from = new ArrayList<RelationSet>();
    for (int begin = 0; begin < relations.size(); ) {
      int end = begin + 1;
      EntityRef start = relations.get(begin).from();
      while (end < relations.size() && relations.get(end).from().equals(start)) {
        end++;
      }
      from.add(RelationSet.ofSorted(relations.subList(begin, end)));
      begin = end;
    }
    return new Topology(
        SortedIndex.ofSorted(entities, Entity::ref),
        SortedIndex.ofSorted(from, set -> set.first().from()),
        SortedIndex.ofSorted(byEnds(entities.size(), relations, ends), set -> set.first().to()));
  }

  /** Where a relation ends that leads to no known entity. */
  public static final int UNKNOWN = -1;

  /**
   * By the entities at their ends, in the order of these: a counting sort, which keeps the order.
   */
  private static List<RelationSet> byEnds(int entities, List<Relation> relations, int[] ends) {
    var begins = new int[entities + 1];
    for (int end : ends) {
      if (end != UNKNOWN) {
        begins[end + 1]++;
      }
    }
    for (int i = 1; i <= entities; i++) {
      begins[i] += begins[i - 1];
    }
    var sorted = new Relation[begins[entities]];
    var next = Arrays.copyOf(begins, entities);
    var others = new TreeMap<EntityRef, List<Relation>>();
    for (int i = 0; i < ends.length; i++) {
      Relation relation = relations.get(i);
      if (ends[i] != UNKNOWN) {
        sorted[next[ends[i]]++] = relation;
      } else {
        others.computeIfAbsent(relation.to(), ref -> new ArrayList<>(2)).add(relation);
      }
    }
    var sets = new ArrayList<RelationSet>(entities + others.size());
    List<Relation> all = Arrays.asList(sorted);
    for (int i = 0; i < entities; i++) {
      if (begins[i] < begins[i + 1]) {
        sets.add(RelationSet.ofSorted(all.subList(begins[i], begins[i + 1])));
      }
    }
    if (!others.isEmpty()) {
      others.values().forEach(some -> sets.add(RelationSet.ofSorted(some)));
      sets.sort(Comparator.comparing(set -> set.first().to()));
    }
    return sets;
  }

  public Optional<Entity> entity(EntityRef ref) {
    return entities.get(ref);
  }

  public Collection<Entity> entities() {
    return entities.values();
  }

  /** The entities of that type, in the order of their references. */
  public Iterable<Entity> entities(EntityType type) {
    return () -> new OfType(entities.entriesFrom(EntityRef.least(type)), type);
  }

  /** Where all entities stand. */
  public Stretch stretch() {
    return new Stretch(0, entities.size());
  }

  /** Where the entities of that type stand. */
  public Stretch stretch(EntityType type) {
    int from = entities.rank(EntityRef.least(type));
    int next = type.ordinal() + 1;
    return new Stretch(
        from, next < TYPES.length ? entities.rank(EntityRef.least(TYPES[next])) : entities.size());
  }

  /** How many entities come before that one, whether or not it is known. */
  public int rank(EntityRef ref) {
    return entities.rank(ref);
  }

  /**
   * Reads the entities of a stretch in the order of their references, in blocks of a few dozen at
   * most.
   */
  public void read(Stretch stretch, SortedIndex.BlockReader<Entity> reader) {
    entities.forEachBlock(stretch.from(), stretch.to(), BLOCK, reader);
  }

  /** Looks up one entity after another; quick where they come in about their order. */
  public Reader reader() {
    return new Reader(entities.reader(), from.reader());
  }

  /**
   * Entities that follow each other.
   *
   * @param from rank of the first
   * @param to rank behind the last
   */
  public record Stretch(int from, int to) {}

  /** Remembers where it looked last. For one thread. */
  public static final class Reader {
    private final SortedReader<EntityRef, Entity> entities;
    private final SortedReader<EntityRef, RelationSet> from;

    private Reader(
        SortedReader<EntityRef, Entity> entities, SortedReader<EntityRef, RelationSet> from) {
      this.entities = entities;
      this.from = from;
    }

    public Optional<Entity> entity(EntityRef ref) {
      return entities.get(ref);
    }

    /** What keeps the entity: the first of what it is owned by. */
    public Optional<EntityRef> owner(EntityRef ref) {
      return from.get(ref).flatMap(RelationSet::owner);
    }
  }

  /** All relations, in their order. */
  public Collection<Relation> relations() {
    var all = new ArrayList<Relation>();
    from.values().forEach(relations -> all.addAll(relations.all()));
    return Collections.unmodifiableList(all);
  }

  /** Relations that start at the entity. */
  public Collection<Relation> relationsFrom(EntityRef ref) {
    return from.get(ref).map(RelationSet::all).orElse(List.of());
  }

  /** Relations that end at the entity. */
  public Collection<Relation> relationsTo(EntityRef ref) {
    return to.get(ref).map(RelationSet::all).orElse(List.of());
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

  /** The topology that the delta leads to. */
  public Topology with(TopologyDelta delta) {
    if (delta.isEmpty()) {
      return this;
    }
    var updates = new TreeMap<EntityRef, Optional<Entity>>();
    delta.removed().forEach(ref -> updates.put(ref, Optional.empty()));
    delta.put().forEach(entity -> updates.put(entity.ref(), Optional.of(entity)));
    return new Topology(
        entities.with(updates),
        updated(from, delta, Relation::from),
        updated(to, delta, Relation::to));
  }

  private static SortedIndex<EntityRef, RelationSet> updated(
      SortedIndex<EntityRef, RelationSet> index,
      TopologyDelta delta,
      Function<Relation, EntityRef> end) {
    var updates = new TreeMap<EntityRef, Optional<RelationSet>>();
    for (Relation relation : delta.cut()) {
      EntityRef ref = end.apply(relation);
      Optional<RelationSet> known = updates.computeIfAbsent(ref, index::get);
      updates.put(ref, known.flatMap(set -> set.without(relation)));
    }
    for (Relation relation : delta.tied()) {
      EntityRef ref = end.apply(relation);
      Optional<RelationSet> known = updates.computeIfAbsent(ref, index::get);
      updates.put(
          ref,
          Optional.of(
              known.map(set -> set.with(relation)).orElseGet(() -> RelationSet.of(relation))));
    }
    return index.with(updates);
  }

  /** A copy that can be added to. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** Collects entities and relations; not safe for use by several threads. */
  public static final class Builder {
    private SortedIndex<EntityRef, Entity> entities;
    private SortedIndex<EntityRef, RelationSet> from;
    private SortedIndex<EntityRef, RelationSet> to;

    private Builder(Topology topology) {
      entities = topology.entities;
      from = topology.from;
      to = topology.to;
    }

    /** Adds an entity; attributes already known of it stay unless they are given anew. */
    public Builder add(Entity entity) {
      Optional<Entity> old = entities.get(entity.ref());
      return put(
          old.isEmpty()
              ? entity
              : new Entity(
                  entity.ref(), old.get().attributes().with(entity.attributes()), entity.health()));
    }

    /** Adds a relation and, where they are not known yet, the entities at its ends. */
    public Builder add(Relation relation) {
      for (EntityRef end : List.of(relation.from(), relation.to())) {
        if (!entities.containsKey(end)) {
          put(new Entity(end, Attributes.none()));
        }
      }
      return tie(relation);
    }

    /** Puts an entity in the place of the one of that reference, if there is one. */
    public Builder put(Entity entity) {
      entities = entities.with(entity.ref(), entity);
      return this;
    }

    /** Takes an entity away; its relations stay. */
    public Builder remove(EntityRef ref) {
      entities = entities.without(ref);
      return this;
    }

    /** Adds a relation, whether or not the entities at its ends are known. */
    public Builder tie(Relation relation) {
      from = with(from, relation.from(), relation);
      to = with(to, relation.to(), relation);
      return this;
    }

    /** Takes a relation away; the entities at its ends stay. */
    public Builder cut(Relation relation) {
      from = without(from, relation.from(), relation);
      to = without(to, relation.to(), relation);
      return this;
    }

    private static SortedIndex<EntityRef, RelationSet> with(
        SortedIndex<EntityRef, RelationSet> index, EntityRef end, Relation relation) {
      Optional<RelationSet> known = index.get(end);
      if (known.isEmpty()) {
        return index.with(end, RelationSet.of(relation));
      }
      RelationSet more = known.get().with(relation);
      return more == known.get() ? index : index.with(end, more);
    }

    private static SortedIndex<EntityRef, RelationSet> without(
        SortedIndex<EntityRef, RelationSet> index, EntityRef end, Relation relation) {
      Optional<RelationSet> known = index.get(end);
      if (known.isEmpty()) {
        return index;
      }
      Optional<RelationSet> rest = known.get().without(relation);
      return rest.isEmpty() ? index.without(end) : index.with(end, rest.get());
    }

    public Topology build() {
      return new Topology(entities, from, to);
    }
  }

  private static final class OfType implements Iterator<Entity> {
    private final Iterator<Map.Entry<EntityRef, Entity>> rest;
    private final EntityType type;
    private Optional<Entity> next = Optional.empty();

    OfType(Iterator<Map.Entry<EntityRef, Entity>> rest, EntityType type) {
      this.rest = rest;
      this.type = type;
      step();
    }

    private void step() {
      next =
          rest.hasNext()
              ? Optional.of(rest.next().getValue()).filter(e -> e.ref().type() == type)
              : Optional.empty();
    }

    @Override
    public boolean hasNext() {
      return next.isPresent();
    }

    @Override
    public Entity next() {
      Entity here = next.orElseThrow();
      step();
      return here;
    }
  }
}
