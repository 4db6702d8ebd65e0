package io.bridgewatch.engine;

import static io.bridgewatch.testkit.KubernetesSample.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bridgewatch.model.Entity;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.EntityType;
import io.bridgewatch.model.FeedStatus;
import io.bridgewatch.model.Happening;
import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.model.ObjectKind;
import io.bridgewatch.model.Observation;
import io.bridgewatch.model.Topology;
import io.bridgewatch.model.TopologyDelta;
import io.bridgewatch.model.WatchEvent;
import io.bridgewatch.ports.Chronicle;
import io.bridgewatch.ports.ClusterFeed;
import io.bridgewatch.ports.PageRequest;
import io.bridgewatch.ports.SteppedTime;
import io.bridgewatch.ports.StoreException;
import io.bridgewatch.ports.Timekeeper;
import io.bridgewatch.ports.TopologyHistory;
import io.bridgewatch.testkit.InMemoryChronicle;
import io.bridgewatch.testkit.InMemoryObjectStore;
import io.bridgewatch.testkit.InMemoryTopologyHistory;
import io.bridgewatch.topology.Ownership;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class DiscoveryTest {

  private static final Instant START = Instant.parse("2026-11-25T10:00:00Z");
  private static final ObjectKind DEPLOYMENTS =
      new ObjectKind("apps", "v1", "deployments", "Deployment", true);
  private static final DiscoverySettings SETTINGS =
      new DiscoverySettings(
          Ownership.usual(),
          4,
          2,
          Duration.ofMinutes(30),
          100,
          Duration.ofMillis(1),
          Duration.ofMinutes(1));

  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private final Timekeeper clock = Timekeeper.by(this::now);
  private final InMemoryChronicle chronicle = new InMemoryChronicle();
  private final InMemoryTopologyHistory history = new InMemoryTopologyHistory();
  private final InMemoryObjectStore objects = new InMemoryObjectStore();
  private final List<Observation> script = new ArrayList<>();

  @Test
  void whatIsHeardIsShownAndKeptHoweverSmallTheQueue() throws InterruptedException {
    list(START, deployment("web", 1, "a:1"));
    live(START);
    for (int i = 0; i < 50; i++) {
      change(START.plusSeconds(i + 1), deployment("web", i + 2, "a:" + (i + 2)));
    }
    Discovery.Snapshot last = run(stores(chronicle));
    assertThat(last.counts().observed()).isEqualTo(script.size());
    assertThat(last.counts().changes()).isEqualTo(50);
    assertThat(last.status().state()).isEqualTo(FeedStatus.State.LIVE);
    assertThat(names(last)).containsExactly("web");
    assertThat(changes()).hasSize(50);
    assertThat(objects.find("bank", "deployments.apps", "shop", "web"))
        .map(KubernetesObject::tree)
        .contains(deployment("web", 51, "a:51").tree());
  }

  @Test
  void thePastIsAsItWasThen() throws InterruptedException {
    list(START, deployment("web", 1, "a:1"));
    live(START);
    run(stores(chronicle));
    script.clear();
    now.set(START.plusSeconds(60));
    list(now(), deployment("web", 1, "a:1"), deployment("new", 2, "b:1"));
    live(now());
    run(stores(chronicle));
    assertThat(namesAt(START.plusSeconds(10))).containsExactly("web");
    assertThat(namesAt(START.plusSeconds(61))).containsExactly("new", "web");
    assertThat(history.heard("bank")).hasSize(2);
  }

  @Test
  void theLoopGoesOnWhileACheckpointIsWritten() throws InterruptedException {
    var waiting = new CountDownLatch(1);
    var appended = new CountDownLatch(10);
    var written = new AtomicInteger();
    TopologyHistory slow =
        new ForwardingHistory(history) {
          @Override
          public void append(String cluster, Instant time, TopologyDelta delta) {
            super.append(cluster, time, delta);
            appended.countDown();
          }

          @Override
          public Optional<Runnable> dueCheckpoint(String cluster, Instant time, Topology topology) {
            return waiting.getCount() == 0
                ? Optional.empty()
                : Optional.of(
                    () -> {
                      waiting.countDown();
                      try {
                        appended.await();
                      } catch (InterruptedException e) {
                        Thread.currentThread().interrupt(); // by the end of the discovery
                      }
                      written.set(appended.getCount() == 0 ? 1 : 0);
                    });
          }
        };
    list(START, deployment("web", 1, "a:1"));
    live(START);
    for (int i = 0; i < 30; i++) {
      change(START.plusSeconds(i + 1), deployment("web", i + 2, "a:" + (i + 2)));
    }
    run(new DiscoveryStores(chronicle, slow, objects));
    assertThat(written).as("what it waited for was appended").hasValue(1);
  }

  @Test
  void aRestartTellsWhatChangedInBetween() throws InterruptedException {
    list(START, deployment("web", 1, "a:1"));
    live(START);
    run(stores(chronicle));
    assertThat(changes()).isEmpty();
    script.clear();
    now.set(START.plusSeconds(600));
    list(now(), deployment("web", 7, "a:2"));
    live(now());
    run(stores(chronicle));
    assertThat(changes()).containsExactly("Deployment web: spec.containers[c].image");
  }

  @Test
  void aStoreThatRefusesIsAskedAgainAndNothingIsLost() throws InterruptedException {
    var refusals = new AtomicInteger(3);
    Chronicle moody =
        new Chronicle() {
          @Override
          public void put(String cluster, List<Happening> happenings) {
            if (refusals.getAndDecrement() > 0) {
              throw new StoreException("disk full");
            }
            chronicle.put(cluster, happenings);
          }

          @Override
          public Part find(Query query) {
            return chronicle.find(query);
          }

          @Override
          public long forgetBefore(Instant time) {
            return chronicle.forgetBefore(time);
          }
        };
    list(START, deployment("web", 1, "a:1"));
    live(START);
    for (int i = 0; i < 20; i++) {
      change(START.plusSeconds(i + 1), deployment("web", i + 2, "a:" + (i + 2)));
    }
    Discovery.Snapshot last = run(stores(moody));
    assertThat(changes()).hasSize(20);
    assertThat(last.storeTrouble()).isEmpty();
  }

  @Test
  void oneObjectThatCannotBeFoldedIsCountedAndTakesNothingAlong() throws InterruptedException {
    list(START, deployment("web", 1, "a:1"));
    live(START);
    change(
        START.plusSeconds(1),
        object(
            "{\"kind\":\"Deployment\",\"apiVersion\":\"apps/v1\","
                + "\"metadata\":{\"name\":\"odd\",\"namespace\":\"shop\",\"uid\":\"odd\"},"
                + "\"spec\":\"not an object\"}"));
    change(START.plusSeconds(2), deployment("web", 2, "a:2"));
    Discovery.Snapshot last = run(stores(chronicle));
    assertThat(names(last)).contains("web");
    assertThat(changes()).contains("Deployment web: spec.containers[c].image");
  }

  @Test
  void aClusterThatIsDownIsAStateAndBreaksTheHistory() throws InterruptedException {
    list(START, deployment("web", 1, "a:1"));
    live(START);
    script.add(
        new Observation.FeedChanged(
            START.plusSeconds(5),
            new FeedStatus(
                Optional.empty(),
                FeedStatus.State.DOWN,
                "ConnectionRefused",
                "nothing answers",
                START.plusSeconds(5))));
    Discovery.Snapshot last = run(stores(chronicle));
    assertThat(last.status().state()).isEqualTo(FeedStatus.State.DOWN);
    assertThat(last.status().reason()).isEqualTo("ConnectionRefused");
    assertThat(names(last)).containsExactly("web");
  }

  @Test
  void itIsSettledOnceAllThatItTookIsKeptAndItStandsAtTheClocksTime() throws Exception {
    var time = new SteppedTime(START);
    list(START, deployment("web", 1, "a:1"));
    var feed = new ScriptedFeed(List.copyOf(script));
    try (var discovery = new Discovery(feed, stores(chronicle), SETTINGS, time)) {
      discovery.start();
      feed.told.await();
      rest(discovery);
      assertThat(names(discovery.snapshot())).containsExactly("web");
      assertThat(objects.find("bank", DEPLOYMENTS.resource(), "shop", "web")).isPresent();
      time.advance(START.plusSeconds(30), () -> rest(discovery));
      assertThat(discovery.snapshot().asOf()).isEqualTo(START.plusSeconds(30));
      assertThat(discovery.settled()).isTrue();
    }
  }

  private static void rest(Discovery discovery) {
    while (!discovery.settled()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void twoClustersOfOneNameAreRefused() {
    try (var all = new Discoveries(stores(chronicle), SETTINGS, clock)) {
      all.add(new ScriptedFeed(List.of()));
      assertThatThrownBy(() -> all.add(new ScriptedFeed(List.of())))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'bank'");
      assertThat(all.remove("bank")).isTrue();
      assertThat(all.remove("bank")).isFalse();
      assertThat(all.snapshots()).isEmpty();
    }
  }

  private Instant now() {
    return Objects.requireNonNull(now.get());
  }

  private DiscoveryStores stores(Chronicle where) {
    return new DiscoveryStores(where, history, objects);
  }

  /** Lets a feed tell the whole script, closes the discovery, and returns what it showed last. */
  private Discovery.Snapshot run(DiscoveryStores stores) throws InterruptedException {
    var feed = new ScriptedFeed(List.copyOf(script));
    var discovery = new Discovery(feed, stores, SETTINGS, clock);
    discovery.start();
    feed.told.await();
    discovery.close();
    return discovery.snapshot();
  }

  private void list(Instant time, KubernetesObject... all) {
    script.add(new Observation.ListBegan(time, DEPLOYMENTS));
    for (KubernetesObject one : all) {
      script.add(
          new Observation.Observed(DEPLOYMENTS, new WatchEvent(time, WatchEvent.Type.ADDED, one)));
    }
    script.add(new Observation.ListEnded(time, DEPLOYMENTS));
  }

  private void live(Instant time) {
    script.add(
        new Observation.FeedChanged(
            time, new FeedStatus(Optional.empty(), FeedStatus.State.LIVE, "", "", time)));
  }

  private void change(Instant time, KubernetesObject object) {
    script.add(
        new Observation.Observed(
            DEPLOYMENTS, new WatchEvent(time, WatchEvent.Type.MODIFIED, object)));
  }

  private static KubernetesObject deployment(String name, int version, String image) {
    return object(
        """
        {"kind":"Deployment","apiVersion":"apps/v1","metadata":{"name":"%1$s","namespace":"shop",
         "uid":"u-%1$s","resourceVersion":"%2$d","creationTimestamp":"2026-01-01T00:00:00Z"},
         "spec":{"replicas":1,"template":{"spec":{"containers":[{"name":"c","image":"%3$s"}]}}}}"""
            .formatted(name, version, image));
  }

  private List<String> changes() {
    return chronicle
        .find(
            new Chronicle.Query(
                "bank",
                Instant.EPOCH,
                START.plus(Duration.ofDays(1)),
                Optional.empty(),
                Happening.Changed.class::isInstance,
                PageRequest.first(200)))
        .items()
        .stream()
        .map(Happening.Changed.class::cast)
        .map(changed -> changed.change().summary())
        .toList();
  }

  private static List<String> names(Discovery.Snapshot snapshot) {
    var names = new ArrayList<String>();
    for (Entity entity : snapshot.topology().entities(EntityType.DEPLOYMENT)) {
      names.add(entity.ref().name());
    }
    return names;
  }

  private List<String> namesAt(Instant time) {
    return history.at("bank", time).orElseThrow().topology().entities().stream()
        .map(Entity::ref)
        .filter(ref -> ref.type() == EntityType.DEPLOYMENT)
        .map(EntityRef::name)
        .toList();
  }

  /** Tells its script from a thread of its own, and then that it has. */
  private static final class ScriptedFeed implements ClusterFeed {
    private final List<Observation> script;
    private final CountDownLatch told = new CountDownLatch(1);

    ScriptedFeed(List<Observation> script) {
      this.script = script;
    }

    @Override
    public String cluster() {
      return "bank";
    }

    @Override
    public void start(Sink sink) {
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  for (Observation observation : script) {
                    sink.take(observation);
                  }
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
                told.countDown();
              });
    }

    @Override
    public void close() {}
  }

  /** Leaves everything to another one. */
  private static class ForwardingHistory implements TopologyHistory {
    private final TopologyHistory other;

    ForwardingHistory(TopologyHistory other) {
      this.other = other;
    }

    @Override
    public void checkpoint(String cluster, Instant time, Topology topology) {
      other.checkpoint(cluster, time, topology);
    }

    @Override
    public void append(String cluster, Instant time, TopologyDelta delta) {
      other.append(cluster, time, delta);
    }

    @Override
    public Optional<Runnable> dueCheckpoint(String cluster, Instant time, Topology topology) {
      return other.dueCheckpoint(cluster, time, topology);
    }

    @Override
    public Optional<Past> at(String cluster, Instant time) {
      return other.at(cluster, time);
    }

    @Override
    public List<Stretch> heard(String cluster) {
      return other.heard(cluster);
    }

    @Override
    public void forgetBefore(Instant time) {
      other.forgetBefore(time);
    }
  }
}
