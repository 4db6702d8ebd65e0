package io.bridgewatch.adapter.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bridgewatch.model.SampleBatch;
import io.bridgewatch.model.Series;
import io.bridgewatch.ports.MetricSelector;
import io.bridgewatch.ports.MetricStore.Rejection;
import io.bridgewatch.ports.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsRestartTest {

  private static final int BATCHES = 2_000;
  private static final MetricSelector ALL = MetricSelector.of("m");

  private final Path directory;

  MetricsRestartTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private RocksMetrics open() {
    return KilledMetricsWriter.open(directory);
  }

  private static List<Series> all(RocksMetrics store) {
    return store.select(ALL, Instant.EPOCH, Instant.MAX, KilledMetricsWriter.SERIES);
  }

  /** Checks that all batches from one to another are there, once, and nothing else. */
  static void assertHolds(RocksMetrics store, int first, int last) {
    long samples = 0;
    for (Series series : all(store)) {
      int number = id(series);
      int from = Math.max(first, 3 * number);
      assertThat(series.size()).isEqualTo(last - from + 1);
      for (int batch = from; batch <= last; batch++) {
        int at = series.firstAtOrAfter(KilledMetricsWriter.time(batch));
        assertThat(series.time(at)).isEqualTo(KilledMetricsWriter.time(batch));
        assertThat(series.value(at)).isEqualTo(KilledMetricsWriter.value(batch, number));
      }
      samples += series.size();
    }
    assertThat(store.extent().samples()).isEqualTo(samples);
  }

  static int id(Series series) {
    return Integer.parseInt(series.key().resource().getOr("k8s.pod.name", "p0").substring(1));
  }

  private static void write(RocksMetrics store, int first, int last) {
    for (int i = first; i <= last; i++) {
      var batch = KilledMetricsWriter.batch(i);
      assertThat(store.append(batch).accepted()).isEqualTo(batch.size());
    }
  }

  @Test
  void allIsThereAfterARestartAndWhatIsKnownIsNotTakenTwice() {
    try (var store = open()) {
      write(store, 1, BATCHES);
      assertHolds(store, 1, BATCHES);
      assertThat(store.extent().bytes()).isLessThan(12L * store.extent().samples());
    }
    try (var store = open()) {
      assertThat(store.recovery().samples()).isPositive();
      assertThat(store.recovery().cutBytes()).isZero();
      assertHolds(store, 1, BATCHES);
      write(store, BATCHES - 200, BATCHES + 200);
      assertHolds(store, 1, BATCHES + 200);
      var key = KilledMetricsWriter.key(0);
      var other =
          SampleBatch.builder().add(key, KilledMetricsWriter.time(BATCHES + 50), 0.5).build();
      assertThat(store.append(other).rejected()).isEqualTo(Map.of(Rejection.DUPLICATE, 1));
    }
    try (var store = open()) {
      assertHolds(store, 1, BATCHES + 200);
      assertThat(store.extent().series()).isEqualTo(KilledMetricsWriter.SERIES);
    }
  }

  @Test
  void whatWasForgottenStaysForgottenAfterARestart() {
    int kept = 1_800;
    try (var store = open()) {
      write(store, 1, BATCHES);
      store.forgetBefore(Instant.ofEpochMilli(KilledMetricsWriter.time(kept)));
    }
    try (var store = open()) {
      for (Series series : all(store)) {
        assertThat(series.time(0)).isGreaterThanOrEqualTo(KilledMetricsWriter.time(kept));
        assertThat(series.value(series.size() - 1))
            .isEqualTo(KilledMetricsWriter.value(BATCHES, id(series)));
      }
      store.forgetBefore(Instant.ofEpochMilli(KilledMetricsWriter.time(3 * BATCHES)));
      assertThat(store.extent().series()).isZero();
    }
    try (var store = open()) {
      assertThat(all(store)).isEmpty();
      assertThat(store.extent().series()).isZero();
      write(store, 3 * BATCHES + 10, 3 * BATCHES + 400);
    }
    try (var store = open()) {
      assertHolds(store, 3 * BATCHES + 10, 3 * BATCHES + 400);
    }
  }

  @Test
  void roomIsGivenBackBySixHoursAtOnceAndNothingNewerIsHidden() {
    try (var store = open()) {
      write(store, 1, 4 * BATCHES);
      var before = store.extent();
      var noon = Instant.ofEpochMilli(KilledMetricsWriter.time(1)).truncatedTo(ChronoUnit.HOURS);
      store.forgetWholeBefore(noon.plus(Duration.ofHours(5)));
      assertThat(store.extent().samples()).isEqualTo(before.samples());
      store.forgetWholeBefore(noon.plus(Duration.ofHours(17)));
      var after = store.extent();
      assertThat(after.oldest()).isEqualTo(noon.plus(Duration.ofHours(12)));
      assertThat(after.samples()).isLessThan(before.samples());
      assertThat(after.bytes()).isLessThan(before.bytes());
      var kept = all(store);
      assertThat(kept.stream().mapToLong(Series::size).sum()).isEqualTo(after.samples());
      assertThat(kept)
          .hasSize(KilledMetricsWriter.SERIES)
          .allSatisfy(s -> assertThat(s.time(0)).isEqualTo(after.oldest().toEpochMilli()));
    }
  }

  @Test
  void aTornEndOfTheLogIsCutAndToldAndTheRestIsKept() throws IOException {
    try (var store = open()) {
      write(store, 1, BATCHES);
    }
    var log = newestLog();
    byte[] half = new byte[1_000];
    half[0] = 100; // the length of a record, and no such record
    Files.write(log, half, StandardOpenOption.APPEND);
    try (var store = open()) {
      assertThat(store.recovery().cutBytes()).isEqualTo(half.length);
      assertHolds(store, 1, BATCHES);
      write(store, BATCHES + 1, BATCHES + 100);
    }
    try (var store = open()) {
      assertThat(store.recovery().cutBytes()).isZero();
      assertHolds(store, 1, BATCHES + 100);
    }
  }

  @Test
  void aRecordWithAWrongByteIsNotRead() throws IOException {
    try (var store = open()) {
      write(store, 1, 3);
    }
    var log = newestLog();
    byte[] bytes = Files.readAllBytes(log);
    bytes[bytes.length - 1] ^= 1;
    Files.write(log, bytes);
    try (var store = open()) {
      assertThat(store.recovery().cutBytes()).isPositive();
      assertHolds(store, 1, 2);
      write(store, 3, 20);
      assertHolds(store, 1, 20);
    }
  }

  private Path newestLog() throws IOException {
    try (var files = Files.list(directory.resolve("metrics").resolve("log"))) {
      return files.sorted().toList().reversed().stream()
          .filter(file -> file.toFile().length() > 0)
          .findFirst()
          .orElseThrow();
    }
  }

  @Test
  void aClosedStoreSaysSo() {
    var store = open();
    store.close();
    store.close();
    assertThatThrownBy(() -> store.append(KilledMetricsWriter.batch(1)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("closed");
    assertThatThrownBy(store::extent).isInstanceOf(StoreException.class);
  }

  @Test
  void aStoreHoldsManyMoreSeriesThanFitIntoOneSlice() {
    var settings = new MetricSettings(20_000, 1 << 20, 1 << 20, 1 << 17);
    try (var store =
        RocksMetrics.open(directory.resolve("metrics"), settings, InstantSource.system())) {
      for (int round = 0; round < 40; round++) {
        var batch = SampleBatch.builder();
        for (int i = 0; i < 10_000; i++) {
          batch.add(KilledMetricsWriter.key(i), KilledMetricsWriter.time(7 * round + 1), round);
        }
        assertThat(store.append(batch.build()).accepted()).isEqualTo(10_000);
      }
    }
    try (var store =
        RocksMetrics.open(directory.resolve("metrics"), settings, InstantSource.system())) {
      assertThat(store.extent().samples()).isEqualTo(400_000);
      assertThat(store.select(ALL, Instant.EPOCH, Instant.MAX, 10_000))
          .hasSize(10_000)
          .allSatisfy(series -> assertThat(series.size()).isEqualTo(40));
    }
  }
}
