package io.bridgewatch.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.adapter.bundle.IncidentBundles;
import io.bridgewatch.detect.LogPatterns;
import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.Bundle;
import io.bridgewatch.model.CauseKind;
import io.bridgewatch.model.Fact;
import io.bridgewatch.model.FeedStatus;
import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.model.LogRecord;
import io.bridgewatch.model.ObjectKind;
import io.bridgewatch.model.Observation;
import io.bridgewatch.model.SampleBatch;
import io.bridgewatch.model.Series;
import io.bridgewatch.model.SeriesKey;
import io.bridgewatch.model.Severity;
import io.bridgewatch.model.Span;
import io.bridgewatch.model.WatchEvent;
import io.bridgewatch.model.Window;
import io.bridgewatch.ports.ClusterFeed;
import io.bridgewatch.ports.Timekeeper;
import io.bridgewatch.testkit.InMemoryChronicle;
import io.bridgewatch.testkit.InMemoryExemplarStore;
import io.bridgewatch.testkit.InMemoryLogPatternStore;
import io.bridgewatch.testkit.InMemoryLogStore;
import io.bridgewatch.testkit.InMemoryMetricStore;
import io.bridgewatch.testkit.InMemoryObjectStore;
import io.bridgewatch.testkit.InMemorySpanStore;
import io.bridgewatch.testkit.InMemoryTopologyHistory;
import io.bridgewatch.testkit.MadeUpSystem;
import io.bridgewatch.testkit.Telemetry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LiveDiagnosisTest {

  private static final String CLUSTER = "bank";
  private static final Duration STEP = Duration.ofSeconds(30);

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final DiscoveryStores stores =
      new DiscoveryStores(
          new InMemoryChronicle(), new InMemoryTopologyHistory(), new InMemoryObjectStore());
  private final TelemetryStores telemetry =
      new TelemetryStores(
          new InMemoryMetricStore(now::get, 100_000),
          new InMemoryExemplarStore(),
          new InMemoryLogStore(),
          new InMemorySpanStore());
  private final BookInMemory book = new BookInMemory(CLUSTER);
  private final Told feed = new Told();
  private final Discoveries discoveries =
      new Discoveries(stores, DiscoverySettings.usual(), Timekeeper.by(now::get));
  private final LogMining mining =
      new LogMining(
          new InMemoryLogPatternStore(),
          telemetry.metrics(),
          discoveries,
          LogPatterns.Settings.DEFAULTS,
          Duration.ofDays(7),
          Timekeeper.by(now::get));
  private LiveDiagnosis live = live();

  private LiveDiagnosis live() {
    return new LiveDiagnosis(
        discoveries, stores, telemetry, mining, LiveSettings.usual(), book, new GivenTime(now));
  }

  /** Passes when it is told to, and not while something is done. */
  private record GivenTime(AtomicReference<Instant> now) implements Timekeeper {
    @Override
    public Instant instant() {
      return Objects.requireNonNull(now.get());
    }

    @Override
    public long nanos() {
      return Duration.between(Instant.EPOCH, instant()).toNanos();
    }

    @Override
    public boolean await(Semaphore bell, long untilNanos) {
      throw new UnsupportedOperationException("nobody waits here");
    }

    @Override
    public Turns every(String name, Duration first, Supplier<Duration> turn) {
      throw new UnsupportedOperationException("turns are taken by hand here");
    }
  }

  @AfterEach
  void close() {
    live.close();
    discoveries.close();
  }

  @Test
  void whatARecordingHoldsIsFoundLiveAndItsExportGivesTheSameAnswer() throws Exception {
    Bundle recorded = IncidentBundles.read(Path.of("../samples/bank-bad-rollout"));
    now.set(recorded.window().to());
    replay(recorded);
    live.turn();

    assertThat(book.open())
        .extracting(entry -> entry.incident().causes().getFirst().entity().name())
        .contains("account", "bw-node2");
    BookInMemory.Entry told = book.open().getFirst();
    assertThat(told.bundle().objects()).isNotEmpty();
    assertThat(told.bundle().watch()).isNotEmpty();
    assertThat(new BundleDiagnosis().diagnose(told.bundle())).isEqualTo(told.report());
    assertThat(live.statuses().getFirst().trouble()).isEmpty();
    assertThat(live.statuses().getFirst().open()).isEqualTo(book.open().size());
  }

  @Test
  void aBusyPodIsNamedFromTelemetryAlone() throws Exception {
    Bundle system =
        new MadeUpSystem(42)
            .service("front", 1, "orders", "users")
            .service("orders", 3, "stock", "bank")
            .service("users", 1)
            .service("stock", 1)
            .service("bank", 1)
            .busyPod("orders", 1, 400)
            .bundle();
    Instant end = system.window().to();
    now.set(end);
    replay(system);
    assertThat(live.turnAndPause()).as("is it so?").isEqualTo(Duration.ofSeconds(10));
    assertThat(book.open()).as("found once is not enough").isEmpty();
    assertThat(live.turnAndPause()).as("it is").isEqualTo(Duration.ofSeconds(15));
    assertThat(book.open())
        .extracting(entry -> entry.incident().causes().getFirst())
        .anySatisfy(
            cause -> {
              assertThat(cause.kind()).isEqualTo(CauseKind.CPU_SATURATION);
              assertThat(cause.entity().toString()).contains("orders");
            });
  }

  @Test
  void diagnosesBeginAtOnePaceHoweverLongTheyTake() {
    book.meanwhile = () -> now.set(now().plusSeconds(4));
    assertThat(live.turnAndPause()).isEqualTo(Duration.ofSeconds(11));
    book.meanwhile = () -> now.set(now().plusSeconds(40));
    assertThat(live.turnAndPause()).as("others want to work, too").isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void whereTheOnlySignOfTroubleIsAHistogramAnIncidentOpens() throws Exception {
    Instant end = Telemetry.FROM.plus(Duration.ofMinutes(30));
    now.set(end);
    replay(oneNode(end));
    var cart = new HistogramPage(ofCluster(Telemetry.pod("cart", "1", "n1")));
    var bill = new HistogramPage(ofCluster(Telemetry.pod("bill", "1", "n1")));
    var samples = SampleBatch.builder();
    for (int i = 0; i <= 120; i++) {
      boolean sick = i >= 90;
      cart.requests(20, sick ? 0.9 : 0.02, "200");
      cart.requests(sick ? 5 : 0, 4, "504");
      bill.requests(30, 0.04, "200");
      Instant time = end.minusSeconds(15L * (120 - i));
      cart.scrape(time, samples);
      bill.scrape(time, samples);
    }
    telemetry.metrics().append(samples.build());
    live.turn();
    live.turn();
    assertThat(book.open())
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.incident().causes().getFirst().entity().toString()).contains("cart");
              assertThat(entry.incident().onset())
                  .isBetween(end.minus(Duration.ofMinutes(10)), end.minus(Duration.ofMinutes(6)));
              assertThat(new BundleDiagnosis().diagnose(entry.bundle())).isEqualTo(entry.report());
            });
  }

  @Test
  void anIncidentStaysWhileItIsFeltAndClosesWhenThatIsOver() throws Exception {
    Instant end = Telemetry.FROM.plus(Duration.ofMinutes(30));
    replay(oneNode(end));
    var cart = new HistogramPage(ofCluster(Telemetry.pod("cart", "1", "n1")));
    var bill = new HistogramPage(ofCluster(Telemetry.pod("bill", "1", "n1")));
    for (int minute = 0; minute <= 150; minute++) {
      boolean sick = minute >= 22 && minute < 110;
      Instant time = Telemetry.FROM.plus(Duration.ofMinutes(minute));
      now.set(time);
      var samples = SampleBatch.builder();
      cart.requests(80, sick ? 0.9 : 0.02, "200");
      cart.requests(sick ? 20 : 0, 4, "504");
      bill.requests(120, 0.04, "200");
      cart.scrape(time, samples);
      bill.scrape(time, samples);
      telemetry.metrics().append(samples.build());
      if (minute >= 29) {
        live.turn();
      }
      if (minute >= 31 && minute <= 110) {
        assertThat(book.open()).as("open after %d minutes", minute).hasSize(1);
      }
    }
    assertThat(book.open()).isEmpty();
    assertThat(book.entries).hasSize(1);
  }

  @Test
  void aFloodOfAnErrorThatIsNewOpensAnIncidentAndOneThatIsOldDoesNot() throws Exception {
    Instant end = Telemetry.FROM.plus(Duration.ofMinutes(30));
    Attributes cart = ofCluster(Telemetry.pod("cart", "1", "n1"));
    Attributes bill = ofCluster(Telemetry.pod("bill", "1", "n1"));
    for (int second = -3_600; second < 1_800; second++) {
      now.set(Telemetry.FROM.plusSeconds(second));
      var lines = new ArrayList<LogRecord>();
      lines.add(error(bill, "cannot post entry " + second));
      if (second >= 1_300) {
        lines.add(error(cart, "payment " + second + " refused"));
        lines.add(error(cart, "payment " + second + " refused"));
      }
      mining.take(lines);
      if (second % 15 == 0) {
        mining.flush();
      }
    }
    now.set(end);
    mining.flush();
    replay(oneNode(end));
    live.turn();
    live.turn();
    assertThat(book.open())
        .singleElement()
        .satisfies(
            entry -> {
              var cause = entry.incident().causes().getFirst();
              assertThat(cause.entity().name()).isEqualTo("cart");
              assertThat(cause.evidence().getFirst().fact())
                  .isInstanceOfSatisfying(
                      Fact.LogPatternChanged.class,
                      changed -> {
                        assertThat(changed.pattern()).isEqualTo("payment <*> refused");
                        assertThat(changed.beforePerMinute()).isZero();
                      });
              assertThat(new BundleDiagnosis().diagnose(entry.bundle())).isEqualTo(entry.report());
            });
  }

  private LogRecord error(Attributes resource, String body) {
    return new LogRecord(
        now().toEpochMilli() * 1_000_000,
        Severity.ERROR,
        body,
        "",
        "",
        resource,
        Attributes.none());
  }

  @Test
  void aClusterOutOfHearingIsLeftAsItIs() throws Exception {
    Bundle recorded = IncidentBundles.read(Path.of("../samples/bank-bad-rollout"));
    now.set(recorded.window().to());
    replay(recorded);
    live.turn();
    var before = book.open();
    assertThat(before).isNotEmpty();
    feed.status(FeedStatus.State.DOWN, now());
    settle();
    for (int i = 0; i < 30; i++) {
      now.set(now().plus(STEP));
      live.turn();
    }
    assertThat(book.open()).isEqualTo(before);
  }

  @Test
  void afterARestartOpenIncidentsGoOnAndCloseWhenAllIsWell() throws Exception {
    Bundle recorded = IncidentBundles.read(Path.of("../samples/bank-bad-rollout"));
    now.set(recorded.window().to());
    replay(recorded);
    live.turn();
    var ids = List.copyOf(book.entries.keySet());
    assertThat(ids).isNotEmpty();
    live.close();
    live = live();
    live.turn();
    assertThat(book.entries.keySet()).containsExactlyElementsOf(ids);

    for (String kind : feed.kinds()) {
      feed.relist(kind, now()); // everything is gone
    }
    settle();
    now.set(now().plus(Duration.ofHours(2)));
    for (int i = 0; i < 21; i++) {
      now.set(now().plus(STEP));
      live.turn();
    }
    assertThat(book.open()).isEmpty();
    assertThat(book.entries.values()).allMatch(entry -> entry.closedAt().isPresent());
  }

  @Test
  void whatIsWatchedNoMoreHasNoOpenIncidents() throws Exception {
    Bundle recorded = IncidentBundles.read(Path.of("../samples/bank-bad-rollout"));
    now.set(recorded.window().to());
    replay(recorded);
    live.turn();
    assertThat(book.open()).isNotEmpty();
    assertThat(book.settled).isEqualTo(now());
    discoveries.remove(CLUSTER);
    live.turn();
    assertThat(book.open()).isEmpty();
  }

  /** A recording of nothing but a node. */
  private static Bundle oneNode(Instant end) {
    return new Bundle(
        "made-up",
        new Window(Telemetry.FROM, end),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        List.of(KubernetesObject.of(Map.of("kind", "Node", "metadata", Map.of("name", "n1")))),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  private Instant now() {
    return Objects.requireNonNull(now.get());
  }

  /** As a feed and a collector would tell it. */
  private void replay(Bundle bundle) throws InterruptedException {
    discoveries.add(feed);
    Window window = bundle.window();
    var byKind = new TreeMap<String, List<KubernetesObject>>();
    bundle.objects().forEach(o -> byKind.computeIfAbsent(o.kind(), k -> new ArrayList<>()).add(o));
    bundle.watch().forEach(e -> byKind.putIfAbsent(e.object().kind(), new ArrayList<>()));
    byKind.forEach((kind, objects) -> feed.list(kind, window.from(), objects));
    feed.status(FeedStatus.State.LIVE, window.from());
    settle();
    for (WatchEvent event : bundle.watch()) {
      feed.tell(new Observation.Observed(Told.kind(event.object().kind()), event));
    }
    settle();
    var samples = SampleBatch.builder();
    for (Series series : bundle.series()) {
      SeriesKey key = series.key();
      var ofCluster =
          new SeriesKey(
              ofCluster(key.resource()), key.metric(), key.unit(), key.kind(), key.point());
      for (int i = 0; i < series.size(); i++) {
        samples.add(ofCluster, series.time(i), series.value(i));
      }
    }
    telemetry.metrics().append(samples.build());
    telemetry
        .logs()
        .append(
            bundle.logs().stream()
                .map(
                    log ->
                        new LogRecord(
                            log.epochNanos(),
                            log.severity(),
                            log.body(),
                            log.traceId(),
                            log.spanId(),
                            ofCluster(log.resource()),
                            log.attributes()))
                .toList());
    telemetry
        .spans()
        .append(
            bundle.spans().stream()
                .map(
                    span ->
                        new Span(
                            span.traceId(),
                            span.spanId(),
                            span.parentSpanId(),
                            span.name(),
                            span.kind(),
                            span.startNanos(),
                            span.endNanos(),
                            span.failed(),
                            ofCluster(span.resource()),
                            span.attributes()))
                .toList());
  }

  private static Attributes ofCluster(Attributes resource) {
    return resource.with(AttributeNames.CLUSTER, CLUSTER);
  }

  /** Until all that was told has been folded. */
  private void settle() throws InterruptedException {
    var discovery = discoveries.discovery(CLUSTER).orElseThrow();
    while (discovery.snapshot().counts().observed() < feed.told) {
      Thread.onSpinWait();
    }
    while (stores.history().heard(CLUSTER).isEmpty()) {
      Thread.onSpinWait();
    }
  }

  /** Tells what it is told to, on the caller's thread. */
  private static final class Told implements ClusterFeed {
    private final CountDownLatch started = new CountDownLatch(1);
    private volatile @Nullable Sink sink;
    private final List<String> kinds = new ArrayList<>();
    private long told;

    static ObjectKind kind(String kind) {
      return new ObjectKind("", "v1", kind.toLowerCase(Locale.ROOT) + "s", kind, true);
    }

    List<String> kinds() {
      return List.copyOf(kinds);
    }

    void list(String kind, Instant time, List<KubernetesObject> objects) {
      kinds.add(kind);
      tell(new Observation.ListBegan(time, kind(kind)));
      for (KubernetesObject object : objects) {
        tell(
            new Observation.Observed(
                kind(kind), new WatchEvent(time, WatchEvent.Type.ADDED, object)));
      }
      tell(new Observation.ListEnded(time, kind(kind)));
    }

    void relist(String kind, Instant time) {
      tell(new Observation.ListBegan(time, kind(kind)));
      tell(new Observation.ListEnded(time, kind(kind)));
    }

    void status(FeedStatus.State state, Instant time) {
      tell(
          new Observation.FeedChanged(time, new FeedStatus(Optional.empty(), state, "", "", time)));
    }

    void tell(Observation observation) {
      try {
        started.await();
        Objects.requireNonNull(sink).take(observation);
        told++;
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public String cluster() {
      return CLUSTER;
    }

    @Override
    public void start(Sink to) {
      sink = to;
      started.countDown();
    }

    @Override
    public void close() {}
  }
}
