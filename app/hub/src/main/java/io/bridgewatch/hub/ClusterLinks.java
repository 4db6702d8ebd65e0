package io.bridgewatch.hub;

import io.bridgewatch.adapter.kubernetes.ApiPages;
import io.bridgewatch.ports.AutoscalerWriter;
import io.bridgewatch.ports.ClusterFeed;
import io.bridgewatch.ports.RegisteredCluster;
import java.util.List;
import java.util.function.Supplier;

/** How clusters are reached. */
interface ClusterLinks {

  /** Opens a registered cluster; does not reach out yet. */
  ClusterFeed open(RegisteredCluster cluster);

  /** Pages of a registered cluster that its API server hands on; does not reach out yet. */
  ApiPages pages(RegisteredCluster cluster);

  /** Writes autoscalers of a registered cluster; does not reach out yet. */
  AutoscalerWriter autoscalers(RegisteredCluster cluster);

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
  record Given(
      ClusterFeed feed,
      ClusterApi.Source source,
      String apiUrl,
      Supplier<ApiPages> pages,
      Supplier<AutoscalerWriter> autoscalers) {}
}
