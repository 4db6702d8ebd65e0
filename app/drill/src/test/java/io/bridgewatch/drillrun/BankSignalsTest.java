package io.bridgewatch.drillrun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.bridgewatch.adapter.prometheus.Exposition;
import io.bridgewatch.adapter.prometheus.ExpositionFormat;
import io.bridgewatch.adapter.prometheus.ExpositionLimits;
import io.bridgewatch.adapter.prometheus.ExpositionOptions;
import io.bridgewatch.drill.bank.BankProcess;
import io.bridgewatch.drill.bank.Replica;
import io.bridgewatch.drill.plan.StandardBank;
import io.bridgewatch.drill.world.BankWorld;
import io.bridgewatch.engine.WorkloadReader;
import io.bridgewatch.engine.WorkloadSubject;
import io.bridgewatch.model.AttributeMatch;
import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.ports.MetricStore;
import io.bridgewatch.scale.WorkloadRecording.Signal;
import io.bridgewatch.testkit.InMemoryMetricStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What scaling reads of a workload of the bank, from the pages that its pods and kubelets serve.
 */
class BankSignalsTest {

  private static final Instant START = Instant.parse("2026-03-02T02:00:00Z");
  private static final long SEED = 5;
  private static final String WORKLOAD = "mobile-gateway";
  private static final Duration SCRAPE = Duration.ofSeconds(15);
  private static final Attributes CLUSTER = Attributes.of(AttributeNames.CLUSTER, "bank");
  private static final int MINUTES = 3;

  @Test
  void networkQueueAndPoolOfAWorkloadAreWhatItsProcessesDid() {
    try (var world =
        BankWorld.start(StandardBank.plan(), START, SEED, BankWorld.Options.standard())) {
      MetricStore store = new InMemoryMetricStore(world::now, 100_000);
      long[] bytes = new long[MINUTES + 1];
      double fullest = 0;
      int scrapesOfAMinute = (int) Duration.ofMinutes(1).dividedBy(SCRAPE);
      for (int scrape = 0; scrape <= MINUTES * scrapesOfAMinute; scrape++) {
        if (scrape % scrapesOfAMinute == 0) {
          bytes[scrape / scrapesOfAMinute] = bytes(world);
        }
        fullest = Math.max(fullest, fullest(world));
        scrape(world, store);
        world.advance(SCRAPE);
      }
      List<BankProcess> processes = processes(world);
      var history =
          new WorkloadReader(store, 2_000)
              .historyForTriggers(
                  subject(processes),
                  START,
                  START.plusSeconds(60L * MINUTES),
                  Duration.ofMinutes(1));
      int last = MINUTES - 1;
      assertThat(history.at(Signal.READY, last)).as("pods measured").isEqualTo(processes.size());
      assertThat(history.at(Signal.NETWORK, last))
          .isCloseTo((bytes[MINUTES] - bytes[last]) / 60.0, withinPercentage(15));
      assertThat(history.at(Signal.POOL, last)).isPositive().isLessThanOrEqualTo(fullest);
      assertThat(history.at(Signal.QUEUE, last)).as("calm, as it is not busy").isBetween(0.0, 5.0);
    }
  }

  private static List<BankProcess> processes(BankWorld world) {
    return world
        .cluster()
        .reading(
            () ->
                world.bank().processes().stream()
                    .filter(process -> process.service().equals(WORKLOAD))
                    .toList());
  }

  private static long bytes(BankWorld world) {
    return processes(world).stream()
        .map(BankProcess::usage)
        .mapToLong(usage -> usage.networkReceivedBytes() + usage.networkSentBytes())
        .sum();
  }

  /** Share of the fullest pool of any replica. */
  private static double fullest(BankWorld world) {
    double most = 0;
    for (BankProcess process : processes(world)) {
      if (process instanceof Replica replica) {
        most = Math.max(most, (double) replica.busyThreads() / replica.threads());
      }
      for (var pool : process.pools()) {
        most = Math.max(most, (double) pool.inUse() / pool.maximum());
      }
    }
    return most;
  }

  private static WorkloadSubject subject(List<BankProcess> processes) {
    return new WorkloadSubject(
        AttributeMatch.equal(AttributeNames.CLUSTER, "bank"),
        "bank",
        processes.getFirst().start().namespace(),
        "Deployment",
        WORKLOAD,
        processes.stream().map(process -> process.start().pod()).collect(Collectors.toSet()),
        Set.of());
  }

  private static void scrape(BankWorld world, MetricStore store) {
    List<BankProcess> processes = processes(world);
    for (String node :
        processes.stream().map(process -> process.start().node()).collect(Collectors.toSet())) {
      read(
          world,
          "/api/v1/nodes/%s/proxy/metrics/cadvisor".formatted(node),
          ExpositionOptions.ofKubelet(CLUSTER.with(AttributeNames.NODE, node)),
          store);
    }
    for (BankProcess process : processes) {
      String namespace = process.start().namespace();
      String pod = process.start().pod();
      read(
          world,
          "/api/v1/namespaces/%s/pods/%s:8080/proxy/metrics".formatted(namespace, pod),
          ExpositionOptions.of(
              CLUSTER.with(
                  Attributes.of(
                      Map.of(
                          AttributeNames.NAMESPACE,
                          namespace,
                          AttributeNames.POD,
                          pod,
                          AttributeNames.CONTAINER,
                          WORKLOAD)))),
          store);
    }
  }

  private static void read(
      BankWorld world, String path, ExpositionOptions options, MetricStore store) {
    var page = world.page(path).orElseThrow();
    var read =
        new Exposition(options, ExpositionLimits.DEFAULT)
            .read(page.body(), ExpositionFormat.TEXT, world.now().toEpochMilli());
    assertThat(read.rejected()).isEmpty();
    store.append(read.samples());
  }
}
