package io.bridgewatch.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.Entity;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.EntityType;
import io.bridgewatch.model.Health;
import io.bridgewatch.model.Relation;
import io.bridgewatch.model.RelationType;
import io.bridgewatch.model.Topology;
import io.bridgewatch.model.TopologyDelta;
import io.bridgewatch.topology.EntityOrder.Place;
import io.bridgewatch.topology.EntityOrder.Sort;
import io.bridgewatch.topology.EntitySearch.Found;
import io.bridgewatch.topology.EntitySearch.Source;
import io.bridgewatch.topology.EntitySearch.Workers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class EntitySearchTest {

  private static final List<EntityType> TYPES =
      List.of(
          EntityType.NODE,
          EntityType.K8S_NAMESPACE,
          EntityType.DEPLOYMENT,
          EntityType.REPLICASET,
          EntityType.POD,
          EntityType.CONTAINER,
          EntityType.CLUSTER);
  private static final List<String> WORDS = List.of("cart", "Pay", "7f9", "db");
  private static final Workers SHUFFLED =
      tasks -> {
        var shuffled = new ArrayList<>(tasks);
        Collections.shuffle(shuffled, new Random(5));
        shuffled.parallelStream().forEach(Runnable::run);
      };

  @RepeatedTest(30)
  void pageByPageItFindsWhatAskingEachEntityFinds(RepetitionInfo repetition) {
    long seed = repetition.getCurrentRepetition();
    var random = new Random(seed);
    var sources =
        List.of(
            new Source("east", topology(random, 150)), new Source("west", topology(random, 80)));
    for (int i = 0; i < 40; i++) {
      var query = query(random);
      var order = order(random);
      int limit = 1 + random.nextInt(30);
      var expected = plain(sources, query, order);

      assertThat(pages(sources, query, order, limit, expected.size()))
          .as("seed %d: %s, %s, limit %d", seed, query, order, limit)
          .isEqualTo(expected);
    }
  }

  @RepeatedTest(3)
  void howItIsCutAndWhoReadsItChangesNothing(RepetitionInfo repetition) {
    long seed = repetition.getCurrentRepetition();
    var random = new Random(seed);
    var sources = List.of(new Source("east", topology(random, 20_000)));
    for (int i = 0; i < 6; i++) {
      var query = query(random);
      var order = order(random);
      var expected = plain(sources, query, order);
      var part = EntitySearch.find(sources, query, order, 500, Optional.empty(), SHUFFLED);

      assertThat(names(part.items()))
          .as("seed %d: %s, %s", seed, query, order)
          .isEqualTo(expected.subList(0, Math.min(500, expected.size())));
      assertThat(part.total()).isEqualTo(expected.size());
      assertThat(part.next().isPresent()).isEqualTo(expected.size() > 500);
    }
  }

  @RepeatedTest(5)
  void whatChangedIsFoundAndWhatWasIsNot(RepetitionInfo repetition) {
    long seed = repetition.getCurrentRepetition();
    var random = new Random(seed);
    var topology = topology(random, 2_000);
    for (int round = 0; round < 20; round++) {
      var delta = TopologyDelta.builder();
      for (Entity entity : topology.entities()) {
        switch (random.nextInt(200)) {
          case 0 -> delta.remove(entity.ref());
          case 1 ->
              delta.put(
                  new Entity(
                      entity.ref(),
                      entity.attributes().with(FactNames.IMAGE, "db:" + round),
                      entity.health()));
          default -> {} // stays
        }
      }
      topology = topology.with(delta.build());
      var sources = List.of(new Source("east", topology));
      var query = query(random);
      var part =
          EntitySearch.find(
              sources, query, EntityOrder.natural(), 10_000, Optional.empty(), Workers.ONE);
      assertThat(names(part.items()))
          .as("seed %d, round %d: %s", seed, round, query)
          .isEqualTo(plain(sources, query, EntityOrder.natural()));
    }
  }

  @RepeatedTest(20)
  void whatComesAndGoesBetweenPagesNeitherRepeatsNorHidesTheRest(RepetitionInfo repetition) {
    long seed = repetition.getCurrentRepetition();
    var random = new Random(seed);
    var before = topology(random, 120);
    var order = order(random);
    var first =
        EntitySearch.find(
            List.of(new Source("east", before)),
            EntityQuery.everything(),
            order,
            10,
            Optional.empty(),
            Workers.ONE);
    var changed = before.toBuilder();
    for (Entity entity : before.entities()) {
      if (random.nextInt(3) == 0) {
        changed.remove(entity.ref());
      }
    }
    for (int i = 0; i < 20; i++) {
      var entity = entity(random, 1_000 + i);
      if (before.entity(entity.ref()).isEmpty()) {
        changed.put(entity);
      }
    }
    var after = List.of(new Source("east", changed.build()));
    var seen = names(first.items());
    var rest = new ArrayList<String>();
    for (var next = first.next(); next.isPresent(); ) {
      var part = EntitySearch.find(after, EntityQuery.everything(), order, 7, next, Workers.ONE);
      rest.addAll(names(part.items()));
      next = part.next();
    }
    assertThat(rest).as("seed %d, %s", seed, order).doesNotHaveDuplicates();
    assertThat(rest).doesNotContainAnyElementsOf(seen);
    assertThat(Stream.concat(seen.stream(), rest.stream()))
        .containsAll(
            names(
                before.entities().stream()
                    .filter(e -> after.getFirst().topology().entity(e.ref()).isPresent())
                    .map(e -> new Found(new Source("east", before), e))
                    .toList()));
  }

  @Test
  void nothingIsFoundWhereThereIsNothing() {
    var part =
        EntitySearch.find(
            List.of(new Source("east", Topology.empty())),
            EntityQuery.everything(),
            EntityOrder.natural(),
            10,
            Optional.empty(),
            Workers.ONE);
    assertThat(part.items()).isEmpty();
    assertThat(part.next()).isEmpty();
    assertThat(part.total()).isZero();
  }

  private static List<String> pages(
      List<Source> sources, EntityQuery query, EntityOrder order, int limit, int total) {
    var found = new ArrayList<String>();
    var after = Optional.<Place>empty();
    do {
      var part = EntitySearch.find(sources, query, order, limit, after, Workers.ONE);
      assertThat(part.total()).isEqualTo(total);
      found.addAll(names(part.items()));
      after = part.next();
    } while (after.isPresent());
    return found;
  }

  private static List<String> names(List<Found> found) {
    return found.stream().map(f -> f.source().cluster() + " " + f.entity().ref()).toList();
  }

  /** Asks one entity after another, and sorts what is left. */
  private static List<String> plain(List<Source> sources, EntityQuery query, EntityOrder order) {
    var keys = keys(order.sort());
    var sorted = order.descending() ? keys.reversed() : keys;
    var all = new ArrayList<Found>();
    for (Source source : sources) {
      for (Entity entity : source.topology().entities()) {
        if (isWanted(query, source.topology(), entity)) {
          all.add(new Found(source, entity));
        }
      }
    }
    all.sort((a, b) -> sorted.compare(a.entity(), b.entity()));
    return names(all);
  }

  private static Comparator<Entity> keys(Sort sort) {
    return switch (sort) {
      case NATURAL -> (a, b) -> 0;
      case NAME -> Comparator.comparing(e -> e.ref().name());
      case RESTARTS ->
          Comparator.comparing(e -> restarts(e.attributes().getOr(FactNames.RESTARTS, "0")));
      case CREATED -> Comparator.comparing(e -> e.attributes().getOr(FactNames.CREATED, ""));
      case HEALTH -> Comparator.comparing(e -> e.health().state());
    };
  }

  private static long restarts(String text) {
    return text.equals("many") ? 0 : Long.parseLong(text);
  }

  private static boolean isWanted(EntityQuery query, Topology topology, Entity entity) {
    var identity = entity.ref().identity().asMap();
    var attributes = entity.attributes().asMap();
    var texts = new ArrayList<String>();
    identity.forEach(
        (name, value) -> {
          if (!name.equals(AttributeNames.CLUSTER)) {
            texts.add(value.toLowerCase(Locale.ROOT));
          }
        });
    attributes.forEach(
        (name, value) -> {
          if (name.startsWith(FactNames.LABEL)
              || name.equals(AttributeNames.NODE)
              || name.equals(FactNames.IMAGE)) {
            texts.add(value.toLowerCase(Locale.ROOT));
          }
        });
    var node =
        attributes.getOrDefault(
            AttributeNames.NODE, identity.getOrDefault(AttributeNames.NODE, ""));
    return (query.types().isEmpty() || query.types().contains(entity.ref().type()))
        && (query.health().isEmpty() || query.health().contains(entity.health().state()))
        && query
            .namespace()
            .map(
                n ->
                    entity.ref().type() != EntityType.K8S_NAMESPACE
                        && n.equals(identity.get(AttributeNames.NAMESPACE)))
            .orElse(true)
        && query.node().map(node::equals).orElse(true)
        && query.labels().entrySet().stream()
            .allMatch(l -> l.getValue().equals(attributes.get(FactNames.LABEL + l.getKey())))
        && query.words().stream()
            .allMatch(w -> texts.stream().anyMatch(t -> t.contains(w.toLowerCase(Locale.ROOT))))
        && (query.team().isEmpty() || query.team().equals(Owners.team(topology, entity)))
        && (query.application().isEmpty()
            || query.application().equals(Owners.application(topology, entity)));
  }

  private static EntityQuery query(Random random) {
    var types = EnumSet.noneOf(EntityType.class);
    if (random.nextInt(3) == 0) {
      types.add(TYPES.get(random.nextInt(TYPES.size())));
      types.add(TYPES.get(random.nextInt(TYPES.size())));
    }
    var words = new ArrayList<String>();
    while (random.nextInt(3) == 0) {
      words.add(WORDS.get(random.nextInt(WORDS.size())));
    }
    return new EntityQuery(
        types,
        random.nextInt(6) == 0 ? Optional.of("ns-" + random.nextInt(4)) : Optional.empty(),
        words,
        random.nextInt(6) == 0 ? Set.of(Health.State.FAILING) : Set.of(),
        random.nextInt(6) == 0 ? Optional.of("node-" + random.nextInt(2)) : Optional.empty(),
        random.nextInt(3) == 0 ? Optional.of("t" + random.nextInt(3)) : Optional.empty(),
        random.nextInt(6) == 0 ? Optional.of("a" + random.nextInt(3)) : Optional.empty(),
        random.nextInt(6) == 0 ? Map.of("app", WORDS.get(random.nextInt(2))) : Map.of());
  }

  private static EntityOrder order(Random random) {
    var sorts = Sort.values();
    var sort = sorts[random.nextInt(sorts.length)];
    return new EntityOrder(sort, sort != Sort.NATURAL && random.nextBoolean());
  }

  private static Topology topology(Random random, int size) {
    var topology = Topology.empty().toBuilder();
    var refs = new ArrayList<EntityRef>();
    for (int i = 0; i < size; i++) {
      var entity = entity(random, i);
      topology.put(entity);
      refs.add(entity.ref());
    }
    for (int i = 0; i < size; i++) {
      var relations = RelationType.values();
      var type =
          random.nextInt(2) == 0
              ? RelationType.OWNED_BY
              : relations[random.nextInt(relations.length)];
      topology.tie(new Relation(any(refs, random), type, any(refs, random)));
    }
    return topology.build();
  }

  private static EntityRef any(List<EntityRef> refs, Random random) {
    return refs.get(random.nextInt(refs.size()));
  }

  private static Entity entity(Random random, int number) {
    var type = TYPES.get(random.nextInt(TYPES.size()));
    var identity = new TreeMap<String, String>();
    for (String scope : type.scope()) {
      identity.put(scope, (scope.equals(AttributeNames.NAMESPACE) ? "ns-" : "p-") + number % 4);
    }
    identity.put(
        type.nameAttribute(),
        type == EntityType.K8S_NAMESPACE
            ? "ns-" + number % 6
            : type == EntityType.NODE
                ? "node-" + number % 3
                : WORDS.get(random.nextInt(WORDS.size())) + "-" + number);
    if (type != EntityType.CLUSTER) {
      identity.put(AttributeNames.CLUSTER, "Cart-Cluster");
    }
    var attributes = new TreeMap<String, String>();
    maybe(attributes, random, FactNames.TEAM, "t" + random.nextInt(3));
    maybe(attributes, random, FactNames.APPLICATION, "a" + random.nextInt(3));
    maybe(attributes, random, FactNames.LABEL + "app", WORDS.get(random.nextInt(2)));
    maybe(attributes, random, FactNames.IMAGE, "registry.example/CART:1");
    maybe(attributes, random, FactNames.UID, "cart");
    maybe(attributes, random, FactNames.CREATED, "2026-11-0" + (1 + random.nextInt(5)));
    maybe(
        attributes,
        random,
        FactNames.RESTARTS,
        random.nextInt(9) == 0 ? "many" : Integer.toString(random.nextInt(12)));
    maybe(attributes, random, AttributeNames.NODE, "node-" + random.nextInt(2));
    var states = Health.State.values();
    return new Entity(
        new EntityRef(type, Attributes.of(identity)),
        Attributes.of(attributes),
        Health.of(states[random.nextInt(states.length)], "", "", Optional.empty()));
  }

  private static void maybe(
      Map<String, String> attributes, Random random, String name, String value) {
    if (random.nextInt(3) == 0) {
      attributes.put(name, value);
    }
  }
}
