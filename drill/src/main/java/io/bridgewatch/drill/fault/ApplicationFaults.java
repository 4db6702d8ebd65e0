package io.bridgewatch.drill.fault;

import io.bridgewatch.drill.bank.Behaviours.Behaviour;
import io.bridgewatch.drill.bank.Replica;
import io.bridgewatch.drill.bank.Trait;
import io.bridgewatch.drill.fault.FaultKind.Group;
import io.bridgewatch.drill.plan.ServicePlan;
import io.bridgewatch.drill.plan.ServicePlan.Endpoint;
import io.bridgewatch.drill.plan.ServicePlan.Kind;
import io.bridgewatch.drill.plan.ServicePlan.Step;
import io.bridgewatch.drill.world.BankWorld;
import io.bridgewatch.model.CauseKind;
import io.bridgewatch.model.Layer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;

/** Trouble in what the bank's programs do: releases, settings, statements, and their JVMs. */
final class ApplicationFaults {

  private static final CauseKind[] ERRORS = {
    CauseKind.SERVICE_ERRORS, CauseKind.SERVICE_BEHAVIOUR, CauseKind.DEPENDENCY_FAILED
  };
  private static final CauseKind[] SLOWNESS = {
    CauseKind.SERVICE_LATENCY, CauseKind.SATURATION, CauseKind.CPU_SATURATION
  };
  private static final CauseKind[] MEMORY = {
    CauseKind.MEMORY_PRESSURE,
    CauseKind.OUT_OF_MEMORY,
    CauseKind.SERVICE_LATENCY,
    CauseKind.CPU_SATURATION
  };
  private static final CauseKind[] EXHAUSTED = {
    CauseKind.SATURATION,
    CauseKind.SERVICE_LATENCY,
    CauseKind.SERVICE_ERRORS,
    CauseKind.CONTAINER_STOPPED,
    CauseKind.PROBE_FAILING
  };

  /** In two minutes of the busiest hour, so that it is felt within a few of any other. */
  private static final Duration EXHAUSTED_WITHIN = Duration.ofMinutes(2);

  /** How busy a database's disk gets with the rows that a cache answered for until now. */
  private static final double COLD_BUSY_SHARE = 0.8;

  private static final double COLD_CPU_FACTOR = 12;

  /** Share of the time that an answer needs after which a storming caller asks again. */
  private static final double IMPATIENCE = 0.25;

  /** With the fifth that any program keeps alive, this leaves little. */
  private static final double HEAP_RETAINED_SHARE = 0.62;

  private static final double HEAP_LEFT_SHARE = 0.18;

  private ApplicationFaults() {}

  static List<FaultKind> all() {
    return List.of(
        release(
            "release-errors",
            "a release that throws on some requests",
            "新版本对部分请求抛出异常",
            Map.of(Trait.ERROR_SHARE, 0.35),
            ERRORS),
        release(
            "release-slow",
            "a release that waits where it did not",
            "新版本处理变慢",
            Map.of(Trait.EXTRA_WAIT_MILLIS, 400.0, Trait.CPU_FACTOR, 1.5),
            SLOWNESS),
        new FaultKind(
            "release-leak",
            Group.BUSINESS,
            "a release that leaks heap",
            "新版本存在堆内存泄漏",
            (world, random) -> {
              var targets = new Targets(world, random);
              ServicePlan service = targets.busyJava();
              return released(
                  world, service, fillingTheHeap(targets, service), Layer.BUSINESS, MEMORY);
            }),
        new FaultKind(
            "setting-wrong",
            Group.BUSINESS,
            "a timeout set far too short",
            "超时配置过短",
            ApplicationFaults::wrongSetting),
        statement(
            "sql-slow",
            "a statement that lost its index",
            "慢 SQL：语句失去索引",
            Map.of(Trait.CPU_FACTOR, 40.0, Trait.DISK_FACTOR, 30.0)),
        new FaultKind(
            "table-locked",
            Group.BUSINESS,
            "a session that holds a lock on a table",
            "会话长时间持有表锁",
            (world, random) -> {
              var targets = new Targets(world, random);
              ServicePlan database = targets.writtenDatabase();
              return ofService(
                  world,
                  database,
                  Map.of(Trait.TABLE_LOCKED, 1.0),
                  CauseKind.SERVICE_LATENCY,
                  CauseKind.SATURATION,
                  CauseKind.SERVICE_ERRORS);
            }),
        new FaultKind(
            "retry-storm",
            Group.BUSINESS,
            "a caller that gives up early and tries again at once and often",
            "调用方过早放弃并立即反复重试（重试风暴）",
            ApplicationFaults::retryStorm),
        new FaultKind(
            "cache-stampede",
            Group.BUSINESS,
            "a cache that lost what it kept",
            "缓存失效引发击穿",
            ApplicationFaults::stampede),
        new FaultKind(
            "dependency-down",
            Group.BUSINESS,
            "a system outside of the bank that does not answer",
            "外部依赖系统无响应",
            (world, random) -> {
              ServicePlan adapter = new Targets(world, random).service(Kind.CORE_ADAPTER);
              return ofService(
                  world,
                  adapter,
                  Map.of(Trait.EXTRA_WAIT_MILLIS, 8_000.0, Trait.ERROR_SHARE, 0.9),
                  CauseKind.DEPENDENCY_FAILED,
                  CauseKind.SERVICE_ERRORS,
                  CauseKind.SERVICE_LATENCY,
                  CauseKind.SATURATION);
            }),
        onJava(
            "business-failures",
            Group.BUSINESS,
            "business codes that say no inside HTTP 200",
            "HTTP 200 内返回业务失败码",
            Map.of(Trait.BUSINESS_FAILURE_SHARE, 0.5),
            CauseKind.SERVICE_BEHAVIOUR,
            CauseKind.SERVICE_ERRORS),
        onJava(
            "certificate-expired",
            Group.BUSINESS,
            "a certificate that has expired",
            "证书过期",
            Map.of(Trait.CERTIFICATE_DAYS_LOST, 91.0),
            CauseKind.SERVICE_ERRORS,
            CauseKind.DEPENDENCY_FAILED,
            CauseKind.NO_ENDPOINTS),
        new FaultKind(
            "poison-message",
            Group.BUSINESS,
            "messages that a consumer can never digest",
            "毒消息：消费者无法处理",
            ApplicationFaults::poison),
        new FaultKind(
            "gc-storm",
            Group.JVM,
            "code that keeps most of the heap and allocates far more than before",
            "GC 风暴：缓存占满堆且分配速率激增",
            ApplicationFaults::storm),
        onBusyPod(
            "heap-leak",
            Group.JVM,
            "one replica whose heap fills",
            "单副本堆内存泄漏",
            ApplicationFaults::fillingTheHeap,
            MEMORY),
        onBusyPod(
            "threads-exhausted",
            Group.JVM,
            "threads that never come back to their pool",
            "线程池耗尽",
            (targets, service) ->
                Map.of(
                    Trait.LEAKED_THREAD_SHARE,
                    Math.min(
                        1,
                        service.threads()
                            / targets.requestsToEach(service, Duration.ofMinutes(1)))),
            EXHAUSTED),
        new FaultKind(
            "connections-exhausted",
            Group.JVM,
            "connections that never come back to their pool",
            "连接池耗尽",
            (world, random) -> {
              ServicePlan service = new Targets(world, random).busyJava();
              return restarted(
                  world,
                  service,
                  ofService(
                      world,
                      service,
                      Map.of(Trait.LEAKED_CONNECTION_SHARE, 0.3),
                      Layer.CONTAINER,
                      EXHAUSTED));
            }),
        onPod(
            "deadlock",
            Group.JVM,
            "threads that wait for each other",
            "线程死锁",
            Map.of(Trait.DEADLOCK_SHARE, 0.05),
            EXHAUSTED));
  }

  // Shapes

  private static FaultKind release(
      String id, String english, String chinese, Map<Trait, Double> traits, CauseKind... kinds) {
    return new FaultKind(
        id,
        Group.BUSINESS,
        english,
        chinese,
        (world, random) -> {
          ServicePlan service = new Targets(world, random).deployedJava();
          return released(world, service, traits, Layer.BUSINESS, kinds);
        });
  }

  private static Fault released(
      BankWorld world,
      ServicePlan service,
      Map<Trait, Double> traits,
      Layer layer,
      CauseKind... kinds) {
    var hands = new Hands(world);
    String good = hands.image(service);
    String bad = Hands.next(good, "");
    return new Fault(
        service.name(),
        () -> {
          put(world.bank().behaviours().ofImage(bad), traits);
          hands.setImage(service, bad);
        },
        () -> {
          hands.setImage(service, good);
          world.bank().behaviours().ofImage(bad).reset();
        },
        () -> new Marks(world).workload(service, layer, kinds));
  }

  private static Map<Trait, Double> fillingTheHeap(Targets targets, ServicePlan service) {
    double requests = targets.requestsToEach(service, EXHAUSTED_WITHIN);
    return Map.of(Trait.LEAKED_HEAP_BYTES, service.heapBytes() / requests);
  }

  private static FaultKind statement(
      String id, String english, String chinese, Map<Trait, Double> traits) {
    return new FaultKind(
        id,
        Group.BUSINESS,
        english,
        chinese,
        (world, random) -> {
          var targets = new Targets(world, random);
          ServicePlan database = targets.service(Kind.DATABASE);
          String route = targets.busiestRoute(database);
          Behaviour behaviour = world.bank().behaviours().ofRoute(database.name(), route);
          return new Fault(
              database.name() + " " + route,
              () -> put(behaviour, traits),
              behaviour::reset,
              () ->
                  new Marks(world)
                      .workload(
                          database,
                          Layer.BUSINESS,
                          CauseKind.SERVICE_LATENCY,
                          CauseKind.CPU_SATURATION,
                          CauseKind.SATURATION,
                          CauseKind.DISK));
        });
  }

  static FaultKind onJava(
      String id,
      Group group,
      String english,
      String chinese,
      Map<Trait, Double> traits,
      CauseKind... kinds) {
    return new FaultKind(
        id,
        group,
        english,
        chinese,
        (world, random) ->
            ofService(world, new Targets(world, random).deployedJava(), traits, kinds));
  }

  static FaultKind onPod(
      String id,
      Group group,
      String english,
      String chinese,
      Map<Trait, Double> traits,
      CauseKind... kinds) {
    return new FaultKind(
        id,
        group,
        english,
        chinese,
        (world, random) -> {
          var targets = new Targets(world, random);
          return ofPod(world, targets.replica(targets.deployedJava()), traits, kinds);
        });
  }

  /** One replica of a service that is asked a lot: what each request does to it adds up. */
  static FaultKind onBusyPod(
      String id,
      Group group,
      String english,
      String chinese,
      BiFunction<Targets, ServicePlan, Map<Trait, Double>> traits,
      CauseKind... kinds) {
    return new FaultKind(
        id,
        group,
        english,
        chinese,
        (world, random) -> {
          var targets = new Targets(world, random);
          ServicePlan service = targets.busyJava();
          return ofPod(world, targets.replica(service), traits.apply(targets, service), kinds);
        });
  }

  private static Fault ofPod(
      BankWorld world, Replica replica, Map<Trait, Double> traits, CauseKind... kinds) {
    Behaviour behaviour = world.bank().behaviours().ofPod(replica.start().pod());
    return new Fault(
        replica.start().pod(),
        () -> put(behaviour, traits),
        behaviour::reset,
        () -> new Marks(world).pod(replica, Layer.CONTAINER, kinds));
  }

  static Fault ofService(
      BankWorld world, ServicePlan service, Map<Trait, Double> traits, CauseKind... kinds) {
    return ofService(world, service, traits, Layer.BUSINESS, kinds);
  }

  private static Fault ofService(
      BankWorld world,
      ServicePlan service,
      Map<Trait, Double> traits,
      Layer layer,
      CauseKind... kinds) {
    Behaviour behaviour = world.bank().behaviours().ofService(service.name());
    return new Fault(
        service.name(),
        () -> put(behaviour, traits),
        behaviour::reset,
        () -> new Marks(world).workload(service, layer, kinds));
  }

  /** What was lost comes back with new processes only. */
  private static Fault restarted(BankWorld world, ServicePlan service, Fault fault) {
    return new Fault(
        fault.target(),
        fault.inject(),
        () -> {
          fault.cure().run();
          new Hands(world).restart(service);
        },
        fault.mark());
  }

  static void put(Behaviour behaviour, Map<Trait, Double> traits) {
    traits.forEach(behaviour::set);
  }

  // Those with a shape of their own

  private static Fault wrongSetting(BankWorld world, RandomGenerator random) {
    return bySetting(
        world,
        new Targets(world, random).busyCaller(),
        "CLIENT_TIMEOUT_MS",
        "20",
        Map.of(Trait.CLIENT_TIMEOUT_FACTOR, 0.004),
        ERRORS);
  }

  private static Fault retryStorm(BankWorld world, RandomGenerator random) {
    var targets = new Targets(world, random);
    ServicePlan service = targets.busyCaller();
    return bySetting(
        world,
        service,
        "RETRY_POLICY",
        "aggressive",
        Map.of(
            Trait.EXTRA_RETRIES, 12.0,
            Trait.RETRY_PAUSE_FACTOR, 0.0,
            Trait.BREAKERS_OFF, 1.0,
            Trait.CLIENT_TIMEOUT_FACTOR, IMPATIENCE * targets.neededOfTimeout(service)),
        CauseKind.SERVICE_ERRORS,
        CauseKind.SERVICE_BEHAVIOUR,
        CauseKind.SERVICE_LATENCY,
        CauseKind.TRAFFIC_SURGE,
        CauseKind.SATURATION);
  }

  private static Fault bySetting(
      BankWorld world,
      ServicePlan service,
      String name,
      String value,
      Map<Trait, Double> traits,
      CauseKind... kinds) {
    var hands = new Hands(world);
    return new Fault(
        service.name(),
        () -> {
          put(world.bank().behaviours().ofSetting(name, value), traits);
          hands.setVariable(service, name, value);
        },
        () -> hands.setVariable(service, name, ""),
        () -> new Marks(world).workload(service, Layer.BUSINESS, kinds));
  }

  private static Fault stampede(BankWorld world, RandomGenerator random) {
    var targets = new Targets(world, random);
    ServicePlan cache = targets.service(Kind.CACHE);
    Behaviour behaviour = world.bank().behaviours().ofService(cache.name());
    List<Step> statements = readWhenMissing(world, cache.name());
    return new Fault(
        cache.name(),
        () -> {
          behaviour.set(Trait.CACHE_HIT_FACTOR, 0.02);
          world.bank().replicas(cache.name()).forEach(Replica::flush);
          statements.forEach(step -> put(route(world, step), cold(targets, step)));
        },
        () -> {
          behaviour.reset();
          statements.forEach(step -> route(world, step).reset());
        },
        () ->
            new Marks(world)
                .workload(
                    cache,
                    Layer.BUSINESS,
                    CauseKind.SERVICE_BEHAVIOUR,
                    CauseKind.SERVICE_LATENCY,
                    CauseKind.SATURATION));
  }

  private static Behaviour route(BankWorld world, Step step) {
    return world.bank().behaviours().ofRoute(step.service(), step.route());
  }

  /** Rows that a cache answered for are in no buffer of the database: they come from its disk. */
  private static Map<Trait, Double> cold(Targets targets, Step step) {
    return Map.of(
        Trait.DISK_FACTOR,
        COLD_BUSY_SHARE / targets.busyShareWithoutCache(step),
        Trait.CPU_FACTOR,
        COLD_CPU_FACTOR);
  }

  /** What is left of the heap is used up every other second; then all of it must be searched. */
  private static Fault storm(BankWorld world, RandomGenerator random) {
    var targets = new Targets(world, random);
    ServicePlan service = targets.busyJava();
    double left = service.heapBytes() * HEAP_LEFT_SHARE;
    return ofService(
        world,
        service,
        Map.of(
            Trait.RETAINED_HEAP_SHARE,
            HEAP_RETAINED_SHARE,
            Trait.ALLOCATION_FACTOR,
            Math.max(2, left / targets.allocatedToEach(service, Duration.ofSeconds(2)))),
        Layer.CONTAINER,
        MEMORY);
  }

  private static List<Step> readWhenMissing(BankWorld world, String cache) {
    return world.plan().services().stream()
        .flatMap(service -> service.endpoints().stream())
        .map(Endpoint::steps)
        .filter(steps -> steps.stream().anyMatch(step -> step.service().equals(cache)))
        .flatMap(List::stream)
        .filter(Step::onMiss)
        .toList();
  }

  private static Fault poison(BankWorld world, RandomGenerator random) {
    var targets = new Targets(world, random);
    ServicePlan consumer =
        targets.one(
            "a consumer of messages",
            world.plan().services().stream()
                .filter(
                    service ->
                        world.plan().services().stream()
                            .flatMap(one -> one.endpoints().stream())
                            .flatMap(endpoint -> endpoint.steps().stream())
                            .anyMatch(
                                step ->
                                    step.asynchronous() && step.service().equals(service.name())))
                .toList());
    return ofService(
        world,
        consumer,
        Map.of(Trait.POISON_SHARE, 0.6),
        CauseKind.SERVICE_ERRORS,
        CauseKind.SERVICE_BEHAVIOUR,
        CauseKind.SATURATION,
        CauseKind.SERVICE_LATENCY);
  }
}
