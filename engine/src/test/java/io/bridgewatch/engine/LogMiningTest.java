package io.bridgewatch.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.bridgewatch.detect.LogPatternSeries;
import io.bridgewatch.detect.LogPatterns;
import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.LogPattern;
import io.bridgewatch.model.LogRecord;
import io.bridgewatch.model.MetricKind;
import io.bridgewatch.model.Series;
import io.bridgewatch.model.Severity;
import io.bridgewatch.ports.LogPatternStore;
import io.bridgewatch.ports.MetricSelector;
import io.bridgewatch.ports.StoreException;
import io.bridgewatch.ports.Timekeeper;
import io.bridgewatch.testkit.InMemoryChronicle;
import io.bridgewatch.testkit.InMemoryLogPatternStore;
import io.bridgewatch.testkit.InMemoryMetricStore;
import io.bridgewatch.testkit.InMemoryObjectStore;
import io.bridgewatch.testkit.InMemoryTopologyHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LogMiningTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Attributes POD =
      Attributes.of(
          Map.of(
              AttributeNames.NAMESPACE,
              "shop",
              AttributeNames.DEPLOYMENT,
              "cart",
              AttributeNames.CONTAINER,
              "app",
              AttributeNames.POD,
              "cart-7f9c-1"));

  private final AtomicReference<Instant> now = new AtomicReference<>(NOON.plusSeconds(30));
  private final InMemoryMetricStore metrics = new InMemoryMetricStore(this::now, 1_000);
  private final InMemoryLogPatternStore store = new InMemoryLogPatternStore();
  private final Discoveries discoveries =
      new Discoveries(
          new DiscoveryStores(
              new InMemoryChronicle(), new InMemoryTopologyHistory(), new InMemoryObjectStore()),
          DiscoverySettings.usual(),
          Timekeeper.by(this::now));
  private final List<LogMining> started = new ArrayList<>();

  private Instant now() {
    return Objects.requireNonNull(now.get());
  }

  private LogMining mining(LogPatternStore store, LogPatterns.Settings settings) {
    var mining =
        new LogMining(
            store, metrics, discoveries, settings, Duration.ofDays(7), Timekeeper.by(this::now));
    started.add(mining);
    return mining;
  }

  private LogMining mining() {
    return mining(store, LogPatterns.Settings.DEFAULTS);
  }

  @AfterEach
  void close() {
    started.forEach(LogMining::close);
    discoveries.close();
  }

  private static LogRecord line(Instant time, Severity severity, String body) {
    return new LogRecord(
        time.toEpochMilli() * 1_000_000, severity, body, "", "", POD, Attributes.none());
  }

  private List<Series> counts() {
    return metrics.select(
        MetricSelector.of(LogPatternSeries.LINES),
        NOON.minus(Duration.ofHours(3)),
        NOON.plus(Duration.ofHours(3)),
        100);
  }

  @Test
  void linesAreCountedByPatternAndSeverityInTheirOwnMinute() {
    var mining = mining();
    mining.take(
        List.of(
            line(NOON.plusSeconds(10), Severity.ERROR, "payment 1 refused"),
            line(NOON.plusSeconds(20), Severity.ERROR, "payment 2 refused"),
            line(NOON.minusSeconds(100), Severity.ERROR, "payment 3 refused"),
            line(NOON.plusSeconds(20), Severity.INFO, "payment 4 refused")));
    mining.flush();
    now.set(NOON.plusSeconds(45));
    mining.take(List.of(line(NOON.plusSeconds(31), Severity.ERROR, "payment 5 refused")));
    mining.take(List.of(line(NOON.minusSeconds(61), Severity.ERROR, "payment 6 refused")));
    mining.flush();
    mining.flush();

    var found = counts();
    assertThat(found).hasSize(2);
    assertThat(found).allMatch(one -> one.key().kind() == MetricKind.DELTA);
    assertThat(found)
        .allMatch(one -> !one.key().resource().has(AttributeNames.POD))
        .allMatch(one -> one.key().resource().getOr(AttributeNames.DEPLOYMENT, "").equals("cart"));
    var errors = of(found, Severity.ERROR);
    assertThat(sum(errors, NOON, NOON.plusSeconds(60))).isEqualTo(3);
    assertThat(sum(errors, NOON.minusSeconds(120), NOON.minusSeconds(60))).isEqualTo(2);
    assertThat(sum(of(found, Severity.INFO), NOON, NOON.plusSeconds(60))).isEqualTo(1);
    assertThat(mining.status()).isEqualTo(new LogMining.Status(1, 1, 6, 0, 0));
  }

  private static Series of(List<Series> found, Severity severity) {
    return found.stream()
        .filter(
            one -> one.key().point().getOr(AttributeNames.LOG_SEVERITY, "").equals(severity.name()))
        .findFirst()
        .orElseThrow();
  }

  /** Of samples after the first time, until the second. */
  private static double sum(Series series, Instant after, Instant until) {
    double sum = 0;
    for (int i = 0; i < series.size(); i++) {
      if (series.time(i) > after.toEpochMilli() && series.time(i) <= until.toEpochMilli()) {
        sum += series.value(i);
      }
    }
    return sum;
  }

  @Test
  void afterACrashNoKnownPatternIsNew() {
    mining().take(List.of(line(NOON, Severity.ERROR, "payment 1 refused")));
    now.set(NOON.plus(Duration.ofHours(2)));
    var again = mining(); // the first was neither flushed nor closed
    again.take(
        List.of(
            line(now(), Severity.ERROR, "payment 2 refused"),
            line(now(), Severity.ERROR, "stock is gone")));
    assertThat(again.patterns())
        .extracting(LogPattern::text, LogPattern::firstSeen)
        .containsExactlyInAnyOrder(
            tuple("payment <*> refused", NOON), tuple("stock is gone", now()));
  }

  @Test
  void whatCannotBeKeptAtPresentIsKeptLater() {
    var failing =
        new LogPatternStore() {
          private boolean fails = true;

          @Override
          public List<LogPattern> all() {
            return store.all();
          }

          @Override
          public void put(Collection<LogPattern> patterns) {
            if (fails) {
              throw new StoreException("the disk is full");
            }
            store.put(patterns);
          }

          @Override
          public void remove(Collection<String> ids) {
            store.remove(ids);
          }
        };
    var mining = mining(failing, LogPatterns.Settings.DEFAULTS);
    mining.take(List.of(line(NOON, Severity.ERROR, "payment 1 refused")));
    assertThat(store.all()).isEmpty();
    failing.fails = false;
    now.set(NOON.plus(Duration.ofMinutes(10)));
    mining.flush();
    assertThat(store.all()).hasSize(1);
  }

  @Test
  void linesWithoutRoomAndCountsThatComeTooLateAreTold() {
    var mining = mining(store, new LogPatterns.Settings(0.7, 1, 10, 10, 1));
    mining.take(
        List.of(
            line(NOON, Severity.INFO, "alpha"),
            line(NOON, Severity.INFO, "beta"),
            line(NOON, Severity.INFO, "gamma delta")));
    mining.flush();
    mining.take(List.of(line(NOON.minus(Duration.ofHours(5)), Severity.INFO, "alpha")));
    mining.flush();
    assertThat(mining.status()).isEqualTo(new LogMining.Status(1, 1, 2, 2, 1));
  }

  @Test
  void whatNobodyWritesForDaysIsForgotten() {
    var mining = mining();
    mining.take(List.of(line(NOON, Severity.INFO, "alpha")));
    now.set(NOON.plus(Duration.ofDays(6)));
    mining.take(List.of(line(now(), Severity.INFO, "beta")));
    now.set(NOON.plus(Duration.ofDays(8)));
    mining.flush();
    assertThat(mining.patterns()).extracting(LogPattern::text).containsExactly("beta");
    assertThat(store.all()).extracting(LogPattern::text).containsExactly("beta");
  }

  @Test
  void aPodNobodyKnowsIsToldByItsNamespaceAndContainer() {
    var unknown =
        new LogRecord(
            NOON.toEpochMilli() * 1_000_000,
            Severity.INFO,
            "ready",
            "",
            "",
            Attributes.of(
                Map.of(
                    AttributeNames.NAMESPACE, "shop",
                    AttributeNames.CONTAINER, "app",
                    AttributeNames.POD, "cart-1")),
            Attributes.none());
    var mining = mining();
    mining.take(List.of(unknown));
    assertThat(mining.patterns().getFirst().source())
        .isEqualTo(
            Attributes.of(
                Map.of(AttributeNames.NAMESPACE, "shop", AttributeNames.CONTAINER, "app")));
  }
}
