package io.bridgewatch.scale;

import io.bridgewatch.scale.PolicyShape.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A policy that a {@link PolicyLearner} chose: a plain autoscaler with two metrics. Use of CPU at
 * all of its capacity keeps what is busy; an external metric says how many replicas are needed.
 */
public final class LearnedPolicy {

  /** Name of the external metric in the compiled autoscaler. */
  public static final String METRIC = "bridgewatch-replicas-needed";

  /** Requests in line are to be served within this time. */
  static final double DRAIN_SECONDS = 60;

  private final OperatingPoint point;
  private final RiseModel model;
  private final PlantSettings plant;
  private final double floor;
  private final int stepSeconds;
  private final int maxReplicas;
  private final FoldedEffect expected;

  LearnedPolicy(
      OperatingPoint point,
      RiseModel model,
      PlantSettings plant,
      double floor,
      int stepSeconds,
      int maxReplicas,
      FoldedEffect expected) {
    this.point = point;
    this.model = model;
    this.plant = plant;
    this.floor = floor;
    this.stepSeconds = stepSeconds;
    this.maxReplicas = maxReplicas;
    this.expected = expected;
  }

  public OperatingPoint point() {
    return point;
  }

  /** What it was learned in. */
  public PlantSettings plant() {
    return plant;
  }

  /** Of the load that it was learned from. */
  public int stepSeconds() {
    return stepSeconds;
  }

  public int maxReplicas() {
    return maxReplicas;
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

  public String displayName() {
    return "forecast + %.1f errors, rise %.2f–%s, down %ds"
        .formatted(
            point.errors(),
            point.leastRise(),
            Double.isInfinite(point.mostRise())
                ? "any"
                : String.format(Locale.ROOT, "%.2f", point.mostRise()),
            point.downWindowSeconds());
  }

  /**
   * For one run over a stretch of a load.
   *
   * @param load with steps as long as those it was learned from; what comes before the stretch
   *     makes the forecast familiar with it
   * @param from first step of the stretch
   */
  public ReplayPolicy replay(LoadTrace load, int from) {
    return replay(new RiseForecast(model, new LoadSignals(load, floor)), load.stepSeconds(), from);
  }

  /** Several runs over one load share its forecast. */
  ReplayPolicy replay(RiseForecast forecast, int stepSeconds, int from) {
    return replay(forecast, point, plant, stepSeconds, from, maxReplicas);
  }

  static ReplayPolicy replay(
      RiseForecast forecast,
      OperatingPoint point,
      PlantSettings plant,
      int stepSeconds,
      int from,
      int maxReplicas) {
    var shape =
        new PolicyShape(Trigger.CPU, 100, point.downWindowSeconds(), 0, 0, 0, 1, maxReplicas);
    var need =
        new LearnedNeed(
            forecast, point, new LookAhead(stepSeconds, plant), plant, DRAIN_SECONDS, from);
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
    var look = new LookAhead(load.stepSeconds(), plant);
    var need = new LearnedNeed(forecast(load), point, look, plant, DRAIN_SECONDS, from);
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
   * @return empty where the load was not seen lately: nothing is known, which is not zero
   */
  public OptionalDouble needed(LoadTrace past, Live live, Instant now) {
    if (past.stepSeconds() != stepSeconds) {
      throw new IllegalArgumentException(
          "the load has steps of %d s, the policy was learned from steps of %d s"
              .formatted(past.stepSeconds(), stepSeconds));
    }
    long since = Duration.between(past.start(), now).toSeconds();
    int looked = (int) (since - Math.floorMod(since, plant.syncSeconds()));
    var look = new LookAhead(stepSeconds, plant);
    int seen = look.seen(looked);
    boolean known = seen < past.steps() && !Double.isNaN(past.at(seen));
    if (!known || Double.isNaN(live.requests()) || looked <= plant.lagSeconds()) {
      return OptionalDouble.empty();
    }
    Rises rises = model.over(new LoadSignals(past.slice(0, seen + 1), floor));
    var need = new LearnedNeed(rises, point, look, plant, DRAIN_SECONDS, 0);
    return OptionalDouble.of(need.at(new LiveView(looked, live, plant)));
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
      return Math.min(ready(), live.requests() / plant.cpuCapacity());
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
    List<HpaMetric> metrics =
        List.of(
            new HpaMetric.Resource("cpu", new HpaTarget.Utilization(100)),
            new HpaMetric.External(METRIC, new HpaTarget.AverageValue(1000)));
    var up =
        new ScalingRules(
            OptionalInt.of(0),
            ScalingRules.Select.MAX,
            List.of(new ScalingRules.Policy(ScalingRules.Policy.Type.PODS, maxReplicas, 15)),
            OptionalDouble.of(0));
    var down =
        new ScalingRules(
            OptionalInt.of(point.downWindowSeconds()),
            ScalingRules.Select.MAX,
            List.of(new ScalingRules.Policy(ScalingRules.Policy.Type.PERCENT, 100, 15)),
            OptionalDouble.of(0));
    return new HpaSpec(1, maxReplicas, metrics, Optional.of(new HpaSpec.Behavior(up, down)));
  }
}
