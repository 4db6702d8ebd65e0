package io.bridgewatch.drill.cluster;

import io.bridgewatch.kubernetes.server.MetricsSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BiFunction;

/**
 * The metrics server: asks kubelets every 15 s what containers used, and tells the mean since the
 * time before. Written by the simulation's thread, read by any.
 */
final class Measures implements MetricsSource {
  private static final Duration PERIOD = Duration.ofSeconds(15);

  private final World world;
  private final List<Kubelet> kubelets;
  private final BiFunction<String, String, List<PodValue>> values;
  private final Map<String, Seen> seen = new ConcurrentHashMap<>();
  private volatile Map<String, NodeUsage> nodes = Map.of();
  private volatile Map<String, PodUsage> pods = Map.of();

  /** A container's counter as it was seen last. */
  private record Seen(int run, Instant time, long cpuNanos) {}

  /**
   * @param values what pods tell of themselves, by namespace and metric
   */
  Measures(World world, List<Kubelet> kubelets, BiFunction<String, String, List<PodValue>> values) {
    this.world = world;
    this.kubelets = kubelets;
    this.values = values;
    world.clock().every(PERIOD, this::scrape);
  }

  private void scrape() {
    if (!world.clock().isLive()) {
      return;
    }
    var freshNodes = new ConcurrentSkipListMap<String, NodeUsage>();
    var freshPods = new ConcurrentSkipListMap<String, PodUsage>();
    var keys = new ArrayList<String>();
    for (var kubelet : kubelets) {
      if (!kubelet.isRunning()) {
        continue;
      }
      var cpu = 0L;
      var memory = 0L;
      for (var worker : kubelet.workers()) {
        var containers = new ArrayList<ContainerUsage>();
        for (var container : worker.containers()) {
          var key = worker.pod().uid() + "/" + container.name();
          keys.add(key);
          measure(container, key).forEach(containers::add);
        }
        cpu += containers.stream().mapToLong(ContainerUsage::cpuNanocores).sum();
        memory += containers.stream().mapToLong(ContainerUsage::memoryBytes).sum();
        if (!containers.isEmpty() && containers.size() == worker.containers().size()) {
          var pod = worker.pod();
          freshPods.put(
              pod.key(),
              new PodUsage(pod.namespace(), pod.name(), world.now(), PERIOD, containers));
        }
      }
      freshNodes.put(
          kubelet.node(),
          new NodeUsage(kubelet.node(), new MetricsSource.Usage(world.now(), PERIOD, cpu, memory)));
    }
    seen.keySet().retainAll(keys);
    nodes = freshNodes;
    pods = freshPods;
  }

  /** Empty until a container has been seen twice in the same run. */
  private List<ContainerUsage> measure(ContainerWorker container, String key) {
    if (container.process().isEmpty() || !container.isRunning()) {
      return List.of();
    }
    var usage = container.process().get().usage();
    var before = seen.put(key, new Seen(container.run(), world.now(), usage.cpuNanos()));
    if (before == null || before.run != container.run()) {
      return List.of();
    }
    var nanos = Math.max(1, Duration.between(before.time, world.now()).toNanos());
    var used = Math.max(0, usage.cpuNanos() - before.cpuNanos);
    return List.of(
        new ContainerUsage(container.name(), (long) (used * 1e9 / nanos), usage.workingSetBytes()));
  }

  @Override
  public List<NodeUsage> nodes() {
    return List.copyOf(nodes.values());
  }

  @Override
  public List<PodUsage> pods(String namespace) {
    return pods.values().stream()
        .filter(pod -> namespace.isEmpty() || pod.namespace().equals(namespace))
        .toList();
  }

  @Override
  public List<PodValue> values(String namespace, String metric) {
    return values.apply(namespace, metric);
  }
}
