package io.bridgewatch.ports;

import io.bridgewatch.model.Topology;
import io.bridgewatch.model.TopologyDelta;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What existed in the clusters at any time that is kept, to the second.
 *
 * <p>Written by one thread per cluster, in the order of time, but for {@link #dueCheckpoint}; read
 * by many. What a writing method has returned from survives a crash.
 */
public interface TopologyHistory {

  /**
   * Begins a stretch with everything that exists; what was known until now is known to have ended
   * with the last word before. To be called when a cluster was heard anew.
   */
  void checkpoint(String cluster, Instant time, Topology topology);

  /**
   * Adds what became of it since the last word; an empty delta says that nothing did.
   *
   * @throws IllegalStateException if there is no checkpoint to build on
   */
  void append(String cluster, Instant time, TopologyDelta delta);

  /**
   * Work that keeps reading quick: writes everything anew, once so much was appended since it was
   * last written, or so much time has gone by, that it is worth while.
   *
   * <p>It may be run by another thread, while more is appended, but before the history is closed;
   * it stops when that thread is interrupted. If it is not run, fails with a {@link StoreException}
   * or is stopped, nothing is lost, and it can be had again.
   *
   * @param topology as it is after the last word
   * @return empty if it is not due, or under way
   * @throws IllegalStateException if there is no checkpoint to build on
   */
  Optional<Runnable> dueCheckpoint(String cluster, Instant now, Topology topology);

  /** The topology at that time; empty where nothing is known of that time or before. */
  Optional<Past> at(String cluster, Instant time);

  /** The stretches of time in which the cluster was heard, oldest first, without overlap. */
  List<Stretch> heard(String cluster);

  /** Forgets what is older; what is needed to know the topology at that time is kept. */
  void forgetBefore(Instant time);

  /**
   * @param asOf the last word at or before the time that was asked for; earlier than it by more
   *     than moments where the cluster was not heard then
   */
  record Past(Topology topology, Instant asOf) {}

  /** Both inclusive. */
  record Stretch(Instant from, Instant to) {}
}
