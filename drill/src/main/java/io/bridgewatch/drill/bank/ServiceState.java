package io.bridgewatch.drill.bank;

import io.bridgewatch.drill.plan.ServicePlan;
import java.util.ArrayList;
import java.util.List;

/** A service as callers see it: its plan, its routes, and who is ready to answer. */
final class ServiceState {

  private final Bank bank;
  private final ServicePlan plan;
  private final int number;
  private final List<Replica> replicas = new ArrayList<>();
  private int started;
  private List<Endpoints.Address> addresses = List.of();
  private List<Pool.Target> targets = List.of();
  private long generation = -1;

  ServiceState(Bank bank, ServicePlan plan, int number) {
    this.bank = bank;
    this.plan = plan;
    this.number = number;
  }

  ServicePlan plan() {
    return plan;
  }

  /** Its place in the plan; what is random is named by it, so that names do not matter. */
  int number() {
    return number;
  }

  List<Replica> replicas() {
    return replicas;
  }

  int nextReplica() {
    return started++;
  }

  /**
   * @throws IllegalArgumentException if it has no such route
   */
  int route(String route) {
    for (int i = 0; i < plan.endpoints().size(); i++) {
      if (plan.endpoints().get(i).route().equals(route)) {
        return i;
      }
    }
    throw new IllegalArgumentException(
        "service %s has no route %s; it has %s"
            .formatted(
                plan.name(),
                route,
                plan.endpoints().stream().map(ServicePlan.Endpoint::route).toList()));
  }

  /** The ready endpoints; the same list until something changes. */
  List<Pool.Target> targets() {
    List<Endpoints.Address> now = bank.endpointsNow().of(plan.name());
    if (now != addresses || generation != bank.generation()) {
      addresses = now;
      generation = bank.generation();
      List<Pool.Target> fresh =
          now.stream().map(address -> new Pool.Target(address, bank.listening(address))).toList();
      if (!fresh.equals(targets)) {
        targets = fresh;
      }
    }
    return targets;
  }
}
