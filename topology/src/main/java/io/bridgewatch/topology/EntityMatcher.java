package io.bridgewatch.topology;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Entity;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.EntityType;
import io.bridgewatch.model.Topology;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Tells of one entity of a topology after another whether a query wants it; the cheap questions are
 * asked first. For one thread.
 */
final class EntityMatcher {

  private final EntityQuery query;
  private final WordMatcher[] words;
  private final Map<String, String> labels;
  private final Inheritance team;
  private final Inheritance application;

  EntityMatcher(EntityQuery query, Topology topology) {
    this.query = query;
    words = query.words().stream().map(WordMatcher::new).toArray(WordMatcher[]::new);
    labels =
        query.labels().entrySet().stream()
            .collect(
                Collectors.toMap(label -> FactNames.LABEL + label.getKey(), Map.Entry::getValue));
    team = new Inheritance(topology, FactNames.TEAM);
    application = new Inheritance(topology, FactNames.APPLICATION);
  }

  /** Whether all holds but the type. */
  boolean matches(Entity entity) {
    return (query.health().isEmpty() || query.health().contains(entity.health().state()))
        && (query.namespace().isEmpty() || query.namespace().equals(namespace(entity.ref())))
        && (query.node().isEmpty() || query.node().equals(node(entity)))
        && labelled(entity)
        && hasWords(entity)
        && (query.team().isEmpty() || query.team().equals(team.of(entity)))
        && (query.application().isEmpty() || query.application().equals(application.of(entity)));
  }

  private static Optional<String> namespace(EntityRef ref) {
    return ref.type() == EntityType.K8S_NAMESPACE
        ? Optional.empty()
        : ref.identity().get(AttributeNames.NAMESPACE);
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

  private boolean hasWords(Entity entity) {
    for (WordMatcher word : words) {
      if (!word.occursIn(entity)) {
        return false;
      }
    }
    return true;
  }
}
