package io.bridgewatch.model;

import java.util.List;

/**
 * From one topology to the next. Applied in this order: relations cut, entities removed, entities
 * put, relations tied. Applying one twice changes nothing more.
 *
 * @param put entities that are new or have other attributes or another health than before
 */
public record TopologyDelta(
    List<Entity> put, List<EntityRef> removed, List<Relation> tied, List<Relation> cut) {

  private static final TopologyDelta NONE =
      new TopologyDelta(List.of(), List.of(), List.of(), List.of());

  public TopologyDelta {
    put = List.copyOf(put);
    removed = List.copyOf(removed);
    tied = List.copyOf(tied);
    cut = List.copyOf(cut);
  }

  public static TopologyDelta none() {
    return NONE;
  }

  public boolean isEmpty() {
    return put.isEmpty() && removed.isEmpty() && tied.isEmpty() && cut.isEmpty();
  }
}
