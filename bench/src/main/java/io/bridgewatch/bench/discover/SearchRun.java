package io.bridgewatch.bench.discover;

import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.Entity;
import io.bridgewatch.model.EntityType;
import io.bridgewatch.model.Health;
import io.bridgewatch.model.Topology;
import io.bridgewatch.topology.EntityOrder;
import io.bridgewatch.topology.EntityOrder.Place;
import io.bridgewatch.topology.EntityOrder.Sort;
import io.bridgewatch.topology.EntityQuery;
import io.bridgewatch.topology.EntitySearch;
import io.bridgewatch.topology.EntitySearch.Part;
import io.bridgewatch.topology.EntitySearch.Source;
import io.bridgewatch.topology.FactNames;
import io.bridgewatch.topology.Owners;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Measures how long searches for entities take: all kinds of them in a random order, what they look
 * for taken from entities by chance, and of each the second page too, if there is one.
 */
final class SearchRun {
  private static final int WARM_UP = 8;
  private static final int LIMIT = 50;

  private final Topology topology;
  private final List<Entity> pods = new ArrayList<>();
  private final Random random;

  SearchRun(Topology topology, long seed) {
    this.topology = topology;
    this.random = new Random(seed);
    topology.entities(EntityType.POD).forEach(pods::add);
    if (pods.isEmpty()) {
      throw new IllegalArgumentException("cannot choose what to search for: there are no pods");
    }
  }

  /** What is searched for. */
  enum Kind {
    PODS_BY_STATE,
    PODS_BY_TWO_WORDS,
    ALL_BY_ONE_WORD,
    ALL_BY_TEAM,
    ALL_BY_APPLICATION,
    PODS_BY_LABEL,
    ALL_BY_RESTARTS,
    ALL_BY_CREATED,
    ALL_BY_NAME;

    String words() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /**
   * @param rounds of each kind
   */
  SearchMeasures run(int rounds) {
    var seconds = new EnumMap<Kind, List<Double>>(Kind.class);
    for (var i = -WARM_UP; i < rounds; i++) {
      var kinds = Arrays.asList(Kind.values());
      Collections.shuffle(kinds, random);
      for (Kind kind : kinds) {
        var taken = search(kind);
        if (i >= 0) {
          seconds.computeIfAbsent(kind, key -> new ArrayList<>()).addAll(taken);
        }
      }
    }
    var byKind = new EnumMap<Kind, Percentiles>(Kind.class);
    seconds.forEach((kind, all) -> byKind.put(kind, Percentiles.of(all)));
    return new SearchMeasures(
        byKind, Percentiles.of(seconds.values().stream().flatMap(List::stream).toList()));
  }

  private List<Double> search(Kind kind) {
    var query = query(kind);
    var order = order(kind);
    var seconds = new ArrayList<Double>();
    var after = Optional.<Place>empty();
    for (var page = 0; page == 0 || (page == 1 && after.isPresent()); page++) {
      var start = System.nanoTime();
      Part part =
          EntitySearch.find(
              List.of(new Source("", topology)), query, order, LIMIT, after, SearchRun::onAllCores);
      seconds.add((System.nanoTime() - start) / 1e9);
      after = part.next();
    }
    return seconds;
  }

  /** As the hub does. */
  private static void onAllCores(List<Runnable> tasks) {
    tasks.parallelStream().forEach(Runnable::run);
  }

  private EntityQuery query(Kind kind) {
    var pod = pods.get(random.nextInt(pods.size()));
    var all = EntityQuery.everything();
    var none = Optional.<String>empty();
    var onlyPods = Set.of(EntityType.POD);
    return switch (kind) {
      case PODS_BY_STATE -> query(onlyPods, List.of(), Set.of(state()), none, none, Map.of());
      case PODS_BY_TWO_WORDS ->
          query(onlyPods, List.of(piece(pod), piece(pod)), Set.of(), none, none, Map.of());
      case ALL_BY_ONE_WORD -> query(Set.of(), List.of(piece(pod)), Set.of(), none, none, Map.of());
      case ALL_BY_TEAM ->
          query(
              Set.of(),
              List.of(),
              Set.of(),
              Owners.team(topology, pod).or(() -> Optional.of("nobody")),
              none,
              Map.of());
      case ALL_BY_APPLICATION ->
          query(
              Set.of(),
              List.of(),
              Set.of(),
              none,
              Owners.application(topology, pod).or(() -> Optional.of("nothing")),
              Map.of());
      case PODS_BY_LABEL -> query(onlyPods, List.of(), Set.of(), none, none, label(pod));
      case ALL_BY_RESTARTS, ALL_BY_CREATED, ALL_BY_NAME -> all;
    };
  }

  private static EntityQuery query(
      Set<EntityType> types,
      List<String> words,
      Set<Health.State> health,
      Optional<String> team,
      Optional<String> application,
      Map<String, String> labels) {
    return new EntityQuery(
        types, Optional.empty(), words, health, Optional.empty(), team, application, labels);
  }

  private EntityOrder order(Kind kind) {
    return switch (kind) {
      case ALL_BY_RESTARTS -> new EntityOrder(Sort.RESTARTS, true);
      case ALL_BY_CREATED -> new EntityOrder(Sort.CREATED, random.nextBoolean());
      case ALL_BY_NAME -> new EntityOrder(Sort.NAME, random.nextBoolean());
      case PODS_BY_STATE,
          PODS_BY_TWO_WORDS,
          ALL_BY_ONE_WORD,
          ALL_BY_TEAM,
          ALL_BY_APPLICATION,
          PODS_BY_LABEL ->
          EntityOrder.natural();
    };
  }

  private Health.State state() {
    return random.nextBoolean() ? Health.State.HEALTHY : Health.State.FAILING;
  }

  /** Some letters of the pod's name, as people type them. */
  private String piece(Entity pod) {
    var name = pod.ref().name();
    var length = Math.min(name.length(), 3 + random.nextInt(6));
    var from = random.nextInt(name.length() - length + 1);
    return name.substring(from, from + length);
  }

  private static Map<String, String> label(Entity pod) {
    Attributes attributes = pod.attributes();
    for (var i = 0; i < attributes.size(); i++) {
      if (attributes.name(i).startsWith(FactNames.LABEL)) {
        return Map.of(attributes.name(i).substring(FactNames.LABEL.length()), attributes.value(i));
      }
    }
    return Map.of("app", "none");
  }
}
