package io.bridgewatch.drill.world;

import io.bridgewatch.drill.bank.Bank;
import io.bridgewatch.drill.bank.Endpoints;
import io.bridgewatch.drill.cluster.Cluster;
import io.bridgewatch.drill.cluster.ClusterBuilder;
import io.bridgewatch.drill.cluster.NodeHealth;
import io.bridgewatch.drill.cluster.ServiceAddress;
import io.bridgewatch.drill.machine.Machine;
import io.bridgewatch.drill.machine.Network;
import io.bridgewatch.drill.plan.BankPlan;
import io.bridgewatch.drill.plan.NodePlan;
import io.bridgewatch.drill.serve.OtlpExport;
import io.bridgewatch.drill.serve.Pages;
import io.bridgewatch.drill.sim.Simulation;
import io.bridgewatch.kubernetes.server.ServerHooks;
import io.bridgewatch.kubernetes.server.ServerOptions;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * A bank on its cluster, running. Its clock stands still unless {@link #advance} moves it; whoever
 * speaks to it over HTTP sees it between two steps.
 */
public final class BankWorld implements AutoCloseable {

  private static final Pattern NODE_PROXY =
      Pattern.compile("/api/v1/nodes/(?<node>[^/]+)/proxy(?<path>/.*)");

  private static final Pattern POD_PROXY =
      Pattern.compile(
          "/api/v1/namespaces/(?<namespace>[^/]+)/pods/"
              + "(?:https?:)?(?<pod>[^/:]+):(?<port>\\d{1,5})/proxy(?<path>/.*)");

  private final BankPlan plan;
  private final Simulation simulation;
  private final Cluster cluster;
  private final Bank bank;
  private final OtlpExport export;
  private final Pages pages;

  private BankWorld(
      BankPlan plan,
      Simulation simulation,
      Cluster cluster,
      Bank bank,
      OtlpExport export,
      Pages pages) {
    this.plan = plan;
    this.simulation = simulation;
    this.cluster = cluster;
    this.bank = bank;
    this.export = export;
    this.pages = pages;
  }

  /**
   * @param traceShare of the traces that applications tell, between 0 and 1
   * @param withLogs whether applications also export their log records
   * @param server of the API server, such as its port and who may use it
   * @param older by how much all that is there from the start is older than usual, not negative: a
   *     world that starts so much later then has the same times of creation
   */
  public record Options(
      double traceShare, boolean withLogs, UnaryOperator<ServerOptions> server, Duration older) {

    public Options(double traceShare, boolean withLogs, UnaryOperator<ServerOptions> server) {
      this(traceShare, withLogs, server, Duration.ZERO);
    }

    public Options olderBy(Duration time) {
      return new Options(traceShare, withLogs, server, time);
    }

    public static Options standard() {
      return new Options(1, false, UnaryOperator.identity());
    }
  }

  /** A world in which all pods have long been running, at that moment. */
  public static BankWorld start(BankPlan plan, Instant start, long seed, Options options) {
    var simulation = new Simulation(start, seed);
    List<Machine> machines = new ArrayList<>();
    for (NodePlan node : plan.nodes()) {
      machines.add(new Machine(simulation, node, machines.size()));
    }
    var pages = new AtomicReference<Pages>();
    Map<String, Machine> byName = new HashMap<>();
    machines.forEach(machine -> byName.put(machine.plan().name(), machine));
    Cluster cluster =
        new ClusterBuilder(simulation, plan)
            .health(node -> new MachineHealth(Objects.requireNonNull(byName.get(node), node)))
            .nodePages((node, path, query) -> read(pages).ofNodes().page(node, path, query))
            .podPages((pod, path, query) -> read(pages).ofPods().page(pod, path, query))
            .options(options.server())
            .olderBy(options.older())
            .build();
    var export = new OtlpExport(options.traceShare(), options.withLogs());
    var bank = new Bank(simulation, plan, machines, new Network(simulation, machines), export);
    pages.set(new Pages(cluster, bank, simulation, start.minus(options.older())));
    bank.endpoints(new ClusterEndpoints(cluster));
    cluster.goLive(bank);
    cluster.reading(
        () -> {
          bank.load().begin();
          return true;
        });
    return new BankWorld(plan, simulation, cluster, bank, export, read(pages));
  }

  private static Pages read(AtomicReference<Pages> pages) {
    return Objects.requireNonNull(pages.get(), "the world has not started");
  }

  public BankPlan plan() {
    return plan;
  }

  public Cluster cluster() {
    return cluster;
  }

  public Bank bank() {
    return bank;
  }

  /** What applications have handed to their exporters. */
  public OtlpExport export() {
    return export;
  }

  /**
   * What a kubelet or a pod answers now, as by the API server's proxy and without HTTP.
   *
   * @param path at the API server, such as {@code /api/v1/nodes/node-1/proxy/metrics/cadvisor}
   * @return empty where nothing answers, or where the path leads through no proxy
   */
  public Optional<ServerHooks.Page> page(String path) {
    var node = NODE_PROXY.matcher(path);
    if (node.matches()) {
      return cluster.reading(
          () -> pages.ofNodes().page(node.group("node"), node.group("path"), List.of()));
    }
    var pod = POD_PROXY.matcher(path);
    if (!pod.matches()) {
      return Optional.empty();
    }
    var target =
        new ServerHooks.PodTarget(
            pod.group("namespace"), pod.group("pod"), Integer.parseInt(pod.group("port")));
    return cluster.reading(() -> pages.ofPods().page(target, pod.group("path"), List.of()));
  }

  /** Where clients speak Kubernetes to it. */
  public URI url() {
    return cluster.url();
  }

  public Instant now() {
    return simulation.instant();
  }

  /** Random numbers for whoever does something to the world from outside, by name. */
  public RandomGenerator random(String name) {
    return simulation.random(name);
  }

  /**
   * Lets somebody do something again and again, at once for the first time.
   *
   * @param action tells whether to go on
   */
  public void repeat(Duration pause, BooleanSupplier action) {
    if (action.getAsBoolean()) {
      simulation.after(pause, () -> repeat(pause, action));
    }
  }

  public void advance(Instant end) {
    cluster.advance(end);
  }

  public void advance(Duration time) {
    cluster.advance(time);
  }

  @Override
  public void close() {
    cluster.close();
  }

  /** What kubelets look at before they take or evict pods. */
  private record MachineHealth(Machine machine) implements NodeHealth {
    @Override
    public boolean isUp() {
      return machine.isUp();
    }

    @Override
    public boolean isReachable() {
      return true;
    }

    @Override
    public long memoryAvailableBytes() {
      return (long) machine.memory().availableBytes();
    }

    @Override
    public double diskAvailableShare() {
      var disk = machine.rootDisk();
      return Math.max(0, 1 - disk.usedBytes() / disk.capacityBytes());
    }

    @Override
    public double processShare() {
      return 0.05;
    }
  }

  /** Ready addresses as the cluster's services have them; the same list while nothing changed. */
  private static final class ClusterEndpoints implements Endpoints {
    private final Cluster cluster;
    private final Map<String, Known> known = new HashMap<>();

    private record Known(List<ServiceAddress> from, List<Address> addresses) {}

    ClusterEndpoints(Cluster cluster) {
      this.cluster = cluster;
    }

    @Override
    public List<Address> of(String service) {
      List<ServiceAddress> now = cluster.addresses(service);
      Known before = known.get(service);
      if (before == null || before.from() != now) {
        before =
            new Known(now, now.stream().map(one -> new Address(one.podIp(), one.port())).toList());
        known.put(service, before);
      }
      return before.addresses();
    }
  }
}
