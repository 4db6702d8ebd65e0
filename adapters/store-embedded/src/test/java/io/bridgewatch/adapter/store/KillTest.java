package io.bridgewatch.adapter.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.model.Series;
import io.bridgewatch.ports.Chronicle;
import io.bridgewatch.ports.ImportJob;
import io.bridgewatch.ports.MetricSelector;
import io.bridgewatch.ports.PageRequest;
import io.bridgewatch.ports.StoredIncident;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KillTest {

  private static final long SEED = 20260301;
  private static final int KILLS = 4;

  private final Path directory;

  KillTest(@TempDir Path directory) {
    this.directory = directory;
  }

  /** Property, printed seed: kills at random numbers of acknowledged imports. */
  @Test
  void whatWasAcknowledgedSurvivesKillAndNothingIsHalfThere() throws Exception {
    System.out.println("seed " + SEED);
    var random = new Random(SEED);
    int acknowledged = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      acknowledged = writeAndKill(KilledWriter.class, acknowledged + 1, 1 + random.nextInt(60));
      acknowledged = checkedUpTo(acknowledged);
    }
  }

  /** Property, printed seed: the same for what is known of clusters. */
  @Test
  void historyThatWasAcknowledgedSurvivesKill() throws Exception {
    System.out.println("seed " + SEED);
    var random = new Random(SEED);
    int acknowledged = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      acknowledged =
          writeAndKill(KilledHistoryWriter.class, acknowledged + 1, 1 + random.nextInt(60));
      try (var store = EmbeddedStore.open(directory)) {
        var topology =
            store
                .topologyHistory()
                .at(KilledHistoryWriter.CLUSTER, KilledHistoryWriter.at(acknowledged))
                .orElseThrow()
                .topology();
        for (int i = 1; i <= acknowledged; i++) {
          assertThat(topology.entity(KilledHistoryWriter.ref(i))).isPresent();
          assertThat(store.objects().find(KilledHistoryWriter.CLUSTER, "pods", "n", "p" + i))
              .isPresent();
          assertThat(happenings(store, i)).isEqualTo(1);
        }
      }
    }
  }

  /** Property, printed seed: the same for samples, while chunks are made and the log is cut. */
  @Test
  void samplesThatWereAcknowledgedSurviveKill() throws Exception {
    System.out.println("seed " + SEED);
    var random = new Random(SEED);
    int last = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      int acknowledged =
          writeAndKill(KilledMetricsWriter.class, last + 1, 1 + random.nextInt(2_000));
      try (var store = KilledMetricsWriter.open(directory)) {
        var first =
            store.select(MetricSelector.of("m"), Instant.EPOCH, Instant.MAX, 100).getFirst();
        last = first.size(); // one more may have come to the disk than was told
        assertThat(last).isBetween(acknowledged, acknowledged + 1);
        MetricsRestartTest.assertHolds(store, 1, last);
      }
    }
  }

  /** Property, printed seed: the same for the past of series that go on meanwhile. */
  @Test
  void thePastThatWasAcknowledgedSurvivesKillAndSoDoesThePresent() throws Exception {
    System.out.println("seed " + SEED);
    var random = new Random(SEED);
    int acknowledged = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      acknowledged =
          writeAndKill(KilledPastWriter.class, acknowledged + 1, 1 + random.nextInt(500));
      try (var store = KilledMetricsWriter.open(directory)) {
        var all =
            store.select(
                MetricSelector.of("m"), Instant.EPOCH, Instant.MAX, KilledPastWriter.SERIES);
        assertThat(all).hasSize(KilledPastWriter.SERIES);
        for (var series : all) {
          int number = MetricsRestartTest.id(series);
          var present =
              KilledMetricsWriter.SERIES == number
                  ? List.<Long>of()
                  : IntStream.rangeClosed(Math.max(1, 3 * number), acknowledged)
                      .mapToObj(KilledMetricsWriter::time)
                      .toList();
          assertThat(Arrays.stream(series.times()).boxed().toList()).containsAll(present);
          for (int batch = 1; batch <= acknowledged; batch++) {
            for (int k = 0; k < KilledPastWriter.SAMPLES; k++) {
              int at = series.firstAtOrAfter(KilledPastWriter.time(batch, k));
              assertThat(series.time(at)).isEqualTo(KilledPastWriter.time(batch, k));
              assertThat(series.value(at)).isEqualTo(batch + 0.25 * k);
            }
          }
          int least = present.size() + KilledPastWriter.SAMPLES * acknowledged;
          assertThat(series.size()).isBetween(least, least + 1 + KilledPastWriter.SAMPLES);
        }
        assertThat(store.extent().samples()).isEqualTo(all.stream().mapToLong(Series::size).sum());
      }
    }
  }

  /** Property, printed seed: the same for log lines and spans, which are in several hours. */
  @Test
  void logsAndSpansThatWereAcknowledgedAreThereOnceAfterKill() throws Exception {
    System.out.println("seed " + SEED);
    var random = new Random(SEED);
    int acknowledged = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      acknowledged =
          writeAndKill(KilledTelemetryWriter.class, acknowledged + 1, 1 + random.nextInt(60));
      try (var stores = KilledTelemetryWriter.Stores.open(directory)) {
        var lines = KilledTelemetryWriter.lines(stores.logs());
        assertThat(lines).doesNotHaveDuplicates();
        var spans = KilledTelemetryWriter.spans(stores.spans());
        assertThat(spans).doesNotHaveDuplicates();
        for (int i = 1; i <= acknowledged; i++) {
          assertThat(lines).as("batch %d", i).containsAll(KilledTelemetryWriter.bodies(i));
          assertThat(spans).as("batch %d", i).containsAll(KilledTelemetryWriter.ids(i));
        }
        boolean oneMore = lines.contains(KilledTelemetryWriter.bodies(acknowledged + 1).getFirst());
        acknowledged += oneMore ? 1 : 0;
        assertThat(lines).hasSize(acknowledged * KilledTelemetryWriter.LINES);
      }
    }
  }

  /** Property, printed seed: the same for live incidents; each always has the one recording. */
  @Test
  void liveIncidentsThatWereAcknowledgedSurviveKillWithOneRecordingEach() throws Exception {
    System.out.println("seed " + SEED);
    var random = new Random(SEED);
    var leftOpen = new HashSet<Integer>();
    int last = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      int acknowledged = writeAndKill(KilledLiveWriter.class, last + 1, 1 + random.nextInt(60));
      try (var store = EmbeddedStore.open(directory)) {
        for (int i = 1; i <= acknowledged; i++) {
          var status = live(store, i).orElseThrow().status();
          assertThat(status == StoredIncident.Status.CLOSED || leftOpen.contains(i)).isTrue();
        }
        boolean oneMore = live(store, acknowledged + 1).isPresent();
        if (oneMore) {
          leftOpen.add(acknowledged + 1);
        }
        last = acknowledged + (oneMore ? 1 : 0);
        assertThat(live(store, last + 1)).isEmpty();
        for (int i = 1; i <= last; i++) {
          var archive = live(store, i).orElseThrow().archive();
          var other = (archive.startsWith("a") ? "b" : "a") + i;
          assertThat(store.incidents().report(archive, "en")).isPresent();
          assertThat(store.incidents().report(other, "en")).isEmpty();
        }
        assertThat(store.liveIncidents().open(KilledLiveWriter.CLUSTER).size())
            .as("those that a kill left open")
            .isLessThanOrEqualTo(kill + 1);
      }
    }
  }

  private static Optional<StoredIncident.Head> live(EmbeddedStore store, int number) {
    return store.incidents().incident("inc-" + number).map(StoredIncident::head);
  }

  private static int happenings(EmbeddedStore store, int number) {
    var about = Set.of(KilledHistoryWriter.ref(number));
    return store
        .chronicle()
        .find(
            new Chronicle.Query(
                KilledHistoryWriter.CLUSTER,
                Instant.EPOCH,
                KilledHistoryWriter.at(number + 1),
                Optional.of(about),
                happening -> true,
                PageRequest.first(10)))
        .items()
        .size();
  }

  /** Returns the last number that was acknowledged. */
  private int writeAndKill(Class<?> writer, int from, int howMany)
      throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                writer.getName(),
                directory.toString(),
                Integer.toString(from))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    int last = from - 1;
    try (BufferedReader out = process.inputReader()) {
      for (int i = 0; i < howMany; i++) {
        last = Integer.parseInt(String.valueOf(out.readLine()));
      }
      process.toHandle().destroyForcibly(); // leaves the pipe to be read to its end
      String line;
      while ((line = out.readLine()) != null) {
        last = Integer.parseInt(line);
      }
    }
    process.waitFor();
    return last;
  }

  /** Returns the last number that is stored: the acknowledged ones, and maybe one more. */
  private int checkedUpTo(int acknowledged) {
    try (var store = EmbeddedStore.open(directory)) {
      int last = acknowledged;
      while (store.incidents().report("d" + (last + 1), "en").isPresent()) {
        last++;
      }
      assertThat(last).isBetween(acknowledged, acknowledged + 1);
      for (int i = 1; i <= last; i++) {
        assertThat(store.imports().find("job-" + i))
            .hasValueSatisfying(job -> assertThat(job.state()).isEqualTo(ImportJob.State.DONE));
        assertThat(store.incidents().incident("inc-" + i + "-a")).isPresent();
        assertThat(store.incidents().incident("inc-" + i + "-b")).isPresent();
      }
      var next = last + 1;
      assertThat(store.incidents().incident("inc-" + next + "-a")).isEmpty();
      assertThat(store.imports().unfinished()).hasSizeLessThanOrEqualTo(KILLS);
      assertThat(store.audit().verify().firstBroken()).isEmpty();
      assertThat(store.audit().verify().entries()).isEqualTo(last);
      return last;
    }
  }
}
