package io.bridgewatch.bench.discover;

/**
 * How large a made-up cluster is.
 *
 * @param pods in all; those of daemon sets, jobs and stateful sets are among them
 * @param seed of everything that varies
 */
record ClusterSize(int nodes, int pods, int services, long seed) {
  ClusterSize {
    if (nodes < 1 || pods < 1 || services < 0) {
      throw new IllegalArgumentException(
          "a cluster has at least one node and one pod, saw %d nodes, %d pods, %d services"
              .formatted(nodes, pods, services));
    }
  }
}
