package io.bridgewatch.scale;

import io.bridgewatch.scale.PolicyShape.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A policy that a {@link PolicyLearner} chose: a plain autoscaler with two metrics. An external
 * metric says how many replicas are needed; its guard, mostly use of CPU, raises what is at its
 * capacity nevertheless.
 */
public final class LearnedPolicy {

  /** Names of the external metrics in the compiled autoscaler. */
  public static final String METRIC = "bridgewatch-replicas-needed";

  public static final String REQUESTS = "bridgewatch-requests-per-second";
  public static final String IN_FLIGHT = "bridgewatch-requests-in-flight";

  /** Requests in line are to be served within this time. */
  static final double DRAIN_SECONDS = 60;

  private final OperatingPoints points;
  private final RiseModel model;
  private final PlantSettings plant;
  private final double floor;
  private final int stepSeconds;
  private final PolicyRules rules;
  private final FoldedEffect expected;
  private final Optional<ReplicaFloor> kept;
  private final Optional<DayKinds> kinds;

  LearnedPolicy(
      OperatingPoints points,
      RiseModel model,
      PlantSettings plant,
      double floor,
      int stepSeconds,
      PolicyRules rules,
      FoldedEffect expected,
      Optional<ReplicaFloor> kept,
      Optional<DayKinds> kinds) {
    this.points = points;
    this.model = model;
    this.plant = plant;
    this.floor = floor;
    this.stepSeconds = stepSeconds;
    this.rules = rules;
    this.expected = expected;
    this.kept = kept;
    this.kinds = kinds;
  }

  public OperatingPoints points() {
    return points;
  }

  /** What it was learned in. */
  public PlantSettings plant() {
    return plant;
  }

  /** Of the load that it was learned from. */
  public int stepSeconds() {
    return stepSeconds;
  }

  /** What was settled before it was learned. */
  public PolicyRules rules() {
    return rules;
  }

  RiseModel model() {
    return model;
  }

  double floor() {
    return floor;
  }

  /**
   * What it did in the parts of its history that were held back while their forecast was learned.
   */
  public FoldedEffect expected() {
    return expected;
  }

  /** How many replicas it keeps at least for the kind of day or event; empty where it has none. */
  public Optional<ReplicaFloor> kept() {
    return kept;
  }

  /** The same policy with another floor. */
  public LearnedPolicy keeping(ReplicaFloor other) {
    return new LearnedPolicy(
        points, model, plant, floor, stepSeconds, rules, expected, Optional.of(other), kinds);
  }

  /** The same policy where days are told apart so. */
  public LearnedPolicy by(DayKinds other) {
    return new LearnedPolicy(
        points, model, plant, floor, stepSeconds, rules, expected, kept, Optional.of(other));
  }

  public String displayName() {
    return "forecast + %s%s"
        .formatted(points.displayName(), kept.map(one -> ", " + one.displayName()).orElse(""));
  }

  /**
   * For one run over a stretch of a load.
   *
   * @param load with steps as long as those it was learned from; what comes before the stretch
   *     makes the forecast familiar with it
   * @param from first step of the stretch
   */
  public ReplayPolicy replay(LoadTrace load, int from) {
    return replay(forecast(load), load, from);
  }

  /** Several runs over one load share its forecast. */
  ReplayPolicy replay(RiseForecast forecast, LoadTrace load, int from) {
    return replay(
        forecast,
        points,
        pointsOver(load),
        plant,
        load.stepSeconds(),
        from,
        rules,
        floorsOver(load));
  }

  private PointTable pointsOver(LoadTrace load) {
    return PointTable.of(points, kinds, load, plant.syncSeconds());
  }

  private FloorTable floorsOver(LoadTrace load) {
    return kept.map(one -> FloorTable.of(one, load, plant.syncSeconds())).orElse(FloorTable.NONE);
  }

  static ReplayPolicy replay(
      RiseForecast forecast,
      OperatingPoints points,
      PointTable table,
      PlantSettings plant,
      int stepSeconds,
      int from,
      PolicyRules rules,
      FloorTable floors) {
    var shape =
        new PolicyShape(
            rules.guard(),
            rules.guard() == Trigger.CPU ? plant.cpuPercentAtCapacity() : 100,
            points.usual().downWindowSeconds(),
            0,
            0,
            0,
            rules.minReplicas(),
            rules.maxReplicas());
    var need =
        new LearnedNeed(
            forecast,
            table,
            new LookAhead(stepSeconds, plant),
            plant,
            DRAIN_SECONDS,
            rules.reserve(),
            floors,
            from);
    return new HpaReplay(shape, plant, Optional.of(need));
  }

  /**
   * The same by the compiled autoscaler, decided by {@link HpaController} with the forecast as its
   * external metric; slower by far.
   */
  public ReplayPolicy replayCompiled(LoadTrace load, int from) {
    return replayed(hpa(), load, from);
  }

  /**
   * An autoscaler that looks at this policy's metric, and perhaps at others.
   *
   * @throws IllegalArgumentException if it has a metric that no replay knows
   */
  public ReplayPolicy replayed(HpaSpec spec, LoadTrace load, int from) {
    var need =
        new LearnedNeed(
            forecast(load),
            pointsOver(load),
            new LookAhead(load.stepSeconds(), plant),
            plant,
            DRAIN_SECONDS,
            rules.reserve(),
            floorsOver(load),
            from);
    return new ManifestReplay(spec, plant, Map.of(METRIC, need));
  }

  /**
   * What was seen of a load a moment ago.
   *
   * @param requests a second
   * @param inFlight requests being served or waiting; {@code NaN} where that is not known, and then
   *     nobody waits
   * @param ready replicas that served; {@code NaN} where that is not known
   */
  public record Live(double requests, double inFlight, double ready) {}

  /**
   * The metric "replicas needed" now.
   *
   * @param past the load in steps as long as those that it was learned from, up to the newest that
   *     was seen, at a whole number of looks of the controller; eight days let it know the week
   * @param now the controller looks
   * @return empty where the load was not seen lately: nothing is known, which is not zero; but the
   *     floor of the moment where fewer serve
   */
  public OptionalDouble needed(LoadTrace past, Live live, Instant now) {
    if (past.stepSeconds() != stepSeconds) {
      throw new IllegalArgumentException(
          "the load has steps of %d s, the policy was learned from steps of %d s"
              .formatted(past.stepSeconds(), stepSeconds));
    }
    int kept = keptAt(now);
    long since = Duration.between(past.start(), now).toSeconds();
    int looked = (int) (since - Math.floorMod(since, plant.syncSeconds()));
    var look = new LookAhead(stepSeconds, plant);
    int seen = look.seen(looked);
    boolean known = seen < past.steps() && !Double.isNaN(past.at(seen));
    if (!known || Double.isNaN(live.requests()) || looked <= plant.lagSeconds()) {
      return kept > live.ready() ? OptionalDouble.of(kept) : OptionalDouble.empty();
    }
    Rises rises = model.over(new LoadSignals(past.slice(0, seen + 1), floor));
    var need =
        new LearnedNeed(
            rises,
            PointTable.of(points.at(now, kinds)),
            look,
            plant,
            DRAIN_SECONDS,
            rules.reserve(),
            FloorTable.NONE,
            0);
    return OptionalDouble.of(Math.max(kept, need.at(new LiveView(looked, live, plant))));
  }

  private int keptAt(Instant moment) {
    return kept.map(one -> Math.min(rules.maxReplicas(), one.at(moment))).orElse(0);
  }

  private record LiveView(int now, Live live, PlantSettings plant) implements ReplayPolicy.View {
    @Override
    public int replicas() {
      return ready();
    }

    @Override
    public int ready() {
      return Double.isNaN(live.ready()) ? Integer.MAX_VALUE : (int) live.ready();
    }

    @Override
    public double arrivals() {
      return live.requests();
    }

    @Override
    public double busy() {
      double idle = plant.cpu().idle();
      double most = ready() * (plant.mostCpu() - idle); // no limit where it is not known
      return ready() * idle + Math.min(most, live.requests() / plant.cpu().capacity());
    }

    @Override
    public double inFlight() {
      return Double.isNaN(live.inFlight()) ? plant.inService(busy(), ready()) : live.inFlight();
    }

    @Override
    public int readyWhenMeasured() {
      return ready();
    }
  }

  /** The forecast of this policy's model over a load. */
  RiseForecast forecast(LoadTrace load) {
    return new RiseForecast(model, new LoadSignals(load, floor));
  }

  /**
   * The autoscaler to apply. Its tolerances of zero want Kubernetes 1.35 or the gate
   * HPAConfigurableTolerance; without them a tenth is tolerated.
   */
  public HpaSpec hpa() {
    var metrics = new ArrayList<HpaMetric>();
    guard().ifPresent(metrics::add);
    metrics.add(new HpaMetric.External(METRIC, new HpaTarget.AverageValue(1000)));
    var up =
        new ScalingRules(
            OptionalInt.of(0),
            ScalingRules.Select.MAX,
            List.of(
                new ScalingRules.Policy(ScalingRules.Policy.Type.PODS, rules.maxReplicas(), 15)),
            OptionalDouble.of(0));
    var down =
        new ScalingRules(
            OptionalInt.of(points.usual().downWindowSeconds()),
            ScalingRules.Select.MAX,
            List.of(new ScalingRules.Policy(ScalingRules.Policy.Type.PERCENT, 100, 15)),
            OptionalDouble.of(0));
    return new HpaSpec(
        rules.minReplicas(),
        rules.maxReplicas(),
        metrics,
        Optional.of(new HpaSpec.Behavior(up, down)));
  }

  private Optional<HpaMetric> guard() {
    return switch (rules.guard()) {
      case CPU ->
          Optional.of(
              new HpaMetric.Resource(
                  "cpu", new HpaTarget.Utilization(plant.cpuPercentAtCapacity())));
      case REQUESTS -> Optional.of(external(REQUESTS, plant.capacity()));
      case CONCURRENCY ->
          Optional.of(external(IN_FLIGHT, plant.capacity() * plant.serviceSeconds()));
      case NONE -> Optional.empty();
    };
  }

  private static HpaMetric external(String name, double perReplica) {
    long milli = Math.max(1, Math.round(1000 * perReplica));
    return new HpaMetric.External(name, new HpaTarget.AverageValue(milli));
  }
}
