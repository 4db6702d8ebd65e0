package io.bridgewatch.drill.serve;

import io.bridgewatch.drill.bank.Bank;
import io.bridgewatch.drill.bank.BankProcess;
import io.bridgewatch.drill.bank.Replica;
import io.bridgewatch.drill.cluster.Cluster;
import io.bridgewatch.drill.cluster.RunningContainer;
import io.bridgewatch.drill.machine.Machine;
import io.bridgewatch.drill.plan.ServicePlan.Kind;
import io.bridgewatch.drill.runtime.ContainerProcess;
import io.bridgewatch.kubernetes.server.ServerHooks.NodePages;
import io.bridgewatch.kubernetes.server.ServerHooks.Page;
import io.bridgewatch.kubernetes.server.ServerHooks.PodPages;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * All pages of the world, read between two steps of it: what a kubelet, a node exporter or an
 * application answers to whoever scrapes it. A node that is down answers nothing, and neither does
 * what runs on it.
 */
public final class Pages {

  /** How long the machines had been up when all was settled. */
  private static final Duration UP_BEFORE = Duration.ofDays(41);

  private final Cluster cluster;
  private final Bank bank;
  private final InstantSource clock;
  private final Instant boot;

  /**
   * Of a world that is settled now.
   *
   * @param clock the world's
   */
  public Pages(Cluster cluster, Bank bank, InstantSource clock) {
    this(cluster, bank, clock, clock.instant());
  }

  /**
   * @param clock the world's
   * @param settled when the world was settled: at its start or before
   */
  public Pages(Cluster cluster, Bank bank, InstantSource clock, Instant settled) {
    this.cluster = cluster;
    this.clock = clock;
    this.bank = bank;
    this.boot = settled.minus(UP_BEFORE);
  }

  /** For the API server's proxy to nodes; asked between two steps of the world. */
  public NodePages ofNodes() {
    return (node, path, query) -> {
      Machine machine = bank.machine(node);
      return machine.isUp() ? Optional.of(kubelet(node, machine, path)) : Optional.empty();
    };
  }

  /** For the API server's proxy to pods; asked between two steps of the world. */
  public PodPages ofPods() {
    return (pod, path, query) ->
        path.equals("/metrics") ? application(pod.namespace(), pod.pod()) : Optional.empty();
  }

  private Page kubelet(String node, Machine machine, String path) {
    Instant now = clock.instant();
    List<RunningContainer> containers = cluster.containers(node);
    return switch (path) {
      case "/metrics" -> text(KubeletPage.of(node, cluster.kubeletCounts(node), containers));
      case "/metrics/cadvisor" ->
          text(ContainerPages.cadvisor(containers, machine, now, upSeconds(now)));
      case "/metrics/resource" -> text(ContainerPages.resource(containers, machine, now));
      case "/metrics/probes" -> text(ContainerPages.probes(containers));
      case "/stats/summary" ->
          Page.of("application/json", SummaryPage.of(node, containers, machine, now, boot));
      default -> new Page(404, "text/plain", new byte[0]);
    };
  }

  private static Page text(String body) {
    return Page.of(Exposition.CONTENT_TYPE, body);
  }

  private Optional<Page> application(String namespace, String pod) {
    for (BankProcess process : bank.processes()) {
      if (process.start().namespace().equals(namespace) && process.start().pod().equals(pod)) {
        Machine machine = bank.machine(process.start().node());
        if (!machine.isUp() || isStuck(process)) {
          return Optional.empty();
        }
        boolean exporter =
            bank.plan().services().stream()
                .anyMatch(
                    service ->
                        service.name().equals(process.service()) && service.kind() == Kind.AGENT);
        Instant now = clock.instant();
        return Optional.of(
            Page.of(
                Exposition.CONTENT_TYPE,
                exporter
                    ? NodeExporterPage.of(machine, now, upSeconds(now))
                    : ApplicationPage.of(bank, process)));
      }
    }
    return Optional.empty();
  }

  /** A process that answers nobody does not answer a scrape either. */
  private static boolean isStuck(ContainerProcess process) {
    return process instanceof Replica replica && !replica.isServing();
  }

  private double upSeconds(Instant now) {
    return Duration.between(boot, now).toMillis() / 1e3;
  }
}
