package io.bridgewatch.ports;

import io.bridgewatch.model.Topology;
import io.bridgewatch.model.TopologyDelta;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What existed in the clusters at any time that is kept, to the second.
 *
 * <p>Written by one thread per cluster, in the order of time; read by many. What a writing method
 * has returned from survives a crash.
 */
public interface TopologyHistory {

  /**
   * Begins a stretch with everything that exists; what was known until now is known to have ended
   * with the last word before. To be called when a cluster was heard anew, and as often as needed
   * to keep reading quick ({@link #wantsCheckpoint}).
   */
  void checkpoint(String cluster, Instant time, Topology topology);

  /**
   * Adds what became of it since the last word; an empty delta says that nothing did.
   *
   * @throws IllegalStateException if there is no checkpoint to build on
   */
  void append(String cluster, Instant time, TopologyDelta delta);

  /** Whether enough was appended since the last checkpoint to make a new one worth while. */
  boolean wantsCheckpoint(String cluster, Instant now);

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
