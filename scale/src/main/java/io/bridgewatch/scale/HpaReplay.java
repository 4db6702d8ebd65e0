package io.bridgewatch.scale;

import io.bridgewatch.scale.PolicyShape.Trigger;
import java.util.Optional;

/**
 * An HPA in a replay: the controller's arithmetic on pods that are all alike, without making an
 * object for each of them. A test holds it against {@link HpaController}.
 *
 * <p>It stands for an object with one metric, or two where a forecast is given, and a behavior
 * whose scale-up is free of limits of rate, or without a behavior for plain CPU. A forecast is a
 * metric of its own, "replicas needed" with a target of one: it can raise and never lower.
 */
public final class HpaReplay implements ReplayPolicy {

  private static final long POD_REQUEST_MILLI = 1000;

  private final PolicyShape shape;
  private final PlantSettings plant;
  private final boolean limited;
  private final Optional<NeededReplicas> forecast;

  /** Recommendations of the window, the newest at {@code newest}. */
  private final int[] recommendedAt;

  private final int[] recommended;
  private int count;
  private int newest = -1;

  /**
   * @param forecast a second metric, with a target of one
   */
  HpaReplay(PolicyShape shape, PlantSettings plant, Optional<NeededReplicas> forecast) {
    this.shape = shape;
    this.plant = plant;
    this.forecast = forecast;
    this.limited = shape.trigger() == Trigger.CPU && forecast.isEmpty();
    int kept = shape.downWindowSeconds() / plant.syncSeconds() + 2;
    this.recommendedAt = new int[kept];
    this.recommended = new int[kept];
  }

  /** For one run over that load. */
  public static HpaReplay of(PolicyShape shape, PlantSettings plant, LoadTrace load) {
    return new HpaReplay(
        shape,
        plant,
        shape.forecastQuantile() > 0
            ? Optional.of(pastRises(shape, plant, load))
            : Optional.empty());
  }

  private static NeededReplicas pastRises(PolicyShape shape, PlantSettings plant, LoadTrace load) {
    int lead =
        plant.startSeconds() + plant.lagSeconds() + plant.windowSeconds() + plant.syncSeconds();
    var rises = new RatioForecast(load, 5, lead, shape.forecastQuantile());
    double served = plant.capacity() * shape.target() / 100;
    return view -> view.arrivals() * rises.rise(view.now()) / served;
  }

  @Override
  public int maxReplicas() {
    return shape.maxReplicas();
  }

  @Override
  public int replicas(View view) {
    int current = view.replicas();
    if (current > shape.maxReplicas()) {
      return shape.maxReplicas();
    }
    if (current < shape.minReplicas()) {
      return shape.minReplicas();
    }
    int wanted = Math.max(byMetric(view, current), byForecast(view, current));
    int stabilised = stabilised(view.now(), wanted, current);
    int most =
        limited ? Math.min(shape.maxReplicas(), Math.max(2 * current, 4)) : shape.maxReplicas();
    return Math.clamp(stabilised, shape.minReplicas(), most);
  }

  private int byMetric(View view, int current) {
    int counted = Math.max(1, Math.min(view.ready(), view.readyWhenMeasured()));
    int others = current - counted;
    return switch (shape.trigger()) {
      case CPU ->
          byUtilization(Math.round(view.busy() * POD_REQUEST_MILLI), counted, others, current);
      case REQUESTS ->
          byWhole(
              Math.round(view.arrivals() * 1000),
              Math.max(1, Math.round(plant.capacity() * shape.target() * 10)),
              current);
      case CONCURRENCY ->
          byWhole(
              Math.round(view.inFlight() * 1000),
              Math.max(
                  1, Math.round(plant.capacity() * plant.serviceSeconds() * shape.target() * 10)),
              current);
      case NONE -> 0;
    };
  }

  /** As {@link ReplicaCount} counts a utilization when those that start are not ready. */
  private int byUtilization(long usage, int counted, int unready, int current) {
    double ratio =
        (double) ReplicaCount.percent(usage, counted * POD_REQUEST_MILLI) / shape.target();
    if (unready <= 0 || ratio <= 1.0) {
      return within(ratio) ? current : ReplicaCount.ceil(ratio * counted);
    }
    int all = counted + unready;
    double withOthers =
        (double) ReplicaCount.percent(usage, all * POD_REQUEST_MILLI) / shape.target();
    if (within(withOthers) || withOthers < 1.0) {
      return current;
    }
    return Math.max(current, ReplicaCount.ceil(withOthers * all));
  }

  /** As an external metric with an average value: what there is in all, over the target. */
  private int byWhole(long usage, long target, int current) {
    double ratio = (double) usage / ((double) target * (double) current);
    return within(ratio) ? current : ReplicaCount.ceil((double) usage / (double) target);
  }

  private int byForecast(View view, int current) {
    if (forecast.isEmpty()) {
      return 0;
    }
    return byWhole(Math.round(forecast.get().at(view) * 1000), 1000, current);
  }

  private boolean within(double ratio) {
    return 1.0 - shape.downTolerance() <= ratio && ratio <= 1.0 + shape.upTolerance();
  }

  private int stabilised(int now, int wanted, int current) {
    int held = wanted;
    int cutoff = now - shape.downWindowSeconds();
    int kept = 0;
    for (int i = 0; i < count; i++) {
      int slot = Math.floorMod(newest - i, recommended.length);
      if (limited ? recommendedAt[slot] < cutoff : recommendedAt[slot] <= cutoff) {
        break;
      }
      held = Math.max(held, recommended[slot]);
      kept++;
    }
    newest = Math.floorMod(newest + 1, recommended.length);
    recommendedAt[newest] = now;
    recommended[newest] = wanted;
    count = Math.min(kept + 1, recommended.length);
    return limited ? held : Math.min(Math.max(current, wanted), held);
  }
}
