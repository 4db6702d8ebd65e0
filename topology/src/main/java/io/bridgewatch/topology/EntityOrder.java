package io.bridgewatch.topology;

import io.bridgewatch.model.Entity;
import io.bridgewatch.model.EntityRef;

/**
 * In which order entities are listed. What is equal by the sort stays in the natural order: by
 * cluster, then by reference.
 *
 * @param descending whether the greatest comes first
 */
public record EntityOrder(Sort sort, boolean descending) {

  private static final EntityOrder NATURAL = new EntityOrder(Sort.NATURAL, false);

  /** By what a list is ordered. */
  public enum Sort {
    NATURAL,
    NAME,
    RESTARTS,
    CREATED,
    HEALTH
  }

  /** Where an entity stands in an order: what it is sorted by, and which it is. */
  public record Place(long number, String text, String cluster, EntityRef ref) {}

  public static EntityOrder natural() {
    return NATURAL;
  }

  long number(Entity entity) {
    return switch (sort) {
      case NATURAL, NAME, CREATED -> 0;
      case RESTARTS -> number(entity.attributes().getOr(FactNames.RESTARTS, "0"));
      case HEALTH -> entity.health().state().ordinal();
    };
  }

  String text(Entity entity) {
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

  /** Where one with these keys stands against a place, by the sort alone. */
  int compareKeys(long number, String text, Place place) {
    int byNumber = Long.compare(number, place.number());
    int byKey = byNumber != 0 ? byNumber : text.compareTo(place.text());
    return descending ? -byKey : byKey;
  }

  int compare(Place a, Place b) {
    int byKey = compareKeys(a.number(), a.text(), b);
    if (byKey != 0) {
      return byKey;
    }
    int byCluster = a.cluster().compareTo(b.cluster());
    return byCluster != 0 ? byCluster : a.ref().compareTo(b.ref());
  }
}
