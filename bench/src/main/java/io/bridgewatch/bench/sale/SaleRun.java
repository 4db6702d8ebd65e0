package io.bridgewatch.bench.sale;

import io.bridgewatch.drill.cluster.ExternalMetrics;
import io.bridgewatch.drill.plan.SaleBank;
import io.bridgewatch.scale.Backtest;
import io.bridgewatch.scale.HpaReplay;
import io.bridgewatch.scale.HpaRules;
import io.bridgewatch.scale.LearnedPolicy;
import io.bridgewatch.scale.LoadTrace;
import io.bridgewatch.scale.PolicyLearner;
import io.bridgewatch.scale.PolicyShape;
import io.bridgewatch.scale.ReplayPolicy;
import io.bridgewatch.scale.ScalingEffect;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * One seed: days of history under CPU at 80 %, a policy learned from what was seen of them, and the
 * same next day under each policy.
 */
final class SaleRun {

  /** Target of CPU under which the history passed. */
  private static final int IN_FORCE = 80;

  /** A Monday, by the clock of the bank; the day that is judged follows the history. */
  private static final Instant FIRST_DAY = Instant.parse("2026-11-29T16:00:00Z");

  private static final long SEEDS_APART = 1_000;
  private static final int STALE_SCRAPES = 4;

  /**
   * What a policy did on the judged day, and what was foretold.
   *
   * @param podHours by the cluster's objects
   */
  record Judged(
      String policy,
      long requests,
      long hurt,
      int violationMinutes,
      double podHours,
      int mostReplicas,
      ScalingEffect foretold) {

    double hurtShare() {
      return requests == 0 ? 0 : (double) hurt / requests;
    }
  }

  /** What came out of a seed. */
  record Result(
      long seed, History history, LearnedPolicy policy, List<Judged> usual, Judged learned) {
    Result {
      usual = List.copyOf(usual);
    }
  }

  private final long seed;
  private final Plan plan;
  private final List<Integer> targets;
  private final PrintStream progress;

  /**
   * @param days of history
   * @param from by which hour each day begins to be simulated
   * @param length of each day from there on
   */
  record Plan(int days, Duration from, Duration length) {

    /** Whole days. */
    static Plan of(int days) {
      return new Plan(days, Duration.ZERO, Duration.ofDays(1));
    }
  }

  /**
   * @param targets of CPU that the policy is judged beside
   */
  SaleRun(long seed, Plan plan, List<Integer> targets, PrintStream progress) {
    this.seed = seed;
    this.plan = plan;
    this.targets = List.copyOf(targets);
    this.progress = progress;
  }

  /** On two threads. */
  Result result() throws InterruptedException {
    try (var two = Executors.newFixedThreadPool(2)) {
      return result(two);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a world failed", e.getCause());
    }
  }

  private Result result(ExecutorService threads) throws InterruptedException, ExecutionException {
    History history = history(threads);
    LearnedPolicy policy = learned(history);
    progress.printf("seed %d: %s, %s%n", seed, history.plant(), policy.displayName());
    var futures = new ArrayList<Future<Happened>>();
    for (int target : targets) {
      futures.add(threads.submit(() -> judge(history, cpu(target), Optional.empty())));
    }
    futures.add(threads.submit(() -> judge(history, compiled(policy), Optional.of(policy))));
    LoadTrace load = History.trace(futures.getFirst().get().watch.seen());
    var usual = new ArrayList<Judged>();
    for (int i = 0; i < targets.size(); i++) {
      PolicyShape shape = PolicyShape.cpu(targets.get(i), SaleBank.MOST_REPLICAS);
      ReplayPolicy replayed = HpaReplay.of(shape, history.plant(), load);
      usual.add(
          judged(
              "cpu %d%%".formatted(targets.get(i)), futures.get(i).get(), history, load, replayed));
    }
    LoadTrace all = History.joined(history.load(), load);
    ReplayPolicy replayed = policy.replay(all, all.steps() - load.steps());
    return new Result(
        seed,
        history,
        policy,
        usual,
        judged("learned", futures.getLast().get(), history, load, replayed));
  }

  /** That which hurts the fewest for no more pod-hours than CPU at 80 % in the history. */
  private static LearnedPolicy learned(History history) {
    var learner =
        PolicyLearner.of(
            history.load(),
            history.plant(),
            PolicyLearner.Settings.standard(SaleBank.MOST_REPLICAS));
    PolicyShape inForce = PolicyShape.cpu(IN_FORCE, SaleBank.MOST_REPLICAS);
    return learner.within(
        learner.effectOf(() -> HpaReplay.of(inForce, history.plant(), history.load())), 1);
  }

  // History

  private History history(ExecutorService threads) throws InterruptedException, ExecutionException {
    var days = new ArrayList<Future<Watch>>();
    for (int day = 0; day < plan.days(); day++) {
      int number = day;
      days.add(threads.submit(() -> seen(number)));
    }
    var seen = new ArrayList<Watch>();
    for (Future<Watch> day : days) {
      seen.add(day.get());
    }
    return History.of(seen);
  }

  private Watch seen(int day) {
    try (var world = world(day)) {
      world.autoscale(cpu(IN_FORCE));
      world.run(begin(day).plus(plan.length()), _ -> {});
      progress.printf("seed %d: day %d of %d seen%n", seed, day + 1, plan.days());
      return world.watch();
    }
  }

  /** Each day is a world of its own, which begins settled. */
  private SaleWorld world(int day) {
    return new SaleWorld(SEEDS_APART * seed + day, begin(day));
  }

  private Instant begin(int day) {
    return FIRST_DAY.plus(Duration.ofDays(day)).plus(plan.from());
  }

  // The judged day

  private record Happened(Watch watch, Customers customers) {}

  private Happened judge(History history, Map<String, ?> rules, Optional<LearnedPolicy> serving) {
    var customers =
        new Customers(
            history.usualSeconds(), history.plant().hurtSeconds(), (int) plan.length().toMinutes());
    try (var world = world(plan.days())) {
      world.witness(customers);
      world.autoscale(rules);
      var served = serving.map(policy -> new ServedNeed(policy, history, world.watch()));
      served.ifPresent(world::externalMetrics);
      world.run(
          begin(plan.days()).plus(plan.length()), now -> served.ifPresent(one -> one.scraped(now)));
      progress.printf(
          "seed %d: judged, %d hurt in %d minutes%n",
          seed, customers.hurt(), customers.violationMinutes());
      return new Happened(world.watch(), customers);
    }
  }

  private static Judged judged(
      String name, Happened happened, History history, LoadTrace load, ReplayPolicy policy) {
    List<Watch.Seen> seen = happened.watch.seen();
    double podSeconds =
        seen.stream().mapToDouble(Watch.Seen::replicas).sum() * SaleWorld.SCRAPE.toSeconds();
    return new Judged(
        name,
        happened.customers.requests(),
        happened.customers.hurt(),
        happened.customers.violationMinutes(),
        podSeconds / 3600,
        seen.stream().mapToInt(Watch.Seen::replicas).max().orElse(0),
        Backtest.run(load, history.plant(), policy, SaleBank.REPLICAS));
  }

  /** The policy's metric, of what has been seen until now and of nothing else. */
  static final class ServedNeed implements ExternalMetrics {
    private final LearnedPolicy policy;
    private final History history;
    private final Watch watch;
    private OptionalDouble needed = OptionalDouble.empty();
    private int scrapes;
    private int asked;

    ServedNeed(LearnedPolicy policy, History history, Watch watch) {
      this.policy = policy;
      this.history = history;
      this.watch = watch;
    }

    void scraped(Instant now) {
      List<Watch.Seen> seen = watch.seen();
      if (seen.isEmpty()) {
        return;
      }
      scrapes = seen.size();
      asked = 0;
      Watch.Seen last = seen.getLast();
      LoadTrace past = History.joined(history.load(), History.trace(seen));
      needed =
          policy.needed(
              past, new LearnedPolicy.Live(last.arrivals(), last.inFlight(), last.ready()), now);
    }

    @Override
    public List<Series> series(String namespace, String metric) {
      boolean isFresh = scrapes > 0 && asked++ < STALE_SCRAPES;
      if (!metric.equals(LearnedPolicy.METRIC) || !isFresh || needed.isEmpty()) {
        return List.of();
      }
      return List.of(new Series(Map.of(), Math.round(1000 * needed.getAsDouble())));
    }
  }

  static Map<String, ?> compiled(LearnedPolicy policy) {
    return HpaRules.of(policy.hpa(), Map.of()).tree();
  }

  static Map<String, ?> cpu(int target) {
    return Map.of(
        "minReplicas",
        1,
        "maxReplicas",
        SaleBank.MOST_REPLICAS,
        "metrics",
        List.of(
            Map.of(
                "type",
                "Resource",
                "resource",
                Map.of(
                    "name",
                    "cpu",
                    "target",
                    Map.of("type", "Utilization", "averageUtilization", target)))));
  }
}
