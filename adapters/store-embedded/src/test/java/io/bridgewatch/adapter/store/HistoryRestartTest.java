package io.bridgewatch.adapter.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.Entity;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.Exemplar;
import io.bridgewatch.model.MetricKind;
import io.bridgewatch.model.Relation;
import io.bridgewatch.model.SeriesKey;
import io.bridgewatch.model.Topology;
import io.bridgewatch.model.TopologyDelta;
import io.bridgewatch.ports.ExemplarStore;
import io.bridgewatch.ports.MetricSelector;
import io.bridgewatch.ports.Retained;
import io.bridgewatch.testkit.TopologyHistoryContractTest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryRestartTest {

  private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
  private static final Entity CART = new Entity(EntityRef.service("cart"), Attributes.none());

  @Test
  void aClockSetBackOverARestartBringsNothingOldBack(@TempDir Path directory) {
    try (var store = EmbeddedStore.open(directory)) {
      var history = store.topologyHistory();
      history.checkpoint("south", NOON, Topology.empty());
      history.append(
          "south", NOON, new TopologyDelta(List.of(CART), List.of(), List.of(), List.of()));
    }
    try (var store = EmbeddedStore.open(directory)) {
      var history = store.topologyHistory();
      history.checkpoint("south", NOON.minusSeconds(600), Topology.empty());
      assertThat(history.at("south", NOON).orElseThrow().topology().entities()).isEmpty();
    }
  }

  @Test
  void exemplarsOutliveARestartAreCountedAndGoWithTheMetrics(@TempDir Path directory) {
    var series =
        new SeriesKey(CART.ref().identity(), "requests", "", MetricKind.DELTA, Attributes.none());
    var selector = MetricSelector.of("requests");
    var first = new Exemplar(series, NOON.toEpochMilli(), 1, "a", "b", Attributes.of("x", "y"));
    var second = new Exemplar(series, NOON.toEpochMilli() + 60_000, 2, "c", "", Attributes.none());
    try (var store = EmbeddedStore.open(directory)) {
      store.exemplars().append(List.of(first, second));
    }
    try (var db = HistoryDb.open(directory.resolve("history"))) {
      var third =
          new Exemplar(series, NOON.toEpochMilli() + 120_000, 3, "d", "", Attributes.none());
      RocksExemplars.open(db, 2).append(List.of(third)); // the first is one too many
    }
    try (var store = EmbeddedStore.open(directory)) {
      assertThat(store.exemplars().select(selector, NOON, Instant.MAX, 10))
          .extracting(Exemplar::traceId)
          .containsExactly("d", "c");
      var metrics =
          store.storage().retained().stream()
              .filter(one -> one.kind() == Retained.Kind.METRICS)
              .findFirst()
              .orElseThrow();
      assertThat(metrics.oldest()).isEqualTo(NOON.plusSeconds(60));
      metrics.forgetBefore(NOON.plusSeconds(90));
      assertThat(store.exemplars().select(selector, NOON, Instant.MAX, 10)).hasSize(1);
      assertThat(store.exemplars().append(List.of(second)).rejected())
          .isEqualTo(Map.of(ExemplarStore.Rejection.TOO_OLD, 1));
    }
  }

  @Test
  void aCheckpointThatIsStoppedLeavesThePastAsItWasAndCanBeHadAgain(@TempDir Path directory)
      throws InterruptedException {
    Instant day = NOON.plusSeconds(25 * 3600);
    var large = Topology.empty().toBuilder();
    for (int i = 0; i < 20_000; i++) { // several pieces
      large.put(new Entity(EntityRef.service("s" + i), Attributes.of("version", "v" + i * 7919L)));
    }
    var topology = large.build();
    try (var store = EmbeddedStore.open(directory)) {
      var history = store.topologyHistory();
      history.checkpoint("south", NOON, topology);
      history.append("south", day, put(CART));
      var after = topology.with(put(CART));
      var stopped = history.dueCheckpoint("south", day, after).orElseThrow();
      var thread =
          new Thread(
              () -> {
                Thread.currentThread().interrupt();
                stopped.run();
              });
      thread.start();
      thread.join();
      history.append(
          "south", day, new TopologyDelta(List.of(), List.of(CART.ref()), none(), none()));
      TopologyHistoryContractTest.assertSame(
          history.at("south", day).orElseThrow().topology(), topology);
      assertThat(history.dueCheckpoint("south", day, topology)).isEmpty();
      var later = day.plusSeconds(61);
      history.dueCheckpoint("south", later, topology).orElseThrow().run();
      assertThat(history.dueCheckpoint("south", later.plusSeconds(61), topology)).isEmpty();
    }
    try (var store = EmbeddedStore.open(directory)) {
      TopologyHistoryContractTest.assertSame(
          store.topologyHistory().at("south", day).orElseThrow().topology(), topology);
    }
  }

  private static TopologyDelta put(Entity entity) {
    return new TopologyDelta(List.of(entity), List.of(), none(), none());
  }

  private static List<Relation> none() {
    return List.of();
  }
}
