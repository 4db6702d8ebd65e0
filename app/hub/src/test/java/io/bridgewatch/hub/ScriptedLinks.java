package io.bridgewatch.hub;

import io.bridgewatch.adapter.kubernetes.ApiPages;
import io.bridgewatch.model.Observation;
import io.bridgewatch.ports.AutoscalerWriter;
import io.bridgewatch.ports.ClusterFeed;
import io.bridgewatch.ports.RegisteredCluster;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** Links to clusters that tell what a test wants. */
final class ScriptedLinks implements ClusterLinks {

  private final ScriptedPages pages = new ScriptedPages();
  private final List<String> given;
  private final Map<String, ScriptedFeed> feeds = new ConcurrentHashMap<>();

  /**
   * @param given names of clusters that the hub is started with
   */
  ScriptedLinks(String... given) {
    this.given = List.of(given);
  }

  @Override
  public List<Given> given(ClusterOptions options) {
    return given.stream()
        .map(
            name ->
                new Given(
                    feed(name),
                    ClusterApi.Source.KUBECONFIG,
                    "https://" + name + ".example:6443",
                    () -> pages,
                    () -> unwritable(name)))
        .toList();
  }

  private static AutoscalerWriter unwritable(String cluster) {
    throw new IllegalStateException(cluster + " is scripted and takes no writes");
  }

  @Override
  public AutoscalerWriter autoscalers(RegisteredCluster cluster) {
    return unwritable(cluster.name());
  }

  @Override
  public ApiPages pages(RegisteredCluster cluster) {
    return pages;
  }

  /** What the API servers hand on. */
  ScriptedPages pages() {
    return pages;
  }

  @Override
  public ClusterFeed open(RegisteredCluster cluster) {
    return feed(cluster.name());
  }

  private ScriptedFeed feed(String cluster) {
    var feed = new ScriptedFeed(cluster);
    feeds.put(cluster, feed);
    return feed;
  }

  @Override
  public Watch.Check check(RegisteredCluster cluster) {
    return cluster.apiUrl().contains("down")
        ? new Watch.Check(
            false, Optional.empty(), List.of(), List.of(), Optional.of("nobody answers"))
        : new Watch.Check(
            true, Optional.of("v1.36.2"), List.of("pods"), List.of("nodes"), Optional.empty());
  }

  /** Tells it to whoever watches the cluster; waits for them to begin. */
  void tell(String cluster, List<Observation> observations) throws InterruptedException {
    for (Observation observation : observations) {
      opened(cluster).sink().take(observation);
    }
  }

  boolean isOpen(String cluster) {
    return feeds.containsKey(cluster) && !opened(cluster).closed;
  }

  private ScriptedFeed opened(String cluster) {
    return Objects.requireNonNull(feeds.get(cluster), cluster);
  }

  private static final class ScriptedFeed implements ClusterFeed {
    private final String cluster;
    private final CountDownLatch started = new CountDownLatch(1);
    private volatile Sink sink = observation -> {};
    private volatile boolean closed;

    ScriptedFeed(String cluster) {
      this.cluster = cluster;
    }

    @Override
    public String cluster() {
      return cluster;
    }

    @Override
    public void start(Sink sink) {
      this.sink = sink;
      started.countDown();
    }

    Sink sink() throws InterruptedException {
      started.await();
      return sink;
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
