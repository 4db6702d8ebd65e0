package io.bridgewatch.hub;

import io.bridgewatch.adapter.report.Language;
import io.bridgewatch.adapter.report.Vocabulary;
import io.bridgewatch.hub.Moments.Moment;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.Entity;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.EntityType;
import io.bridgewatch.model.Health;
import io.bridgewatch.model.Relation;
import io.bridgewatch.model.RelationType;
import io.bridgewatch.model.Topology;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * A map of what is near one entity, small enough to be understood.
 *
 * <p>Steps: (1) the entity and what owns it; (2) what it owns, two levels down; (3) all that it is
 * related to by other relations; (4) of everything on the map so far, the context: where it runs,
 * what routes to it, what it mounts, what scales it; (5) the same as 3 for whatever was asked to be
 * expanded. Of many alike – same relation, same direction, same type – the ones in most trouble are
 * drawn and the rest is one node, which can be expanded itself.
 *
 * <p>Keeps: at most {@value #MOST_NODES} nodes; an edge between any two entities that are drawn and
 * related; the same topology and wishes give the same map.
 */
final class NeighbourMap {

  static final int MOST_NODES = 150;

  /** Of one sort at one entity. */
  private static final int ALIKE = 8;

  private static final int ALIKE_EXPANDED = 60;
  private static final int LEVELS_DOWN = 2;
  private static final String GROUP = "more";

  /** Whatever is in most trouble first. */
  private static final Comparator<Entity> WORST_FIRST =
      Comparator.<Entity, Health.State>comparing(e -> e.health().state())
          .reversed()
          .thenComparing(Entity::ref);

  private final Moment moment;
  private final Topology topology;
  private final Set<String> expanded;
  private final Map<EntityRef, Entity> shown = new LinkedHashMap<>();
  private final Map<String, Group> groups = new LinkedHashMap<>();
  private boolean cut;

  private NeighbourMap(Moment moment, Set<String> expanded) {
    this.moment = moment;
    this.topology = moment.topology();
    this.expanded = expanded;
  }

  /** Several alike that are not drawn one by one. */
  private record Group(
      String id, EntityRef at, boolean outward, RelationType relation, List<Entity> members) {}

  /** What is alike: where a relation leads from one entity. */
  private record Sort(boolean outward, RelationType relation, EntityType type)
      implements Comparable<Sort> {
    @Override
    public int compareTo(Sort other) {
      return Comparator.comparing(Sort::outward)
          .reversed()
          .thenComparing(Sort::relation)
          .thenComparing(Sort::type)
          .compare(this, other);
    }
  }

  /**
   * @param expanded ids of nodes of an earlier map, whose neighbours are wanted too
   */
  static ClusterApi.NeighbourMap around(
      Moment moment, Entity start, Set<String> expanded, Language language) {
    var map = new NeighbourMap(moment, expanded);
    map.show(start);
    Neighbourhood.owners(map.topology, start.ref()).forEach(map::show);
    map.down(start.ref(), LEVELS_DOWN);
    map.neighbours(start.ref(), sort -> true);
    for (EntityRef ref : List.copyOf(map.shown.keySet())) {
      Neighbourhood.owners(map.topology, ref).forEach(map::show);
    }
    for (EntityRef ref : List.copyOf(map.shown.keySet())) {
      map.neighbours(ref, NeighbourMap::isContext);
    }
    for (String id : expanded) {
      if (!id.startsWith(GROUP + "/")) {
        var ref = EntityId.parse(moment.cluster(), id);
        map.show(ref);
        map.neighbours(ref, sort -> true);
      }
    }
    return map.drawn(language);
  }

  private static boolean isContext(Sort sort) {
    return switch (sort.relation()) {
      case OWNED_BY, RUNS_ON, MOUNTS -> sort.outward();
      case ROUTES_TO, SCALES -> !sort.outward();
      case CALLS, LOCATED_IN -> false;
    };
  }

  private void show(EntityRef ref) {
    show(topology.entity(ref).orElseGet(() -> new Entity(ref, Attributes.none())));
  }

  private void show(Entity entity) {
    if (shown.containsKey(entity.ref())) {
      return;
    }
    if (shown.size() + groups.size() >= MOST_NODES) {
      cut = true;
    } else {
      shown.put(entity.ref(), entity);
    }
  }

  private void down(EntityRef ref, int levels) {
    if (levels == 0) {
      return;
    }
    neighbours(ref, sort -> sort.relation() == RelationType.OWNED_BY && !sort.outward());
    for (EntityRef owned : topology.sources(ref, RelationType.OWNED_BY)) {
      if (shown.containsKey(owned)) {
        down(owned, levels - 1);
      }
    }
  }

  private void neighbours(EntityRef ref, Predicate<Sort> wanted) {
    var alike = new TreeMap<Sort, List<Entity>>();
    for (Relation relation : Neighbourhood.touching(topology, ref)) {
      boolean outward = relation.from().equals(ref);
      var other = outward ? relation.to() : relation.from();
      var sort = new Sort(outward, relation.type(), other.type());
      if (wanted.test(sort)) {
        topology
            .entity(other)
            .ifPresent(e -> alike.computeIfAbsent(sort, s -> new ArrayList<>()).add(e));
      }
    }
    alike.forEach((sort, entities) -> show(ref, sort, entities));
  }

  private void show(EntityRef at, Sort sort, List<Entity> entities) {
    var id =
        String.join(
            "/",
            GROUP,
            sort.outward() ? "out" : "in",
            sort.relation().id(),
            sort.type().id(),
            EntityId.of(at));
    int most = expanded.contains(id) ? ALIKE_EXPANDED : ALIKE;
    entities.sort(WORST_FIRST);
    var hidden = new ArrayList<Entity>();
    int drawn = 0;
    for (Entity entity : entities) {
      if (shown.containsKey(entity.ref())) {
        drawn++;
      } else if (drawn < (entities.size() > most ? most - 1 : most)) {
        show(entity);
        drawn++;
      } else {
        hidden.add(entity);
      }
    }
    if (!hidden.isEmpty() && shown.size() + groups.size() < MOST_NODES) {
      groups.put(id, new Group(id, at, sort.outward(), sort.relation(), hidden));
    }
    cut |= !hidden.isEmpty() && !groups.containsKey(id);
  }

  private ClusterApi.NeighbourMap drawn(Language language) {
    var nodes = new ArrayList<ClusterApi.NeighbourNode>();
    var edges = new LinkedHashSet<Api.MapEdge>();
    for (Entity entity : shown.values()) {
      nodes.add(node(entity, language));
      for (Relation relation : topology.relationsFrom(entity.ref())) {
        if (shown.containsKey(relation.to())) {
          edges.add(
              new Api.MapEdge(
                  EntityId.of(relation.from()), EntityId.of(relation.to()), relation.type().id()));
        }
      }
    }
    for (Group group : groups.values()) {
      var members = group.members().stream().filter(e -> !shown.containsKey(e.ref())).toList();
      if (members.isEmpty()) {
        continue;
      }
      nodes.add(node(group, members, language));
      var at = EntityId.of(group.at());
      edges.add(
          new Api.MapEdge(
              group.outward() ? at : group.id(),
              group.outward() ? group.id() : at,
              group.relation().id()));
    }
    return new ClusterApi.NeighbourMap(
        nodes, List.copyOf(edges), cut, moment.asOf().orElse(Instant.EPOCH));
  }

  private ClusterApi.NeighbourNode node(Entity entity, Language language) {
    var ref = entity.ref();
    var more = Neighbourhood.hidden(topology, ref, shown.keySet());
    return new ClusterApi.NeighbourNode(
        EntityId.of(ref),
        ref.type().id(),
        Vocabulary.type(ref.type(), language),
        ref.name(),
        EntityRows.namespace(ref),
        EntityRows.health(entity.health()),
        ref.layer().id(),
        EntityRows.head(moment.cluster(), ref, entity.health(), language),
        1,
        more);
  }

  private ClusterApi.NeighbourNode node(Group group, List<Entity> members, Language language) {
    var type = members.getFirst().ref().type();
    return new ClusterApi.NeighbourNode(
        group.id(),
        type.id(),
        Vocabulary.type(type, language),
        more(members.size(), type, language),
        EntityRows.namespace(members.getFirst().ref()),
        EntityRows.health(members.getFirst().health()),
        type.layer().id(),
        null,
        members.size(),
        new ClusterApi.More(0, 0));
  }

  private static String more(int count, EntityType type, Language language) {
    var name = Vocabulary.type(type, language);
    return switch (language) {
      case EN -> count + " more: " + name;
      case ZH -> "另有 " + count + " 个 " + name;
    };
  }
}
