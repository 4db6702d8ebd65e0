package io.bridgewatch.scale.plant;

import io.bridgewatch.scale.CpuDemand;
import io.bridgewatch.scale.PlantSettings;
import io.bridgewatch.scale.Warming;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A workload's plant as its history tells it. What is missing was not seen; {@link #gaps} says why.
 *
 * @param capacity of one replica
 * @param latency how latency rises with load per replica; absent where it was not seen
 * @param serviceSeconds mean time of a request that waits for nothing
 * @param cpu what requests cost; absent without CPU or anything that limits it
 * @param start how long a replica takes to start
 * @param warmUp how long it costs more CPU after that; absent where too few started alone
 * @param patienceSeconds how long a request takes at most before it is given up; absent where too
 *     few were
 * @param metricLagSeconds by which CPU follows the load, a multiple of the step; absent where
 *     neither moves enough to tell
 * @param seen loads that were seen; absent where no step counts
 * @param useful replicas, for each limit downstream
 * @param gaps all that could not be told
 */
public record CalibratedPlant(
    Capacity capacity,
    Optional<LatencyCurve> latency,
    Optional<Interval> serviceSeconds,
    Optional<CpuCost> cpu,
    Optional<StartSeconds> start,
    Optional<WarmUp> warmUp,
    OptionalDouble patienceSeconds,
    OptionalInt metricLagSeconds,
    Optional<SeenLoad> seen,
    List<UsefulReplicas> useful,
    List<CalibrationGap> gaps) {

  /** Customers come by themselves, and some ask for more than others. */
  public static final double RANDOM = 1;

  private static final double NEAR_CPU = 0.1;

  private static final PlantSettings USUAL = PlantSettings.standard(1, 60);

  public CalibratedPlant {
    useful = List.copyOf(useful);
    gaps = List.copyOf(gaps);
  }

  /**
   * What a replay takes.
   *
   * @param extrapolated the capacity lies beyond the loads that were seen
   */
  public record ForReplay(PlantSettings settings, boolean extrapolated) {}

  /**
   * For a replay: the capacity's value, of a bound its high end. Where the knee lies within a tenth
   * of what CPU allows, CPU is what ends it, and tells more exactly where; that requests wait
   * before is the plant's randomness. Absent where the capacity is only known to be at least
   * something, or how long a start takes is not known.
   */
  public Optional<ForReplay> forReplay() {
    return switch (capacity) {
      case Capacity.Measured measured ->
          settings(served(measured.perReplica().value()))
              .map(
                  settings ->
                      new ForReplay(
                          settings, seen.isEmpty() || seen.get().beyond(settings.capacity())));
      case Capacity.BoundByCpu bound ->
          settings(bound.atMost().value()).map(settings -> new ForReplay(settings, true));
      case Capacity.AtLeast _, Capacity.Unknown _ -> Optional.empty();
    };
  }

  private double served(double knee) {
    double byCpu = cpu.map(cost -> cost.capacity().value()).orElse(knee);
    return knee >= (1 - NEAR_CPU) * byCpu ? byCpu : knee;
  }

  /** For a replay: what patience leaves beside the time of a request, at least what hurts. */
  public double longestWaitSeconds() {
    if (patienceSeconds.isEmpty()) {
      return USUAL.longestWaitSeconds();
    }
    double service = serviceSeconds.map(Interval::value).orElse(0.0);
    return Math.clamp(
        patienceSeconds.getAsDouble() - service, USUAL.hurtSeconds(), USUAL.longestWaitSeconds());
  }

  private Optional<PlantSettings> settings(double capacityPerReplica) {
    return start.map(
        known ->
            new PlantSettings(
                capacityPerReplica,
                cpu.map(CpuCost::demand).orElse(CpuDemand.of(capacityPerReplica)),
                (int) Math.ceil(known.p90()),
                USUAL.windowSeconds(),
                metricLagSeconds.orElse(USUAL.lagSeconds()),
                USUAL.syncSeconds(),
                USUAL.hurtSeconds(),
                longestWaitSeconds(),
                serviceSeconds.map(Interval::value).orElse(USUAL.serviceSeconds()),
                RANDOM,
                warmUp.map(WarmUp::warming).orElse(Warming.NONE),
                PlantSettings.ANY));
  }
}
