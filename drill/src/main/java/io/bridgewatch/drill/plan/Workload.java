package io.bridgewatch.drill.plan;

import io.bridgewatch.drill.plan.ServicePlan.Client;
import io.bridgewatch.drill.plan.ServicePlan.Controller;
import io.bridgewatch.drill.plan.ServicePlan.Endpoint;
import io.bridgewatch.drill.plan.ServicePlan.Kind;
import io.bridgewatch.drill.plan.ServicePlan.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A service plan in the making: the usual numbers of its kind, unless told otherwise. */
final class Workload {

  static final long MIB = 1L << 20;
  private static final long KIB = 1L << 10;

  private final String name;
  private final String namespace;
  private final String tier;
  private final Kind kind;
  private final List<Endpoint> endpoints = new ArrayList<>();
  private final Map<String, Client> clients = new LinkedHashMap<>();
  private Controller controller = Controller.DEPLOYMENT;
  private int replicas = 1;
  private int maxReplicas = 1;
  private double requestCores = 0.25;
  private double limitCores = 1;
  private long requestBytes = 768 * MIB;
  private long limitBytes = 1024 * MIB;
  private long heapBytes;
  private int threads = 32;
  private int queueLimit = 200;
  private Duration startTime = Duration.ofSeconds(20);
  private Duration warmUp = Duration.ofSeconds(90);

  Workload(String name, String namespace, String tier, Kind kind) {
    this.name = name;
    this.namespace = namespace;
    this.tier = tier;
    this.kind = kind;
  }

  static Workload java(String name, String namespace, String tier) {
    return new Workload(name, namespace, tier, Kind.JVM).heap(512);
  }

  static Workload database(String name, String namespace) {
    return new Workload(name, namespace, "core", Kind.DATABASE)
        .controller(Controller.STATEFUL_SET)
        .cores(1, 4)
        .memory(2_048, 4_096)
        .threads(48, 400)
        .starts(12, 0);
  }

  static Workload cache(String name, String namespace) {
    return new Workload(name, namespace, "core", Kind.CACHE)
        .controller(Controller.STATEFUL_SET)
        .cores(0.2, 1)
        .memory(512, 1_024)
        .threads(64, 1_000)
        .starts(3, 0);
  }

  static Step asking(String service, String route) {
    return new Step(service, route, 1, false, false, false);
  }

  static Step maybe(String service, String route, double probability) {
    return new Step(service, route, probability, false, false, false);
  }

  static Step together(String service, String route, double probability) {
    return new Step(service, route, probability, true, false, false);
  }

  static Step missing(String service, String route) {
    return new Step(service, route, 1, false, false, true);
  }

  static Step sending(String service, String topic) {
    return new Step(service, topic, 1, false, true, false);
  }

  Workload controller(Controller wanted) {
    controller = wanted;
    return this;
  }

  Workload replicas(int usual, int most) {
    replicas = usual;
    maxReplicas = most;
    return this;
  }

  /** The limit is zero for none. */
  Workload cores(double request, double limit) {
    requestCores = request;
    limitCores = limit;
    return this;
  }

  Workload memory(long requestMebibytes, long limitMebibytes) {
    requestBytes = requestMebibytes * MIB;
    limitBytes = limitMebibytes * MIB;
    return this;
  }

  Workload heap(long mebibytes) {
    heapBytes = mebibytes * MIB;
    return this;
  }

  Workload threads(int serving, int waiting) {
    threads = serving;
    queueLimit = waiting;
    return this;
  }

  Workload starts(int seconds, int warmUpSeconds) {
    startTime = Duration.ofSeconds(seconds);
    warmUp = Duration.ofSeconds(warmUpSeconds);
    return this;
  }

  Workload serves(String route, double cpuMillis, long allocatedKibibytes, Step... steps) {
    endpoints.add(new Endpoint(route, cpuMillis, allocatedKibibytes * KIB, 0, 0, List.of(steps)));
    return this;
  }

  Workload stores(String route, double cpuMillis, double diskReads, double diskWrites) {
    endpoints.add(new Endpoint(route, cpuMillis, 0, diskReads, diskWrites, List.of()));
    return this;
  }

  /** The same settings towards each service that its endpoints ask. */
  Workload client(int connections, int timeoutMillis, int retries) {
    return client(connections, timeoutMillis, retries, 0.5);
  }

  Workload client(int connections, int timeoutMillis, int retries, double breakerErrorShare) {
    for (Endpoint endpoint : endpoints) {
      for (Step step : endpoint.steps()) {
        clients.put(
            step.service(),
            new Client(
                connections,
                Duration.ofMillis(Math.min(1_000, timeoutMillis / 2)),
                Duration.ofMillis(timeoutMillis),
                retries,
                Duration.ofMillis(50),
                breakerErrorShare));
      }
    }
    return this;
  }

  ServicePlan plan() {
    return new ServicePlan(
        name,
        namespace,
        kind,
        controller,
        tier,
        replicas,
        maxReplicas,
        requestCores,
        limitCores,
        requestBytes,
        limitBytes,
        threads,
        queueLimit,
        heapBytes,
        startTime,
        warmUp,
        endpoints,
        clients);
  }
}
