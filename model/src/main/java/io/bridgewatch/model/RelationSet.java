package io.bridgewatch.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Some relations in their order, immutable, never empty.
 *
 * <p>Most entities have a handful of relations and a few, such as a cluster, have as many as there
 * are pods: few are kept in an array that an update copies, many in a tree that it shares.
 */
sealed interface RelationSet {

  /** An array of so many is still copied faster than a path of a tree. */
  int MOST_IN_ARRAY = 32;

  static RelationSet of(Relation relation) {
    return new Few(new Relation[] {relation});
  }

  /**
   * @param sorted in strictly rising order, at least one
   * @throws IllegalArgumentException if they are not
   */
  static RelationSet ofSorted(List<Relation> sorted) {
    if (sorted.size() > MOST_IN_ARRAY) {
      return new Many(SortedIndex.ofSorted(sorted, relation -> relation));
    }
    Relation[] all = sorted.toArray(new Relation[0]);
    if (all.length == 0) {
      throw new IllegalArgumentException("cannot make a set of no relations");
    }
    for (int i = 1; i < all.length; i++) {
      if (all[i - 1].compareTo(all[i]) >= 0) {
        throw new IllegalArgumentException(
            "cannot take relations out of order: " + all[i - 1] + " comes before " + all[i]);
      }
    }
    return new Few(all);
  }

  /** A view in their order. */
  Collection<Relation> all();

  Relation first();

  /** Where the first of them leads that says who keeps the entity from which they start. */
  default Optional<EntityRef> owner() {
    for (Relation relation : all()) {
      int order = relation.type().compareTo(RelationType.OWNED_BY);
      if (order >= 0) { // those of one entity are in the order of their types
        return order == 0 ? Optional.of(relation.to()) : Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** These and one more; themselves if it is among them. */
  RelationSet with(Relation relation);

  /** These less one; empty if none is left. */
  Optional<RelationSet> without(Relation relation);

  /**
   * @param sorted not changed, nor shown to anybody who might
   */
  record Few(Relation[] sorted) implements RelationSet {
    @Override
    public Collection<Relation> all() {
      return Collections.unmodifiableList(Arrays.asList(sorted));
    }

    @Override
    public Relation first() {
      return sorted[0];
    }

    @Override
    public RelationSet with(Relation relation) {
      int found = Arrays.binarySearch(sorted, relation);
      if (found >= 0) {
        return this;
      }
      int place = -found - 1;
      if (sorted.length == MOST_IN_ARRAY) {
        var more = new ArrayList<>(Arrays.asList(sorted));
        more.add(place, relation);
        return ofSorted(more);
      }
      var more = Arrays.copyOf(sorted, sorted.length + 1);
      System.arraycopy(sorted, place, more, place + 1, sorted.length - place);
      more[place] = relation;
      return new Few(more);
    }

    @Override
    public Optional<RelationSet> without(Relation relation) {
      int place = Arrays.binarySearch(sorted, relation);
      if (place < 0) {
        return Optional.of(this);
      }
      if (sorted.length == 1) {
        return Optional.empty();
      }
      var fewer = Arrays.copyOf(sorted, sorted.length - 1);
      System.arraycopy(sorted, place + 1, fewer, place, fewer.length - place);
      return Optional.of(new Few(fewer));
    }
  }

  /** Becomes few again at half the size where few become many, so that none flutters. */
  record Many(SortedIndex<Relation, Relation> index) implements RelationSet {
    @Override
    public Collection<Relation> all() {
      return index.values();
    }

    @Override
    public Relation first() {
      return index.keys().iterator().next();
    }

    @Override
    public RelationSet with(Relation relation) {
      return index.containsKey(relation) ? this : new Many(index.with(relation, relation));
    }

    @Override
    public Optional<RelationSet> without(Relation relation) {
      SortedIndex<Relation, Relation> fewer = index.without(relation);
      return Optional.of(
          fewer.size() > MOST_IN_ARRAY / 2
              ? new Many(fewer)
              : ofSorted(List.copyOf(fewer.values())));
    }
  }
}
