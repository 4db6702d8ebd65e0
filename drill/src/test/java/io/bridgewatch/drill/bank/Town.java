package io.bridgewatch.drill.bank;

import io.bridgewatch.drill.machine.Machine;
import io.bridgewatch.drill.machine.Network;
import io.bridgewatch.drill.plan.BankPlan;
import io.bridgewatch.drill.plan.ServicePlan;
import io.bridgewatch.drill.plan.ServicePlan.Controller;
import io.bridgewatch.drill.runtime.ContainerProcess;
import io.bridgewatch.drill.runtime.ContainerRuntime.Exit;
import io.bridgewatch.drill.runtime.ContainerRuntime.Start;
import io.bridgewatch.drill.sim.Simulation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A bank with its replicas spread over its nodes, without the cluster that would do so. */
final class Town {

  /** A Tuesday, ten in the morning in China. */
  static final Instant MORNING = Instant.parse("2026-12-01T02:00:00Z");

  final Simulation simulation;
  final Network network;
  final List<Machine> machines = new ArrayList<>();
  final Bank bank;
  final List<Exit> exits = new ArrayList<>();
  private int pods;

  Town(BankPlan plan, long seed, Telemetry telemetry) {
    this(plan, seed, telemetry, MORNING);
  }

  Town(BankPlan plan, long seed, Telemetry telemetry, Instant begin) {
    simulation = new Simulation(begin, seed);
    for (int i = 0; i < plan.nodes().size(); i++) {
      machines.add(new Machine(simulation, plan.nodes().get(i), i));
    }
    network = new Network(simulation, machines);
    bank = new Bank(simulation, plan, machines, network, telemetry);
  }

  /** Starts all that the plan wants, warm. */
  Town open() {
    for (ServicePlan service : bank.plan().services()) {
      boolean everywhere = service.controller() == Controller.DAEMON_SET;
      int count = everywhere ? machines.size() : service.replicas();
      for (int i = 0; i < count; i++) {
        adopt(service.name(), Map.of());
      }
    }
    return this;
  }

  ContainerProcess adopt(String container, Map<String, String> environment) {
    return bank.adopt(start(container, environment, "1.0"), MORNING, exits::add);
  }

  ContainerProcess start(String container, Map<String, String> environment) {
    return bank.start(start(container, environment, "1.0"), exits::add);
  }

  Start start(String container, Map<String, String> environment, String tag) {
    int pod = pods++;
    ServicePlan plan =
        bank.plan().services().stream()
            .filter(service -> service.name().equals(container))
            .findFirst()
            .orElse(bank.plan().services().getFirst());
    return new Start(
        plan.namespace(),
        container + "-" + pod,
        "uid-" + pod,
        "10.1.%d.%d".formatted(pod / 250, pod % 250),
        container,
        machines.get(pod % machines.size()).plan().name(),
        "registry/" + container + ":" + tag,
        new LinkedHashMap<>(),
        environment,
        List.of(),
        plan.cpuRequestCores(),
        plan.cpuLimitCores(),
        plan.memoryRequestBytes(),
        plan.memoryLimitBytes(),
        0);
  }
}
