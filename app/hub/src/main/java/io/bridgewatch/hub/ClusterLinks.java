package io.bridgewatch.hub;

import io.bridgewatch.ports.ClusterFeed;
import io.bridgewatch.ports.RegisteredCluster;
import java.util.List;

/** How clusters are reached. */
interface ClusterLinks {

  /** Opens a registered cluster; does not reach out yet. */
  ClusterFeed open(RegisteredCluster cluster);

  /**
   * Tries a cluster, for some seconds at most.
   *
   * @throws InterruptedException if this thread is asked to stop meanwhile
   */
  Watch.Check check(RegisteredCluster cluster) throws InterruptedException;

  /**
   * The clusters that this hub was started with; does not reach out yet.
   *
   * @throws HubOptions.InvalidOptionException if an option names what is not there
   */
  List<Given> given(ClusterOptions options);

  /** A cluster that the options name. */
  record Given(ClusterFeed feed, ClusterApi.Source source, String apiUrl) {}
}
