package io.bridgewatch.bench.discover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bridgewatch.engine.DiscoveryStores;
import io.bridgewatch.kubernetes.server.KubernetesServer;
import io.bridgewatch.model.Happening;
import io.bridgewatch.ports.Chronicle;
import io.bridgewatch.ports.PageRequest;
import io.bridgewatch.ports.Timekeeper;
import io.bridgewatch.testkit.InMemoryChronicle;
import io.bridgewatch.testkit.InMemoryObjectStore;
import io.bridgewatch.testkit.InMemoryTopologyHistory;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class DiscoverRunTest {
  private static final ClusterSize SMALL = new ClusterSize(20, 400, 60, 7);

  @Test
  void aSmallClusterIsKnownCompletelyAndNoChangeIsLostOrDoubled() throws Exception {
    var chronicle = new InMemoryChronicle();
    var stores =
        new DiscoveryStores(chronicle, new InMemoryTopologyHistory(), new InMemoryObjectStore());
    try (var cluster = new LocalCluster(SMALL)) {
      var measures = new DiscoverRun(cluster, stores, Timekeeper.system(), 7).run(600, 2000);

      assertThat(measures.wrong()).isZero();
      assertThat(measures.rejected()).isZero();
      assertThat(measures.visibleSeconds().count()).isEqualTo(600);
      assertThat(measures.entities()).isGreaterThan(400 + 20 + 60);
      assertThat(measures.search().seconds()).containsOnlyKeys(SearchRun.Kind.values());
      assertThat(restarts(chronicle)).isEqualTo(cluster.restarted());
    }
  }

  @Test
  void theSameSeedMakesTheSameCluster() {
    assertThat(objects(SMALL)).isEqualTo(objects(SMALL));
    assertThat(objects(SMALL)).isNotEqualTo(objects(new ClusterSize(20, 400, 60, 8)));
  }

  @Test
  void podsAreAsManyAsAskedForAndAsFatAsRealOnes() {
    var pods =
        objects(SMALL).stream().filter(o -> o.contains("\"kind\":\"Pod\",\"metadata\"")).toList();

    assertThat(pods).hasSize(400);
    assertThat(pods).allSatisfy(pod -> assertThat(pod.length()).isBetween(5_000, 8_000));
  }

  @Test
  void aBrokenFloorIsToldWithBothNumbers() {
    var slow = new Percentiles(1, 3, 3, 3);
    var search = new SearchMeasures(Map.of(SearchRun.Kind.ALL_BY_NAME, slow), slow);
    var measures = new Measures(1, 1, 1, 1, 1, 1, slow, slow, search, 0, 0);

    assertThat(
            new DiscoverFloors(
                    Map.of("visibleP95Seconds", 2.0, "heapGiB", 4.0, "searchP95Seconds", 0.1))
                .broken(measures))
        .containsExactly(
            "searchP95Seconds is 3.000, wanted at most 0.100",
            "visibleP95Seconds is 3.000, wanted at most 2.000");
    assertThat(new DiscoverFloors(Map.of("unheardOf", 2.0)).broken(measures)).hasSize(1);
  }

  @Test
  void optionsThatMakeNoSenseAreRefused() throws Exception {
    assertThat(DiscoverOptions.parse("--minutes", "0.5").changes()).isEqualTo(15_000);
    assertThatThrownBy(() -> DiscoverOptions.parse("--nodes", "none"))
        .hasMessageContaining("--nodes wants a number");
    assertThatThrownBy(() -> DiscoverOptions.parse("--moon"))
        .hasMessageContaining("does not know --moon");
  }

  private static List<String> objects(ClusterSize size) {
    var objects = new ArrayList<String>();
    new MadeUpCluster(size).tell(objects::add);
    return objects;
  }

  private static long restarts(Chronicle chronicle) {
    var count = 0L;
    var cursor = Optional.<String>empty();
    do {
      var part =
          chronicle.find(
              new Chronicle.Query(
                  "bench",
                  Instant.EPOCH,
                  Instant.now().plus(Duration.ofDays(4000)),
                  Optional.empty(),
                  happening ->
                      happening instanceof Happening.Lived lived
                          && lived.stage() == Happening.Stage.RESTARTED,
                  new PageRequest(PageRequest.LARGEST, cursor)));
      count += part.items().size();
      cursor = part.next();
    } while (cursor.isPresent());
    return count;
  }

  /** The same cluster in this process. */
  private static final class LocalCluster implements BigCluster {
    private final KubernetesServer server = KubernetesServer.start();
    private final PodChanges changes;
    private int restarted;

    LocalCluster(ClusterSize size) {
      var cluster = new MadeUpCluster(size);
      cluster.tell(server::put);
      changes = new PodChanges(server, cluster, size.seed());
    }

    /** Restarts of containers of pods that stayed. */
    int restarted() {
      return restarted;
    }

    @Override
    public URI url() {
      return server.url();
    }

    @Override
    public void change(int count, int perSecond, Consumer<PodChanges.Change> told) {
      var gone = new java.util.HashSet<String>();
      changes.make(
          count,
          Duration.ofSeconds(1).dividedBy(perSecond),
          change -> {
            told.accept(change);
            var pod = change.namespace() + "/" + change.name();
            if (change.isDelete()) {
              gone.add(pod);
            } else if (!gone.remove(pod)) {
              restarted++;
            }
          },
          () -> {});
    }

    @Override
    public State state() {
      return new State(changes.pods(), changes.restarts());
    }

    @Override
    public void close() {
      server.close();
    }
  }
}
