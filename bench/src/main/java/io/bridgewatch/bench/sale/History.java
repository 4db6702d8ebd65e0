package io.bridgewatch.bench.sale;

import io.bridgewatch.numerics.Robust;
import io.bridgewatch.scale.LoadTrace;
import io.bridgewatch.scale.PlantSettings;
import io.bridgewatch.scale.StartTimes;
import io.bridgewatch.scale.plant.CalibratedPlant;
import io.bridgewatch.scale.plant.Measure;
import io.bridgewatch.scale.plant.PlantCalibration;
import io.bridgewatch.scale.plant.Resources;
import io.bridgewatch.scale.plant.WorkloadHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.ToDoubleFunction;

/**
 * What a user knows of the workload after some days of watching it, and the plant that follows.
 *
 * @param load as it was seen, in steps of a scrape
 * @param usualSeconds latency as it mostly is
 * @param calibrated from it
 * @param plant for replays
 */
record History(
    LoadTrace load, double usualSeconds, CalibratedPlant calibrated, PlantSettings plant) {

  private static final int STEP = (int) SaleWorld.SCRAPE.toSeconds();

  /**
   * @param days one after the other, perhaps with gaps between them
   */
  static History of(List<Watch> days) {
    var seen = new ArrayList<Watch.Seen>();
    var starts = new ArrayList<Double>();
    for (Watch day : days) {
      fillTo(seen, day.seen().getFirst().end());
      seen.addAll(day.seen());
      starts.addAll(day.startSeconds());
    }
    return of(seen, starts, days.getLast().cpuLimitCores(), days.getLast().lagSeconds());
  }

  private static void fillTo(List<Watch.Seen> seen, Instant next) {
    while (!seen.isEmpty() && seen.getLast().end().plus(SaleWorld.SCRAPE).isBefore(next)) {
      seen.add(Watch.Seen.nothing(seen.getLast().end().plus(SaleWorld.SCRAPE)));
    }
  }

  /**
   * @param startSeconds of pods, from their creation until they were ready
   * @param cpuLimitCores of a replica
   * @param lagSeconds by which the autoscaler sees CPU late, if known
   */
  static History of(
      List<Watch.Seen> seen,
      List<Double> startSeconds,
      double cpuLimitCores,
      OptionalInt lagSeconds) {
    double usual =
        Robust.median(
            seen.stream()
                .mapToDouble(Watch.Seen::latencySeconds)
                .filter(Double::isFinite)
                .toArray());
    var history =
        WorkloadHistory.builder(trace(seen).start(), STEP, seen.size())
            .with(Measure.REQUESTS, values(seen, Watch.Seen::arrivals))
            .with(Measure.READY_REPLICAS, values(seen, History::ready))
            .with(Measure.LATENCY_MEAN, values(seen, Watch.Seen::latencySeconds))
            .with(Measure.ERRORS, values(seen, Watch.Seen::errors))
            .with(Measure.CPU, values(seen, History::cpuOfReplica))
            .with(Resources.cpu(cpuLimitCores, cpuLimitCores))
            .build();
    CalibratedPlant plant =
        PlantCalibration.of(
            history, starts(startSeconds), List.of(), PlantCalibration.Settings.standard(1));
    PlantSettings replay =
        plant
            .forReplay()
            .orElseThrow(
                () ->
                    new IllegalStateException("cannot replay the history's plant: " + plant.gaps()))
            .settings();
    return new History(
        trace(seen), usual, plant, replay.withLag(lagSeconds.orElse(replay.lagSeconds())));
  }

  private static double[] values(
      List<Watch.Seen> seen, ToDoubleFunction<? super Watch.Seen> measure) {
    return seen.stream().mapToDouble(measure).toArray();
  }

  private static double ready(Watch.Seen seen) {
    return Double.isNaN(seen.arrivals()) ? Double.NaN : seen.ready();
  }

  /** Unknown while some replicas start, which use CPU too. */
  private static double cpuOfReplica(Watch.Seen seen) {
    return seen.ready() == seen.replicas() && seen.ready() > 0
        ? seen.cpuCores() / seen.ready()
        : Double.NaN;
  }

  private static StartTimes starts(List<Double> seconds) {
    double[] sorted = Robust.sorted(seconds.stream().mapToDouble(Double::doubleValue).toArray());
    Optional<StartTimes.Phase> total =
        sorted.length == 0
            ? Optional.empty()
            : Optional.of(
                new StartTimes.Phase(
                    sorted.length,
                    Robust.quantile(sorted, 0.5),
                    Robust.quantile(sorted, 0.9),
                    sorted[sorted.length - 1]));
    return new StartTimes(
        sorted.length,
        0,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        total);
  }

  /** The load of scrapes one after the other. */
  static LoadTrace trace(List<Watch.Seen> seen) {
    Instant start = seen.getFirst().end().minus(SaleWorld.SCRAPE);
    return new LoadTrace(start, STEP, values(seen, Watch.Seen::arrivals));
  }

  /** One load and another that began later. */
  static LoadTrace joined(LoadTrace first, LoadTrace then) {
    int offset = (int) (Duration.between(first.start(), then.start()).toSeconds() / STEP);
    double[] rates = Arrays.copyOf(first.perSecond(), offset + then.steps());
    Arrays.fill(rates, Math.min(first.steps(), offset), offset, Double.NaN);
    System.arraycopy(then.perSecond(), 0, rates, offset, then.steps());
    return new LoadTrace(first.start(), STEP, rates);
  }
}
