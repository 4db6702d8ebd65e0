package io.bridgewatch.hub;

import io.bridgewatch.hub.Moments.Moment;
import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Entity;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.EntityType;
import io.bridgewatch.model.Health;
import io.bridgewatch.model.Topology;
import io.bridgewatch.ports.InvalidCursorException;
import io.bridgewatch.topology.FactNames;
import io.bridgewatch.topology.Owners;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Finds entities by reading through a topology: no index, because the topology is another one many
 * times a second.
 *
 * <p>Without a sort the order is the topology's own and the first that match are taken; with one,
 * the best so far stand in a heap of the page's size. A page begins behind the last entity of the
 * one before, by its place in the order, so that what came or went between two pages neither
 * repeats nor hides the rest.
 */
final class EntitySearch {

  /** From well to worst. */
  private static final List<Health.State> STATES = List.of(Health.State.values());

  /** Attributes in whose values words are looked for, beside labels'. */
  private static final Set<String> SEARCHED =
      Set.of(
          AttributeNames.NODE,
          FactNames.IMAGE,
          "k8s.pod.ip",
          "k8s.service.cluster_ip",
          "host.ip",
          "k8s.ingress.hosts");

  private EntitySearch() {}

  /**
   * What to look for; empty stands for everything.
   *
   * @param words in lower case; each must occur in the name, the namespace, a label's value, an
   *     image, an address or the node's name
   * @param labels that it must have, by their keys
   */
  record Query(
      Set<EntityType> types,
      Optional<String> namespace,
      List<String> words,
      Set<Health.State> health,
      Optional<String> node,
      Optional<String> team,
      Optional<String> application,
      Map<String, String> labels) {

    Query {
      types = types.isEmpty() ? Set.of() : EnumSet.copyOf(types);
      health = health.isEmpty() ? Set.of() : EnumSet.copyOf(health);
      words = List.copyOf(words);
      labels = Map.copyOf(labels);
    }

    boolean matches(Topology topology, Entity entity) {
      return (health.isEmpty() || health.contains(entity.health().state()))
          && (namespace.isEmpty() || namespace.get().equals(EntityRows.namespace(entity.ref())))
          && (node.isEmpty() || node.equals(node(entity)))
          && labelled(entity)
          && hasWords(entity)
          && (team.isEmpty() || team.equals(Owners.team(topology, entity)))
          && (application.isEmpty() || application.equals(Owners.application(topology, entity)));
    }

    private static Optional<String> node(Entity entity) {
      var named = entity.attributes().get(AttributeNames.NODE);
      return named.isPresent() ? named : entity.ref().identity().get(AttributeNames.NODE);
    }

    private boolean labelled(Entity entity) {
      for (Map.Entry<String, String> label : labels.entrySet()) {
        if (!label
            .getValue()
            .equals(entity.attributes().getOr(FactNames.LABEL + label.getKey(), ""))) {
          return false;
        }
      }
      return true;
    }

    private boolean hasWords(Entity entity) {
      for (String word : words) {
        if (!occurs(word, entity)) {
          return false;
        }
      }
      return true;
    }

    private static boolean occurs(String word, Entity entity) {
      for (Map.Entry<String, String> pair : entity.ref().identity().asMap().entrySet()) {
        if (!pair.getKey().equals(AttributeNames.CLUSTER) && contains(pair.getValue(), word)) {
          return true;
        }
      }
      for (Map.Entry<String, String> pair : entity.attributes().asMap().entrySet()) {
        if ((pair.getKey().startsWith(FactNames.LABEL) || SEARCHED.contains(pair.getKey()))
            && contains(pair.getValue(), word)) {
          return true;
        }
      }
      return false;
    }
  }

  /** Whether the text has the word in it, whatever the case; makes no copy. */
  static boolean contains(String text, String lowerWord) {
    int last = text.length() - lowerWord.length();
    for (int at = 0; at <= last; at++) {
      if (text.regionMatches(true, at, lowerWord, 0, lowerWord.length())) {
        return true;
      }
    }
    return false;
  }

  /** By what a list is ordered. */
  enum Sort {
    NATURAL,
    NAME,
    RESTARTS,
    CREATED,
    HEALTH
  }

  /**
   * @param descending whether the greatest comes first; what is equal stays in the natural order
   */
  record Order(Sort sort, boolean descending) {

    /**
     * Such as {@code -restarts}.
     *
     * @throws HubProblem if there is no such order
     */
    static Order of(Optional<String> text) {
      if (text.isEmpty()) {
        return new Order(Sort.NATURAL, false);
      }
      boolean descending = text.get().startsWith("-");
      return new Order(
          switch (descending ? text.get().substring(1) : text.get()) {
            case "name" -> Sort.NAME;
            case "restarts" -> Sort.RESTARTS;
            case "created" -> Sort.CREATED;
            case "health" -> Sort.HEALTH;
            default ->
                throw HubProblem.invalid(
                    "sort is '"
                        + text.get()
                        + "', wanted name, restarts, created or health, with - before it for the"
                        + " other way round");
          },
          descending);
    }

    private long number(Entity entity) {
      return switch (sort) {
        case NATURAL, NAME, CREATED -> 0;
        case RESTARTS -> number(entity.attributes().getOr(FactNames.RESTARTS, "0"));
        case HEALTH -> STATES.indexOf(entity.health().state());
      };
    }

    private String text(Entity entity) {
      return switch (sort) {
        case NAME -> entity.ref().name();
        case CREATED -> entity.attributes().getOr(FactNames.CREATED, "");
        case NATURAL, RESTARTS, HEALTH -> "";
      };
    }

    private static long number(String text) {
      try {
        return Long.parseLong(text);
      } catch (NumberFormatException e) {
        return 0;
      }
    }

    private int compare(Place a, Place b) {
      int byKey = a.number() != b.number() ? Long.compare(a.number(), b.number()) : 0;
      if (byKey == 0) {
        byKey = a.text().compareTo(b.text());
      }
      if (byKey != 0) {
        return descending ? -byKey : byKey;
      }
      int byCluster = a.cluster().compareTo(b.cluster());
      return byCluster != 0 ? byCluster : a.ref().compareTo(b.ref());
    }
  }

  /** Where an entity stands in an order. */
  private record Place(long number, String text, String cluster, EntityRef ref) {}

  private record Hit(Place place, Moment moment, Entity entity) {}

  record Found(Moment moment, Entity entity) {}

  /**
   * @param next where the following part begins; empty at the end
   * @param total how many match in all
   */
  record Part(List<Found> items, Optional<String> next, long total) {}

  /**
   * The entities that match, in that order.
   *
   * @param moments by cluster
   * @throws InvalidCursorException if the cursor is of another order or none at all
   */
  static Part find(
      List<Moment> moments, Query query, Order order, int limit, Optional<String> cursor) {
    var after = cursor.map(text -> place(text, order));
    boolean natural = order.sort() == Sort.NATURAL;
    Comparator<Hit> worstFirst = (a, b) -> order.compare(b.place(), a.place());
    var best = new PriorityQueue<Hit>(limit + 1, worstFirst);
    var first = new ArrayList<Hit>();
    long total = 0;
    long behind = 0;
    for (Moment moment : moments) {
      for (Iterable<Entity> some : sources(moment, query.types())) {
        for (Entity entity : some) {
          if (!query.matches(moment.topology(), entity)) {
            continue;
          }
          total++;
          if (natural && first.size() == limit) {
            behind++;
            continue;
          }
          var place =
              new Place(order.number(entity), order.text(entity), moment.cluster(), entity.ref());
          if (after.isPresent() && order.compare(place, after.get()) <= 0) {
            continue;
          }
          behind++;
          if (natural) {
            first.add(new Hit(place, moment, entity));
          } else if (best.size() < limit) {
            best.add(new Hit(place, moment, entity));
          } else if (order.compare(place, best.element().place()) < 0) {
            best.remove();
            best.add(new Hit(place, moment, entity));
          }
        }
      }
    }
    var items = natural ? first : new ArrayList<>(best);
    if (!natural) {
      items.sort(worstFirst.reversed());
    }
    return new Part(
        items.stream().map(hit -> new Found(hit.moment(), hit.entity())).toList(),
        behind > items.size()
            ? Optional.of(cursor(items.getLast().place(), order))
            : Optional.empty(),
        total);
  }

  private static List<Iterable<Entity>> sources(Moment moment, Set<EntityType> types) {
    if (types.isEmpty()) {
      return List.of(moment.topology().entities());
    }
    return types.stream().<Iterable<Entity>>map(moment.topology()::entities).toList();
  }

  private static String cursor(Place place, Order order) {
    var text =
        String.join(
            "\n",
            order.toString(),
            Long.toString(place.number()),
            place.text(),
            place.cluster(),
            EntityId.of(place.ref()));
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Place place(String cursor, Order order) {
    try {
      var parts =
          new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split("\n", -1);
      if (parts.length == 5 && parts[0].equals(order.toString())) {
        return new Place(
            Long.parseLong(parts[1]), parts[2], parts[3], EntityId.parse(parts[3], parts[4]));
      }
    } catch (IllegalArgumentException | HubProblem e) {
      // told below
    }
    throw new InvalidCursorException(cursor);
  }
}
