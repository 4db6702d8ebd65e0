package io.bridgewatch.drill.plan;

import java.util.List;

/**
 * The whole bank: where it runs, what runs, and who asks what of it.
 *
 * @param namespaces one for each team
 * @param transactions what customers and batch jobs do, from the entry on
 */
public record BankPlan(
    String cluster,
    List<NodePlan> nodes,
    List<ServicePlan> services,
    List<TransactionPlan> transactions,
    List<JobPlan> jobs) {
  public BankPlan {
    nodes = List.copyOf(nodes);
    services = List.copyOf(services);
    transactions = List.copyOf(transactions);
    jobs = List.copyOf(jobs);
  }
}
