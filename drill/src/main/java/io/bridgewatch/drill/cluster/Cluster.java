package io.bridgewatch.drill.cluster;

import io.bridgewatch.drill.runtime.ContainerProcess;
import io.bridgewatch.drill.runtime.ContainerRuntime;
import io.bridgewatch.drill.sim.Simulation;
import io.bridgewatch.kubernetes.server.KubernetesServer;
import io.bridgewatch.kubernetes.server.MetricsSource;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A simulated cluster: an API server that anybody may speak to over HTTP, and behind it a
 * scheduler, kubelets and controllers as events of a {@link Simulation}.
 *
 * <p>The simulation is moved by {@link #advance} only, by one thread; what is read of the cluster
 * or its processes by other threads is read inside of {@link #reading}.
 */
public final class Cluster implements AutoCloseable {
  private static final Duration STEP = Duration.ofMillis(100);
  private static final Duration TICK = Duration.ofMillis(10);

  private final Simulation simulation;
  private final KubernetesServer server;
  private final World world;
  private final WorldLock lock;
  private final Images images;
  private final List<Kubelet> kubelets;
  private final List<Controller> controllers;
  private final AddressBook addresses;
  private final HorizontalAutoscaler autoscaler;
  private final MetricsSource measures;

  Cluster(
      Simulation simulation,
      KubernetesServer server,
      World world,
      WorldLock lock,
      Images images,
      List<Kubelet> kubelets,
      MetricsSource measures) {
    this.simulation = simulation;
    this.server = server;
    this.world = world;
    this.lock = lock;
    this.images = images;
    this.kubelets = kubelets;
    this.measures = measures;
    this.addresses = new AddressBook(world);
    this.autoscaler = new HorizontalAutoscaler(world, measures);
    this.controllers =
        List.of(
            new NamespaceController(world),
            new NodeLifecycleController(world),
            new QuotaController(world),
            new CronJobController(world),
            new JobController(world),
            autoscaler,
            new DeploymentController(world),
            new ReplicaSetController(world),
            new StatefulSetController(world),
            new DaemonSetController(world),
            new VolumeController(world),
            new Scheduler(world),
            new EndpointsController(world),
            addresses,
            new DisruptionController(world),
            new GarbageCollector(world));
    world.clock().every(TICK, this::work);
  }

  /** Tells everybody what changed, and lets them work. */
  private void work() {
    for (var change : world.cache().takeChanges()) {
      controllers.forEach(controller -> controller.seen(change));
      if (change.kind().equals("Pod")) {
        var pod = Pod.of(change.object());
        for (var kubelet : kubelets) {
          if (kubelet.node().equals(pod.nodeName())) {
            switch (change.type()) {
              case ADDED, MODIFIED -> kubelet.podSeen(pod);
              case DELETED -> kubelet.podGone(pod);
            }
          }
        }
      }
    }
    controllers.forEach(Controller::work);
  }

  // ------------------------------------------------------------------ time

  /**
   * Hands the containers over to those who run them, and begins to follow the simulation's clock.
   *
   * @param runtime is asked to adopt each container that runs already
   */
  public void goLive(ContainerRuntime runtime) {
    lock.step(
        () -> {
          world.clock().goLive();
          kubelets.forEach(kubelet -> kubelet.goLive(runtime));
        });
  }

  /** Lets the simulation run until then, in steps between which others may look at it. */
  public void advance(Instant end) {
    while (simulation.instant().isBefore(end)) {
      var next = simulation.instant().plus(STEP);
      var to = next.isBefore(end) ? next : end;
      lock.step(() -> simulation.runUntil(to));
    }
  }

  public void advance(Duration time) {
    advance(simulation.instant().plus(time));
  }

  /** Looks at the world between two of its steps. */
  public <T> T reading(Supplier<T> look) {
    return lock.reading(look);
  }

  // ------------------------------------------------------------------ what others need of it

  /** Where clients speak Kubernetes to it. */
  public URI url() {
    return server.url();
  }

  /** The API server itself, for whoever changes objects directly. */
  public KubernetesServer server() {
    return server;
  }

  /** The registry that images come from. */
  public Images images() {
    return images;
  }

  /** What a metrics server knows. */
  public MetricsSource metrics() {
    return measures;
  }

  /** Lets somebody answer for the external metrics API from now on. */
  public void externalMetrics(ExternalMetrics provider) {
    lock.step(() -> autoscaler.externalMetrics(provider));
  }

  /**
   * The ready pods behind a service, in the order in which they were made.
   *
   * @param service its name, which no other namespace has
   * @return the same list as before while nothing changed; empty when there is no such service
   */
  public List<ServiceAddress> addresses(String service) {
    return addresses.of(service);
  }

  /** All containers that run now, node by node. */
  public List<RunningContainer> containers() {
    var running = new ArrayList<RunningContainer>();
    kubelets.forEach(kubelet -> running.addAll(containers(kubelet)));
    return running;
  }

  /** Those of one node. */
  public List<RunningContainer> containers(String node) {
    return kubelet(node).map(Cluster::containers).orElse(List.of());
  }

  private static List<RunningContainer> containers(Kubelet kubelet) {
    var running = new ArrayList<RunningContainer>();
    for (var worker : kubelet.workers()) {
      for (var container : worker.containers()) {
        container.running().ifPresent(running::add);
      }
    }
    return running;
  }

  /**
   * What the kubelet of a node counts.
   *
   * @throws IllegalArgumentException if there is no such node
   */
  public KubeletCounts kubeletCounts(String node) {
    return known(node).counts();
  }

  /** The process of a container that runs. */
  public Optional<ContainerProcess> process(String namespace, String pod, String container) {
    return kubelets.stream()
        .flatMap(kubelet -> kubelet.worker(namespace, pod).stream())
        .flatMap(worker -> worker.container(container).stream())
        .filter(ContainerWorker::isRunning)
        .findFirst()
        .flatMap(ContainerWorker::process);
  }

  // ------------------------------------------------------------------ trouble

  /**
   * Stops the kubelet of a node; its containers go on, and nobody hears of them.
   *
   * @throws IllegalArgumentException if there is no such node
   */
  public void stopKubelet(String node) {
    known(node).stop();
  }

  public void startKubelet(String node) {
    known(node).restart();
  }

  private Kubelet known(String node) {
    return kubelet(node)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no node %s; there are %s"
                        .formatted(node, kubelets.stream().map(Kubelet::node).toList())));
  }

  private Optional<Kubelet> kubelet(String node) {
    return kubelets.stream().filter(kubelet -> kubelet.node().equals(node)).findFirst();
  }

  @Override
  public void close() {
    server.close();
  }
}
