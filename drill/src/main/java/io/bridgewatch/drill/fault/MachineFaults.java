package io.bridgewatch.drill.fault;

import io.bridgewatch.drill.fault.Fault.Mark;
import io.bridgewatch.drill.fault.FaultKind.Group;
import io.bridgewatch.drill.machine.Machine;
import io.bridgewatch.drill.plan.ServicePlan.Kind;
import io.bridgewatch.drill.sim.Cause;
import io.bridgewatch.drill.world.BankWorld;
import io.bridgewatch.model.CauseKind;
import io.bridgewatch.model.Layer;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** Trouble with nodes and their devices, and with the network between them. */
final class MachineFaults {

  private static final double SLOW_DISK_BUSY_SHARE = 0.85;
  private static final double SLOW_DISK_FACTOR_LEAST = 60;
  private static final double SLOW_DISK_FACTOR_MOST = 800;

  private MachineFaults() {}

  static List<FaultKind> hardware() {
    return List.of(
        onMachine(
            "memory-pressure",
            "a process outside of Kubernetes that takes the node's memory",
            "节点内存压力：集群外进程占用内存",
            Kind.JVM,
            machine ->
                List.of(
                    change(
                        machine.memory().foreignBytes(),
                        0.985 * machine.memory().availableBytes())),
            (world, machine) ->
                new Marks(world)
                    .node(
                        machine.plan().name(),
                        Layer.NODE,
                        CauseKind.NODE_MEMORY,
                        CauseKind.NODE_NOT_READY)),
        new FaultKind(
            "kubelet-down",
            Group.HARDWARE,
            "a kubelet that has stopped",
            "kubelet 停止",
            (world, random) -> {
              String node = new Targets(world, random).machine().plan().name();
              return new Fault(
                  node,
                  () -> world.cluster().stopKubelet(node),
                  () -> world.cluster().startKubelet(node),
                  () -> new Marks(world).node(node, Layer.NODE, CauseKind.NODE_NOT_READY));
            }),
        onMachine(
            "noisy-neighbour",
            "a process outside of Kubernetes that takes the node's CPU",
            "邻居争抢 CPU",
            Kind.JVM,
            machine -> List.of(change(machine.cpu().foreignCores(), 0.97 * machine.cpu().cores())),
            (world, machine) ->
                new Marks(world).node(machine.plan().name(), Layer.NODE, CauseKind.NODE_CPU)),
        new FaultKind(
            "disk-slow",
            Group.HARDWARE,
            "a disk that serves many times slower",
            "磁盘变慢",
            MachineFaults::slowDisk),
        onMachine(
            "disk-failing",
            "a disk with sectors that cannot be read",
            "磁盘出现坏扇区",
            Kind.DATABASE,
            machine ->
                List.of(
                    change(machine.volumeDisk().errorShare(), 0.15),
                    change(machine.volumeDisk().errorMillis(), 1_500),
                    change(machine.volumeDisk().pendingSectors(), 48)),
            (world, machine) -> disk(world, machine)),
        onMachine(
            "memory-errors",
            "a storm of corrected memory errors",
            "可纠正内存错误风暴（ECC）",
            Kind.JVM,
            machine -> List.of(change(machine.sensors().correctablePerHour(), 60_000)),
            (world, machine) ->
                new Marks(world)
                    .node(
                        machine.plan().name(),
                        Layer.HARDWARE,
                        CauseKind.NODE_MEMORY,
                        CauseKind.NODE_CPU)),
        onMachine(
            "nic-errors",
            "a network card that damages packets",
            "网卡收包错误",
            Kind.JVM,
            machine -> List.of(change(machine.nic().errorRate(), 0.08)),
            (world, machine) ->
                new Marks(world)
                    .device(
                        machine.plan().name(),
                        machine.nic().name(),
                        CauseKind.NODE_NETWORK,
                        CauseKind.NETWORK_LOSS,
                        CauseKind.NETWORK_LATENCY)),
        onMachine(
            "thermal-throttle",
            "a package that slows itself down for heat",
            "CPU 过热降频",
            Kind.JVM,
            machine -> List.of(change(machine.sensors().coolingFactor(), 0.12)),
            (world, machine) -> cpu(world, machine)),
        onMachine(
            "power-cap",
            "a power limit that slows the package down",
            "功耗封顶导致降频",
            Kind.JVM,
            machine -> List.of(change(machine.sensors().powerCapWatts(), 60)),
            (world, machine) -> cpu(world, machine)),
        new FaultKind(
            "node-lost",
            Group.HARDWARE,
            "a node that is gone",
            "节点丢失",
            (world, random) -> {
              Machine machine = new Targets(world, random).machine();
              return new Fault(
                  machine.plan().name(),
                  machine::fail,
                  machine::restore,
                  () ->
                      new Marks(world)
                          .node(machine.plan().name(), Layer.NODE, CauseKind.NODE_NOT_READY));
            }));
  }

  static List<FaultKind> network() {
    return List.of(
        new FaultKind(
            "pod-loss",
            Group.NETWORK,
            "a pod whose packets get lost",
            "单个 Pod 丢包",
            (world, random) -> {
              var targets = new Targets(world, random);
              var replica = targets.replica(targets.deployedJava());
              var path = world.bank().network().pod(replica.start().podIp());
              return new Fault(
                  replica.start().pod(),
                  () -> path.loss().set(0.3),
                  () -> path.loss().reset(),
                  () ->
                      new Marks(world)
                          .pod(
                              replica,
                              Layer.NETWORK,
                              CauseKind.NETWORK_LOSS,
                              CauseKind.NETWORK_LATENCY));
            }),
        new FaultKind(
            "zone-latency",
            Group.NETWORK,
            "a line between two zones that is slow",
            "机房间链路延迟升高",
            (world, random) -> between(world, random, 60, Double.NaN, CauseKind.NETWORK_LATENCY)),
        onMachine(
            "bandwidth",
            "a copy that takes nearly all of a network card's speed",
            "带宽被备份传输占满",
            Kind.DATABASE,
            machine ->
                List.of(
                    change(
                        machine.nic().foreignBitsPerSecond(),
                        machine.nic().speedBitsPerSecond() - 400_000)),
            (world, machine) ->
                new Marks(world)
                    .device(
                        machine.plan().name(),
                        machine.nic().name(),
                        CauseKind.NODE_NETWORK,
                        CauseKind.NETWORK_LATENCY,
                        CauseKind.NETWORK_LOSS)),
        new FaultKind(
            "dns-slow",
            Group.NETWORK,
            "a resolver that takes more than a second",
            "DNS 解析缓慢",
            (world, random) -> {
              var dns = new Targets(world, random);
              var resolver =
                  dns.one(
                      "a resolver",
                      world.plan().services().stream().filter(s -> s.kind() == Kind.DNS).toList());
              return new Fault(
                  resolver.name(),
                  () -> world.bank().network().dnsMillis().set(1_500),
                  () -> world.bank().network().dnsMillis().reset(),
                  () ->
                      new Marks(world)
                          .workload(
                              resolver,
                              Layer.NETWORK,
                              CauseKind.SERVICE_LATENCY,
                              CauseKind.NETWORK_LATENCY,
                              CauseKind.DEPENDENCY_FAILED));
            }),
        onMachine(
            "conntrack-full",
            "a table of connections that is full",
            "连接跟踪表满",
            Kind.JVM,
            machine -> List.of(change(machine.conntrack().foreignEntries(), 2e6)),
            (world, machine) ->
                new Marks(world)
                    .node(
                        machine.plan().name(),
                        Layer.NETWORK,
                        CauseKind.NODE_NETWORK,
                        CauseKind.NETWORK_LOSS)),
        onMachine(
            "mtu-wrong",
            "a network card that cannot send large packets",
            "MTU 配置错误",
            Kind.DATABASE,
            machine -> List.of(change(machine.nic().mtu(), 900)),
            (world, machine) ->
                new Marks(world)
                    .device(
                        machine.plan().name(),
                        machine.nic().name(),
                        CauseKind.NODE_NETWORK,
                        CauseKind.NETWORK_LOSS,
                        CauseKind.NETWORK_LATENCY)),
        new FaultKind(
            "zone-partition",
            Group.NETWORK,
            "two zones that cannot reach each other",
            "机房间网络分区",
            (world, random) ->
                between(
                    world,
                    random,
                    Double.NaN,
                    1,
                    CauseKind.NETWORK_LOSS,
                    CauseKind.NO_ENDPOINTS,
                    CauseKind.NETWORK_LATENCY)));
  }

  private record Change(Cause cause, double value) {}

  private static Change change(Cause cause, double value) {
    return new Change(cause, value);
  }

  /** What is changed is computed when it is put in, from what the machine has then. */
  private static FaultKind onMachine(
      String id,
      String english,
      String chinese,
      Kind near,
      Function<Machine, List<Change>> changes,
      BiFunction<BankWorld, Machine, Optional<Mark>> mark) {
    Group group =
        switch (id) {
          case "bandwidth", "conntrack-full", "mtu-wrong" -> Group.NETWORK;
          default -> Group.HARDWARE;
        };
    return new FaultKind(
        id,
        group,
        english,
        chinese,
        (world, random) -> {
          Machine machine = new Targets(world, random).machineOf(near);
          return new Fault(
              machine.plan().name(),
              () -> changes.apply(machine).forEach(one -> one.cause().set(one.value())),
              () -> changes.apply(machine).forEach(one -> one.cause().reset()),
              () -> mark.apply(world, machine));
        });
  }

  /** So slow that what is asked of it keeps it busy most of the time. */
  private static Fault slowDisk(BankWorld world, RandomGenerator random) {
    var targets = new Targets(world, random);
    Machine machine = targets.machineOf(Kind.DATABASE);
    double factor =
        Math.clamp(
            SLOW_DISK_BUSY_SHARE / targets.busyShareOfVolumes(machine),
            SLOW_DISK_FACTOR_LEAST,
            SLOW_DISK_FACTOR_MOST);
    Cause cause = machine.volumeDisk().serviceTimeFactor();
    return new Fault(
        machine.plan().name(), () -> cause.set(factor), cause::reset, () -> disk(world, machine));
  }

  private static Fault between(
      BankWorld world, RandomGenerator random, double millis, double cut, CauseKind... kinds) {
    List<String> zones = new Targets(world, random).zones();
    String one = zones.get(random.nextInt(zones.size()));
    String other = zones.get((zones.indexOf(one) + 1) % zones.size());
    var there = world.bank().network().between(one, other);
    var back = world.bank().network().between(other, one);
    return new Fault(
        one + " – " + other,
        () -> {
          for (var path : List.of(there, back)) {
            if (!Double.isNaN(millis)) {
              path.latencyMillis().set(millis);
            }
            if (!Double.isNaN(cut)) {
              path.cut().set(cut);
            }
          }
        },
        () -> {
          for (var path : List.of(there, back)) {
            path.latencyMillis().reset();
            path.cut().reset();
          }
        },
        () -> new Marks(world).zones(one, other, kinds));
  }

  private static Optional<Mark> disk(BankWorld world, Machine machine) {
    return new Marks(world)
        .device(
            machine.plan().name(),
            machine.volumeDisk().name(),
            CauseKind.NODE_DISK,
            CauseKind.DISK);
  }

  private static Optional<Mark> cpu(BankWorld world, Machine machine) {
    return new Marks(world).node(machine.plan().name(), Layer.HARDWARE, CauseKind.NODE_CPU);
  }
}
