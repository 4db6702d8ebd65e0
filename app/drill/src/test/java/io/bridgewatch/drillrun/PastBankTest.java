package io.bridgewatch.drillrun;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.adapter.store.EmbeddedStore;
import io.bridgewatch.drill.plan.StandardBank;
import io.bridgewatch.hub.AttachedDrill.PastState;
import io.bridgewatch.hub.Hub;
import io.bridgewatch.hub.HubOptions;
import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.SeriesKey;
import io.bridgewatch.ports.MetricSelector;
import io.bridgewatch.ports.MetricStore;
import io.bridgewatch.ports.SteppedTime;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The history before a demonstration, beside a hub that watches its bank. */
@Timeout(300)
class PastBankTest {

  private static final Instant START = Instant.parse("2026-03-02T02:00:00Z");
  private static final Duration STEP = Duration.ofSeconds(5);
  private static final Duration PAST = Duration.ofMinutes(70);
  private static final int MANY = 200_000;

  private final SteppedTime time = new SteppedTime(START);
  private final Path folder;

  PastBankTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private DemoBank bank() {
    return DemoBank.open(
        StandardBank.plan(), time, Duration.ofMinutes(1), PAST, 1, Optional.empty());
  }

  private static PastBank past(Hub hub) {
    var how =
        HubOptions.parse(List.of("--scrape-pods-by-api-server"), Map.of()).collect().scraping();
    return new PastBank(StandardBank.plan(), START.minus(PAST), START, 1, how.orElseThrow(), hub);
  }

  private Hub hub(DemoBank bank) throws Exception {
    var kubeconfig = folder.resolve("kubeconfig");
    Files.writeString(kubeconfig, Kubeconfigs.of(bank.cluster(), bank.apiServer()));
    return Hub.start(
        HubOptions.parse(
            List.of(
                "--http-port=0",
                "--data-dir=" + folder.resolve("data"),
                "--kubeconfig=" + kubeconfig,
                "--scrape-pods-by-api-server",
                "--no-pod-logs"),
            Map.of()),
        time,
        new PrintStream(PrintStream.nullOutputStream(), true, StandardCharsets.UTF_8),
        Optional.of(bank));
  }

  private static void settle(Hub hub) {
    while (!hub.settled()) {
      LockSupport.parkNanos(500_000);
    }
  }

  @Test
  void seriesThatAreWatchedHaveAPast() throws Exception {
    try (var bank = bank()) {
      try (var hub = hub(bank)) {
        while (!hub.hears(bank.cluster())) {
          LockSupport.parkNanos(500_000);
        }
        for (var end = START.plusSeconds(60); time.instant().isBefore(end); ) {
          time.advance(time.instant().plus(STEP), () -> settle(hub));
          bank.keepUp();
        }
        var past = past(hub);
        bank.follow(past);
        assertThat(past.progress().state()).isEqualTo(PastState.WRITING);
        past.run(time, () -> true);
        assertThat(bank.past().orElseThrow()).isEqualTo(past.progress());
        assertThat(past.progress().state()).isEqualTo(PastState.WRITTEN);
        assertThat(past.progress().reached()).isEqualTo(START);

        var again = past(hub);
        again.run(time, () -> true);
        assertThat(again.progress().state()).isEqualTo(PastState.WRITTEN);
        bank.follow(again);
      }
    }
    try (var store = EmbeddedStore.open(folder.resolve("data"), time)) {
      var live = scraped(store.metrics(), START.plusMillis(1), Instant.MAX);
      var past = scraped(store.metrics(), Instant.EPOCH, START.plusMillis(1));
      assertThat(live).hasSizeGreaterThan(10_000);
      assertThat(past).as("what is watched").containsAll(live);
      var up =
          store
              .metrics()
              .select(MetricSelector.of("up"), Instant.EPOCH, START.plusMillis(1), MANY)
              .stream()
              .filter(series -> live.contains(series.key()))
              .toList();
      assertThat(up)
          .isNotEmpty()
          .allSatisfy(
              series -> {
                assertThat(series.times()).containsExactly(minutes());
                assertThat(series.values()).containsOnly(1);
              });
    }
  }

  /** Each minute of the past. */
  private static long[] minutes() {
    return LongStream.rangeClosed(1, PAST.toMinutes())
        .map(minute -> START.minus(PAST).plusSeconds(60 * minute).toEpochMilli())
        .toArray();
  }

  private static Set<SeriesKey> scraped(MetricStore store, Instant from, Instant to) {
    var all = new MetricSelector(Optional.empty(), List.of());
    var found = new HashSet<SeriesKey>();
    for (SeriesKey key : store.series(all, from, to, MANY)) {
      if (key.resource().has(AttributeNames.NODE) || key.resource().has(AttributeNames.POD)) {
        found.add(key);
      }
    }
    return found;
  }

  @Test
  void itEndsWithTheHub() throws Exception {
    try (var bank = bank()) {
      var hub = hub(bank);
      var past = past(hub);
      past.run(
          time,
          () -> {
            hub.close();
            return true;
          });
      assertThat(past.progress().state()).isEqualTo(PastState.WRITING);
      assertThat(past.progress().reached()).isEqualTo(START.minus(PAST));
    }
  }
}
