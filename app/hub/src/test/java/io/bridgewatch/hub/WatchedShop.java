package io.bridgewatch.hub;

import io.bridgewatch.engine.BundleDiagnosis;
import io.bridgewatch.engine.Discoveries;
import io.bridgewatch.engine.DiscoverySettings;
import io.bridgewatch.engine.DiscoveryStores;
import io.bridgewatch.hub.RunningHub.Client;
import io.bridgewatch.model.Observation;
import io.bridgewatch.ports.Timekeeper;
import io.bridgewatch.testkit.InMemoryChronicle;
import io.bridgewatch.testkit.InMemoryClusterRegistry;
import io.bridgewatch.testkit.InMemoryObjectStore;
import io.bridgewatch.testkit.InMemoryTopologyHistory;
import java.nio.file.Path;
import java.util.List;

/** A hub that watches the {@link Shop} in cluster east, and whatever a test registers. */
final class WatchedShop implements AutoCloseable {

  static final String CLUSTER = "east";

  private final ScriptedLinks links = new ScriptedLinks(CLUSTER);
  private final SettableClock clock = new SettableClock();
  private final RunningHub hub;

  private WatchedShop(Path directory) {
    var stores =
        new DiscoveryStores(
            new InMemoryChronicle(), new InMemoryTopologyHistory(), new InMemoryObjectStore());
    var discoveries = new Discoveries(stores, DiscoverySettings.usual(), Timekeeper.by(clock));
    var watch = new WatchedClusters(discoveries, links);
    hub =
        RunningHub.start(
            directory,
            clock,
            new BundleDiagnosis()::diagnose,
            new ClusterParts(
                watch,
                discoveries,
                stores.chronicle(),
                stores.history(),
                stores.objects(),
                new InMemoryClusterRegistry()));
    watch.start(links.given(ClusterOptions.none()), new InMemoryClusterRegistry());
  }

  /** Starts it and waits until all is known. */
  static WatchedShop start(Path directory) throws InterruptedException {
    var shop = new WatchedShop(directory);
    shop.links.tell(CLUSTER, Shop.listed(shop.clock.instant()));
    shop.hub
        .admin()
        .await(
            "/api/v1/clusters/" + CLUSTER + "/history",
            history -> !history.get("stretches").isEmpty());
    return shop;
  }

  RunningHub hub() {
    return hub;
  }

  Client admin() {
    return hub.admin();
  }

  ScriptedLinks links() {
    return links;
  }

  SettableClock clock() {
    return clock;
  }

  void tell(Observation observation) throws InterruptedException {
    links.tell(CLUSTER, List.of(observation));
  }

  @Override
  public void close() {
    hub.close();
  }
}
