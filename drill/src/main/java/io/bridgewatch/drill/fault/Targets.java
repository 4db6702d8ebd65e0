package io.bridgewatch.drill.fault;

import io.bridgewatch.drill.bank.Replica;
import io.bridgewatch.drill.machine.Disk;
import io.bridgewatch.drill.machine.Machine;
import io.bridgewatch.drill.plan.BankPlan;
import io.bridgewatch.drill.plan.NodePlan;
import io.bridgewatch.drill.plan.ServicePlan;
import io.bridgewatch.drill.plan.ServicePlan.Client;
import io.bridgewatch.drill.plan.ServicePlan.Controller;
import io.bridgewatch.drill.plan.ServicePlan.Endpoint;
import io.bridgewatch.drill.plan.ServicePlan.Kind;
import io.bridgewatch.drill.plan.ServicePlan.Step;
import io.bridgewatch.drill.plan.TransactionPlan;
import io.bridgewatch.drill.world.BankWorld;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Finds places where a trouble can be felt: what is asked often enough, by somebody who waits for
 * the answer.
 */
final class Targets {

  /** Calls a second at the height of the day that a service must get to be worth a trouble. */
  private static final double WORTH = 1;

  /** The same where a trouble comes with each request and must be felt within minutes. */
  private static final double BUSY = 4;

  /** Share of questions that a filled cache has no answer to. */
  private static final double MISS_SHARE = 0.1;

  private final BankWorld world;
  private final RandomGenerator random;
  private final Map<String, Double> routeRates = new HashMap<>();

  Targets(BankWorld world, RandomGenerator random) {
    this.world = world;
    this.random = random;
    for (TransactionPlan transaction : world.plan().transactions()) {
      follow(transaction.service(), transaction.route(), transaction.perSecond());
    }
  }

  /** One of the services of a kind that is asked a lot. */
  ServicePlan service(Kind... kinds) {
    return service(service -> List.of(kinds).contains(service.kind()));
  }

  /** A Java service that a Deployment runs and much is asked of. */
  ServicePlan deployedJava() {
    return service(
        service -> service.kind() == Kind.JVM && service.controller() == Controller.DEPLOYMENT);
  }

  /** One of those that are asked most. */
  ServicePlan busyJava() {
    return service(this::isBusyJava);
  }

  private boolean isBusyJava(ServicePlan service) {
    return service.kind() == Kind.JVM
        && service.controller() == Controller.DEPLOYMENT
        && !service.clients().isEmpty()
        && rate(service) >= BUSY;
  }

  /** One of those, that asks another program which takes its time, and not only caches. */
  ServicePlan busyCaller() {
    return service(
        service ->
            isBusyJava(service)
                && service.clients().keySet().stream()
                    .anyMatch(peer -> plan().service(peer).kind() == Kind.JVM));
  }

  /** A database into which much is written. */
  ServicePlan writtenDatabase() {
    return service(
        service ->
            service.kind() == Kind.DATABASE
                && service.endpoints().stream()
                    .anyMatch(e -> e.diskWrites() > 0 && rate(service.name(), e.route()) >= WORTH));
  }

  /** What the slowest program that it asks computes for an answer, as a share of its patience. */
  double neededOfTimeout(ServicePlan service) {
    double share = 0;
    for (Endpoint endpoint : service.endpoints()) {
      for (Step step : endpoint.steps()) {
        if (!step.asynchronous()) {
          share = Math.max(share, workMillis(step) / patienceMillis(service, step));
        }
      }
    }
    return share;
  }

  private double workMillis(Step step) {
    return endpoints(step.service(), step.route()).mapToDouble(Endpoint::cpuMillis).sum();
  }

  private static double patienceMillis(ServicePlan service, Step step) {
    Client client = service.clients().get(step.service());
    if (client == null) {
      throw new IllegalStateException(
          "the plan of %s has no client for %s".formatted(service.name(), step.service()));
    }
    return client.timeout().toNanos() / 1e6;
  }

  /** Requests to each of its replicas within that time, at the height of the day. */
  double requestsToEach(ServicePlan service, Duration time) {
    return rate(service) / service.replicas() * time.toSeconds();
  }

  /** What requests to each of its replicas allocate within that time, in bytes, at the height. */
  double allocatedToEach(ServicePlan service, Duration time) {
    return service.endpoints().stream()
            .mapToDouble(e -> rate(service.name(), e.route()) * e.allocatedBytes())
            .sum()
        / service.replicas()
        * time.toMillis()
        / 1e3;
  }

  /** Share of the time in which a machine's disk of volumes is busy at the height of the day. */
  double busyShareOfVolumes(Machine machine) {
    double busy = 0;
    for (ServicePlan service : plan().services()) {
      List<Replica> replicas = world.bank().replicas(service.name());
      double here = replicas.stream().filter(r -> isOn(r, machine)).count();
      if (here > 0) {
        busy += here / replicas.size() * diskNanos(service, machine.volumeDisk()) / 1e9;
      }
    }
    return busy;
  }

  /** The same of a statement that a cache spares usually, if it spares none any more. */
  double busyShareWithoutCache(Step missing) {
    ServicePlan database = plan().service(missing.service());
    Disk disk = world.bank().machine(replica(database).start().node()).volumeDisk();
    double usual =
        endpoints(missing.service(), missing.route())
            .mapToDouble(e -> diskNanos(missing.service(), e, disk))
            .sum();
    return usual / MISS_SHARE / 1e9;
  }

  private static boolean isOn(Replica replica, Machine machine) {
    return replica.start().node().equals(machine.plan().name());
  }

  private double diskNanos(ServicePlan service, Disk disk) {
    return service.endpoints().stream()
        .mapToDouble(endpoint -> diskNanos(service.name(), endpoint, disk))
        .sum();
  }

  private double diskNanos(String service, Endpoint endpoint, Disk disk) {
    return rate(service, endpoint.route())
        * (endpoint.diskReads() * disk.usualReadNanos()
            + endpoint.diskWrites() * disk.usualWriteNanos());
  }

  /** CPU that all of it uses at the height of the day. */
  double cores(ServicePlan service) {
    return service.endpoints().stream()
        .mapToDouble(e -> rate(service.name(), e.route()) * e.cpuMillis() / 1e3)
        .sum();
  }

  ServicePlan service(Predicate<ServicePlan> wanted) {
    return one(
        "a service that is asked often enough",
        world.plan().services().stream().filter(wanted).filter(s -> rate(s) >= WORTH).toList());
  }

  /** The route of a service that is asked most. */
  String busiestRoute(ServicePlan service) {
    String busiest = service.endpoints().getFirst().route();
    for (Endpoint endpoint : service.endpoints()) {
      if (rate(service.name(), endpoint.route()) > rate(service.name(), busiest)) {
        busiest = endpoint.route();
      }
    }
    return busiest;
  }

  /** One of its replicas that serve. */
  Replica replica(ServicePlan service) {
    return one(
        "a replica of " + service.name(),
        world.bank().replicas(service.name()).stream().filter(Replica::isServing).toList());
  }

  /** The machine that a busy database, cache or service stands on. */
  Machine machineOf(Kind kind) {
    return world.bank().machine(replica(service(kind)).start().node());
  }

  /** Any machine on which something of the bank runs that is asked a lot. */
  Machine machine() {
    return world.bank().machine(replica(service(Kind.JVM)).start().node());
  }

  /** Whether what is asked for there is written down before it is answered. */
  boolean writes(String service, String route) {
    return endpoints(service, route)
        .anyMatch(
            endpoint ->
                endpoint.diskWrites() > 0
                    || endpoint.steps().stream()
                        .filter(step -> !step.asynchronous())
                        .anyMatch(step -> writes(step.service(), step.route())));
  }

  List<String> zones() {
    return world.plan().nodes().stream().map(NodePlan::zone).distinct().sorted().toList();
  }

  <T> T one(String what, List<T> all) {
    if (all.isEmpty()) {
      throw new IllegalStateException("the bank has not %s".formatted(what));
    }
    return all.get(random.nextInt(all.size()));
  }

  BankPlan plan() {
    return world.plan();
  }

  private double rate(ServicePlan service) {
    return service.endpoints().stream().mapToDouble(e -> rate(service.name(), e.route())).sum();
  }

  private double rate(String service, String route) {
    return routeRates.getOrDefault(service + " " + route, 0.0);
  }

  private void follow(String service, String route, double perSecond) {
    if (perSecond < 0.01) {
      return;
    }
    routeRates.merge(service + " " + route, perSecond, Double::sum);
    endpoints(service, route)
        .flatMap(endpoint -> endpoint.steps().stream())
        .filter(step -> !step.asynchronous())
        .forEach(
            step -> {
              double share = step.probability() * (step.onMiss() ? MISS_SHARE : 1);
              follow(step.service(), step.route(), perSecond * share);
            });
  }

  private Stream<Endpoint> endpoints(String service, String route) {
    return world.plan().services().stream()
        .filter(plan -> plan.name().equals(service))
        .flatMap(plan -> plan.endpoints().stream())
        .filter(endpoint -> endpoint.route().equals(route));
  }
}
