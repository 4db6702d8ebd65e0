package io.bridgewatch.drill.fault;

import io.bridgewatch.drill.bank.Replica;
import io.bridgewatch.drill.bank.Trait;
import io.bridgewatch.drill.fault.FaultKind.Group;
import io.bridgewatch.drill.plan.ServicePlan;
import io.bridgewatch.drill.world.BankWorld;
import io.bridgewatch.model.CauseKind;
import io.bridgewatch.model.Layer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.ObjectNode;

/** Trouble with what a container is given, and with what it does to itself. */
final class ContainerFaults {

  /** Milli-cores with which a Java program just starts before its probe gives up. */
  private static final double LEAST_TO_START = 150;

  private ContainerFaults() {}

  static List<FaultKind> all() {
    return List.of(
        ApplicationFaults.onPod(
            "oom-killed",
            Group.CONTAINER,
            "memory outside of the heap that grows until the kernel kills",
            "堆外内存增长直至被内核杀死（OOM）",
            Map.of(Trait.LEAKED_NATIVE_BYTES, 6_000_000.0),
            CauseKind.OUT_OF_MEMORY,
            CauseKind.MEMORY_PRESSURE,
            CauseKind.CRASH_LOOP),
        new FaultKind(
            "cpu-throttled",
            Group.CONTAINER,
            "a CPU limit set far too low",
            "CPU 限额过低导致限流",
            (world, random) -> {
              var targets = new Targets(world, random);
              ServicePlan service = targets.busyJava();
              double needed = 1e3 * targets.cores(service) / service.replicas();
              long milli = Math.round(Math.max(LEAST_TO_START, 1.1 * needed));
              return edited(
                  world,
                  service,
                  live -> {
                    var resources = (ObjectNode) Hands.container(live).get("resources");
                    resources.withObject("/limits").put("cpu", milli + "m");
                    resources.withObject("/requests").put("cpu", milli + "m");
                  },
                  CauseKind.CPU_SATURATION,
                  CauseKind.SERVICE_LATENCY,
                  CauseKind.SATURATION,
                  CauseKind.PROBE_FAILING,
                  CauseKind.ROLLOUT_STUCK);
            }),
        new FaultKind(
            "crash-loop",
            Group.CONTAINER,
            "a release that ends with an error while it starts",
            "新版本启动即崩溃（CrashLoop）",
            (world, random) ->
                badImage(
                    world,
                    random,
                    image -> world.bank().behaviours().ofImage(image).set(Trait.CRASH_AT_START, 1),
                    image -> world.bank().behaviours().ofImage(image).reset(),
                    CauseKind.CRASH_LOOP,
                    CauseKind.ROLLOUT_STUCK)),
        new FaultKind(
            "image-pull",
            Group.CONTAINER,
            "an image that the registry does not have",
            "镜像拉取失败",
            (world, random) ->
                badImage(
                    world,
                    random,
                    image -> world.cluster().images().fail(image, "not found"),
                    image -> world.cluster().images().heal(image),
                    CauseKind.IMAGE_PULL,
                    CauseKind.ROLLOUT_STUCK)),
        ApplicationFaults.onJava(
            "probe-wrong",
            Group.CONTAINER,
            "probes that are answered with no though it could serve",
            "探针误报失败",
            Map.of(Trait.PROBE_FAILURE_SHARE, 0.97),
            CauseKind.PROBE_FAILING,
            CauseKind.NO_ENDPOINTS,
            CauseKind.CRASH_LOOP,
            CauseKind.CONTAINER_STOPPED),
        ApplicationFaults.onBusyPod(
            "files-exhausted",
            Group.CONTAINER,
            "files that are opened and never closed",
            "文件描述符泄漏耗尽",
            (targets, service) ->
                Map.of(
                    Trait.LEAKED_FILES,
                    Replica.FILE_LIMIT / targets.requestsToEach(service, Duration.ofMinutes(1))),
            CauseKind.SERVICE_ERRORS,
            CauseKind.SATURATION,
            CauseKind.SERVICE_BEHAVIOUR),
        new FaultKind(
            "disk-full",
            Group.CONTAINER,
            "a container that fills its node's disk",
            "容器写满节点磁盘",
            ContainerFaults::diskFull),
        ApplicationFaults.onPod(
            "clock-skewed",
            Group.CONTAINER,
            "a clock that is ten minutes ahead",
            "时钟偏移十分钟",
            Map.of(Trait.CLOCK_SKEW_SECONDS, 600.0),
            CauseKind.SERVICE_ERRORS,
            CauseKind.SERVICE_BEHAVIOUR,
            CauseKind.DEPENDENCY_FAILED));
  }

  /** A change of a Deployment that rolls out, and is taken back. */
  static FaultKind edited(
      String id,
      Group group,
      String english,
      String chinese,
      Consumer<ObjectNode> change,
      CauseKind... kinds) {
    return new FaultKind(
        id,
        group,
        english,
        chinese,
        (world, random) -> edited(world, new Targets(world, random).deployedJava(), change, kinds));
  }

  private static Fault edited(
      BankWorld world, ServicePlan service, Consumer<ObjectNode> change, CauseKind... kinds) {
    var hands = new Hands(world);
    ObjectNode before = hands.get(hands.workload(service)).deepCopy();
    return new Fault(
        service.name(),
        () -> hands.edit(hands.workload(service), change),
        () ->
            hands.edit(
                hands.workload(service),
                live ->
                    ((ObjectNode) live.get("spec"))
                        .set("template", before.at("/spec/template").deepCopy())),
        () -> new Marks(world).workload(service, Layer.WORKLOAD, kinds));
  }

  private static Fault badImage(
      BankWorld world,
      RandomGenerator random,
      Consumer<String> spoil,
      Consumer<String> heal,
      CauseKind... kinds) {
    ServicePlan service = new Targets(world, random).deployedJava();
    var hands = new Hands(world);
    String good = hands.image(service);
    String bad = Hands.next(good, "");
    return new Fault(
        service.name(),
        () -> {
          spoil.accept(bad);
          hands.setImage(service, bad);
        },
        () -> {
          hands.setImage(service, good);
          heal.accept(bad);
        },
        () -> new Marks(world).workload(service, Layer.CONTAINER, kinds));
  }

  private static Fault diskFull(BankWorld world, RandomGenerator random) {
    var targets = new Targets(world, random);
    var replica = targets.replica(targets.deployedJava());
    var behaviour = world.bank().behaviours().ofPod(replica.start().pod());
    double room = world.bank().machine(replica.start().node()).rootDisk().capacityBytes();
    return new Fault(
        replica.start().pod(),
        () -> behaviour.set(Trait.WRITTEN_BYTES, room / 400),
        behaviour::reset,
        () ->
            new Marks(world)
                .pod(
                    replica,
                    Layer.CONTAINER,
                    CauseKind.DISK,
                    CauseKind.NODE_DISK,
                    CauseKind.CONTAINER_STOPPED));
  }
}
