package io.bridgewatch.hub;

import io.bridgewatch.model.FeedStatus;
import io.bridgewatch.model.Topology;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The clusters that are being watched. Safe for several threads; no answer waits for a cluster. */
interface LiveClusters {

  /** By name. */
  List<Live> all();

  Optional<Live> find(String cluster);

  /**
   * A cluster as it is known now.
   *
   * @param asOf how new the topology is; empty before anything was heard
   * @param kinds how well each kind can be heard, by resource
   */
  record Live(
      String name,
      ClusterApi.Source source,
      String apiUrl,
      Topology topology,
      Optional<Instant> asOf,
      FeedStatus status,
      List<FeedStatus> kinds,
      ClusterApi.Pipeline pipeline) {
    public Live {
      kinds = List.copyOf(kinds);
    }
  }
}
