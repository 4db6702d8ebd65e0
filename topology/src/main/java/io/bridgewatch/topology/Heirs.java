package io.bridgewatch.topology;

import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.EntityType;
import io.bridgewatch.model.Relation;
import io.bridgewatch.model.RelationType;
import io.bridgewatch.model.Topology;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which entities may have a value from their owners or their namespace, found from those that have
 * it themselves downwards: they are few, and all others need not be asked for their owners.
 */
final class Heirs {

  /** So many marks that nearly all who are none are told by them. */
  private static final int MARK_BITS = 20;

  private final Set<EntityRef> owned;
  private final long[] marks = new long[1 << MARK_BITS - 6];
  private final Set<String> namespaces;

  private Heirs(Set<EntityRef> owned, Set<String> namespaces) {
    this.owned = owned;
    this.namespaces = namespaces;
    for (EntityRef ref : owned) {
      int bit = spread(ref.hashCode());
      marks[bit >>> 6] |= 1L << bit;
    }
  }

  /** What an entity says of itself. */
  interface Own {
    @Nullable String of(SearchBlock block, int place);
  }

  /**
   * @param own the attribute that is handed down
   */
  static Heirs of(Topology topology, Own own, String value) {
    List<EntityRef> holders = new ArrayList<>();
    var namespaces = new HashSet<String>();
    SearchBlock.read(
        topology,
        topology.stretch(),
        block -> {
          for (int i = 0; i < block.size(); i++) {
            if (value.equals(own.of(block, i))) {
              EntityRef ref = block.entity(i).ref();
              holders.add(ref);
              if (ref.type() == EntityType.K8S_NAMESPACE) {
                namespaces.add(ref.name());
              }
            }
          }
        });
    var owned = new HashSet<EntityRef>();
    List<EntityRef> level = holders;
    for (int depth = 0; depth < Owners.LEVELS && !level.isEmpty(); depth++) {
      var next = new ArrayList<EntityRef>();
      for (EntityRef owner : level) {
        for (Relation relation : topology.relationsTo(owner)) {
          if (relation.type() == RelationType.OWNED_BY && owned.add(relation.from())) {
            next.add(relation.from());
          }
        }
      }
      level = next;
    }
    return new Heirs(owned, namespaces);
  }

  /** False if it surely has not; whether it has, {@link Inheritance} tells. */
  boolean mayBe(SearchBlock block, int place) {
    if (isMarked(block.hash(place)) && owned.contains(block.entity(place).ref())) {
      return true;
    }
    String namespace = block.namespace(place);
    return namespace != null && !namespaces.isEmpty() && namespaces.contains(namespace);
  }

  private boolean isMarked(int hash) {
    int bit = spread(hash);
    return (marks[bit >>> 6] & 1L << bit) != 0;
  }

  private static int spread(int hash) {
    return hash * 0x9E3779B9 >>> 32 - MARK_BITS;
  }
}
