package io.bridgewatch.drill.bank;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.drill.plan.BankPlan;
import io.bridgewatch.drill.plan.NodePlan;
import io.bridgewatch.drill.plan.ServicePlan;
import io.bridgewatch.drill.plan.ServicePlan.Client;
import io.bridgewatch.drill.plan.ServicePlan.Controller;
import io.bridgewatch.drill.plan.ServicePlan.Endpoint;
import io.bridgewatch.drill.plan.ServicePlan.Kind;
import io.bridgewatch.drill.plan.ServicePlan.Step;
import io.bridgewatch.drill.plan.StandardBank;
import io.bridgewatch.drill.plan.TransactionPlan;
import io.bridgewatch.drill.plan.TransactionPlan.Shape;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What queueing theory knows must come out of the simulation, not be put into it. */
class HonestyTest {

  private static final double WORK_SECONDS = 0.02;

  @Test
  void littlesLawHoldsAtEachBusyReplicaOfTheStandardBank() {
    Town town = new Town(StandardBank.plan(), 11, Telemetry.NONE).open();
    town.bank.load().begin();
    town.simulation.run(Duration.ofMinutes(20));
    double seconds = town.simulation.nanos() / 1e9;
    int checked = 0;
    for (BankProcess process : town.bank.processes()) {
      if (process instanceof Replica replica && replica.serverStats().count() > 500) {
        double arrivals = replica.serverStats().count() / seconds;
        double present = replica.presentNanos() / 1e9 / seconds;
        double predicted = arrivals * meanSeconds(replica);
        assertThat(present / predicted).as(replica.service()).isBetween(0.95, 1.05);
        checked++;
      }
    }
    assertThat(checked).isGreaterThan(40);
    double calls = 0;
    for (BankProcess process : town.bank.processes()) {
      calls += process instanceof Replica replica ? replica.serverStats().count() : 0;
    }
    assertThat(calls / seconds).isBetween(180.0, 290.0);
  }

  @Test
  void theUtilisationLawHoldsForThreadsAndCores() {
    Town town = steady(35, 1);
    Replica replica = town.bank.replicas("desk").getFirst();
    double seconds = town.simulation.nanos() / 1e9;
    double predicted = replica.serverStats().count() / seconds * WORK_SECONDS;
    assertThat(predicted).isBetween(0.6, 0.8);
    assertThat(replica.busyThreadNanos() / 1e9 / seconds / predicted).isBetween(0.95, 1.05);
    assertThat(replica.usage().cpuNanos() / 1e9 / seconds / predicted).isBetween(0.95, 1.05);
  }

  @Test
  void oneServerWaitsAsMm1Predicts() {
    Town town = steady(35, 1);
    double predicted = WORK_SECONDS / (1 - 35 * WORK_SECONDS);
    assertThat(meanSeconds(town.bank.replicas("desk").getFirst()) / predicted)
        .isBetween(0.92, 1.08);
  }

  @Test
  void fourReplicasInsteadOfTwoLowerQueueingAsMmcPredicts() {
    double two = meanSeconds(steady(80, 2), "desk");
    double four = meanSeconds(steady(80, 4), "desk");
    assertThat(two / mmcSeconds(80, 2)).isBetween(0.85, 1.15);
    assertThat(four / mmcSeconds(80, 4)).isBetween(0.85, 1.15);
    double predicted = mmcSeconds(80, 2) / mmcSeconds(80, 4);
    assertThat(two / four / predicted).isBetween(0.85, 1.15);
  }

  @Test
  void halfAMillionEventsASecondOnOneCore() {
    Town town = new Town(StandardBank.plan(), 5, Telemetry.NONE).open();
    town.bank.load().begin();
    town.simulation.run(Duration.ofMinutes(20));
    long events = town.simulation.eventsRun();
    var threads = ManagementFactory.getThreadMXBean();
    long began = threads.getCurrentThreadCpuTime();
    town.simulation.run(Duration.ofMinutes(20));
    double seconds = (threads.getCurrentThreadCpuTime() - began) / 1e9;
    double perSecond = (town.simulation.eventsRun() - events) / seconds;
    System.out.printf(
        "drill: %.0f events a second of CPU, %.0f times real time%n", perSecond, 1_200 / seconds);
    assertThat(perSecond).isGreaterThan(500_000);
  }

  /** Response time of M/M/c (Erlang C), with the work of this test. */
  private static double mmcSeconds(double arrivals, int servers) {
    double offered = arrivals * WORK_SECONDS;
    double term = 1;
    double sum = 1;
    for (int n = 1; n < servers; n++) {
      term *= offered / n;
      sum += term;
    }
    double last = term * offered / servers / (1 - offered / servers);
    double waits = last / (sum + last);
    return WORK_SECONDS + waits * WORK_SECONDS / (servers - offered);
  }

  private static double meanSeconds(Town town, String service) {
    double sum = 0;
    double count = 0;
    for (Replica replica : town.bank.replicas(service)) {
      sum += meanSeconds(replica) * replica.serverStats().count();
      count += replica.serverStats().count();
    }
    return sum / count;
  }

  private static double meanSeconds(Replica replica) {
    double[] sums = new double[2];
    replica
        .serverStats()
        .forEach(
            entry -> {
              sums[0] += entry.durations().sumSeconds();
              sums[1] += entry.durations().count();
            });
    return sums[0] / sums[1];
  }

  /** Customers, a door that passes everything on, and servers with one thread each. */
  private static Town steady(double perSecond, int servers) {
    Client patient =
        new Client(5_000, Duration.ofMinutes(5), Duration.ofMinutes(5), 0, Duration.ofMillis(1), 1);
    ServicePlan door =
        service(
            "door",
            1,
            5_000,
            List.of(
                new Endpoint(
                    "/door",
                    0.01,
                    0,
                    0,
                    0,
                    List.of(new Step("desk", "/desk", 1, false, false, false)))),
            Map.of("desk", patient));
    ServicePlan work =
        service(
            "desk",
            servers,
            1,
            List.of(new Endpoint("/desk", WORK_SECONDS * 1e3, 0, 0, 0, List.of())),
            Map.of());
    NodePlan node =
        new NodePlan("n1", "zone-a", 16, 64L << 30, List.of("nvme0n1"), "eth0", 10_000_000_000L);
    var transaction = new TransactionPlan("t", "door", "/door", perSecond, Shape.MACHINE);
    Town town =
        new Town(
                new BankPlan(
                    "c", List.of(node), List.of(door, work), List.of(transaction), List.of()),
                23,
                Telemetry.NONE)
            .open();
    town.bank.load().streams().getFirst().factor().set(0);
    town.bank.load().streams().getFirst().crawlersPerSecond().set(perSecond);
    town.bank.load().begin();
    town.simulation.run(Duration.ofMinutes(90));
    return town;
  }

  private static ServicePlan service(
      String name,
      int replicas,
      int threads,
      List<Endpoint> endpoints,
      Map<String, Client> clients) {
    return new ServicePlan(
        name,
        "default",
        Kind.NGINX,
        Controller.DEPLOYMENT,
        "core",
        replicas,
        replicas,
        1,
        0,
        1 << 28,
        1 << 30,
        threads,
        100_000,
        0,
        Duration.ofSeconds(1),
        Duration.ZERO,
        endpoints,
        clients);
  }
}
