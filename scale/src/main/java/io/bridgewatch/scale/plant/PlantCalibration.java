package io.bridgewatch.scale.plant;

import io.bridgewatch.numerics.Robust;
import io.bridgewatch.scale.Readiness;
import io.bridgewatch.scale.StartTimes;
import io.bridgewatch.scale.plant.CalibrationGap.KneeNotSeen;
import io.bridgewatch.scale.plant.CalibrationGap.KneeUncertain;
import io.bridgewatch.scale.plant.CalibrationGap.LimitedElsewhere;
import io.bridgewatch.scale.plant.CalibrationGap.NoRangeOfLoad;
import io.bridgewatch.scale.plant.CalibrationGap.NotMeasured;
import io.bridgewatch.scale.plant.CalibrationGap.StartUnknown;
import io.bridgewatch.scale.plant.CalibrationGap.TooLittleHistory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;

/**
 * Calibrates a workload's plant from its history.
 *
 * <ol>
 *   <li>The history is put into steps of a minute. A step counts if its load per replica is known,
 *       the replicas did not change in it, and at most a twentieth of its requests failed.
 *   <li>Latency is put into bins of load per replica, of which trimmed means count, and a {@link
 *       LatencyCurve} is fitted to them: its capacity is where latency would grow without end.
 *   <li>Cores in use are regressed on load below the limit: what a request costs, and what CPU
 *       allows at most.
 *   <li>Both are done again for many resamplings of the hours of the history (block bootstrap), of
 *       which 95 of 100 give the intervals. Those of the curve are widened by what its shape may
 *       get wrong, 4 % to each side.
 *   <li>The knee counts as seen if latency rose by half or more and the capacity is narrow enough;
 *       else CPU gives a bound, else there is only what was seen.
 * </ol>
 *
 * <p>The same history and settings give the same plant.
 */
public final class PlantCalibration {

  private static final int LEAST_SECONDS = 6 * 3600;
  private static final double LEAST_RANGE = 1.5;
  private static final double LEAST_RISE = 1.5;
  private static final double LEAST_SURE_RISE = 1.25;
  private static final double MOST_BEYOND = 1.5;
  private static final double MOST_WIDTH = 0.6;
  private static final double MOST_ERRORS = 0.05;
  private static final double OUTER = 0.005;
  private static final int BINS = 40;
  private static final int PER_BIN = 8;
  private static final double NEAR_CPU_LIMIT = 0.9;
  private static final double CALM = 1.5;
  private static final double REPLICAS_VARY = 1.3;
  private static final double EXPLAINED_BETTER = 0.85;
  private static final int FEWEST_BINS = 5;
  private static final double OUTSIDE = 0.025;

  /** Half of the width that is added, as a share, for what the curve's shape gets wrong. */
  private static final double SHAPE_ERROR = 0.04;

  /**
   * @param seed of the resampling
   * @param resamples how many, at least 20
   * @param stepSeconds of which the curve is fitted; shorter ones are put together
   * @param blockSeconds that are resampled together, as neighbouring steps are alike
   */
  public record Settings(long seed, int resamples, int stepSeconds, int blockSeconds) {

    public Settings {
      if (resamples < 20 || stepSeconds < 1 || blockSeconds < stepSeconds) {
        throw new IllegalArgumentException(
            "needs at least 20 resamples, steps of at least 1 s and blocks of at least a step;"
                + " had %d, %d s and %d s".formatted(resamples, stepSeconds, blockSeconds));
      }
    }

    /** 200 resamples of hours. */
    public static Settings standard(long seed) {
      return new Settings(seed, 200, 60, 3600);
    }
  }

  private final WorkloadHistory history;
  private final WorkloadHistory steps;
  private final Settings settings;
  private final List<CalibrationGap> gaps = new ArrayList<>();

  /** Of each step that counts. */
  private double[] loads = new double[0];

  private double[] whole = new double[0];
  private double[] latencies = new double[0];
  private double[] cpus = new double[0];
  private int[] blocks = new int[0];
  private int fewestReplicas = Integer.MAX_VALUE;
  private int mostReplicas;
  private Measure latencyMeasure = Measure.LATENCY_MEAN;

  private PlantCalibration(WorkloadHistory history, Settings settings) {
    this.history = history;
    this.settings = settings;
    this.steps =
        (long) history.steps() * history.stepSeconds() < settings.stepSeconds()
            ? history
            : history.inSteps(settings.stepSeconds());
  }

  /**
   * @param starts how long pods took to start
   * @param limits of what all replicas call, as far as they are known
   */
  public static CalibratedPlant of(
      WorkloadHistory history, StartTimes starts, List<DownstreamLimit> limits, Settings settings) {
    return new PlantCalibration(history, settings).plant(starts, limits);
  }

  private CalibratedPlant plant(StartTimes starts, List<DownstreamLimit> limits) {
    collect();
    Optional<StartSeconds> start = start(starts);
    Optional<SeenLoad> seen = seen();
    Fit fit = seen.map(this::fit).orElse(Fit.NONE);
    Capacity capacity = capacity(seen, fit);
    return new CalibratedPlant(
        capacity,
        fit.curve,
        latencyMeasure == Measure.LATENCY_P95
            ? Optional.empty()
            : fit.curve.map(curve -> curveInterval(curve.floorSeconds(), fit.floors)),
        fit.cpu,
        start,
        fit.cpu.flatMap(cost -> WarmUp.of(history, cost)),
        Patience.of(history),
        lag(),
        seen,
        limits.stream()
            .<UsefulReplicas>mapMulti((limit, found) -> useful(limit, capacity).ifPresent(found))
            .toList(),
        gaps);
  }

  // What counts

  private void collect() {
    latencyMeasure = latencyMeasure();
    int size = steps.steps();
    double[] load = new double[size];
    double[] all = new double[size];
    double[] latency = new double[size];
    double[] cpu = new double[size];
    int[] block = new int[size];
    int perBlock = Math.max(1, settings.blockSeconds() / steps.stepSeconds());
    int count = 0;
    for (int step = 1; step < size; step++) {
      double ready = steps.at(Measure.READY_REPLICAS, step);
      double each = steps.loadPerReplica(step);
      boolean steady =
          ready == Math.rint(ready) && ready == steps.at(Measure.READY_REPLICAS, step - 1);
      if (!(each > 0) || !steady || steps.errorShare(step) > MOST_ERRORS) {
        continue;
      }
      load[count] = each;
      all[count] = steps.at(Measure.REQUESTS, step);
      double seconds = steps.at(latencyMeasure, step);
      latency[count] = seconds > 0 ? seconds : Double.NaN;
      cpu[count] = steps.at(Measure.CPU, step);
      block[count++] = step / perBlock;
      fewestReplicas = Math.min(fewestReplicas, (int) ready);
      mostReplicas = Math.max(mostReplicas, (int) ready);
    }
    loads = Arrays.copyOf(load, count);
    whole = Arrays.copyOf(all, count);
    latencies = Arrays.copyOf(latency, count);
    cpus = Arrays.copyOf(cpu, count);
    blocks = Arrays.copyOf(block, count);
  }

  /** The mean follows the queue; a high percentile is next best. */
  private Measure latencyMeasure() {
    for (Measure measure :
        List.of(Measure.LATENCY_MEAN, Measure.LATENCY_P95, Measure.LATENCY_P50)) {
      if (steps.has(measure)) {
        return measure;
      }
    }
    return Measure.LATENCY_MEAN;
  }

  private Optional<SeenLoad> seen() {
    if (loads.length == 0) {
      return Optional.empty();
    }
    double[] sorted = Robust.sorted(loads);
    return Optional.of(
        new SeenLoad(
            Robust.quantile(sorted, OUTER),
            Robust.quantile(sorted, 1 - OUTER),
            fewestReplicas,
            mostReplicas,
            loads.length,
            steps.stepSeconds()));
  }

  private long seconds() {
    return (long) loads.length * steps.stepSeconds();
  }

  // The curve, what a request costs, and their intervals

  private record Fit(
      Optional<LatencyCurve> curve,
      double[] capacities,
      double[] floors,
      double[] rises,
      Optional<CpuCost> cpu,
      double calm) {

    static final Fit NONE =
        new Fit(Optional.empty(), new double[0], new double[0], new double[0], Optional.empty(), 0);
  }

  private Fit fit(SeenLoad seen) {
    LoadBins latency = LoadBins.of(loads, latencies, blocks, BINS, PER_BIN);
    LoadBins cpu = LoadBins.of(loads, cpus, blocks, BINS, PER_BIN);
    int[] present = Arrays.stream(blocks).distinct().toArray();
    int[] once = new int[Arrays.stream(blocks).max().orElse(0) + 1];
    Arrays.fill(once, 1);
    var fitter = new LatencyFit(latencyMeasure, seen.highest());
    LoadBins.Summary all = latency.summary(once);
    boolean curved = all.size() >= FEWEST_BINS && seen.highest() >= LEAST_RANGE * seen.lowest();
    Optional<LatencyCurve> curve = curved ? Optional.of(fitter.fit(all)) : Optional.empty();
    Optional<CpuLine> line = line(cpu.summary(once));

    var random = new SplittableRandom(settings.seed());
    double[] capacities = new double[curved ? settings.resamples() : 0];
    double[] floors = new double[capacities.length];
    double[] rises = new double[capacities.length];
    var lines = new ArrayList<CpuLine>();
    for (int i = 0; i < settings.resamples(); i++) {
      int[] counts = new int[once.length];
      for (int drawn = 0; drawn < present.length; drawn++) {
        counts[present[random.nextInt(present.length)]]++;
      }
      if (curve.isPresent()) {
        LoadBins.Summary some = latency.summary(counts);
        LatencyCurve again =
            some.size() < FEWEST_BINS ? curve.get() : fitter.fit(some, curve.get());
        capacities[i] = again.capacity();
        floors[i] = again.floorSeconds();
        rises[i] = again.at(seen.highest()) / again.floorSeconds();
      }
      line(cpu.summary(counts)).ifPresent(lines::add);
    }
    double calm =
        curve
            .flatMap(
                known -> {
                  var at = known.loadAt(CALM * known.floorSeconds());
                  return at.isPresent() ? Optional.of(at.getAsDouble()) : Optional.empty();
                })
            .map(load -> Math.min(load, seen.highest()))
            .orElse(seen.highest());
    return new Fit(
        curve, capacities, floors, rises, line.flatMap(known -> cost(known, lines)), calm);
  }

  /** Cores in use: those without load, and core seconds of a request. */
  private record CpuLine(double idle, double perRequest) {}

  private Optional<CpuLine> line(LoadBins.Summary bins) {
    double limit = steps.resources().cpuLimit().orElse(Double.POSITIVE_INFINITY);
    double weights = 0;
    double loadSum = 0;
    double cpuSum = 0;
    int used = 0;
    for (int i = 0; i < bins.size(); i++) {
      if (bins.values()[i] < NEAR_CPU_LIMIT * limit) {
        weights++;
        loadSum += bins.loads()[i];
        cpuSum += bins.values()[i];
        used++;
      }
    }
    if (used < FEWEST_BINS) {
      return Optional.empty();
    }
    double loadMean = loadSum / weights;
    double cpuMean = cpuSum / weights;
    double squares = 0;
    double products = 0;
    for (int i = 0; i < bins.size(); i++) {
      if (bins.values()[i] < NEAR_CPU_LIMIT * limit) {
        squares += (bins.loads()[i] - loadMean) * (bins.loads()[i] - loadMean);
        products += (bins.loads()[i] - loadMean) * (bins.values()[i] - cpuMean);
      }
    }
    double slope = products / squares;
    return slope > 0
        ? Optional.of(new CpuLine(cpuMean - slope * loadMean, slope))
        : Optional.empty();
  }

  private Optional<CpuCost> cost(CpuLine line, List<CpuLine> resampled) {
    CpuCost.Basis basis =
        steps.resources().cpuLimit().isPresent() ? CpuCost.Basis.LIMIT : CpuCost.Basis.REQUEST;
    double cores =
        steps.resources().cpuLimit().orElse(steps.resources().cpuRequest().orElse(Double.NaN));
    double requested = steps.resources().cpuRequest().orElse(cores);
    if (!(cores > line.idle)) {
      return Optional.empty();
    }
    return Optional.of(
        new CpuCost(
            interval(
                line.perRequest, resampled.stream().mapToDouble(CpuLine::perRequest).toArray()),
            Math.max(0, line.idle),
            cores,
            basis,
            requested > 0 ? requested : cores,
            interval(
                (cores - line.idle) / line.perRequest,
                resampled.stream()
                    .mapToDouble(each -> (cores - each.idle) / each.perRequest)
                    .toArray())));
  }

  /** Of the resampled values the middle 95 of 100, and what the curve's shape may get wrong. */
  private static Interval curveInterval(double value, double[] resampled) {
    Interval drawn = interval(value, resampled);
    double shape = SHAPE_ERROR * value;
    return new Interval(
        value - Math.hypot(value - drawn.low(), shape),
        value,
        value + Math.hypot(drawn.high() - value, shape));
  }

  /** Of the resampled values the middle 95 of 100, the value included. */
  private static Interval interval(double value, double[] resampled) {
    double[] sorted = Robust.sorted(resampled);
    return sorted.length == 0
        ? new Interval(value, value, value)
        : new Interval(
            Math.min(value, Robust.quantile(sorted, OUTSIDE)),
            value,
            Math.max(value, Robust.quantile(sorted, 1 - OUTSIDE)));
  }

  // What that says of the capacity

  private Capacity capacity(Optional<SeenLoad> seen, Fit fit) {
    if (seen.isEmpty() || seconds() < LEAST_SECONDS) {
      return unknown(tooLittle());
    }
    Optional<CalibrationGap> gap = kneeGap(seen.get(), fit);
    if (gap.isEmpty()) {
      return new Capacity.Measured(
          curveInterval(fit.curve.orElseThrow().capacity(), fit.capacities));
    }
    gaps.add(gap.get());
    if (gap.get() instanceof LimitedElsewhere) {
      return new Capacity.AtLeast(fit.calm, gap.get());
    }
    if (fit.cpu.isEmpty()) {
      notMeasured(Measure.CPU).ifPresent(gaps::add);
    }
    return fit.cpu
        .filter(cost -> cost.capacity().value() > seen.get().highest())
        .<Capacity>map(
            cost -> new Capacity.BoundByCpu(fit.calm, cost.capacity(), cost.basis(), gap.get()))
        .orElseGet(() -> new Capacity.AtLeast(fit.calm, gap.get()));
  }

  private Capacity unknown(CalibrationGap gap) {
    gaps.add(gap);
    return new Capacity.Unknown(gap);
  }

  private CalibrationGap tooLittle() {
    return notMeasured(Measure.REQUESTS)
        .or(() -> notMeasured(Measure.READY_REPLICAS))
        .orElseGet(() -> new TooLittleHistory(seconds(), LEAST_SECONDS));
  }

  private Optional<CalibrationGap> notMeasured(Measure measure) {
    return Arrays.stream(steps.values(measure)).allMatch(Double::isNaN)
        ? Optional.of(new NotMeasured(measure))
        : Optional.empty();
  }

  private Optional<CalibrationGap> kneeGap(SeenLoad seen, Fit fit) {
    if (seen.highest() < LEAST_RANGE * seen.lowest()) {
      return Optional.of(new NoRangeOfLoad(seen.lowest(), seen.highest(), LEAST_RANGE));
    }
    Optional<CalibrationGap> unmeasured = notMeasured(latencyMeasure);
    if (unmeasured.isPresent()) {
      return unmeasured;
    }
    if (fit.curve.isEmpty()) {
      return Optional.of(new TooLittleHistory(seconds(), LEAST_SECONDS));
    }
    Optional<CalibrationGap> elsewhere = limitedElsewhere();
    if (elsewhere.isPresent()) {
      return elsewhere;
    }
    double rise = fit.curve.get().at(seen.highest()) / fit.curve.get().floorSeconds();
    Interval capacity = curveInterval(fit.curve.get().capacity(), fit.capacities);
    double sureRise = Robust.quantile(Robust.sorted(fit.rises), OUTSIDE);
    if (rise < LEAST_RISE
        || sureRise < LEAST_SURE_RISE
        || capacity.value() > MOST_BEYOND * seen.highest()) {
      return Optional.of(new KneeNotSeen(seen.highest(), rise, LEAST_RISE));
    }
    return capacity.relativeWidth() > MOST_WIDTH
        ? Optional.of(new KneeUncertain(capacity.low(), capacity.high(), MOST_WIDTH))
        : Optional.empty();
  }

  /** Whether the load of all explains latency much better than that of one. */
  private Optional<CalibrationGap> limitedElsewhere() {
    if (mostReplicas < REPLICAS_VARY * fewestReplicas) {
      return Optional.empty();
    }
    double[] logarithms = Arrays.stream(latencies).map(Math::log).toArray();
    double each = LoadBins.of(loads, logarithms, blocks, BINS, PER_BIN).spread();
    double all = LoadBins.of(whole, logarithms, blocks, BINS, PER_BIN).spread();
    return all < EXPLAINED_BETTER * each
        ? Optional.of(new LimitedElsewhere(each, all))
        : Optional.empty();
  }

  // The rest

  private Optional<StartSeconds> start(StartTimes starts) {
    if (starts.pods() < Readiness.STARTS || starts.total().isEmpty()) {
      gaps.add(new StartUnknown(starts.pods(), Readiness.STARTS));
      return Optional.empty();
    }
    StartTimes.Phase total = starts.total().get();
    return Optional.of(new StartSeconds(total.pods(), total.p50(), total.p90(), total.longest()));
  }

  private OptionalInt lag() {
    return history.has(Measure.CPU) && history.has(Measure.REQUESTS)
        ? MetricLag.of(history)
        : OptionalInt.empty();
  }

  private static Optional<UsefulReplicas> useful(DownstreamLimit limit, Capacity capacity) {
    return switch (capacity) {
      case Capacity.Measured known ->
          Optional.of(useful(limit, known.perReplica().value(), known.perReplica().low()));
      case Capacity.BoundByCpu bound ->
          Optional.of(useful(limit, bound.atMost().value(), bound.atLeast()));
      case Capacity.AtLeast seen ->
          Optional.of(useful(limit, seen.perReplica(), seen.perReplica()));
      case Capacity.Unknown _ -> Optional.empty();
    };
  }

  private static UsefulReplicas useful(DownstreamLimit limit, double value, double low) {
    return new UsefulReplicas(
        limit,
        (int) Math.ceil(limit.requestsPerSecond() / value),
        (int) Math.ceil(limit.requestsPerSecond() / low));
  }
}
