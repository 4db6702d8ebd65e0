package io.bridgewatch.topology;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Entity;
import io.bridgewatch.model.Health;
import io.bridgewatch.model.Topology;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells of one entity of a topology after another whether a query wants it; the cheap questions are
 * asked first. For one thread.
 */
final class EntityMatcher {

  private final EntityQuery query;
  private final Map<String, String> labels;
  private final String namespace;

  /** A bit for each state that is wanted; zero for all. */
  private int health;

  private final Optional<Inherited> team;
  private final Optional<Inherited> application;

  EntityMatcher(EntityQuery query, Topology topology, Kin kin) {
    this.query = query;
    labels =
        query.labels().entrySet().stream()
            .collect(
                Collectors.toMap(label -> FactNames.LABEL + label.getKey(), Map.Entry::getValue));
    team =
        kin.team.map(
            heirs ->
                new Inherited(topology, FactNames.TEAM, SearchBlock::team, query.team(), heirs));
    application =
        kin.application.map(
            heirs ->
                new Inherited(
                    topology,
                    FactNames.APPLICATION,
                    SearchBlock::application,
                    query.application(),
                    heirs));
    for (Health.State state : query.health()) {
      health |= 1 << state.ordinal();
    }
    namespace = query.namespace().orElse("");
  }

  /**
   * Who may have the wanted team and application from others; the same for all who read one
   * topology for one query.
   */
  record Kin(Optional<Heirs> team, Optional<Heirs> application) {
    static Kin of(Topology topology, EntityQuery query) {
      return new Kin(
          query.team().map(value -> Heirs.of(topology, SearchBlock::team, value)),
          query.application().map(value -> Heirs.of(topology, SearchBlock::application, value)));
    }
  }

  /** An attribute that is wanted of an entity or of what keeps it. */
  private static final class Inherited {
    private final Heirs.Own own;
    private final String wanted;
    private final Heirs heirs;
    private final Inheritance inheritance;

    Inherited(Topology topology, String name, Heirs.Own own, Optional<String> wanted, Heirs heirs) {
      this.own = own;
      this.wanted = wanted.orElse("");
      this.heirs = heirs;
      this.inheritance = new Inheritance(topology, name);
    }

    boolean isOf(SearchBlock block, int place) {
      String itself = own.of(block, place);
      return itself != null
          ? itself.equals(wanted)
          : heirs.mayBe(block, place)
              && inheritance.of(block.entity(place)).filter(wanted::equals).isPresent();
    }
  }

  /**
   * What an entity's {@link SearchText} has in it if the query wants it, in lower case, the longest
   * first, for that occurs least; empty if nothing is known of it.
   */
  static List<String> words(EntityQuery query) {
    return Stream.of(
            query.words().stream(),
            query.namespace().stream(),
            query.node().stream(),
            query.labels().values().stream())
        .flatMap(words -> words)
        .filter(word -> !word.isEmpty())
        .map(word -> word.toLowerCase(Locale.ROOT))
        .distinct()
        .sorted(Comparator.comparingInt(String::length).reversed())
        .toList();
  }

  /** Whether all holds but the type and the words. */
  boolean matches(SearchBlock block, int place) {
    return (health == 0 || (health & 1 << block.health(place)) != 0)
        && (namespace.isEmpty() || namespace.equals(block.namespace(place)))
        && (query.node().isEmpty() || query.node().equals(node(block.entity(place))))
        && (labels.isEmpty() || labelled(block.entity(place)))
        && (team.isEmpty() || team.get().isOf(block, place))
        && (application.isEmpty() || application.get().isOf(block, place));
  }

  private static Optional<String> node(Entity entity) {
    Optional<String> named = entity.attributes().get(AttributeNames.NODE);
    return named.isPresent() ? named : entity.ref().identity().get(AttributeNames.NODE);
  }

  private boolean labelled(Entity entity) {
    for (Map.Entry<String, String> label : labels.entrySet()) {
      if (!label.getValue().equals(entity.attributes().getOr(label.getKey(), ""))) {
        return false;
      }
    }
    return true;
  }
}
