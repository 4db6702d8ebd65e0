package io.bridgewatch.drill.cluster;

import io.bridgewatch.drill.plan.BankPlan;
import io.bridgewatch.drill.plan.NodePlan;
import io.bridgewatch.drill.plan.ServicePlan;
import io.bridgewatch.drill.sim.Simulation;
import io.bridgewatch.kubernetes.server.DirectObjects;
import io.bridgewatch.kubernetes.server.KubernetesServer.ObjectName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/** A small bank on a small cluster, at Monday noon. */
final class Trial implements AutoCloseable {
  static final String BANK = "bank";
  static final String IMAGE = "images.bank.internal/bank/pay:1.0.0";

  final Simulation simulation;
  final TestRuntime runtime;
  final Cluster cluster;
  private final Map<String, TestHealth> health = new HashMap<>();

  /** A machine that can be broken. */
  static final class TestHealth implements NodeHealth {
    boolean isUp = true;
    boolean isReachable = true;
    long memoryAvailableBytes = 8L << 30;
    double diskAvailableShare = 0.5;

    @Override
    public boolean isUp() {
      return isUp;
    }

    @Override
    public boolean isReachable() {
      return isReachable;
    }

    @Override
    public long memoryAvailableBytes() {
      return memoryAvailableBytes;
    }

    @Override
    public double diskAvailableShare() {
      return diskAvailableShare;
    }

    @Override
    public double processShare() {
      return 0;
    }
  }

  Trial() {
    this(7, plan -> plan);
  }

  Trial(long seed, UnaryOperator<BankPlan> change) {
    this(seed, change, builder -> builder);
  }

  Trial(long seed, UnaryOperator<BankPlan> change, UnaryOperator<ClusterBuilder> configure) {
    simulation = new Simulation(Instant.parse("2027-03-01T12:00:00Z"), seed);
    runtime = new TestRuntime(simulation);
    var builder = new ClusterBuilder(simulation, change.apply(plan())).health(this::machine);
    cluster = configure.apply(builder).build();
    cluster.goLive(runtime);
    run(5);
  }

  /** Three nodes in three zones; a payment service, its database, an agent on each node. */
  static BankPlan plan() {
    var nodes = new ArrayList<NodePlan>();
    for (var zone : List.of("a", "b", "c")) {
      nodes.add(
          new NodePlan("node-" + zone, zone, 4, 16L << 30, List.of("sda"), "eth0", 1_000_000_000L));
    }
    return new BankPlan(
        "small",
        nodes,
        List.of(
            service("pay", ServicePlan.Kind.JVM, ServicePlan.Controller.DEPLOYMENT, 3, 3),
            service("db", ServicePlan.Kind.DATABASE, ServicePlan.Controller.STATEFUL_SET, 2, 2),
            service("agent", ServicePlan.Kind.AGENT, ServicePlan.Controller.DAEMON_SET, 1, 1)),
        List.of(),
        List.of());
  }

  static ServicePlan service(
      String name, ServicePlan.Kind kind, ServicePlan.Controller controller, int least, int most) {
    return new ServicePlan(
        name,
        BANK,
        kind,
        controller,
        "core",
        least,
        most,
        0.2,
        1,
        256L << 20,
        512L << 20,
        8,
        8,
        128L << 20,
        Duration.ofSeconds(3),
        Duration.ZERO,
        List.of(),
        Map.of());
  }

  TestHealth machine(String node) {
    return health.computeIfAbsent(node, name -> new TestHealth());
  }

  DirectObjects objects() {
    return cluster.server().objects();
  }

  void run(long seconds) {
    cluster.advance(Duration.ofSeconds(seconds));
  }

  static ObjectName deployment(String name) {
    return new ObjectName("apps/v1", "Deployment", BANK, name);
  }

  ObjectNode get(ObjectName name) {
    return objects().find(name).orElseThrow(() -> new AssertionError("there is no " + name));
  }

  void change(ObjectName name, Consumer<ObjectNode> change) {
    objects()
        .update(
            name,
            "kubectl-edit",
            "",
            live -> {
              change.accept(live);
              return live;
            });
  }

  void setImage(String deployment, String image) {
    change(
        deployment(deployment),
        live -> ((ObjectNode) live.at("/spec/template/spec/containers/0")).put("image", image));
  }

  void scale(String deployment, int replicas) {
    change(deployment(deployment), live -> Trees.child(live, "spec").put("replicas", replicas));
  }

  void create(String json) {
    objects().create(Trees.parse(json), "kubectl-create");
  }

  List<Pod> pods(String app) {
    return objects().list("v1", "Pod").stream()
        .map(Pod::of)
        .filter(pod -> app.equals(pod.labels().get("app")))
        .toList();
  }

  List<Pod> ready(String app) {
    return pods(app).stream().filter(pod -> pod.isReady() && !pod.isTerminating()).toList();
  }

  /** The first container's status of a pod. */
  static ObjectNode container(Pod pod) {
    return (ObjectNode) pod.tree().at("/status/containerStatuses/0");
  }

  /** Messages of events with a reason, in the order of their names. */
  List<String> events(String reason) {
    return objects().list("v1", "Event").stream()
        .filter(event -> Trees.text(event, "reason").equals(reason))
        .map(event -> Trees.text(event, "message"))
        .toList();
  }

  /** A Deployment of one more service, as somebody would write it. */
  static String deployment(String name, int replicas, String container) {
    return """
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"%s","namespace":"bank"},
         "spec":{"replicas":%d,"selector":{"matchLabels":{"app":"%s"}},
          "template":{"metadata":{"labels":{"app":"%s"}},
           "spec":{"containers":[%s]}}}}"""
        .formatted(name, replicas, name, name, container);
  }

  @Override
  public void close() {
    cluster.close();
  }
}
