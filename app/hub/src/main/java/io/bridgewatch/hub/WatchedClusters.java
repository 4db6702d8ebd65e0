package io.bridgewatch.hub;

import io.bridgewatch.adapter.kubernetes.ApiPages;
import io.bridgewatch.engine.Discoveries;
import io.bridgewatch.engine.Discovery;
import io.bridgewatch.model.Observation;
import io.bridgewatch.ports.AutoscalerWriter;
import io.bridgewatch.ports.ClusterRegistry;
import io.bridgewatch.ports.RegisteredCluster;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;

/** Watches clusters by discoveries of the engine. */
final class WatchedClusters implements Watch {

  private static final Logger LOG = LoggerFactory.getLogger(WatchedClusters.class);

  private final Discoveries discoveries;
  private final ClusterLinks links;
  private final Map<String, Origin> origins = new ConcurrentHashMap<>();

  WatchedClusters(Discoveries discoveries, ClusterLinks links) {
    this.discoveries = discoveries;
    this.links = links;
  }

  /** Where a cluster is known from. */
  private record Origin(
      ClusterApi.Source source,
      String apiUrl,
      Supplier<ApiPages> pages,
      Supplier<AutoscalerWriter> autoscalers) {}

  /** Begins to watch what the options name and what was registered before; waits for none. */
  void start(List<ClusterLinks.Given> given, ClusterRegistry registry) {
    for (ClusterLinks.Given one : given) {
      origins.put(
          one.feed().cluster(),
          new Origin(one.source(), one.apiUrl(), one.pages(), one.autoscalers()));
      discoveries.add(one.feed());
    }
    for (RegisteredCluster cluster : registry.clusters()) {
      if (origins.containsKey(cluster.name())) {
        LOG.warn(
            "the registered cluster {} is not watched: the options name another cluster so",
            cluster.name());
      } else {
        resume(cluster);
      }
    }
  }

  /** One that cannot be watched any more keeps neither the hub nor the others from starting. */
  private void resume(RegisteredCluster cluster) {
    try {
      begin(cluster);
    } catch (HubProblem e) {
      LOG.error("the registered cluster {} is not watched: {}", cluster.name(), e.detail());
    }
  }

  @Override
  public synchronized void begin(RegisteredCluster cluster) {
    var feed = links.open(cluster);
    discoveries.remove(cluster.name());
    origins.put(
        cluster.name(),
        new Origin(
            ClusterApi.Source.REGISTERED,
            cluster.apiUrl(),
            () -> links.pages(cluster),
            () -> links.autoscalers(cluster)));
    discoveries.add(feed);
  }

  @Override
  public synchronized void end(String cluster) {
    discoveries.remove(cluster);
    origins.remove(cluster);
  }

  @Override
  public Check check(RegisteredCluster cluster) {
    try {
      return links.check(cluster);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HubProblem(
          HttpStatus.SERVICE_UNAVAILABLE, "Stopping", "this hub is stopping; try again later");
    }
  }

  @Override
  public void tell(String cluster, List<Observation> observations) throws InterruptedException {
    var discovery = discoveries.discovery(cluster);
    if (discovery.isPresent()) {
      for (Observation observation : observations) {
        discovery.get().take(observation);
      }
    }
  }

  @Override
  public Optional<Supplier<ApiPages>> pages(String cluster) {
    return Optional.ofNullable(origins.get(cluster)).map(Origin::pages);
  }

  @Override
  public Optional<Supplier<AutoscalerWriter>> autoscalers(String cluster) {
    return Optional.ofNullable(origins.get(cluster)).map(Origin::autoscalers);
  }

  @Override
  public List<Live> all() {
    return discoveries.snapshots().stream().flatMap(s -> live(s).stream()).toList();
  }

  @Override
  public Optional<Live> find(String cluster) {
    return discoveries.snapshot(cluster).flatMap(this::live);
  }

  /** Empty in the moment in which it is being forgotten. */
  private Optional<Live> live(Discovery.Snapshot snapshot) {
    var counts = snapshot.counts();
    return Optional.ofNullable(origins.get(snapshot.cluster()))
        .map(
            origin ->
                new Live(
                    snapshot.cluster(),
                    origin.source(),
                    origin.apiUrl(),
                    snapshot.topology(),
                    Optional.of(snapshot.asOf()).filter(t -> known(snapshot)),
                    snapshot.status(),
                    snapshot.kinds(),
                    new ClusterApi.Pipeline(
                        counts.observed(),
                        counts.changes(),
                        counts.rejected(),
                        counts.queued(),
                        counts.queueCapacity(),
                        counts.lag().toMillis() / 1000.0,
                        counts.rejections().stream()
                            .map(
                                r ->
                                    new ClusterApi.Rejected(
                                        r.subject(), r.reason(), r.detail(), r.count(), r.last()))
                            .toList(),
                        snapshot.storeTrouble().orElse(null))));
  }

  private static boolean known(Discovery.Snapshot snapshot) {
    return !snapshot.topology().entities().isEmpty();
  }

  @Override
  public void close() {
    discoveries.close();
  }
}
