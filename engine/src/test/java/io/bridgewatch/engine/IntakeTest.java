package io.bridgewatch.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bridgewatch.detect.LogPatterns;
import io.bridgewatch.engine.Intake.RefusedException;
import io.bridgewatch.engine.Intake.Signal;
import io.bridgewatch.engine.Intake.Way;
import io.bridgewatch.engine.masking.Masking;
import io.bridgewatch.engine.masking.MaskingSettings;
import io.bridgewatch.model.AttributeMatch;
import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.EntityType;
import io.bridgewatch.model.Exemplar;
import io.bridgewatch.model.LogRecord;
import io.bridgewatch.model.MetricKind;
import io.bridgewatch.model.SampleBatch;
import io.bridgewatch.model.SeriesKey;
import io.bridgewatch.model.Severity;
import io.bridgewatch.model.Span;
import io.bridgewatch.model.SpanKind;
import io.bridgewatch.ports.ClusterFeed;
import io.bridgewatch.ports.LogStore;
import io.bridgewatch.ports.MetricSelector;
import io.bridgewatch.ports.PageRequest;
import io.bridgewatch.ports.SpanStore;
import io.bridgewatch.ports.StoreException;
import io.bridgewatch.ports.TelemetryIntake;
import io.bridgewatch.ports.Timekeeper;
import io.bridgewatch.testkit.InMemoryChronicle;
import io.bridgewatch.testkit.InMemoryExemplarStore;
import io.bridgewatch.testkit.InMemoryLogPatternStore;
import io.bridgewatch.testkit.InMemoryLogStore;
import io.bridgewatch.testkit.InMemoryMetricStore;
import io.bridgewatch.testkit.InMemoryObjectStore;
import io.bridgewatch.testkit.InMemorySpanJournal;
import io.bridgewatch.testkit.InMemorySpanStore;
import io.bridgewatch.testkit.InMemoryTopologyHistory;
import io.bridgewatch.topology.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IntakeTest {

  private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
  private static final Timekeeper CLOCK = Timekeeper.by(InstantSource.fixed(NOON));
  private static final Attributes CART = Attributes.of(AttributeNames.SERVICE, "cart");

  private final InMemoryMetricStore metrics = new InMemoryMetricStore(CLOCK, 10);
  private final InMemoryExemplarStore exemplars = new InMemoryExemplarStore();
  private final InMemoryLogPatternStore patterns = new InMemoryLogPatternStore();
  private final InMemoryLogStore logs = new InMemoryLogStore();
  private final InMemorySpanStore spans = new InMemorySpanStore();
  private final Discoveries discoveries =
      new Discoveries(
          new DiscoveryStores(
              new InMemoryChronicle(), new InMemoryTopologyHistory(), new InMemoryObjectStore()),
          DiscoverySettings.usual(),
          CLOCK);

  @AfterEach
  void close() {
    discoveries.close();
  }

  private Intake intake() {
    return intake(logs, IntakeSettings.usual());
  }

  private Intake intake(LogStore logs, IntakeSettings settings) {
    return new Intake(
        new TelemetryStores(metrics, exemplars, logs, spans),
        discoveries,
        new SpanParts(
            new TransactionMarks(
                Transactions.usual(),
                new SerialNumbers(new Masking(MaskingSettings.DEFAULTS), "key"),
                metrics,
                CLOCK),
            new TraceKeeping(
                spans, new InMemorySpanJournal(), TraceKeepingSettings.everything(), CLOCK),
            new CallMetrics(metrics, CLOCK, minutes -> {})),
        new LogMining(
            patterns,
            metrics,
            discoveries,
            LogPatterns.Settings.DEFAULTS,
            Duration.ofDays(7),
            CLOCK),
        new Masking(MaskingSettings.DEFAULTS),
        settings,
        CLOCK);
  }

  private static SampleBatch sample(String metric, Instant time) {
    return SampleBatch.builder()
        .add(
            new SeriesKey(CART, metric, "", MetricKind.GAUGE, Attributes.none()),
            time.toEpochMilli(),
            1)
        .build();
  }

  private static LogRecord line(String body) {
    return new LogRecord(
        NOON.getEpochSecond() * 1_000_000_000L,
        Severity.INFO,
        body,
        "",
        "",
        CART,
        Attributes.none());
  }

  private static Span span(String id, String parent, SpanKind kind, String service) {
    long start = NOON.getEpochSecond() * 1_000_000_000L;
    return new Span(
        "trace",
        id,
        parent,
        "GET /",
        kind,
        start,
        start + 1_000_000,
        false,
        Attributes.of(AttributeNames.SERVICE, service),
        Attributes.none());
  }

  private void watch(String cluster) {
    discoveries.add(
        new ClusterFeed() {
          @Override
          public String cluster() {
            return cluster;
          }

          @Override
          public void start(Sink sink) {}

          @Override
          public void close() {}
        });
  }

  private static Map<String, Long> rejected(Intake intake, String source, Signal signal) {
    return intake.status().flows().stream()
        .filter(flow -> flow.way().equals(new Way(source, signal)))
        .findFirst()
        .orElseThrow()
        .rejected();
  }

  @Test
  void whatIsTakenIsKeptAndCounted() throws Exception {
    var intake = intake();
    intake.samples("scrape", sample("up", NOON));
    intake.samples("scrape", sample("up", NOON.plus(Duration.ofHours(3))));
    intake.logs("otlp", List.of(line("one"), line("two")));
    intake.reject(new Way("otlp", Signal.LOGS), "TextTooLong", 3);
    assertThat(metrics.metrics(MetricSelector.of("up"))).hasSize(1);
    assertThat(
            logs.find(LogStore.Query.between(NOON, NOON.plusSeconds(1)), PageRequest.first(10))
                .page()
                .total())
        .isEqualTo(2);
    assertThat(rejected(intake, "scrape", Signal.SAMPLES)).isEqualTo(Map.of("TooFarAhead", 1L));
    assertThat(rejected(intake, "otlp", Signal.LOGS)).isEqualTo(Map.of("TextTooLong", 3L));
    assertThat(intake.status().flows().getFirst().taken()).isEqualTo(2);
    assertThat(intake.status().underWay()).isZero();
  }

  @Test
  void logLinesAreMaskedBeforeTheyAreKept() throws Exception {
    intake().logs("otlp", List.of(line("card 4111 1111 1111 1111 refused")));
    assertThat(patterns.all())
        .singleElement()
        .satisfies(
            pattern -> {
              assertThat(pattern.source()).isEqualTo(CART);
              assertThat(pattern.samples().getFirst().body()).doesNotContain("4111");
            });
    assertThat(
            logs.find(LogStore.Query.between(NOON, NOON.plusSeconds(1)), PageRequest.first(10))
                .page()
                .items())
        .extracting(LogRecord::body)
        .singleElement(InstanceOfAssertFactories.STRING)
        .startsWith("card ")
        .endsWith(" refused")
        .doesNotContain("4111 1111");
  }

  /** A serial number that looks like a card is found by its digest, and shown nowhere. */
  @Test
  void serialNumbersAreFoundInSpansAndLinesAndNeverShowACard() throws Exception {
    var numbers = new SerialNumbers(new Masking(MaskingSettings.DEFAULTS), "key");
    for (String serial : List.of("TX20261129A7", "4111111111111111")) {
      String kept = numbers.shown(serial);
      intake().logs("otlp", List.of(line("booked serialNo=" + serial + " well")));
      var span = span("s" + serial.length(), "", SpanKind.SERVER, "cart");
      intake()
          .spans(
              "otlp",
              List.of(
                  span.withAttributes(
                      Attributes.of("transaction.id", serial, "transaction.code", "TRF"))));
      var match = List.of(AttributeMatch.equal(Transactions.SERIAL, kept));
      var found =
          logs.find(
                  new LogStore.Query(NOON, NOON.plusSeconds(1), "", Set.of(), match, ""),
                  PageRequest.first(10))
              .page()
              .items();
      assertThat(found).hasSize(1);
      var traced =
          spans
              .find(
                  new SpanStore.Query(
                      NOON,
                      NOON.plusSeconds(1),
                      Optional.empty(),
                      Duration.ZERO,
                      Optional.empty(),
                      false,
                      match),
                  PageRequest.first(10))
              .items();
      assertThat(traced).hasSize(1);
      assertThat(traced.getFirst().attributes().get(AttributeNames.TRANSACTION)).contains("TRF");
      assertThat(found + " " + traced).doesNotContain("4111111111111111");
    }
    assertThat(numbers.shown("TX20261129A7")).isEqualTo("TX20261129A7");
    assertThat(numbers.shown(numbers.shown("4111111111111111")))
        .as("a digest comes back as it is")
        .isEqualTo(numbers.shown("4111111111111111"));
    assertThat(numbers.shown("4111111111111111")).isNotEqualTo(numbers.shown("5500005555555559"));
  }

  @Test
  void whatHasNoClusterBelongsToTheOnlyOneThatIsWatched() throws Exception {
    var intake = intake();
    watch("bank");
    intake.samples("scrape", sample("up", NOON));
    intake.spans(
        "otlp",
        List.of(span("a", "", SpanKind.CLIENT, "front"), span("b", "a", SpanKind.SERVER, "cart")));
    assertThat(
            metrics
                .series(MetricSelector.of("up"), NOON, NOON.plusSeconds(1), 10)
                .getFirst()
                .resource()
                .get(AttributeNames.CLUSTER))
        .contains("bank");
    var discovery = discoveries.discovery("bank").orElseThrow();
    while (discovery.snapshot().counts().observed() < 2) {
      Thread.onSpinWait();
    }
    assertThat(discovery.snapshot().topology().entities(EntityType.SERVICE))
        .extracting(entity -> entity.ref().name())
        .contains("cart", "front");
    watch("south");
    intake.samples("scrape", sample("other", NOON));
    assertThat(
            metrics
                .series(MetricSelector.of("other"), NOON, NOON.plusSeconds(1), 10)
                .getFirst()
                .resource()
                .get(AttributeNames.CLUSTER))
        .as("of two clusters nobody knows which")
        .isEmpty();
  }

  @Test
  void whatIsPushedIsAnsweredWithWhatIsNotKept() {
    assertThat(
            intake()
                .pushed("push")
                .samples(sample("up", NOON.plus(Duration.ofHours(3))), List.of()))
        .isEqualTo(new TelemetryIntake.Taken(Map.of("TooFarAhead", 1L)));
  }

  @Test
  void exemplarsAreKeptWithTheirSamplesMaskedAndBounded() {
    var intake = intake();
    watch("bank");
    var key = sample("up", NOON).key(0);
    long now = NOON.toEpochMilli();
    var labels = Attributes.of("card", "4111 1111 1111 1111");
    var some =
        List.of(
            new Exemplar(key, now, 1, "trace", "span", labels),
            new Exemplar(key, now + 3_600_000, 1, "ahead", "", Attributes.none()),
            new Exemplar(key, -1, 1, "old", "", Attributes.none()),
            new Exemplar(key, now, 1, "long", "", Attributes.of("x", "y".repeat(300))),
            new Exemplar(key, now, 1, "l".repeat(129), "", Attributes.none()));
    assertThat(intake.pushed("push").samples(sample("up", NOON), some))
        .as("rejections are of samples")
        .isEqualTo(TelemetryIntake.Taken.whole());
    assertThat(exemplars.select(MetricSelector.of("up"), NOON, NOON.plusSeconds(1), 10))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.traceId()).isEqualTo("trace");
              assertThat(one.series().resource().get(AttributeNames.CLUSTER)).contains("bank");
              assertThat(one.labels().getOr("card", "")).isNotEmpty().doesNotContain("4111 1111");
            });
    assertThat(rejected(intake, "push", Signal.SAMPLES))
        .isEqualTo(Map.of("ExemplarTooFarAhead", 1L, "ExemplarTooLong", 2L, "ExemplarTooOld", 1L));
  }

  @Test
  void aStoreThatRefusesIsToldToTheSender() {
    LogStore broken = new BrokenLogs(logs);
    var intake = intake(broken, IntakeSettings.usual());
    assertThatThrownBy(() -> intake.logs("otlp", List.of(line("one"))))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("disk full");
    assertThat(rejected(intake, "otlp", Signal.LOGS)).isEqualTo(Map.of("StoreRefused", 1L));
    assertThat(intake.pushed("push").logs(List.of(line("two"))))
        .isEqualTo(new TelemetryIntake.Closed("disk full"));
    assertThat(intake.status().underWay()).isZero();
  }

  @Test
  void whoFindsNoRoomIsRefused() throws Exception {
    var entered = new CountDownLatch(1);
    var leave = new CountDownLatch(1);
    LogStore slow =
        new BrokenLogs(logs) {
          @Override
          public void append(List<LogRecord> records) {
            entered.countDown();
            try {
              leave.await();
            } catch (InterruptedException e) {
              throw new StoreException("interrupted");
            }
          }
        };
    var intake = intake(slow, new IntakeSettings(2, Duration.ofMillis(1)));
    var failure = new AtomicReference<Exception>();
    var first =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    intake.logs("otlp", List.of(line("one"), line("two"), line("three")));
                  } catch (RefusedException | InterruptedException e) {
                    failure.set(e);
                  }
                });
    entered.await();
    assertThatThrownBy(() -> intake.logs("otlp", List.of(line("four"))))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("2 are being kept");
    assertThat(intake.pushed("push").logs(List.of(line("five"))))
        .isInstanceOf(TelemetryIntake.Busy.class);
    leave.countDown();
    first.join();
    assertThat(failure).hasValue(null);
    assertThat(rejected(intake, "otlp", Signal.LOGS)).isEqualTo(Map.of("Busy", 1L));
    assertThat(
            spans
                .find(SpanStore.Query.between(NOON, NOON.plusSeconds(1)), PageRequest.first(1))
                .items())
        .isEmpty();
  }

  private static class BrokenLogs implements LogStore {
    private final LogStore other;

    BrokenLogs(LogStore other) {
      this.other = other;
    }

    @Override
    public void append(List<LogRecord> records) {
      throw new StoreException("disk full");
    }

    @Override
    public Found find(Query query, PageRequest page) {
      return other.find(query, page);
    }

    @Override
    public List<Bucket> histogram(Query query, Duration step) {
      return other.histogram(query, step);
    }

    @Override
    public void forgetBefore(Instant time) {
      other.forgetBefore(time);
    }

    @Override
    public Extent extent() {
      return other.extent();
    }
  }
}
