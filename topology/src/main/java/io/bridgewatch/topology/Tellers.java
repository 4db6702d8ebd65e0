package io.bridgewatch.topology;

import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.Relation;
import io.bridgewatch.model.SortedIndex;

/** How many objects tell of each entity and relation: it is there as long as one does. */
record Tellers(SortedIndex<EntityRef, Integer> entities, SortedIndex<Relation, Integer> relations) {

  static Tellers none() {
    return new Tellers(SortedIndex.empty(), SortedIndex.empty());
  }

  boolean tell(EntityRef ref) {
    return entities.containsKey(ref);
  }

  boolean tell(Relation relation) {
    return relations.containsKey(relation);
  }

  Tellers with(EntityRef ref) {
    return new Tellers(more(entities, ref), relations);
  }

  Tellers with(Relation relation) {
    return new Tellers(entities, more(relations, relation));
  }

  Tellers without(EntityRef ref) {
    return new Tellers(fewer(entities, ref), relations);
  }

  Tellers without(Relation relation) {
    return new Tellers(entities, fewer(relations, relation));
  }

  private static <K extends Comparable<? super K>> SortedIndex<K, Integer> more(
      SortedIndex<K, Integer> counts, K key) {
    return counts.with(key, counts.get(key).orElse(0) + 1);
  }

  private static <K extends Comparable<? super K>> SortedIndex<K, Integer> fewer(
      SortedIndex<K, Integer> counts, K key) {
    int left = counts.get(key).orElse(0) - 1;
    return left > 0 ? counts.with(key, left) : counts.without(key);
  }
}
