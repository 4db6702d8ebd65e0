package io.bridgewatch.topology;

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

  long number(SearchBlock block, int place) {
    return switch (sort) {
      case NATURAL, NAME, CREATED -> 0;
      case RESTARTS -> block.restarts(place);
      case HEALTH -> block.health(place);
    };
  }

  String text(SearchBlock block, int place) {
    return switch (sort) {
      case NAME -> block.name(place);
      case CREATED -> block.created(place);
      case NATURAL, RESTARTS, HEALTH -> "";
    };
  }

  /** The number, or how the text begins: it orders where it differs, and says nothing if not. */
  long beginning(SearchBlock block, int place) {
    return switch (sort) {
      case NATURAL -> 0;
      case NAME -> block.nameBeginning(place);
      case CREATED -> block.createdBeginning(place);
      case RESTARTS, HEALTH -> number(block, place);
    };
  }

  long beginning(Place place) {
    return switch (sort) {
      case NATURAL -> 0;
      case NAME, CREATED -> SearchBlock.beginning(place.text());
      case RESTARTS, HEALTH -> place.number();
    };
  }

  /** Where one of these beginnings surely stands against the other; zero if they do not tell. */
  int compareBeginnings(long a, long b) {
    return descending ? Long.compare(b, a) : Long.compare(a, b);
  }

  static long number(String text) {
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
