package io.bridgewatch.testkit;

import static io.bridgewatch.testkit.StoredSamples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.Entity;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.Health;
import io.bridgewatch.model.Relation;
import io.bridgewatch.model.RelationType;
import io.bridgewatch.model.Topology;
import io.bridgewatch.model.TopologyDelta;
import io.bridgewatch.ports.TopologyHistory;
import io.bridgewatch.ports.TopologyHistory.Stretch;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What every {@link TopologyHistory} does. */
public abstract class TopologyHistoryContractTest {

  private static final long SEED = 20261125;
  private static final Entity CART = entity("cart", "1");
  private static final Entity STOCK = entity("stock", "1");
  private static final Relation CALLS = new Relation(CART.ref(), RelationType.CALLS, STOCK.ref());

  /** An empty history. */
  protected abstract TopologyHistory history();

  private static Entity entity(String name, String version) {
    return new Entity(EntityRef.service(name), Attributes.of("version", version));
  }

  private static Instant at(long secondsAfterNoon) {
    return NOON.plusSeconds(secondsAfterNoon);
  }

  private static Stretch stretch(long from, long to) {
    return new Stretch(at(from), at(to));
  }

  private static TopologyDelta put(Entity... entities) {
    return new TopologyDelta(List.of(entities), List.of(), List.of(), List.of());
  }

  /** Asserts that both hold the same. */
  public static void assertSame(Topology found, Topology wanted) {
    assertThat(List.copyOf(found.entities())).isEqualTo(List.copyOf(wanted.entities()));
    assertThat(found.relations()).isEqualTo(wanted.relations());
    for (Entity entity : wanted.entities()) {
      assertThat(List.copyOf(found.relationsTo(entity.ref())))
          .isEqualTo(List.copyOf(wanted.relationsTo(entity.ref())));
    }
  }

  private static List<Entity> entitiesAt(TopologyHistory history, long secondsAfterNoon) {
    return List.copyOf(
        history.at("south", at(secondsAfterNoon)).orElseThrow().topology().entities());
  }

  @Test
  void nothingIsKnownBeforeTheFirstWord() {
    var history = history();
    assertThat(history.at("south", NOON)).isEmpty();
    assertThat(history.heard("south")).isEmpty();
    history.checkpoint("south", NOON, Topology.empty());
    assertThat(history.at("south", at(-1))).isEmpty();
    assertThat(history.at("south", NOON)).isPresent();
    assertThat(history.at("north", NOON)).isEmpty();
  }

  @Test
  void anyMomentOfAStretchIsKnown() {
    var history = history();
    history.checkpoint("south", at(0), Topology.empty().toBuilder().put(CART).build());
    history.append(
        "south", at(10), new TopologyDelta(List.of(STOCK), List.of(), List.of(CALLS), List.of()));
    history.append("south", at(20), put(entity("cart", "2")));
    history.append(
        "south",
        at(30),
        new TopologyDelta(List.of(), List.of(STOCK.ref()), List.of(), List.of(CALLS)));
    assertThat(entitiesAt(history, 9)).containsExactly(CART);
    assertThat(entitiesAt(history, 10)).containsExactly(CART, STOCK);
    assertThat(history.at("south", at(19)).orElseThrow().topology().relations())
        .containsExactly(CALLS);
    assertThat(entitiesAt(history, 20)).containsExactly(entity("cart", "2"), STOCK);
    assertThat(entitiesAt(history, 30)).containsExactly(entity("cart", "2"));
    assertThat(history.at("south", at(30)).orElseThrow().topology().relations()).isEmpty();
    assertThat(history.at("south", at(15)).orElseThrow().asOf()).isBetween(at(10), at(15));
  }

  @Test
  void severalWordsOfTheSameMomentAllCount() {
    var history = history();
    history.checkpoint("south", NOON, Topology.empty());
    history.append("south", NOON, put(CART));
    history.append("south", NOON, put(STOCK));
    history.append("south", NOON, put(entity("cart", "2")));
    assertThat(entitiesAt(history, 0)).containsExactly(entity("cart", "2"), STOCK);
    history.checkpoint("south", NOON, Topology.empty().toBuilder().put(STOCK).build());
    assertThat(entitiesAt(history, 0)).containsExactly(STOCK);
  }

  @Test
  void whereTheClusterWasNotHeardTheLastWordIsToldWithItsTime() {
    var history = history();
    history.checkpoint("south", at(0), Topology.empty().toBuilder().put(CART).build());
    history.append("south", at(100), TopologyDelta.none());
    history.checkpoint("south", at(1000), Topology.empty().toBuilder().put(STOCK).build());
    history.append("south", at(1001), TopologyDelta.none());
    assertThat(history.heard("south")).containsExactly(stretch(0, 100), stretch(1000, 1001));
    var gap = history.at("south", at(500)).orElseThrow();
    assertThat(gap.asOf()).isEqualTo(at(100));
    assertThat(gap.topology().entities()).containsExactly(CART);
    var later = history.at("south", at(5000)).orElseThrow();
    assertThat(later.asOf()).isEqualTo(at(1001));
    assertThat(later.topology().entities()).containsExactly(STOCK);
  }

  @Test
  void aCheckpointWithTheLastWordGoesOnWithTheStretch() {
    var history = history();
    history.checkpoint("south", at(0), Topology.empty());
    history.append("south", at(60), put(CART));
    history.checkpoint("south", at(60), Topology.empty().toBuilder().put(CART).build());
    history.append("south", at(120), put(STOCK));
    assertThat(history.heard("south")).containsExactly(stretch(0, 120));
    assertThat(entitiesAt(history, 59)).isEmpty();
    assertThat(entitiesAt(history, 60)).containsExactly(CART);
    assertThat(entitiesAt(history, 120)).containsExactly(CART, STOCK);
  }

  @Test
  void aClockThatGoesBackDoesNotChangeThePast() {
    var history = history();
    history.checkpoint("south", at(0), Topology.empty());
    history.append("south", at(60), put(CART));
    history.append("south", at(30), put(STOCK));
    assertThat(entitiesAt(history, 59)).isEmpty();
    assertThat(entitiesAt(history, 60)).containsExactly(CART, STOCK);
    history.checkpoint("south", at(10), Topology.empty());
    assertThat(entitiesAt(history, 59)).isEmpty();
    assertThat(entitiesAt(history, 60)).isEmpty();
    assertThat(history.heard("south")).containsExactly(stretch(0, 60));
  }

  @Test
  void nothingCanBeAddedWithoutACheckpoint() {
    assertThatThrownBy(() -> history().append("south", NOON, put(CART)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("south");
  }

  @Test
  void withoutACheckpointNoneIsDue() {
    assertThatThrownBy(() -> history().dueCheckpoint("south", NOON, Topology.empty()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("south");
  }

  @Test
  void aDayAfterACheckpointANewOneIsDue() {
    var history = history();
    history.checkpoint("south", at(0), Topology.empty());
    history.append("south", at(1), put(CART));
    var topology = Topology.empty().toBuilder().put(CART).build();
    assertThat(history.dueCheckpoint("south", at(60), topology)).isEmpty();
    assertThat(history.dueCheckpoint("south", at(25 * 3600), topology)).isPresent();
  }

  @Test
  void whatIsAppendedWhileACheckpointIsWrittenIsKnown() {
    appendedAround(Runnable::run);
  }

  @Test
  void aCheckpointThatIsNeverWrittenIsNotMissed() {
    appendedAround(due -> {});
  }

  private void appendedAround(Consumer<Runnable> writer) {
    var history = history();
    long day = 25 * 3600;
    history.checkpoint("south", at(0), Topology.empty());
    history.append("south", at(day), put(CART));
    var topology = Topology.empty().toBuilder().put(CART).build();
    var due = history.dueCheckpoint("south", at(day), topology).orElseThrow();
    history.append("south", at(day + 1), put(STOCK));
    writer.accept(due);
    history.append("south", at(day + 2), put(entity("cart", "2")));
    assertThat(entitiesAt(history, day - 1)).isEmpty();
    assertThat(entitiesAt(history, day)).containsExactly(CART);
    assertThat(entitiesAt(history, day + 1)).containsExactly(CART, STOCK);
    assertThat(entitiesAt(history, day + 2)).containsExactly(entity("cart", "2"), STOCK);
    assertThat(history.heard("south")).containsExactly(stretch(0, day + 2));
  }

  @Test
  void aNewStretchOutdatesACheckpointThatIsUnderWay() {
    var history = history();
    long day = 25 * 3600;
    history.checkpoint("south", at(0), Topology.empty());
    history.append("south", at(day), put(CART));
    var topology = Topology.empty().toBuilder().put(CART).build();
    var due = history.dueCheckpoint("south", at(day), topology).orElseThrow();
    history.checkpoint("south", at(day + 100), Topology.empty().toBuilder().put(STOCK).build());
    due.run();
    history.append("south", at(day + 101), put(entity("stock", "2")));
    assertThat(entitiesAt(history, day + 50)).containsExactly(CART);
    assertThat(entitiesAt(history, day + 100)).containsExactly(STOCK);
    assertThat(entitiesAt(history, day + 101)).containsExactly(entity("stock", "2"));
  }

  @Test
  void forgettingKeepsWhatIsNeededForThatTimeAndAfter() {
    var history = history();
    history.checkpoint("south", at(0), Topology.empty());
    history.append("south", at(10), put(CART));
    history.checkpoint("south", at(1000), Topology.empty().toBuilder().put(CART).build());
    history.append("south", at(1010), put(STOCK));
    history.checkpoint("south", at(2000), Topology.empty());
    history.checkpoint("north", at(0), Topology.empty().toBuilder().put(STOCK).build());
    history.forgetBefore(at(1500));
    assertThat(history.at("south", at(500))).isEmpty();
    assertThat(entitiesAt(history, 1500)).containsExactly(CART, STOCK);
    assertThat(entitiesAt(history, 2000)).isEmpty();
    assertThat(history.at("north", at(9000)).orElseThrow().topology().entities())
        .containsExactly(STOCK);
    var heard = history.heard("south");
    assertThat(heard).hasSize(2);
    assertThat(heard.getFirst().to()).isEqualTo(at(1010));
    history.append("south", at(2001), put(CART));
    assertThat(entitiesAt(history, 2001)).containsExactly(CART);
  }

  /** Property, printed seed: any moment of a random history is what it was. */
  @Test
  void everyMomentOfALongHistoryIsWhatItWas() {
    var random = new Random(SEED);
    var cluster = new SyntheticCluster(SEED, 60);
    var history = history();
    var topology = cluster.topology();
    var words = new TreeMap<Instant, Topology>();
    var now = NOON;
    history.checkpoint("south", now, topology);
    words.put(now, topology);
    for (int i = 0; i < 400; i++) {
      now = now.plusSeconds(random.nextInt(3));
      var delta = random.nextInt(4) == 0 ? TopologyDelta.none() : cluster.step(random.nextInt(9));
      topology = topology.with(delta);
      history.append("south", now, delta);
      if (random.nextInt(50) == 0) {
        history.checkpoint("south", now, topology);
      }
      words.put(now, topology);
    }
    for (int i = 0; i < 60; i++) {
      var time = NOON.plusSeconds(random.nextInt(450));
      var past = history.at("south", time).orElseThrow();
      assertSame(past.topology(), words.floorEntry(time).getValue());
    }
    assertThat(history.heard("south")).containsExactly(new Stretch(NOON, now));
  }

  @Test
  void everyFieldOfAnEntityComesBackAsItWas() {
    var since = Instant.parse("2026-03-01T11:59:59.123456789Z");
    var odd =
        new Entity(
            EntityRef.service("奇怪 \uD83D\uDE00"),
            Attributes.of("empty", "", "long", "x".repeat(100_000)),
            Health.of(
                Health.State.DEGRADED,
                "Unhealthy",
                "readiness probe failed 失败",
                Optional.of(since)));
    var outside =
        new Relation(EntityRef.service("known by name only"), RelationType.CALLS, odd.ref());
    var toOutside =
        new Relation(odd.ref(), RelationType.RUNS_ON, EntityRef.node("known by name only"));
    var whole = Topology.empty().toBuilder().put(odd).tie(outside).tie(toOutside).build();
    var history = history();
    history.checkpoint("whole", NOON, whole);
    assertSame(history.at("whole", NOON).orElseThrow().topology(), whole);
    history.checkpoint("south", NOON, Topology.empty());
    history.append(
        "south",
        at(1),
        new TopologyDelta(List.of(odd), List.of(), List.of(outside, toOutside), List.of()));
    assertSame(history.at("south", at(1)).orElseThrow().topology(), whole);
  }
}
