package io.bridgewatch.ports;

import io.bridgewatch.model.Exemplar;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The newest few exemplars of each series and minute. Safe for use by several threads.
 *
 * <p>There are {@link #MOST_PER_MINUTE} of a series and minute at most; a newer one takes the place
 * of the oldest. There are so many in all as the store says; beyond that the oldest minutes go
 * first, each as a whole.
 */
public interface ExemplarStore {

  /** Of one series, within one minute. */
  int MOST_PER_MINUTE = 4;

  /** In all, unless a store is made for fewer. */
  int USUAL_MOST = 500_000;

  /**
   * Keeps what can be kept; when this has returned, that survives a crash. One of the same trace,
   * span and value as another of its series and minute is that one told again: the first time
   * counts.
   *
   * @throws StoreException if nothing could be kept at present
   */
  Appended append(List<Exemplar> exemplars);

  /**
   * Those from inclusive, to exclusive, of the series that match, newest first.
   *
   * @param most that are told, the newest
   */
  List<Exemplar> select(MetricSelector selector, Instant from, Instant to, int most);

  /** Forgets what is older; what comes of that time while the store is open is too old. */
  void forgetBefore(Instant time);

  /**
   * @param added what was not known before, and is kept
   * @param rejected how many were not kept, by reason; without those that are older than the newest
   *     few of their minute
   */
  record Appended(List<Exemplar> added, Map<Rejection, Integer> rejected) {
    public Appended {
      added = List.copyOf(added);
      rejected = Map.copyOf(rejected);
    }
  }

  /** Why an exemplar is not kept. */
  enum Rejection {
    /** Before what was forgotten, or before 1970. */
    TOO_OLD,
    /** Its minute has as many as there may be in all. */
    TOO_MANY
  }
}
