package io.bridgewatch.drillrun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
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
import io.bridgewatch.kubernetes.server.KubernetesServer.ObjectName;
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
  private static final int SCRAPES_OF_A_MINUTE = (int) Duration.ofMinutes(1).dividedBy(SCRAPE);
  private static final String CONSUMER = "audit-trail";
  private static final String BROKER = "event-bus";
  private static final String CONSUMES = "bridgewatch.io/consumes";

  @Test
  void networkQueueAndPoolOfAWorkloadAreWhatItsProcessesDid() {
    try (var world =
        BankWorld.start(StandardBank.plan(), START, SEED, BankWorld.Options.standard())) {
      MetricStore store = new InMemoryMetricStore(world::now, 100_000);
      long[] bytes = new long[MINUTES + 1];
      double fullest = 0;
      for (int scrape = 0; scrape <= MINUTES * SCRAPES_OF_A_MINUTE; scrape++) {
        if (scrape % SCRAPES_OF_A_MINUTE == 0) {
          bytes[scrape / SCRAPES_OF_A_MINUTE] = bytes(world);
        }
        fullest = Math.max(fullest, fullest(world));
        scrape(world, store);
        world.advance(SCRAPE);
      }
      List<BankProcess> processes = processes(world, WORKLOAD);
      var history =
          new WorkloadReader(store, 2_000)
              .historyForTriggers(
                  subject(WORKLOAD, processes),
                  Set.of(),
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

  @Test
  void theQueueOfAConsumerIsWhatWaitsForItsGroupAtTheBroker() {
    try (var world =
        BankWorld.start(StandardBank.plan(), START, SEED, BankWorld.Options.standard())) {
      MetricStore store = new InMemoryMetricStore(world::now, 100_000);
      List<BankProcess> processes = processes(world, CONSUMER);
      double sum = 0;
      for (int scrape = 0; scrape < SCRAPES_OF_A_MINUTE * MINUTES; scrape++) {
        sum += scrape < SCRAPES_OF_A_MINUTE * (MINUTES - 1) ? 0 : waiting(world);
        pages(world, BROKER, store);
        world.advance(SCRAPE);
      }
      var workload =
          world
              .cluster()
              .server()
              .objects()
              .find(
                  new ObjectName(
                      "apps/v1", "Deployment", processes.getFirst().start().namespace(), CONSUMER))
              .orElseThrow();
      String consumes = workload.path("metadata").path("annotations").path(CONSUMES).asString("");
      var history =
          new WorkloadReader(store, 2_000)
              .historyForTriggers(
                  subject(CONSUMER, processes),
                  Set.of(consumes),
                  START,
                  START.plusSeconds(60L * MINUTES),
                  Duration.ofMinutes(1));
      assertThat(sum).as("messages at four looks").isPositive();
      assertThat(history.at(Signal.QUEUE, MINUTES - 1))
          .isCloseTo(sum / SCRAPES_OF_A_MINUTE, within(1e-6));
    }
  }

  private static int waiting(BankWorld world) {
    return world
        .cluster()
        .reading(
            () ->
                world.bank().topics().stream()
                    .filter(topic -> topic.consumer().equals(CONSUMER))
                    .flatMap(topic -> topic.lag().stream())
                    .mapToInt(Integer::intValue)
                    .sum());
  }

  private static List<BankProcess> processes(BankWorld world, String service) {
    return world
        .cluster()
        .reading(
            () ->
                world.bank().processes().stream()
                    .filter(process -> process.service().equals(service))
                    .toList());
  }

  private static long bytes(BankWorld world) {
    return processes(world, WORKLOAD).stream()
        .map(BankProcess::usage)
        .mapToLong(usage -> usage.networkReceivedBytes() + usage.networkSentBytes())
        .sum();
  }

  /** Share of the fullest pool of any replica. */
  private static double fullest(BankWorld world) {
    double most = 0;
    for (BankProcess process : processes(world, WORKLOAD)) {
      if (process instanceof Replica replica) {
        most = Math.max(most, (double) replica.busyThreads() / replica.threads());
      }
      for (var pool : process.pools()) {
        most = Math.max(most, (double) pool.inUse() / pool.maximum());
      }
    }
    return most;
  }

  private static WorkloadSubject subject(String workload, List<BankProcess> processes) {
    return new WorkloadSubject(
        AttributeMatch.equal(AttributeNames.CLUSTER, "bank"),
        "bank",
        processes.getFirst().start().namespace(),
        "Deployment",
        workload,
        processes.stream().map(process -> process.start().pod()).collect(Collectors.toSet()),
        Set.of());
  }

  private static void scrape(BankWorld world, MetricStore store) {
    List<BankProcess> processes = processes(world, WORKLOAD);
    for (String node :
        processes.stream().map(process -> process.start().node()).collect(Collectors.toSet())) {
      read(
          world,
          "/api/v1/nodes/%s/proxy/metrics/cadvisor".formatted(node),
          ExpositionOptions.ofKubelet(CLUSTER.with(AttributeNames.NODE, node)),
          store);
    }
    pages(world, WORKLOAD, store);
  }

  private static void pages(BankWorld world, String workload, MetricStore store) {
    for (BankProcess process : processes(world, workload)) {
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
                          workload)))),
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
