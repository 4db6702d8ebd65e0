package io.bridgewatch.drill.plan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The whole bank: where it runs, what runs, and who asks what of it.
 *
 * <p>Names of services and jobs are unique in the bank, whatever their namespaces. Nothing computes
 * from a name, so a renamed bank behaves like the original to the nanosecond.
 *
 * @param transactions what customers and partners do, from the entry on
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

  /**
   * The service of this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public ServicePlan service(String name) {
    return services.stream()
        .filter(service -> service.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the bank has no service %s; it has %s"
                        .formatted(name, services.stream().map(ServicePlan::name).toList())));
  }

  /**
   * The same bank under other names: cluster, nodes, zones, namespaces, services, routes,
   * transactions and jobs, each name wherever it occurs.
   *
   * @param rename gives unlike names for unlike names
   */
  public BankPlan renamed(UnaryOperator<String> rename) {
    return new BankPlan(
        rename.apply(cluster),
        nodes.stream().map(node -> renamed(node, rename)).toList(),
        services.stream().map(service -> renamed(service, rename)).toList(),
        transactions.stream()
            .map(
                one ->
                    new TransactionPlan(
                        rename.apply(one.name()),
                        rename.apply(one.service()),
                        rename.apply(one.route()),
                        one.perSecond(),
                        one.shape()))
            .toList(),
        jobs.stream()
            .map(
                job ->
                    new JobPlan(
                        rename.apply(job.name()),
                        rename.apply(job.namespace()),
                        job.schedule(),
                        rename.apply(job.service()),
                        rename.apply(job.route()),
                        job.calls(),
                        job.parallel(),
                        job.deadline()))
            .toList());
  }

  private static NodePlan renamed(NodePlan node, UnaryOperator<String> rename) {
    return new NodePlan(
        rename.apply(node.name()),
        rename.apply(node.zone()),
        node.cores(),
        node.memoryBytes(),
        node.disks(),
        node.nic(),
        node.nicBitsPerSecond());
  }

  private static ServicePlan renamed(ServicePlan service, UnaryOperator<String> rename) {
    Map<String, ServicePlan.Client> clients = new LinkedHashMap<>();
    service.clients().forEach((peer, client) -> clients.put(rename.apply(peer), client));
    return new ServicePlan(
        rename.apply(service.name()),
        rename.apply(service.namespace()),
        service.kind(),
        service.controller(),
        service.tier(),
        service.replicas(),
        service.maxReplicas(),
        service.cpuRequestCores(),
        service.cpuLimitCores(),
        service.memoryRequestBytes(),
        service.memoryLimitBytes(),
        service.threads(),
        service.queueLimit(),
        service.heapBytes(),
        service.startTime(),
        service.warmUp(),
        service.endpoints().stream()
            .map(
                endpoint ->
                    new ServicePlan.Endpoint(
                        rename.apply(endpoint.route()),
                        endpoint.cpuMillis(),
                        endpoint.allocatedBytes(),
                        endpoint.diskReads(),
                        endpoint.diskWrites(),
                        endpoint.steps().stream()
                            .map(
                                step ->
                                    new ServicePlan.Step(
                                        rename.apply(step.service()),
                                        rename.apply(step.route()),
                                        step.probability(),
                                        step.parallel(),
                                        step.asynchronous(),
                                        step.onMiss()))
                            .toList()))
            .toList(),
        clients);
  }
}
