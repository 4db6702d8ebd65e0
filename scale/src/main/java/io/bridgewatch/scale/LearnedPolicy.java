package io.bridgewatch.scale;

import io.bridgewatch.scale.PolicyShape.Trigger;
import java.util.List;
import java.util.Locale;
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
  private final int maxReplicas;
  private final FoldedEffect expected;

  LearnedPolicy(
      OperatingPoint point,
      RiseModel model,
      PlantSettings plant,
      double floor,
      int maxReplicas,
      FoldedEffect expected) {
    this.point = point;
    this.model = model;
    this.plant = plant;
    this.floor = floor;
    this.maxReplicas = maxReplicas;
    this.expected = expected;
  }

  public OperatingPoint point() {
    return point;
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
