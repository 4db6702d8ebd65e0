package io.bridgewatch.engine;

import io.bridgewatch.ports.ClusterFeed;
import io.bridgewatch.ports.Timekeeper;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** The discoveries of all clusters. */
public final class Discoveries implements AutoCloseable {

  private final DiscoveryStores stores;
  private final DiscoverySettings settings;
  private final Timekeeper clock;
  private final ConcurrentSkipListMap<String, Discovery> byCluster = new ConcurrentSkipListMap<>();

  public Discoveries(DiscoveryStores stores, DiscoverySettings settings, Timekeeper clock) {
    this.stores = stores;
    this.settings = settings;
    this.clock = clock;
  }

  public DiscoverySettings settings() {
    return settings;
  }

  /**
   * Starts to watch a cluster.
   *
   * @throws IllegalArgumentException if one of that name is watched already; the feed is closed
   */
  public void add(ClusterFeed feed) {
    var discovery = new Discovery(feed, stores, settings, clock);
    if (byCluster.putIfAbsent(feed.cluster(), discovery) != null) {
      feed.close();
      throw new IllegalArgumentException(
          "cannot watch a second cluster named '" + feed.cluster() + "'; give it another name");
    }
    discovery.start();
  }

  /** Stops watching a cluster; its history stays. Whether it was watched. */
  public boolean remove(String cluster) {
    Discovery discovery = byCluster.remove(cluster);
    if (discovery != null) {
      discovery.close();
    }
    return discovery != null;
  }

  public Optional<Discovery> discovery(String cluster) {
    return Optional.ofNullable(byCluster.get(cluster));
  }

  /** The names of the clusters that are watched, in their order. */
  public List<String> clusters() {
    return List.copyOf(byCluster.keySet());
  }

  /** By the clusters' names. */
  public List<Discovery.Snapshot> snapshots() {
    return byCluster.values().stream().map(Discovery::snapshot).toList();
  }

  public Optional<Discovery.Snapshot> snapshot(String cluster) {
    return discovery(cluster).map(Discovery::snapshot);
  }

  /** Whether all of them are ({@link Discovery#settled}). */
  public boolean settled() {
    return byCluster.values().stream().allMatch(Discovery::settled);
  }

  @Override
  public void close() {
    byCluster.values().forEach(Discovery::close);
    byCluster.clear();
  }
}
