package io.bridgewatch.adapter.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.model.SampleBatch;
import io.bridgewatch.model.Series;
import io.bridgewatch.model.SeriesKey;
import io.bridgewatch.ports.MetricSelector;
import io.bridgewatch.ports.MetricStore;
import io.bridgewatch.testkit.InMemoryMetricStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** History that is written while the series go on, in a store that is opened again and again. */
class MetricsPastTest {

  private static final long SEED = 20261130;
  private static final int SERIES = 12;
  private static final int ROUNDS = 1_500;
  private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);
  private static final MetricSelector ALL = MetricSelector.of("m");

  /** So small that chunks are made and the log is shortened all the time. */
  private static final MetricSettings SETTINGS = new MetricSettings(1_000, 1 << 14, 20_000, 4_000);

  private final Path directory;
  private Instant now = START;

  MetricsPastTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private RocksMetrics open() {
    return RocksMetrics.open(directory.resolve("metrics"), SETTINGS, () -> now);
  }

  /** Property, printed seed: it answers as a store in memory does, whatever came in what order. */
  @Test
  void pastAndPresentInAnyOrderAreKeptAsInMemory() {
    System.out.println("seed " + SEED);
    var random = new Random(SEED);
    var wanted = new InMemoryMetricStore(() -> now, 1_000);
    var store = open();
    try {
      for (int round = 0; round < ROUNDS; round++) {
        now = now.plusSeconds(15);
        var live = live(random);
        assertThat(store.append(live)).as("round %d", round).isEqualTo(wanted.append(live));
        if (random.nextInt(3) == 0) {
          var past = past(random, round);
          assertThat(store.appendPast(past))
              .as("round %d", round)
              .isEqualTo(wanted.appendPast(past));
        }
        if (random.nextInt(400) == 0) {
          var forgotten = START.minus(DAY).plusSeconds(6 * 3_600 * random.nextInt(4));
          store.forgetBefore(forgotten);
          wanted.forgetBefore(forgotten);
        }
        if (random.nextInt(100) == 0) {
          assertSame(store, wanted, random);
        }
        if (random.nextInt(60) == 0) {
          store.close();
          store = open();
        }
      }
      assertSame(store, wanted, random);
    } finally {
      store.close();
    }
  }

  /** Of most series, now and then late or out of order. */
  private SampleBatch live(Random random) {
    var batch = SampleBatch.builder();
    for (int i = 0; i < SERIES; i++) {
      if (random.nextInt(10) < 8) {
        long late = random.nextInt(20) == 0 ? random.nextInt(5_400_000) : 0;
        batch.add(key(i), now.toEpochMilli() - late, random.nextInt(50));
      }
    }
    return batch.build();
  }

  /** An hour or so of some series, from anywhere in the day before or the time since. */
  private SampleBatch past(Random random, int round) {
    var batch = SampleBatch.builder();
    long from =
        random.nextBoolean()
            ? START.minus(DAY).toEpochMilli() + 60_000L * round
            : START.minus(DAY).toEpochMilli() + random.nextInt(90_000_000);
    for (int i = 0; i < SERIES + 2; i++) { // two of them have nothing but a past
      if (random.nextInt(3) == 0) {
        int count = 1 + random.nextInt(80);
        for (int k = 0; k < count; k++) {
          long time =
              random.nextInt(20) == 0 ? from + random.nextInt(3_600_000) : from + 60_000L * k;
          batch.add(key(i), time, random.nextInt(50));
        }
      }
    }
    return batch.build();
  }

  private static SeriesKey key(int number) {
    return KilledMetricsWriter.key(number);
  }

  private static void assertSame(MetricStore store, MetricStore wanted, Random random) {
    assertThat(told(store, Instant.EPOCH, Instant.MAX))
        .isEqualTo(told(wanted, Instant.EPOCH, Instant.MAX));
    for (int look = 0; look < 20; look++) {
      var from = START.minus(DAY).plusSeconds(random.nextInt(2 * 86_400));
      var to = from.plusSeconds(random.nextInt(4 * 3_600));
      assertThat(told(store, from, to)).isEqualTo(told(wanted, from, to));
      assertThat(store.series(ALL, from, to, SERIES + 2))
          .isEqualTo(wanted.series(ALL, from, to, SERIES + 2));
    }
    assertThat(store.extent().samples()).isEqualTo(wanted.extent().samples());
    assertThat(store.extent().series()).isEqualTo(wanted.extent().series());
  }

  private static List<String> told(MetricStore store, Instant from, Instant to) {
    return store.select(ALL, from, to, SERIES + 2).stream().map(MetricsPastTest::told).toList();
  }

  private static String told(Series series) {
    var text = new StringBuilder(series.key().toString());
    for (int i = 0; i < series.size(); i++) {
      text.append(' ').append(series.time(i)).append('=').append(series.value(i));
    }
    return text.toString();
  }

  @Test
  void aDayInHoursTakesLittleRoom() {
    try (var store =
        RocksMetrics.open(directory, MetricSettings.DEFAULTS, InstantSource.system())) {
      store.append(KilledMetricsWriter.batch(10));
      long first = KilledMetricsWriter.time(10) - DAY.toMillis();
      for (int hour = 0; hour < 24; hour++) {
        var batch = SampleBatch.builder();
        for (int minute = 0; minute < 60; minute++) {
          for (int i = 0; i < 500; i++) {
            batch.add(key(i), first + 60_000L * (60 * hour + minute), i * (60 * hour + minute));
          }
        }
        assertThat(store.appendPast(batch.build()).accepted()).isEqualTo(30_000);
      }
      store.forgetBefore(Instant.ofEpochMilli(first)); // nothing, but the disk has all in its place
      assertThat(store.extent().samples()).isGreaterThan(720_000);
      assertThat(store.extent().bytes()).isLessThan(2 * 720_000);
    }
  }
}
