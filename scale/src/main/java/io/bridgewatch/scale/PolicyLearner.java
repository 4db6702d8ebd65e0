package io.bridgewatch.scale;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleConsumer;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * Learns an autoscaling policy from a workload's history and nothing else.
 *
 * <ol>
 *   <li>The history after its first day (at most a quarter of it) is cut into folds. For each fold
 *       a {@link RiseModel} learns from the others.
 *   <li>Every {@link OperatingPoint} is replayed through each fold with the forecast that has not
 *       learned from it.
 *   <li>A point is chosen for an objective: to beat the policy in force in requests hurt and in
 *       pod-hours, or to hurt no more than a share at the least cost.
 *   <li>The model for use learns from the whole history.
 * </ol>
 *
 * <p>The same history, plant and settings give the same policy.
 */
public final class PolicyLearner {

  private static final int WARM_UP_SECONDS = 7200;

  /**
   * @param folds at least 2
   * @param points to choose from, at least one
   * @param costWeight how many times a logarithm of cost weighs one of harm
   * @param leastHarm share of requests and of time, below which less of it hardly counts
   * @param shareMargin of a share that must be kept, the part that may be used in the history
   * @param maxReplicas of the policy
   */
  public record Settings(
      int folds,
      List<OperatingPoint> points,
      double costWeight,
      double leastHarm,
      double shareMargin,
      int maxReplicas) {

    public Settings {
      points = List.copyOf(points);
      if (folds < 2 || points.isEmpty()) {
        throw new IllegalArgumentException(
            "learning needs at least 2 folds and 1 point, had %d and %d"
                .formatted(folds, points.size()));
      }
    }

    public static Settings standard(int maxReplicas) {
      return new Settings(4, OperatingPoint.grid(), 2, 1e-4, 0.3, maxReplicas);
    }
  }

  /** A point and what it did in the folds. */
  public record Candidate(OperatingPoint point, FoldedEffect effect) {}

  private final LoadTrace history;
  private final PlantSettings plant;
  private final Settings settings;
  private final DoubleConsumer progress;
  private final double floor;
  private final RiseModel model;
  private final int[] cuts;
  private final List<Candidate> candidates;

  private PolicyLearner(
      LoadTrace history, PlantSettings plant, Settings settings, DoubleConsumer progress) {
    this.progress = progress;
    this.history = history;
    this.plant = plant;
    this.settings = settings;
    this.floor = plant.capacity() / 5;
    int steps = history.steps();
    int first = Math.min(86_400 / history.stepSeconds(), steps / 4);
    cuts = new int[settings.folds() + 1];
    for (int fold = 0; fold < cuts.length; fold++) {
      cuts[fold] = first + (int) ((long) (steps - first) * fold / settings.folds());
    }
    var signals = new LoadSignals(history, floor);
    int[] aheads = new LookAhead(history.stepSeconds(), plant).possible();
    model = RiseModel.learn(signals, aheads, steps, step -> step >= first);
    candidates = candidates(signals, aheads, first);
  }

  /**
   * Learns all that no objective changes; takes some seconds for a week.
   *
   * @throws IllegalArgumentException if the history is too short
   */
  public static PolicyLearner of(LoadTrace history, PlantSettings plant, Settings settings) {
    return of(history, plant, settings, _ -> {});
  }

  /**
   * The same.
   *
   * @param progress hears how much of it is done, 0 to 1, some hundred times; what it throws ends
   *     the learning
   */
  public static PolicyLearner of(
      LoadTrace history, PlantSettings plant, Settings settings, DoubleConsumer progress) {
    return new PolicyLearner(history, plant, settings, progress);
  }

  private List<Candidate> candidates(LoadSignals signals, int[] aheads, int first) {
    var effects = new ArrayList<List<ScalingEffect>>();
    settings.points().forEach(_ -> effects.add(new ArrayList<>()));
    for (int fold = 0; fold < settings.folds(); fold++) {
      int from = cuts[fold];
      int to = cuts[fold + 1];
      int apart = 2 * aheads[aheads.length - 1] + 2;
      var forecast =
          new RiseForecast(
              RiseModel.learn(
                  signals,
                  aheads,
                  history.steps(),
                  step -> step >= first && (step < from - apart || step >= to + apart)),
              signals);
      int start = warmUp(from);
      LoadTrace part = history.slice(start, to);
      for (int i = 0; i < settings.points().size(); i++) {
        ReplayPolicy policy =
            LearnedPolicy.replay(
                forecast,
                settings.points().get(i),
                plant,
                history.stepSeconds(),
                start,
                settings.maxReplicas());
        effects.get(i).add(run(part, policy, from - start));
        double all = (double) settings.folds() * settings.points().size();
        progress.accept((fold * settings.points().size() + i + 1) / all);
      }
    }
    var found = new ArrayList<Candidate>();
    for (int i = 0; i < effects.size(); i++) {
      found.add(new Candidate(settings.points().get(i), new FoldedEffect(effects.get(i))));
    }
    return List.copyOf(found);
  }

  private int warmUp(int from) {
    return Math.max(0, from - WARM_UP_SECONDS / history.stepSeconds());
  }

  private ScalingEffect run(LoadTrace part, ReplayPolicy policy, int from) {
    return Backtest.run(part, plant, policy, Backtest.enough(part, plant), from);
  }

  /** The first step that effects are counted of; what comes before makes policies familiar. */
  int firstCounted() {
    return cuts[0];
  }

  /** What each point did in the folds, in the order of the settings. */
  public List<Candidate> candidates() {
    return candidates;
  }

  /**
   * What a policy in force did in the same folds.
   *
   * @param policy makes a new one for each run
   */
  public FoldedEffect effectOf(Supplier<? extends ReplayPolicy> policy) {
    return effectFrom(_ -> policy.get());
  }

  /**
   * The same of a policy that must know where in the history a run begins.
   *
   * @param policy makes a new one for the run that begins at that step
   */
  FoldedEffect effectFrom(IntFunction<? extends ReplayPolicy> policy) {
    var effects = new ArrayList<ScalingEffect>();
    for (int fold = 0; fold < settings.folds(); fold++) {
      int start = warmUp(cuts[fold]);
      effects.add(
          run(history.slice(start, cuts[fold + 1]), policy.apply(start), cuts[fold] - start));
    }
    return new FoldedEffect(effects);
  }

  /** The policy whose lead over that one, in harm and in cost, is the largest. */
  public LearnedPolicy against(FoldedEffect inForce) {
    return against(List.of(inForce));
  }

  /** One policy for all: that whose smallest lead is the largest. */
  public LearnedPolicy against(List<FoldedEffect> inForce) {
    return policy(
        candidates.stream()
            .max(Comparator.comparingDouble(candidate -> lead(candidate.effect(), inForce)))
            .orElseThrow());
  }

  /**
   * The smallest lead over any of them in the folds; above zero, the policy did better than all in
   * requests hurt and in pod-hours.
   */
  public double lead(FoldedEffect effect, List<FoldedEffect> inForce) {
    return inForce.stream()
        .mapToDouble(other -> effect.lead(other, settings.costWeight(), settings.leastHarm()))
        .min()
        .orElseThrow();
  }

  /**
   * The cheapest policy that kept a share of requests hurt with the margin of the settings; if none
   * did, the one that hurt the fewest.
   *
   * @param share 0 to 1
   */
  public LearnedPolicy atMost(double share) {
    double kept = share * settings.shareMargin();
    return policy(
        candidates.stream()
            .filter(candidate -> candidate.effect().hurtShare() <= kept)
            .min(Comparator.comparingDouble(candidate -> candidate.effect().cost()))
            .or(
                () ->
                    candidates.stream()
                        .min(
                            Comparator.comparingDouble(
                                candidate -> candidate.effect().hurtShare())))
            .orElseThrow());
  }

  /**
   * The policy that hurt the fewest among those that cost at most a factor of the policy in force;
   * if none did, the cheapest.
   *
   * @param factor of its cost, 1 for no more pod-hours than now
   */
  public LearnedPolicy within(FoldedEffect inForce, double factor) {
    double most = factor * inForce.cost();
    return policy(
        candidates.stream()
            .filter(candidate -> candidate.effect().cost() <= most)
            .min(Comparator.comparingDouble(candidate -> candidate.effect().hurtShare()))
            .or(
                () ->
                    candidates.stream()
                        .min(Comparator.comparingDouble(candidate -> candidate.effect().cost())))
            .orElseThrow());
  }

  private LearnedPolicy policy(Candidate chosen) {
    return new LearnedPolicy(
        chosen.point(),
        model,
        plant,
        floor,
        history.stepSeconds(),
        settings.maxReplicas(),
        chosen.effect());
  }
}
