package io.bridgewatch.ports;

import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.Happening;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What happened in the clusters, by time, for as long as it is kept. What {@link #put} has returned
 * from survives a crash.
 */
public interface Chronicle {

  /**
   * Keeps these. One whose id is known already in the cluster replaces the earlier version, even if
   * its time is another.
   */
  void put(String cluster, List<Happening> happenings);

  /**
   * Newest first; what has the same time, by id.
   *
   * @throws InvalidCursorException if the cursor is not one of this chronicle
   */
  Part find(Query query);

  /** Forgets what is older; returns how many were forgotten. */
  long forgetBefore(Instant time);

  /**
   * What to look for.
   *
   * @param from inclusive
   * @param to exclusive
   * @param about only what happened to one of these; empty for everything. Found by an index, so
   *     that a long time is quick to read for few entities
   * @param matching of those, only what passes
   */
  record Query(
      String cluster,
      Instant from,
      Instant to,
      Optional<Set<EntityRef>> about,
      Predicate<Happening> matching,
      PageRequest page) {}

  /**
   * @param next where the following part begins; empty at the end
   */
  record Part(List<Happening> items, Optional<String> next) {
    public Part {
      items = List.copyOf(items);
    }
  }
}
