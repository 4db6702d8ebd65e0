package io.bridgewatch.topology;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.EntityType;
import io.bridgewatch.model.Relation;
import io.bridgewatch.model.RelationType;
import io.bridgewatch.model.Topology;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which entities may have a value from their owners or their namespace, found from those that have
 * it themselves downwards: they are few, and all others need not be asked for their owners.
 */
final class Heirs {

  private final Set<EntityRef> owned;
  private final Set<String> namespaces;

  private Heirs(Set<EntityRef> owned, Set<String> namespaces) {
    this.owned = owned;
    this.namespaces = namespaces;
  }

  /**
   * @param name of the attribute that is handed down
   */
  static Heirs of(Topology topology, String name, String value) {
    List<EntityRef> holders = new ArrayList<>();
    var namespaces = new HashSet<String>();
    SearchText.find(
        topology,
        value.isEmpty() ? List.of() : List.of(value.toLowerCase(Locale.ROOT)),
        entity -> {
          if (value.equals(entity.attributes().getOr(name, ""))) {
            holders.add(entity.ref());
            if (entity.ref().type() == EntityType.K8S_NAMESPACE) {
              namespaces.add(entity.ref().name());
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
  boolean mayBe(EntityRef ref) {
    return owned.contains(ref)
        || !namespaces.isEmpty()
            && namespaces.contains(ref.identity().getOr(AttributeNames.NAMESPACE, ""));
  }
}
