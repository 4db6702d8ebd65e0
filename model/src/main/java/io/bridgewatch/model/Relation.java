package io.bridgewatch.model;

import java.util.Comparator;

/** A directed edge of the topology. */
public record Relation(EntityRef from, RelationType type, EntityRef to)
    implements Comparable<Relation> {

  private static final Comparator<Relation> ORDER =
      Comparator.comparing(Relation::from)
          .thenComparing(Relation::type)
          .thenComparing(Relation::to);

  @Override
  public int compareTo(Relation other) {
    return ORDER.compare(this, other);
  }
}
