package io.bridgewatch.hub;

import io.bridgewatch.adapter.kubernetes.ApiPages;
import io.bridgewatch.model.Observation;
import io.bridgewatch.ports.AutoscalerWriter;
import io.bridgewatch.ports.RegisteredCluster;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Watches clusters: those this hub was started with, and those that people registered. */
interface Watch extends LiveClusters, AutoCloseable {

  /**
   * Begins to watch a registered cluster, in the place of the one of that name; it need not answer.
   */
  void begin(RegisteredCluster cluster);

  /** Ends watching a cluster; its history stays. */
  void end(String cluster);

  /**
   * Takes what was heard of a cluster by another way; waits while there is no room. Does nothing if
   * it is not watched any more.
   *
   * @throws InterruptedException if this thread is asked to stop meanwhile
   */
  void tell(String cluster, List<Observation> observations) throws InterruptedException;

  /**
   * Opens pages that a cluster's API server hands on. Another object than before once the cluster
   * is reached in another way; empty if it is not watched.
   */
  default Optional<Supplier<ApiPages>> pages(String cluster) {
    return Optional.empty();
  }

  /** Opens what writes autoscalers of a cluster; empty if it is not watched. */
  default Optional<Supplier<AutoscalerWriter>> autoscalers(String cluster) {
    return Optional.empty();
  }

  /** Ends watching; may be called twice. */
  @Override
  default void close() {}

  /** Tries to reach a cluster and to read from it; waits for it, though not for long. */
  Check check(RegisteredCluster cluster);

  /**
   * What came of trying a cluster.
   *
   * @param version of its API server; empty if it could not be reached
   * @param readable resources that can be read
   * @param denied resources that it does not let us read
   * @param error what went wrong and what helps; empty if nothing did
   */
  record Check(
      boolean reachable,
      Optional<String> version,
      List<String> readable,
      List<String> denied,
      Optional<String> error) {
    public Check {
      readable = List.copyOf(readable);
      denied = List.copyOf(denied);
    }
  }
}
