package io.bridgewatch.adapter.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.Entity;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.Topology;
import io.bridgewatch.model.TopologyDelta;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
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
}
