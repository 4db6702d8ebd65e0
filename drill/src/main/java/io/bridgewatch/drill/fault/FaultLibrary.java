package io.bridgewatch.drill.fault;

import io.bridgewatch.drill.plan.ServicePlan;
import io.bridgewatch.drill.plan.TransactionPlan;
import io.bridgewatch.drill.world.BankWorld;
import io.bridgewatch.model.CauseKind;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** All troubles that are known, layer by layer, and what only looks like one. */
public final class FaultLibrary {

  private static final List<FaultKind> ALL = collected();

  private FaultLibrary() {}

  public static List<FaultKind> all() {
    return ALL;
  }

  public static Optional<FaultKind> of(String id) {
    return ALL.stream().filter(kind -> kind.id().equals(id)).findFirst();
  }

  /** All references to a workload of the bank and what belongs to it alone. */
  public static Set<EntityRef> names(BankWorld world, ServicePlan service) {
    return new Marks(world)
        .workload(service, Layer.BUSINESS, CauseKind.UNKNOWN)
        .map(Fault.Mark::names)
        .orElse(Set.of());
  }

  /** All references to a transaction and the service by which it enters. */
  public static Set<EntityRef> names(BankWorld world, TransactionPlan transaction) {
    return new Marks(world)
        .traffic(transaction.name(), transaction.service(), CauseKind.UNKNOWN)
        .map(Fault.Mark::names)
        .orElse(Set.of());
  }

  private static List<FaultKind> collected() {
    var all = new ArrayList<FaultKind>();
    all.addAll(ApplicationFaults.all());
    all.addAll(ContainerFaults.all());
    all.addAll(KubernetesFaults.all());
    all.addAll(MachineFaults.network());
    all.addAll(MachineFaults.hardware());
    all.addAll(TrafficFaults.traffic());
    all.addAll(TrafficFaults.harmless());
    return List.copyOf(all);
  }
}
