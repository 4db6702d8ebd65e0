package io.bridgewatch.scale;

import io.bridgewatch.scale.PolicyShape.Trigger;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Judges learned policies on the part of a load that they have not seen.
 *
 * <p>The first half is for learning and gives the unit: a replica serves a tenth of its mean rate.
 * The second half, with the two hours before it to make every policy familiar with the load, is
 * replayed for all: autoscalers on CPU at usual targets, policies learned to beat each of them, one
 * learned to beat them all, policies learned to keep a share of requests hurt, and what nobody can
 * have: the best fixed threshold found by a sweep of the second half itself, the fewest constant
 * replicas, and a forecast that is always right.
 */
public final class ScalingEvaluation {

  /** More than any policy asks for. */
  public static final int MAX_REPLICAS = 100_000;

  /** Targets of CPU that stand for what people type. */
  public static final List<Integer> USUAL_TARGETS = List.of(50, 70, 80);

  /** Shares of requests hurt that are asked of policies. */
  public static final List<Double> SHARES = List.of(0.001, 0.01);

  private static final int REPLICAS_AT_MEAN = 10;
  private static final int WARM_UP_SECONDS = 7200;

  /** What a policy is in the comparison. */
  public enum Kind {
    STATIC,
    PERFECT,
    USUAL,
    SWEPT,
    LEARNED
  }

  /**
   * A policy and what it did.
   *
   * @param objective what it was learned or found for; a share of requests hurt, a name of a usual
   *     policy, or {@code all}; empty for others
   * @param overSwept cost over that of the cheapest fixed threshold of the sweep that hurt no more;
   *     empty where no threshold hurt so few
   * @param expected what it did in its own history, held back from its forecast
   */
  public record Judged(
      Kind kind,
      String name,
      String objective,
      ScalingEffect effect,
      Optional<Double> overSwept,
      Optional<FoldedEffect> expected) {}

  /** A learned policy against the usual one it was learned to beat. */
  public record Duel(Judged usual, Judged learned) {

    /** Fewer requests hurt, or none where the other hurt none. */
    public boolean fewerHurt() {
      double ours = learned.effect().hurt();
      double theirs = usual.effect().hurt();
      return ours < theirs || ours == 0 && theirs == 0;
    }

    public boolean fewerPodHours() {
      return learned.effect().podSeconds() < usual.effect().podSeconds();
    }

    public boolean won() {
      return fewerHurt() && fewerPodHours();
    }
  }

  /**
   * @param capacity requests a second of one replica
   * @param all learned policy for all usual ones, against each of them
   */
  public record Result(
      PlantSettings plant,
      int judgedFrom,
      List<Judged> policies,
      List<Duel> duels,
      List<Duel> all) {
    public Result {
      policies = List.copyOf(policies);
      duels = List.copyOf(duels);
      all = List.copyOf(all);
    }
  }

  private final LoadTrace load;
  private final PlantSettings plant;
  private final LoadTrace judged;
  private final int half;
  private final int start;
  private final List<Judged> policies = new ArrayList<>();
  private final List<ScalingEffect> swept = new ArrayList<>();

  private ScalingEvaluation(LoadTrace load, int startSeconds) {
    this.load = load;
    this.half = load.steps() / 2;
    this.start = Math.max(0, half - WARM_UP_SECONDS / load.stepSeconds());
    this.judged = load.slice(start, load.steps());
    this.plant =
        PlantSettings.standard(meanRate(load.slice(0, half)) / REPLICAS_AT_MEAN, startSeconds);
  }

  /**
   * @param startSeconds until a new replica serves
   * @throws IllegalArgumentException if the load is too short or nothing was asked in its first
   *     half
   */
  public static Result of(LoadTrace load, int startSeconds) {
    return new ScalingEvaluation(load, startSeconds).result();
  }

  private static double meanRate(LoadTrace load) {
    double sum = 0;
    int seen = 0;
    for (int step = 0; step < load.steps(); step++) {
      if (!Double.isNaN(load.at(step))) {
        sum += load.at(step);
        seen++;
      }
    }
    if (!(sum > 0)) {
      throw new IllegalArgumentException(
          "cannot judge policies on a load whose first half asks for nothing");
    }
    return sum / seen;
  }

  private Result result() {
    sweep();
    bounds();
    LoadTrace history = load.slice(0, half);
    var learner = PolicyLearner.of(history, plant, PolicyLearner.Settings.standard(MAX_REPLICAS));
    var usual = new ArrayList<Judged>();
    var inForce = new ArrayList<FoldedEffect>();
    for (int target : USUAL_TARGETS) {
      PolicyShape shape = PolicyShape.cpu(target, MAX_REPLICAS);
      usual.add(judge(Kind.USUAL, shape.displayName(), "", HpaReplay.of(shape, plant, judged)));
      inForce.add(learner.effectOf(() -> HpaReplay.of(shape, plant, history)));
    }
    LearnedPolicy forAll = learner.against(inForce);
    RiseForecast forecast = forAll.forecast(load);
    var duels = new ArrayList<Duel>();
    for (int i = 0; i < usual.size(); i++) {
      Judged other = usual.get(i);
      duels.add(new Duel(other, judge(learner.against(inForce.get(i)), other.name(), forecast)));
    }
    Judged one = judge(forAll, "all", forecast);
    for (double share : SHARES) {
      judge(learner.atMost(share), shareName(share), forecast);
    }
    return new Result(
        plant, half, policies, duels, usual.stream().map(each -> new Duel(each, one)).toList());
  }

  /** Fixed thresholds of CPU and of requests, judged on what they could not know. */
  private void sweep() {
    record Found(PolicyShape shape, ScalingEffect effect) {}
    var found = new ArrayList<Found>();
    for (Trigger trigger : List.of(Trigger.CPU, Trigger.REQUESTS)) {
      for (int target = 10; target <= 100; target += 2) {
        var shape = new PolicyShape(trigger, target, 300, 0, 0.1, 0.1, 1, MAX_REPLICAS);
        found.add(new Found(shape, run(HpaReplay.of(shape, plant, judged))));
      }
    }
    found.forEach(each -> swept.add(each.effect()));
    for (double share : SHARES) {
      found.stream()
          .filter(each -> each.effect().hurtShare() <= share)
          .min(Comparator.comparingDouble(each -> each.effect().cost()))
          .ifPresent(
              best ->
                  add(
                      Kind.SWEPT,
                      best.shape().displayName(),
                      shareName(share),
                      best.effect(),
                      Optional.empty()));
    }
  }

  private void bounds() {
    int count = Bounds.fewestConstant(judged, plant, half - start, SHARES.getFirst());
    judge(
        Kind.STATIC, count + " replicas", shareName(SHARES.getFirst()), new Bounds.Constant(count));
    judge(Kind.PERFECT, "perfect forecast", "", new Bounds.Perfect(judged, plant));
  }

  private Judged judge(LearnedPolicy policy, String objective, RiseForecast forecast) {
    return add(
        Kind.LEARNED,
        policy.displayName(),
        objective,
        run(policy.replay(forecast, load, start)),
        Optional.of(policy.expected()));
  }

  private Judged judge(Kind kind, String name, String objective, ReplayPolicy policy) {
    return add(kind, name, objective, run(policy), Optional.empty());
  }

  private ScalingEffect run(ReplayPolicy policy) {
    return Backtest.run(judged, plant, policy, Backtest.enough(judged, plant), half - start);
  }

  private Judged add(
      Kind kind,
      String name,
      String objective,
      ScalingEffect effect,
      Optional<FoldedEffect> expected) {
    Optional<Double> over =
        swept.stream()
            .filter(other -> other.hurtShare() <= effect.hurtShare())
            .map(ScalingEffect::cost)
            .min(Comparator.naturalOrder())
            .map(least -> effect.cost() / least);
    var added = new Judged(kind, name, objective, effect, over, expected);
    policies.add(added);
    return added;
  }

  static String shareName(double share) {
    return "%s%%".formatted(BigDecimal.valueOf(100 * share).stripTrailingZeros().toPlainString());
  }
}
