package io.bridgewatch.drill.fault;

import io.bridgewatch.drill.bank.Load.Stream;
import io.bridgewatch.drill.fault.FaultKind.Group;
import io.bridgewatch.drill.plan.ServicePlan;
import io.bridgewatch.drill.plan.ServicePlan.Controller;
import io.bridgewatch.drill.sim.Cause;
import io.bridgewatch.drill.world.BankWorld;
import io.bridgewatch.model.CauseKind;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

/** Trouble that comes with customers, and changes that are none. */
final class TrafficFaults {

  private static final double SURGE_PER_SECOND = 160;
  private static final double CRAWLED_PER_SECOND = 120;

  private TrafficFaults() {}

  static List<FaultKind> traffic() {
    return List.of(
        new FaultKind(
            "surge",
            Group.TRAFFIC,
            "many times as many customers as usual",
            "流量激增",
            (world, random) ->
                onStream(
                    world,
                    random,
                    stream -> stream.factor(),
                    stream -> Math.max(9, SURGE_PER_SECOND / stream.plan().perSecond()),
                    CauseKind.TRAFFIC_SURGE)),
        new FaultKind(
            "hot-key",
            Group.TRAFFIC,
            "many customers who all pay to one account",
            "热点账户",
            (world, random) -> {
              var share = world.bank().load().hotKeyShare();
              Stream busiest = busiestThatWrites(world, new Targets(world, random));
              return new Fault(
                  busiest.plan().name(),
                  () -> {
                    share.set(0.95);
                    busiest.factor().set(8);
                  },
                  () -> {
                    share.reset();
                    busiest.factor().reset();
                  },
                  () ->
                      new Marks(world)
                          .traffic(
                              busiest.plan().name(),
                              busiest.plan().service(),
                              CauseKind.TRAFFIC_SURGE,
                              CauseKind.SERVICE_LATENCY,
                              CauseKind.SATURATION));
            }),
        new FaultKind(
            "crawler",
            Group.TRAFFIC,
            "a program that asks again and again",
            "爬虫流量",
            (world, random) ->
                onStream(
                    world,
                    random,
                    stream -> stream.crawlersPerSecond(),
                    stream -> CRAWLED_PER_SECOND,
                    CauseKind.TRAFFIC_SURGE)));
  }

  static List<FaultKind> harmless() {
    return List.of(
        new FaultKind(
            "normal-deploy",
            Group.HARMLESS,
            "a release that does what the one before did",
            "正常发布",
            (world, random) -> {
              ServicePlan service = new Targets(world, random).deployedJava();
              var hands = new Hands(world);
              String before = hands.image(service);
              return harmless(
                  service.name(),
                  () -> hands.setImage(service, Hands.next(before, "")),
                  () -> hands.setImage(service, before));
            }),
        new FaultKind(
            "scale-out",
            Group.HARMLESS,
            "two replicas more",
            "正常扩容",
            (world, random) -> {
              ServicePlan service =
                  new Targets(world, random)
                      .service(
                          s ->
                              s.controller() == Controller.DEPLOYMENT
                                  && s.maxReplicas() == s.replicas());
              var hands = new Hands(world);
              int before = hands.replicas(service);
              return harmless(
                  service.name(),
                  () -> hands.scale(service, before + 2),
                  () -> hands.scale(service, before));
            }),
        new FaultKind(
            "batch-window",
            Group.HARMLESS,
            "more of what the evening's batch does",
            "批处理窗口",
            (world, random) ->
                harmlessFactor(world, stream -> stream.plan().perSecond() < 1.5, 1.8)),
        new FaultKind(
            "lunch-peak",
            Group.HARMLESS,
            "a third more customers, as at lunch",
            "午间高峰",
            (world, random) -> harmlessFactor(world, stream -> true, 1.35)),
        new FaultKind(
            "warm-day",
            Group.HARMLESS,
            "a room that is five degrees warmer",
            "机房温度略升（传感器正常波动）",
            (world, random) -> {
              var machine = new Targets(world, random).machine();
              Cause inlet = machine.sensors().inletCelsius();
              return harmless(
                  machine.plan().name(), () -> inlet.set(inlet.normal() + 5), inlet::reset);
            }));
  }

  /** Of those by which something is written down: that is where requests for one row queue. */
  private static Stream busiestThatWrites(BankWorld world, Targets targets) {
    return world.bank().load().streams().stream()
        .filter(stream -> targets.writes(stream.plan().service(), stream.plan().route()))
        .max(Comparator.comparingDouble(stream -> stream.plan().perSecond()))
        .orElseThrow(() -> new IllegalStateException("the bank has no transaction that writes"));
  }

  private static Fault onStream(
      BankWorld world,
      RandomGenerator random,
      Function<Stream, Cause> cause,
      ToDoubleFunction<Stream> value,
      CauseKind... kinds) {
    Stream stream =
        new Targets(world, random)
            .one(
                "a transaction that is frequent",
                world.bank().load().streams().stream()
                    .filter(one -> one.plan().perSecond() >= 1)
                    .toList());
    return new Fault(
        stream.plan().name(),
        () -> cause.apply(stream).set(value.applyAsDouble(stream)),
        () -> cause.apply(stream).reset(),
        () -> new Marks(world).traffic(stream.plan().name(), stream.plan().service(), kinds));
  }

  private static Fault harmlessFactor(BankWorld world, Predicate<Stream> which, double factor) {
    List<Stream> streams = world.bank().load().streams().stream().filter(which).toList();
    return harmless(
        streams.size() + " transactions",
        () -> streams.forEach(stream -> stream.factor().set(factor)),
        () -> streams.forEach(stream -> stream.factor().reset()));
  }

  private static Fault harmless(String target, Runnable begin, Runnable end) {
    return new Fault(target, begin, end, Optional::empty);
  }
}
