package io.bridgewatch.ports;

import io.bridgewatch.model.Observation;
import java.util.Map;

/**
 * Hears what exists and what happens in one cluster. Opening it does not reach out yet; {@link
 * #start} does, and keeps trying until it is closed: a cluster that cannot be reached is told as a
 * {@link Observation.FeedChanged}, never thrown.
 */
public interface ClusterFeed extends AutoCloseable {

  /** By which entities of the cluster are known: {@code k8s.cluster.name}. */
  String cluster();

  /**
   * Begins to tell the sink, from threads of the feed's own. May be called once.
   *
   * @throws IllegalStateException if it was started before
   */
  void start(Sink sink);

  /**
   * How far each kind of object was heard that is being followed: by resource, such as {@code
   * pods}, the version of its last change that was told, or a later one. Costs little.
   */
  default Map<String, Long> heard() {
    return Map.of();
  }

  /** Stops telling; the sink is not called once this has returned. May be called twice. */
  @Override
  void close();

  /** Takes what was heard. Safe for several threads. */
  interface Sink {

    /**
     * Waits while there is no room, so that the cluster is read no faster than it is understood.
     *
     * @throws InterruptedException if the feed is being closed
     */
    void take(Observation observation) throws InterruptedException;
  }
}
