package io.bridgewatch.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.bridgewatch.detect.LogPatterns;
import io.bridgewatch.engine.CallMetrics;
import io.bridgewatch.engine.Discoveries;
import io.bridgewatch.engine.DiscoverySettings;
import io.bridgewatch.engine.DiscoveryStores;
import io.bridgewatch.engine.Intake;
import io.bridgewatch.engine.IntakeSettings;
import io.bridgewatch.engine.LogMining;
import io.bridgewatch.engine.SerialNumbers;
import io.bridgewatch.engine.SpanParts;
import io.bridgewatch.engine.TelemetryStores;
import io.bridgewatch.engine.TraceKeeping;
import io.bridgewatch.engine.TraceKeepingSettings;
import io.bridgewatch.engine.TransactionMarks;
import io.bridgewatch.engine.masking.Masking;
import io.bridgewatch.engine.masking.MaskingSettings;
import io.bridgewatch.model.Probe;
import io.bridgewatch.ports.MetricSelector;
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
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class ProbingTest {

  private static final Timekeeper CLOCK = Timekeeper.system();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static Probe http(String name, String url) {
    return new Probe.Http(
        new Probe.Schedule(name, Duration.ofSeconds(1), Duration.ofSeconds(1)),
        url,
        "GET",
        Map.of(),
        Set.of(),
        Optional.empty());
  }

  private static void await(BooleanSupplier wanted) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!wanted.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  @Test
  void checksRunAndTheirSamplesAreKept() throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(
              exchange.getRequestURI().getPath().equals("/down") ? 503 : 204, -1);
          exchange.close();
        });
    server.start();
    String at = "http://127.0.0.1:" + server.getAddress().getPort();
    var metrics = new InMemoryMetricStore(CLOCK, 1_000);
    try (var discoveries =
            new Discoveries(
                new DiscoveryStores(
                    new InMemoryChronicle(),
                    new InMemoryTopologyHistory(),
                    new InMemoryObjectStore()),
                DiscoverySettings.usual(),
                CLOCK);
        var marks =
            new TransactionMarks(
                Transactions.usual(),
                new SerialNumbers(new Masking(MaskingSettings.DEFAULTS), "key"),
                metrics,
                CLOCK);
        var traces =
            new TraceKeeping(
                new InMemorySpanStore(),
                new InMemorySpanJournal(),
                TraceKeepingSettings.everything(),
                CLOCK);
        var calls = new CallMetrics(metrics, CLOCK, minutes -> {});
        var mining =
            new LogMining(
                new InMemoryLogPatternStore(),
                metrics,
                discoveries,
                LogPatterns.Settings.DEFAULTS,
                Duration.ofDays(7),
                CLOCK)) {
      var intake =
          new Intake(
              new TelemetryStores(
                  metrics,
                  new InMemoryExemplarStore(),
                  new InMemoryLogStore(),
                  new InMemorySpanStore()),
              discoveries,
              new SpanParts(marks, traces, calls),
              mining,
              new Masking(MaskingSettings.DEFAULTS),
              IntakeSettings.usual(),
              CLOCK);
      try (var probing =
          new Probing(List.of(http("up", at + "/"), http("down", at + "/down")), intake, CLOCK)) {
        probing.start();
        await(() -> probing.statuses().stream().allMatch(s -> s.last().isPresent()));
        var up = probing.statuses().getFirst().last().orElseThrow();
        var down = probing.statuses().getLast().last().orElseThrow();
        assertThat(up.succeeded()).isTrue();
        assertThat(down.failure().orElseThrow().reason().id()).isEqualTo("StatusUnexpected");
        await(
            () ->
                metrics.metrics(MetricSelector.of("bridgewatch.probe.success")).stream()
                    .anyMatch(metric -> metric.series() == 2));
      }
    } finally {
      server.stop(0);
    }
  }
}
