package io.bridgewatch.topology;

import io.bridgewatch.model.EntityType;
import io.bridgewatch.model.Health;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which entities to look for; what is empty stands for everything.
 *
 * @param words each must occur, whatever the case, in the name, the namespace, a label's value, an
 *     image, an address, the node's name, or the team or application it says it belongs to
 * @param node on which it runs, or which it is
 * @param team to whom it belongs as {@link Owners} tells
 * @param application to which it belongs as {@link Owners} tells
 * @param labels that it must have, by their keys
 */
public record EntityQuery(
    Set<EntityType> types,
    Optional<String> namespace,
    List<String> words,
    Set<Health.State> health,
    Optional<String> node,
    Optional<String> team,
    Optional<String> application,
    Map<String, String> labels) {

  private static final EntityQuery EVERYTHING =
      new EntityQuery(
          Set.of(),
          Optional.empty(),
          List.of(),
          Set.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Map.of());

  public EntityQuery {
    types = types.isEmpty() ? Set.of() : EnumSet.copyOf(types);
    health = health.isEmpty() ? Set.of() : EnumSet.copyOf(health);
    words = List.copyOf(words);
    labels = Map.copyOf(labels);
  }

  public static EntityQuery everything() {
    return EVERYTHING;
  }
}
