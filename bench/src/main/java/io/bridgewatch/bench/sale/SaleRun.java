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

/**
 * One seed: days of history under CPU at 80 %, a policy learned from what was seen of them, and the
 * same next day under each policy.
 */
final class SaleRun {

  static final List<Integer> USUAL = List.of(80, 70, 50);

  /** Share of requests that the policy is to keep. */
  private static final double HURT_SHARE = 0.001;

  /** A Monday, by the clock of the bank; the day that is judged follows the history. */
  private static final Instant FIRST_DAY = Instant.parse("2026-11-29T16:00:00Z");

  /** The judged day has the same customers under each policy, and others than the first day. */
  private static final long JUDGED_SEED = 1_000;

  private static final int REPLICAS_AT_MIDNIGHT = 3;
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
  private final int days;
  private final Duration judged;
  private final PrintStream progress;

  /**
   * @param days of history
   * @param judged how much of the day after is judged, from midnight on
   */
  SaleRun(long seed, int days, Duration judged, PrintStream progress) {
    this.seed = seed;
    this.days = days;
    this.judged = judged;
    this.progress = progress;
  }

  Result result() {
    Watch past = past();
    History history = History.of(past);
    LearnedPolicy policy =
        PolicyLearner.of(
                history.load(),
                history.plant(),
                PolicyLearner.Settings.standard(SaleBank.MOST_REPLICAS))
            .atMost(HURT_SHARE);
    progress.printf(
        "seed %d: capacity %.2f/s, start %d s, usual %.0f ms; %s%n",
        seed,
        history.plant().capacity(),
        history.plant().startSeconds(),
        1000 * history.usualSeconds(),
        policy.displayName());
    var happened = new ArrayList<Happened>();
    for (int target : USUAL) {
      happened.add(judge(history, "cpu " + target + "%", cpu(target), Optional.empty()));
    }
    Happened own = judge(history, "learned", compiled(policy), Optional.of(policy));
    LoadTrace load = History.trace(happened.getFirst().watch.seen());
    var usual = new ArrayList<Judged>();
    for (int i = 0; i < USUAL.size(); i++) {
      PolicyShape shape = PolicyShape.cpu(USUAL.get(i), SaleBank.MOST_REPLICAS);
      usual.add(
          happened
              .get(i)
              .judged(foretold(history, load, HpaReplay.of(shape, history.plant(), load))));
    }
    LoadTrace all = History.joined(history.load(), load);
    ReplayPolicy replayed = policy.replay(all, all.steps() - load.steps());
    return new Result(seed, history, policy, usual, own.judged(foretold(history, load, replayed)));
  }

  private static ScalingEffect foretold(History history, LoadTrace load, ReplayPolicy policy) {
    return Backtest.run(load, history.plant(), policy, REPLICAS_AT_MIDNIGHT);
  }

  private Watch past() {
    try (var world = new SaleWorld(seed, FIRST_DAY)) {
      world.autoscale(cpu(80));
      for (int day = 1; day <= days; day++) {
        world.run(FIRST_DAY.plus(Duration.ofDays(day)), _ -> {});
        progress.printf("seed %d: day %d of %d seen%n", seed, day, days);
      }
      return world.watch();
    }
  }

  private record Happened(String policy, Watch watch, Customers customers) {
    Judged judged(ScalingEffect foretold) {
      double podSeconds =
          watch.seen().stream().mapToDouble(Watch.Seen::replicas).sum()
              * SaleWorld.SCRAPE.toSeconds();
      return new Judged(
          policy,
          customers.requests(),
          customers.hurt(),
          customers.violationMinutes(),
          podSeconds / 3600,
          watch.seen().stream().mapToInt(Watch.Seen::replicas).max().orElse(0),
          foretold);
    }
  }

  private Happened judge(
      History history, String name, Map<String, ?> rules, Optional<LearnedPolicy> serving) {
    Instant begin = FIRST_DAY.plus(Duration.ofDays(days));
    var customers =
        new Customers(
            history.usualSeconds(), history.plant().hurtSeconds(), (int) judged.toMinutes());
    try (var world = new SaleWorld(seed + JUDGED_SEED, begin)) {
      world.witness(customers);
      world.autoscale(rules);
      var served = serving.map(policy -> new ServedNeed(policy, history, world.watch()));
      served.ifPresent(world::externalMetrics);
      world.run(begin.plus(judged), now -> served.ifPresent(one -> one.scraped(now)));
      progress.printf(
          "seed %d: %s hurt %d in %d minutes%n",
          seed, name, customers.hurt(), customers.violationMinutes());
      return new Happened(name, world.watch(), customers);
    }
  }

  /** The policy's metric, of what has been seen until now and of nothing else. */
  private static final class ServedNeed implements ExternalMetrics {
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

  private static Map<String, ?> compiled(LearnedPolicy policy) {
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
