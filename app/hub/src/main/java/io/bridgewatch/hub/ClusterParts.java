package io.bridgewatch.hub;

import io.bridgewatch.engine.Discoveries;
import io.bridgewatch.ports.Chronicle;
import io.bridgewatch.ports.ClusterRegistry;
import io.bridgewatch.ports.ObjectStore;
import io.bridgewatch.ports.TopologyHistory;

/** What the hub knows clusters by: the watch itself, and what is kept of it. */
record ClusterParts(
    Watch watch,
    Discoveries discoveries,
    Chronicle chronicle,
    TopologyHistory history,
    ObjectStore objects,
    ClusterRegistry registry) {

  /** Stops watching. What is kept stays open, for others read it too. */
  void close() {
    watch.close();
  }
}
