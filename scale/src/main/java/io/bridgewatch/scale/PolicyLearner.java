package io.bridgewatch.scale;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.DoubleConsumer;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Learns an autoscaling policy from a workload's history and nothing else.
 *
 * <ol>
 *   <li>The history after its first day (at most a quarter of it) is cut into folds. For each fold
 *       a {@link RiseModel} learns from the others.
 *   <li>Every {@link OperatingPoint} is replayed through each fold with the forecast that has not
 *       learned from it.
 *   <li>Where days are of several kinds, points of their own are tried for each kind, chosen
 *       without the fold ({@link PointsByKind}).
 *   <li>What none does better than in both harm and cost is replayed once more with each way of
 *       keeping replicas for kinds of days and events ({@link FloorLearner}), learned without the
 *       fold.
 *   <li>A point is chosen for an objective: to beat the policy in force in requests hurt and in
 *       pod-hours, or to hurt no more than a share at the least cost.
 *   <li>The model for use learns from the whole history.
 * </ol>
 *
 * <p>The same history, plant and settings give the same policy.
 */
public final class PolicyLearner {

  private static final int WARM_UP_SECONDS = 7200;

  /** Of all of the learning, what trying the points takes before any floor is. */
  private static final double WITHOUT_FLOORS = 0.7;

  /**
   * @param folds at least 2
   * @param points to choose from, at least one
   * @param costWeight how many times a logarithm of cost weighs one of harm
   * @param leastHarm share of requests and of time, below which less of it hardly counts
   * @param shareMargin of a share that must be kept, the part that may be used in the history
   * @param rules that are settled
   * @param floors ways of keeping replicas for kinds of days and events, each of which is tried
   * @param kinds by which days may have points of their own; empty for one point on all days
   */
  public record Settings(
      int folds,
      List<OperatingPoint> points,
      double costWeight,
      double leastHarm,
      double shareMargin,
      PolicyRules rules,
      List<FloorLearner> floors,
      Optional<DayKinds> kinds) {

    public Settings {
      points = List.copyOf(points);
      floors = List.copyOf(floors);
      if (folds < 2 || points.isEmpty()) {
        throw new IllegalArgumentException(
            "learning needs at least 2 folds and 1 point, had %d and %d"
                .formatted(folds, points.size()));
      }
    }

    /** Without floors. */
    public static Settings standard(int maxReplicas) {
      return standard(PolicyRules.upTo(maxReplicas));
    }

    /** The same by other rules. */
    public static Settings standard(PolicyRules rules) {
      return new Settings(
          4, OperatingPoint.grid(), 2, 1e-4, 0.3, rules, List.of(), Optional.empty());
    }

    public Settings with(List<FloorLearner> otherFloors) {
      return new Settings(
          folds, points, costWeight, leastHarm, shareMargin, rules, otherFloors, kinds);
    }

    public Settings by(DayKinds otherKinds) {
      return new Settings(
          folds,
          points,
          costWeight,
          leastHarm,
          shareMargin,
          rules,
          floors,
          Optional.of(otherKinds));
    }
  }

  /** Points, with a floor or without one, and what they did in the folds. */
  public record Candidate(
      OperatingPoints points, Optional<ReplicaFloor> kept, FoldedEffect effect) {}

  /** Points as they are used in a fold: learned without it where they differ by kinds of days. */
  private record Tried(OperatingPoints whole, List<OperatingPoints> inFolds) {
    static Tried everywhere(OperatingPoint point, int folds) {
      OperatingPoints points = OperatingPoints.of(point);
      return new Tried(points, Collections.nCopies(folds, points));
    }
  }

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
    candidates = candidates(folds(signals, aheads, first));
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

  private record Fold(int from, int start, LoadTrace part, RiseForecast forecast) {}

  private List<Fold> folds(LoadSignals signals, int[] aheads, int first) {
    var folds = new ArrayList<Fold>();
    int apart = 2 * aheads[aheads.length - 1] + 2;
    for (int fold = 0; fold < settings.folds(); fold++) {
      int from = cuts[fold];
      int to = cuts[fold + 1];
      RiseModel others =
          RiseModel.learn(
              signals,
              aheads,
              history.steps(),
              step -> step >= first && (step < from - apart || step >= to + apart));
      int start = warmUp(from);
      folds.add(new Fold(from, start, history.slice(start, to), new RiseForecast(others, signals)));
    }
    return folds;
  }

  private List<Candidate> candidates(List<Fold> folds) {
    var none = Collections.nCopies(folds.size(), FloorTable.NONE);
    var found = new ArrayList<Candidate>();
    double points = settings.points().size();
    double share = settings.floors().isEmpty() ? 1 : WITHOUT_FLOORS;
    var tried = new LinkedHashMap<OperatingPoints, Tried>();
    for (OperatingPoint point : settings.points()) {
      Tried one = Tried.everywhere(point, folds.size());
      tried.put(one.whole(), one);
      found.add(new Candidate(one.whole(), Optional.empty(), effect(folds, one, none)));
      progress.accept(share * found.size() / points);
    }
    for (Tried one : byKind(folds, found, () -> progress.accept(share))) {
      tried.put(one.whole(), one);
      found.add(new Candidate(one.whole(), Optional.empty(), effect(folds, one, none)));
      progress.accept(share);
    }
    List<Candidate> front = front(found);
    double all = settings.floors().size() * (double) front.size();
    for (int way = 0; way < settings.floors().size(); way++) {
      FloorLearner floors = settings.floors().get(way);
      Optional<? extends ReplicaFloor> whole = floors.learn(history, history.end());
      List<FloorTable> tables =
          whole.isEmpty() ? none : folds.stream().map(fold -> heldOut(floors, fold)).toList();
      if (tables.stream().allMatch(FloorTable.NONE::equals)) {
        continue; // nothing to judge it by
      }
      for (int i = 0; i < front.size(); i++) {
        OperatingPoints point = front.get(i).points();
        found.add(
            new Candidate(
                point,
                whole.map(one -> one),
                effect(folds, Objects.requireNonNull(tried.get(point)), tables)));
        progress.accept(share + (1 - share) * (way * front.size() + i + 1) / all);
      }
    }
    return List.copyOf(found);
  }

  /** Points by kinds of days, of those that none with their down window does better than. */
  private List<Tried> byKind(List<Fold> folds, List<Candidate> all, Runnable stillAtIt) {
    if (settings.kinds().isEmpty()) {
      return List.of();
    }
    List<DayPart> parts = DayPart.of(history, settings.kinds().get(), cuts);
    if (parts.stream().map(DayPart::kind).distinct().count() < 2) {
      return List.of();
    }
    var found = new ArrayList<Tried>();
    Map<Integer, List<Candidate>> byWindow =
        all.stream()
            .collect(
                Collectors.groupingBy(
                    one -> one.points().usual().downWindowSeconds(),
                    TreeMap::new,
                    Collectors.toList()));
    for (List<Candidate> alike : byWindow.values()) {
      List<OperatingPoint> points = front(alike).stream().map(one -> one.points().usual()).toList();
      var pieces = new ArrayList<PointsByKind.Piece>();
      for (DayPart part : parts) {
        pieces.add(
            new PointsByKind.Piece(
                part.fold(),
                part.day(),
                part.kind(),
                points.stream()
                    .map(point -> effect(folds.get(part.fold()), part, point))
                    .toList()));
        stillAtIt.run();
      }
      for (PointsByKind.Choice one : new PointsByKind(points, pieces, folds.size()).choices()) {
        found.add(new Tried(one.whole(), one.heldOut()));
      }
    }
    return found;
  }

  private ScalingEffect effect(Fold fold, DayPart part, OperatingPoint point) {
    int start = warmUp(part.from());
    OperatingPoints points = OperatingPoints.of(point);
    ReplayPolicy policy =
        LearnedPolicy.replay(
            fold.forecast(),
            points,
            PointTable.of(point),
            plant,
            history.stepSeconds(),
            start,
            settings.rules(),
            FloorTable.NONE);
    return run(history.slice(start, part.to()), policy, part.from() - start);
  }

  private FloorTable heldOut(FloorLearner floors, Fold fold) {
    double[] others = history.perSecond();
    Arrays.fill(others, fold.from(), fold.start() + fold.part().steps(), Double.NaN);
    Instant present = history.start().plusSeconds((long) fold.from() * history.stepSeconds());
    return floors
        .learn(new LoadTrace(history.start(), history.stepSeconds(), others), present)
        .map(floor -> FloorTable.of(floor, history, plant.syncSeconds()))
        .orElse(FloorTable.NONE);
  }

  private FoldedEffect effect(List<Fold> folds, Tried tried, List<FloorTable> floors) {
    var effects = new ArrayList<ScalingEffect>();
    for (int i = 0; i < folds.size(); i++) {
      Fold fold = folds.get(i);
      ReplayPolicy policy =
          LearnedPolicy.replay(
              fold.forecast(),
              tried.whole(),
              PointTable.of(tried.inFolds().get(i), settings.kinds(), history, plant.syncSeconds()),
              plant,
              history.stepSeconds(),
              fold.start(),
              settings.rules(),
              floors.get(i));
      effects.add(run(fold.part(), policy, fold.from() - fold.start()));
    }
    return new FoldedEffect(effects);
  }

  /** Those that no other does better than in both requests hurt and cost. */
  private static List<Candidate> front(List<Candidate> all) {
    var front = new ArrayList<Candidate>();
    double least = Double.POSITIVE_INFINITY;
    for (Candidate candidate :
        all.stream()
            .sorted(
                Comparator.comparingDouble((Candidate one) -> one.effect().cost())
                    .thenComparingDouble(one -> one.effect().hurtShare()))
            .toList()) {
      if (candidate.effect().hurtShare() < least) {
        least = candidate.effect().hurtShare();
        front.add(candidate);
      }
    }
    return front;
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

  /** What each point did in the folds, in the order of the settings; then those with floors. */
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
        chosen.points(),
        model,
        plant,
        floor,
        history.stepSeconds(),
        settings.rules(),
        chosen.effect(),
        chosen.kept(),
        settings.kinds());
  }
}
