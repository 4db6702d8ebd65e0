package io.bridgewatch.drill.cluster;

import static java.util.Objects.requireNonNull;

import io.bridgewatch.drill.plan.BankPlan;
import io.bridgewatch.drill.plan.ServicePlan;
import io.bridgewatch.drill.sim.Simulation;
import io.bridgewatch.kubernetes.server.KubernetesServer;
import io.bridgewatch.kubernetes.server.MetricsSource.PodValue;
import io.bridgewatch.kubernetes.server.PodLogSource;
import io.bridgewatch.kubernetes.server.ServerHooks;
import io.bridgewatch.kubernetes.server.ServerOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/**
 * Builds the cluster that a bank runs on, as it is after weeks: its parts do in a few simulated
 * minutes of the past what they do ever after, so that all that is there has been made by them.
 */
public final class ClusterBuilder {
  private static final Duration AGE = Duration.ofDays(34);
  private static final Duration OPENING = Duration.ofSeconds(5);
  private static final Duration WAVE = Duration.ofSeconds(75);

  /** How long before all was settled each part of the bank was released. */
  private static final List<Duration> WAVES =
      List.of(Duration.ofDays(33), Duration.ofDays(12), Duration.ofDays(5), Duration.ofHours(31));

  private final Simulation simulation;
  private final BankPlan plan;
  private Function<String, NodeHealth> health = node -> NodeHealth.good();
  private ServerHooks.NodePages nodePages = (node, path, query) -> Optional.empty();
  private ServerHooks.PodPages podPages = (pod, path, query) -> Optional.empty();
  private BiFunction<String, String, List<PodValue>> podValues = (namespace, metric) -> List.of();
  private UnaryOperator<ServerOptions> options = given -> given;
  private Duration older = Duration.ZERO;

  public ClusterBuilder(Simulation simulation, BankPlan plan) {
    this.simulation = simulation;
    this.plan = plan;
  }

  /** What kubelets find out about their machines, by the node's name. */
  public ClusterBuilder health(Function<String, NodeHealth> other) {
    health = other;
    return this;
  }

  /** What kubelets answer to metrics pages; asked between two steps of the world. */
  public ClusterBuilder nodePages(ServerHooks.NodePages other) {
    nodePages = other;
    return this;
  }

  /** What pods answer; asked between two steps of the world. */
  public ClusterBuilder podPages(ServerHooks.PodPages other) {
    podPages = other;
    return this;
  }

  /** What pods tell of themselves, by namespace and metric: for autoscalers. */
  public ClusterBuilder podValues(BiFunction<String, String, List<PodValue>> other) {
    podValues = other;
    return this;
  }

  /** The server's port, accounts and windows; its time, seed and hooks are the cluster's. */
  public ClusterBuilder options(UnaryOperator<ServerOptions> other) {
    options = other;
    return this;
  }

  /** So much longer ago all was settled than at the simulation's start. */
  public ClusterBuilder olderBy(Duration time) {
    older = time;
    return this;
  }

  /** The settled cluster; it stands still until {@link Cluster#goLive}. */
  public Cluster build() {
    var start = simulation.instant();
    var settledAt = start.minus(older);
    var clock = new ClusterClock(simulation, settledAt.minus(AGE));
    var lock = new WorldLock();
    var kubelets = new ArrayList<Kubelet>();
    var started = new AtomicReference<KubernetesServer>();
    var measures = new AtomicReference<Measures>();
    var admission =
        new ClusterAdmission(
            new Defaults(simulation.random("cluster/defaults")),
            () -> requireNonNull(started.get(), "the server has not started").objects());
    var hooks =
        ServerHooks.none()
            .withAdmission(admission)
            .withMetrics(
                new LateMetrics(() -> requireNonNull(measures.get(), "nothing is measured yet")))
            .withPodLogs(new ContainerLogs(lock, request -> container(kubelets, request)))
            .withNodePages(
                (node, path, query) ->
                    lock.reading(
                        () ->
                            isRunning(kubelets, node)
                                ? nodePages.page(node, path, query)
                                : Optional.empty()))
            .withPodPages(
                (pod, path, query) -> lock.reading(() -> podPages.page(pod, path, query)));
    var server =
        KubernetesServer.start(
            options
                .apply(ServerOptions.standard())
                .withTime(clock)
                .withSeed(simulation.seed())
                .withHooks(hooks));
    started.set(server);
    var world =
        new World(
            clock,
            server.objects(),
            new Cache(server),
            new Recorder(server.objects(), clock),
            simulation::random);
    var measured = new Measures(world, kubelets, podValues);
    measures.set(measured);
    var images = new Images();
    var settled = new SettledRuntime();
    for (var node : plan.nodes()) {
      kubelets.add(
          new Kubelet(
              world, node, kubelets.size() + 1, health.apply(node.name()), images, settled));
    }
    var cluster = new Cluster(simulation, server, world, lock, images, kubelets, measured);
    settle(world, clock, kubelets, settledAt);
    clock.jump(start);
    return cluster;
  }

  private void settle(World world, ClusterClock clock, List<Kubelet> kubelets, Instant settledAt) {
    var manifests = new BankManifests(plan);
    manifests.base().forEach(object -> create(world, object));
    kubelets.forEach(Kubelet::register);
    clock.pass(OPENING);
    manifests.namespaced().forEach(object -> create(world, object));
    clock.pass(OPENING);
    for (var i = 0; i < WAVES.size(); i++) {
      clock.jump(settledAt.minus(WAVES.get(i)));
      for (var service : plan.services()) {
        if (wave(service) == i) {
          manifests.of(service).forEach(object -> create(world, object));
        }
      }
      if (i == 0) {
        plan.jobs().forEach(job -> create(world, manifests.of(job)));
      }
      clock.pass(WAVE);
    }
  }

  /** Databases and the platform came first, then the rest in three parts. */
  private int wave(ServicePlan service) {
    return switch (service.kind()) {
      case DATABASE, CACHE, QUEUE, DNS, AGENT -> 0;
      case JVM, NGINX, CORE_ADAPTER -> 1 + plan.services().indexOf(service) % (WAVES.size() - 1);
    };
  }

  /** As {@code kubectl apply} does, which notes what it was given. */
  private static void create(World world, ObjectNode object) {
    var given = Trees.json(object) + "\n";
    Trees.child(Trees.child(object, "metadata"), "annotations")
        .put("kubectl.kubernetes.io/last-applied-configuration", given);
    world.objects().create(object, "kubectl-client-side-apply");
  }

  private static boolean isRunning(List<Kubelet> kubelets, String node) {
    return kubelets.stream()
        .filter(kubelet -> kubelet.node().equals(node))
        .anyMatch(Kubelet::isRunning);
  }

  private static Optional<ContainerWorker> container(
      List<Kubelet> kubelets, PodLogSource.Request request) {
    return kubelets.stream()
        .filter(Kubelet::isRunning)
        .flatMap(kubelet -> kubelet.worker(request.namespace(), request.pod()).stream())
        .flatMap(worker -> worker.container(request.container()).stream())
        .findFirst();
  }
}
