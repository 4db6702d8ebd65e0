package io.bridgewatch.drill.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.drill.plan.ServicePlan.Controller;
import io.bridgewatch.drill.plan.ServicePlan.Kind;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class StandardBankTest {

  private final BankPlan plan = StandardBank.plan();

  @Test
  void hasThreeTiersAndAllKindsOfWorkload() {
    assertThat(plan.services()).hasSizeGreaterThanOrEqualTo(25);
    assertThat(plan.services())
        .extracting(ServicePlan::tier)
        .contains("channel", "business", "core");
    assertThat(plan.services()).extracting(ServicePlan::kind).contains(Kind.values());
    assertThat(plan.services()).extracting(ServicePlan::controller).contains(Controller.values());
    assertThat(plan.nodes().stream().map(NodePlan::zone).distinct()).hasSize(3);
    assertThat(plan.jobs()).hasSizeGreaterThanOrEqualTo(4);
    double perSecond = plan.transactions().stream().mapToDouble(TransactionPlan::perSecond).sum();
    assertThat(perSecond).isBetween(19.0, 22.0);
  }

  @Test
  void eachCallHasARouteAndAClient() {
    for (ServicePlan service : plan.services()) {
      for (ServicePlan.Endpoint endpoint : service.endpoints()) {
        for (ServicePlan.Step step : endpoint.steps()) {
          assertThat(service.clients()).as(service.name()).containsKey(step.service());
          assertThat(plan.service(step.service()).endpoints())
              .as("%s calls %s", service.name(), step.service())
              .extracting(ServicePlan.Endpoint::route)
              .contains(step.route());
        }
      }
    }
  }

  @Test
  void allReplicasFitOnTheNodesWithRoomToScale() {
    double cores = 0;
    double bytes = 0;
    for (ServicePlan service : plan.services()) {
      int count =
          service.controller() == Controller.DAEMON_SET
              ? plan.nodes().size()
              : service.maxReplicas();
      cores += count * service.cpuRequestCores();
      bytes += (double) count * service.memoryRequestBytes();
    }
    assertThat(cores).isLessThan(0.8 * plan.nodes().stream().mapToInt(NodePlan::cores).sum());
    assertThat(bytes)
        .isLessThan(0.8 * plan.nodes().stream().mapToLong(NodePlan::memoryBytes).sum());
  }

  @Test
  void renamingLeavesNoNameAndIsUndoneByRenamingBack() {
    BankPlan renamed = plan.renamed(name -> "x7" + name);
    Set<String> names = new HashSet<>();
    plan.services().forEach(service -> names.add(service.name()));
    plan.nodes().forEach(node -> names.add(node.name()));
    assertThat(renamed.services().stream().map(ServicePlan::name))
        .doesNotContainAnyElementsOf(names);
    assertThat(renamed.renamed(name -> name.substring(2))).isEqualTo(plan);
    assertThat(
            renamed.services().stream()
                .flatMap(service -> service.clients().keySet().stream())
                .collect(Collectors.toSet()))
        .allMatch(name -> name.startsWith("x7"));
  }
}
