package io.bridgewatch.engine;

import io.bridgewatch.ports.ClusterFeed;
import io.bridgewatch.ports.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The discoveries of all clusters, and the forgetting of what is older than it is to be kept. */
public final class Discoveries implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Discoveries.class);
  private static final Duration FORGET_EVERY = Duration.ofHours(1);

  private final DiscoveryStores stores;
  private final DiscoverySettings settings;
  private final InstantSource clock;
  private final ConcurrentSkipListMap<String, Discovery> byCluster = new ConcurrentSkipListMap<>();
  private final ScheduledExecutorService housekeeping =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("history-keeper").factory());

  public Discoveries(DiscoveryStores stores, DiscoverySettings settings, InstantSource clock) {
    this.stores = stores;
    this.settings = settings;
    this.clock = clock;
    housekeeping.scheduleWithFixedDelay(
        this::forget, FORGET_EVERY.toMinutes(), FORGET_EVERY.toMinutes(), TimeUnit.MINUTES);
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

  /** By the clusters' names. */
  public List<Discovery.Snapshot> snapshots() {
    return byCluster.values().stream().map(Discovery::snapshot).toList();
  }

  public Optional<Discovery.Snapshot> snapshot(String cluster) {
    return discovery(cluster).map(Discovery::snapshot);
  }

  private void forget() {
    Instant before = clock.instant().minus(settings.retention());
    try {
      long happenings = stores.chronicle().forgetBefore(before);
      stores.history().forgetBefore(before);
      LOG.info("forgot {} happenings and the topologies before {}", happenings, before);
    } catch (StoreException e) {
      LOG.error("cannot forget what is older than {}; it is tried again in an hour", before, e);
    }
  }

  @Override
  public void close() {
    housekeeping.shutdownNow();
    byCluster.values().forEach(Discovery::close);
    byCluster.clear();
  }
}
