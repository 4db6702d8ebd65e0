package io.bridgewatch.drill.cluster;

import io.bridgewatch.drill.plan.NodePlan;
import io.bridgewatch.drill.runtime.ContainerRuntime;
import io.bridgewatch.kubernetes.server.KubernetesServer.ObjectName;
import io.bridgewatch.kubernetes.server.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.ObjectNode;

/**
 * The kubelet of a node: runs the pods that are given to it, renews its lease, tells of the node.
 * While its process or its machine is down, or nobody can reach it, it does and tells nothing.
 */
final class Kubelet {
  private static final Duration HEARTBEAT = Duration.ofSeconds(10);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration FULL_STATUS = Duration.ofMinutes(5);
  private static final Duration EVICTION_PAUSE = Duration.ofSeconds(10);
  private static final String MANAGER = "kubelet";

  private final World world;
  private final NodePlan plan;
  private final int number;
  private final NodeHealth health;
  private final Images images;
  private final Environment environment;
  private final RandomGenerator random;
  private final Recorder.Source source;
  private final Map<String, PodWorker> workers = new LinkedHashMap<>();
  private final KubeletCounts counts;
  private final ArrayDeque<String> freeAddresses = new ArrayDeque<>();
  private ContainerRuntime runtime;
  private Map<String, NodeStatuses.Condition> told = Map.of();
  private Instant toldAt = Instant.MIN;
  private Instant evictedAt = Instant.MIN;
  private boolean isStopped;
  private boolean wasUp = true;
  private boolean wasRunning = true;
  private String bootId;
  private int lastAddress = 1;

  Kubelet(
      World world,
      NodePlan plan,
      int number,
      NodeHealth health,
      Images images,
      ContainerRuntime runtime) {
    this.world = world;
    this.plan = plan;
    this.number = number;
    this.health = health;
    this.images = images;
    this.runtime = runtime;
    this.environment = new Environment(world);
    this.counts = new KubeletCounts(world.now());
    this.random = world.random().apply("cluster/kubelet/" + number);
    this.source = Recorder.Source.kubelet(plan.name());
    this.bootId = Identifiers.uuid(random);
    var phase = Duration.ofMillis(random.nextInt((int) HEARTBEAT.toMillis()));
    world
        .clock()
        .after(
            phase,
            () -> {
              world.clock().every(HEARTBEAT, this::beat);
              world.clock().every(LOOK, this::look);
            });
  }

  String node() {
    return plan.name();
  }

  String address() {
    return "10.200.0." + (10 + number);
  }

  World world() {
    return world;
  }

  Instant now() {
    return world.now();
  }

  RandomGenerator random() {
    return random;
  }

  Recorder recorder() {
    return world.recorder();
  }

  Recorder.Source source() {
    return source;
  }

  Images images() {
    return images;
  }

  Environment environment() {
    return environment;
  }

  ContainerRuntime runtime() {
    return runtime;
  }

  String containerId() {
    return "containerd://" + Identifiers.hex(random, 64);
  }

  ClusterClock.Task later(Duration delay, Runnable action) {
    return world.clock().after(delay.isNegative() ? Duration.ZERO : delay, action);
  }

  /** Up to so many milliseconds. */
  Duration jitter(int millis) {
    return Duration.ofMillis(random.nextInt(Math.max(1, millis)));
  }

  Optional<PodWorker> worker(String namespace, String pod) {
    return workers.values().stream()
        .filter(one -> one.pod().name().equals(pod) && one.pod().namespace().equals(namespace))
        .findFirst();
  }

  KubeletCounts counts() {
    counts.podsDesired(workers.size());
    return counts;
  }

  Collection<PodWorker> workers() {
    return List.copyOf(workers.values());
  }

  // ------------------------------------------------------------------ registering

  void register() {
    var node = NodeStatuses.node(plan);
    world.objects().create(node, MANAGER);
    world.change(
        name(),
        MANAGER,
        "status",
        live -> {
          var id = Identifiers.hex(random, 32);
          NodeStatuses.describe(live, plan, address(), id, bootId);
          NodeStatuses.write(live, NodeStatuses.conditions(health), world.time());
        });
    told = NodeStatuses.conditions(health);
    toldAt = now();
    renewLease();
  }

  private ObjectName name() {
    return new ObjectName("v1", "Node", plan.name());
  }

  // ------------------------------------------------------------------ up and down

  /** Whether it runs and reaches the API server. */
  boolean isRunning() {
    return !isStopped && health.isUp() && health.isReachable();
  }

  /** Stops its process; containers go on. */
  void stop() {
    isStopped = true;
  }

  void restart() {
    if (isStopped) {
      isStopped = false;
      counts.processStarted(now());
      recorder().normal(source, object(), "Starting", "Starting kubelet.");
      comeBack();
    }
  }

  private void look() {
    if (!health.isUp()) {
      if (wasUp) {
        wasUp = false;
        workers.values().forEach(PodWorker::lose);
      }
      wasRunning = false;
      return;
    }
    if (!wasUp) {
      wasUp = true;
      reboot();
    }
    if (!isRunning()) {
      wasRunning = false;
      return;
    }
    if (!wasRunning) {
      comeBack();
    }
    var conditions = NodeStatuses.conditions(health);
    if (!conditions.equals(told)) {
      writeNodeStatus(conditions);
    }
    relieve();
  }

  private void reboot() {
    bootId = Identifiers.uuid(random);
    counts.processStarted(now());
    recorder()
        .warning(
            source,
            object(),
            "Rebooted",
            "Node %s has been rebooted, boot id: %s".formatted(plan.name(), bootId));
    world.change(
        name(),
        MANAGER,
        "status",
        live -> Trees.child(Trees.child(live, "status"), "nodeInfo").put("bootID", bootId));
    workers.values().forEach(PodWorker::findLost);
  }

  /** Tells at once what it could not tell before. */
  private void comeBack() {
    wasRunning = true;
    if (!isRunning()) {
      return;
    }
    renewLease();
    writeNodeStatus(NodeStatuses.conditions(health));
    for (var worker : workers()) {
      world
          .cache()
          .pod(worker.pod().namespace(), worker.pod().name())
          .filter(pod -> pod.uid().equals(worker.pod().uid()))
          .ifPresentOrElse(worker::update, () -> forget(worker));
      worker.changed();
    }
    world.cache().podsOn(plan.name()).forEach(this::podSeen);
  }

  // ------------------------------------------------------------------ heartbeats

  void beat() {
    if (!isRunning() || !world.clock().isLive()) {
      return;
    }
    renewLease();
    if (toldAt.plus(FULL_STATUS).isBefore(now())) {
      writeNodeStatus(NodeStatuses.conditions(health));
    }
  }

  private void renewLease() {
    var lease = new ObjectName("coordination.k8s.io/v1", "Lease", "kube-node-lease", plan.name());
    var time = Trees.microTime(now());
    var renewed =
        world.change(lease, MANAGER, "", live -> Trees.child(live, "spec").put("renewTime", time));
    if (renewed.isPresent()) {
      return;
    }
    var fresh = Trees.object().put("kind", "Lease").put("apiVersion", "coordination.k8s.io/v1");
    var metadata = fresh.putObject("metadata").put("name", plan.name());
    metadata.put("namespace", "kube-node-lease");
    metadata
        .putArray("ownerReferences")
        .addObject()
        .put("apiVersion", "v1")
        .put("kind", "Node")
        .put("name", plan.name())
        .put("uid", Trees.uid(object()));
    fresh
        .putObject("spec")
        .put("holderIdentity", plan.name())
        .put("leaseDurationSeconds", 40)
        .put("renewTime", time);
    world.objects().create(fresh, MANAGER);
  }

  private void writeNodeStatus(Map<String, NodeStatuses.Condition> conditions) {
    var before = object();
    world.change(
        name(), MANAGER, "status", live -> NodeStatuses.write(live, conditions, world.time()));
    conditions.forEach(
        (type, condition) -> {
          if (!Trees.condition(before, type)
              .filter(known -> Trees.text(known, "status").equals(condition.status()))
              .isPresent()) {
            var event = NodeStatuses.event(type, condition.isTrue());
            recorder()
                .normal(
                    source,
                    before,
                    event,
                    "Node %s status is now: %s".formatted(plan.name(), event));
          }
        });
    told = conditions;
    toldAt = now();
  }

  void imagePulled(String image) {
    world.change(name(), MANAGER, "status", live -> NodeStatuses.addImage(live, image));
  }

  /** The node's object; a bare one where it has been deleted. */
  private ObjectNode object() {
    return world
        .cache()
        .find("Node", "", plan.name())
        .orElseGet(
            () -> {
              var bare = Trees.object().put("kind", "Node").put("apiVersion", "v1");
              bare.putObject("metadata").put("name", plan.name());
              return bare;
            });
  }

  // ------------------------------------------------------------------ pods

  /** A pod of this node is new or has changed. */
  void podSeen(Pod pod) {
    if (!isRunning()) {
      return;
    }
    var worker = workers.get(pod.uid());
    if (worker != null) {
      worker.update(pod);
      return;
    }
    if (pod.isFinished()) {
      return;
    }
    if (pod.isTerminating()) {
      world.delete(pod.objectName(), Optional.of(0L));
      return;
    }
    var fresh = new PodWorker(this, pod);
    workers.put(pod.uid(), fresh);
    fresh.begin();
  }

  /** A pod of this node is gone from the API. */
  void podGone(Pod pod) {
    var worker = workers.get(pod.uid());
    if (worker != null && isRunning()) {
      forget(worker);
    }
  }

  private void forget(PodWorker worker) {
    worker.lose();
    workers.remove(worker.pod().uid());
    freeAddress(worker.podIp());
  }

  /** A pod has stopped: its object goes. */
  void remove(PodWorker worker) {
    if (workers.remove(worker.pod().uid()) != null) {
      freeAddress(worker.podIp());
      world.delete(worker.pod().objectName(), Optional.of(0L));
    }
  }

  void writeStatus(Pod pod, Consumer<ObjectNode> change) {
    try {
      world.change(
          pod.objectName(),
          MANAGER,
          "status",
          live -> {
            if (Trees.uid(live).equals(pod.uid())) {
              change.accept(live);
            }
          });
    } catch (Refusal refusal) {
      // it has just been replaced by another of its name: nothing is to be told any more
    }
  }

  /** Evicts a pod where memory or disk is short: those without requests, then the largest. */
  private void relieve() {
    var why = NodeStatuses.evictionMessage(health);
    if (why.isEmpty() || evictedAt.plus(EVICTION_PAUSE).isAfter(now())) {
      return;
    }
    evictedAt = now();
    workers.values().stream()
        .filter(worker -> !worker.isStopping() && !isDaemon(worker.pod()))
        .max(java.util.Comparator.comparingLong(Kubelet::aboveRequest))
        .ifPresent(worker -> worker.evict(why.get()));
  }

  private static boolean isDaemon(Pod pod) {
    return Trees.controller(pod.tree())
        .filter(owner -> Trees.text(owner, "kind").equals("DaemonSet"))
        .isPresent();
  }

  private static long aboveRequest(PodWorker worker) {
    var used =
        worker.containers().stream()
            .flatMap(container -> container.process().stream())
            .mapToLong(process -> process.usage().workingSetBytes())
            .sum();
    return used - worker.pod().memoryBytes();
  }

  String takeAddress() {
    if (!freeAddresses.isEmpty() && lastAddress > 240) {
      return freeAddresses.removeFirst();
    }
    lastAddress++;
    return "10.201.%d.%d".formatted(number, lastAddress);
  }

  private void freeAddress(String address) {
    if (!address.isEmpty() && !address.equals(address())) {
      freeAddresses.add(address);
    }
  }

  // ------------------------------------------------------------------ going live

  /** Hands all containers over to the runtime that will run them from now on. */
  void goLive(ContainerRuntime real) {
    runtime = real;
    renewLease();
    writeNodeStatus(NodeStatuses.conditions(health));
    workers.values().forEach(worker -> worker.containers().forEach(ContainerWorker::adopt));
  }
}
