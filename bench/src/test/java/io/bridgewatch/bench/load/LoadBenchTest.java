package io.bridgewatch.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.bridgewatch.adapter.prometheus.RemoteWriteLimits;
import io.bridgewatch.adapter.prometheus.RemoteWriteReader;
import io.bridgewatch.bench.discover.Percentiles;
import io.bridgewatch.bench.engines.Floors;
import io.bridgewatch.bench.load.LoadMeasures.Engine;
import io.bridgewatch.bench.load.LoadMeasures.Phase;
import io.bridgewatch.bench.load.LoadMeasures.Signal;
import io.bridgewatch.model.Attributes;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoadBenchTest {

  private static final Percentiles NONE = Percentiles.of(List.of(0.5));

  private static LoadOptions options(String... more) throws LoadOptions.UsageException {
    var all = new String[more.length + 2];
    all[0] = "--hub";
    all[1] = "hub.jar";
    System.arraycopy(more, 0, all, 2, more.length);
    return LoadOptions.parse(all);
  }

  private static Signal signal(long acknowledged, Map<String, Long> refused, long found) {
    return new Signal(
        new Tally.Sent(acknowledged, refused, NONE, NONE), 0, found, 3_000, acknowledged);
  }

  private static Phase phase(
      String name, List<Engine> engines, Map<String, Signal> signals, Map<String, Long> rejected) {
    return new Phase(name, 60, engines, signals, rejected, Map.of("q", NONE), 100, 200);
  }

  private static LoadMeasures measures(long found) {
    var hub = new Engine("Bridgewatch", 6, 500, 1_000, 2_000);
    var other = new Engine("VictoriaMetrics", 4, 100, 1_000, 1_000);
    return new LoadMeasures(
        List.of(
            phase(
                LoadRun.ALONE,
                List.of(hub, other),
                Map.of(LoadRun.METRICS, signal(1_000, Map.of(), 1_000)),
                Map.of()),
            phase(
                LoadRun.ALL,
                List.of(hub),
                Map.of(
                    LoadRun.LOGS,
                    signal(1_000, Map.of("HTTP 429", 7L), found),
                    LoadRun.SPANS,
                    signal(1_500, Map.of(), 1_500)),
                Map.of("otlp LOGS Busy", 7L)),
            phase(
                "3 times the rate",
                List.of(hub),
                Map.of(LoadRun.LOGS, signal(1_000, Map.of("HTTP 429", 99L), 1_000)),
                Map.of("otlp LOGS Busy", 99L))),
        4.5,
        0);
  }

  @Test
  void whatIsMeasuredIsComparedWithThePeerAndCountedAtTheRateThatHasToBeKept() {
    var named = LoadBench.byName(measures(990));
    assertThat(named.get("cpuTimesVictoriaMetrics")).isCloseTo(1.5, within(1e-9));
    assertThat(named.get("diskTimesVictoriaMetrics")).isCloseTo(2, within(1e-9));
    assertThat(named.get("refused")).as("not those beyond the rate").isEqualTo(7);
    assertThat(named.get("rejected")).isEqualTo(7);
    assertThat(named.get("lost")).isEqualTo(10);
    assertThat(named.get("bytesPerLine")).isEqualTo(3);
    assertThat(named.get("restartSeconds")).isEqualTo(4.5);
  }

  @Test
  void theFloorsOfThisRepositoryFailWhereSomethingIsLost() throws Exception {
    var floors = Floors.read(Path.of("floors", "load.json"));
    assertThat(floors.broken(LoadBench.byName(measures(990))))
        .anyMatch(sentence -> sentence.startsWith("lost is 10"))
        .anyMatch(sentence -> sentence.startsWith("refused is 7"));
  }

  @Test
  void theTableTellsWhatBecameOfEachSignal() throws Exception {
    assertThat(LoadBench.markdown(options(), measures(990)))
        .contains("| all signals | logs | 1000 | HTTP 429 7 | 990 | 10 | 3.0 B |")
        .contains("| metrics alone | VictoriaMetrics | 4.0 s | 0.067 | 1.00 B | 100 MiB |")
        .contains("| 3 times the rate | 100 MiB | 200 MiB | otlp LOGS Busy 99 |");
  }

  @Test
  void whatAHubRejectsOutOfAcknowledgedBatchesIsNotLost() {
    var rejected =
        Map.of(
            "otlp LOGS TooOld", 3L,
            "otlp LOGS Busy", 1_000L,
            "otlp SPANS TooOld", 5L,
            "remote-write SAMPLES Duplicate", 2L,
            "topology SPANS TopologyBusy", 9L);
    assertThat(LoadRun.partly(rejected, LoadRun.LOGS)).isEqualTo(3);
    assertThat(LoadRun.partly(rejected, LoadRun.SPANS)).isEqualTo(5);
    assertThat(LoadRun.partly(rejected, LoadRun.METRICS)).isEqualTo(2);
  }

  @Test
  void samplesOfAMarkedBatchAreOfOneTime() {
    var start = Instant.parse("2026-03-01T12:00:00Z");
    var read =
        new RemoteWriteReader(Attributes.none(), Map.of(), RemoteWriteLimits.DEFAULT)
            .read(new MarkedBatches(start).samples(7), RemoteWriteReader.Version.V1);
    assertThat(read.samples().size()).isEqualTo(MarkedBatches.SERIES);
    assertThat(read.rejected()).isEmpty();
    for (int i = 0; i < read.samples().size(); i++) {
      assertThat(read.samples().time(i)).isEqualTo(start.toEpochMilli() + 700);
    }
  }

  @Test
  void theTableOfKillsTellsLossesAndStartUps() throws Exception {
    var measures =
        new KillRun.KillMeasures(3, Percentiles.of(List.of(4.0, 5.0, 6.0)), 90, 6, 2, 1, 0);
    assertThat(KillBench.markdown(KillOptions.parse("--hub", "x"), measures))
        .contains("`kill -9` 3 times", "| of these, records lost | 1 |", "p50 5.0 s");
    assertThat(Floors.read(Path.of("floors", "kill.json")).broken(KillBench.byName(measures)))
        .containsExactly("lost is 1.000, wanted at most 0.000");
  }

  @Test
  void whatCannotBeFollowedIsRefused() {
    assertThatThrownBy(() -> options("--minutes", "0")).hasMessageContaining("--minutes");
    assertThatThrownBy(() -> options("--peers", "nobody")).hasMessageContaining("nobody");
    assertThatThrownBy(() -> options("--no-such")).hasMessageContaining("--no-such");
    assertThatThrownBy(() -> LoadOptions.parse()).hasMessageContaining("--hub");
    assertThatThrownBy(() -> KillOptions.parse("--rounds", "50")).hasMessageContaining("--hub");
  }
}
