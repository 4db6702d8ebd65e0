package io.bridgewatch.drill.score;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * How the watch did over a suite of exercises.
 *
 * @param version of what was scored
 * @param suite which exercises
 * @param scoredAt ISO-8601
 * @param runs by name, then seed
 * @param totals over all runs
 * @param byLayer over the faults of one layer, by its id
 * @param calibration of all claims
 */
public record Scorecard(
    int format,
    String version,
    String suite,
    String scoredAt,
    List<Long> seeds,
    List<RunScore> runs,
    Totals totals,
    Map<String, LayerTotals> byLayer,
    Calibration calibration) {

  /** Of the document, so that older ones can be told apart. */
  public static final int FORMAT = 1;

  public Scorecard {
    seeds = List.copyOf(seeds);
    runs = List.copyOf(runs);
    byLayer = Map.copyOf(byLayer);
  }

  /**
   * A number and where it would lie with other seeds: 95 of 100 resamples of the seeds.
   *
   * @param value {@code NaN} never stands here: what cannot be told is an empty Optional of this
   * @param low empty with one seed
   */
  public record Estimate(double value, Optional<Double> low, Optional<Double> high) {}

  /**
   * Shares are of all faults, 0 to 1: one that was missed is not right either.
   *
   * @param medianDetectionSeconds of those that were detected; empty if none was
   * @param medianDiagnosisSeconds of those that were diagnosed; empty if none was
   * @param incidentsPerFault of those that were detected; empty if none was
   * @param falsePerDay incidents a simulated day while nothing was wrong; empty if that was not run
   * @param strayPerDay incidents a simulated day beside a fault; empty if no fault was run
   */
  public record Totals(
      int faults,
      int quietRuns,
      Optional<Estimate> detected,
      Optional<Estimate> rightAt1,
      Optional<Estimate> rightAt3,
      Optional<Estimate> rightAt5,
      Optional<Estimate> layerRight,
      Optional<Estimate> kindRight,
      Optional<Estimate> medianDetectionSeconds,
      Optional<Estimate> medianDiagnosisSeconds,
      Optional<Estimate> incidentsPerFault,
      Optional<Estimate> falsePerDay,
      Optional<Estimate> strayPerDay) {}

  /** Shares of the faults of one layer, 0 to 1. */
  public record LayerTotals(
      int faults, double detected, double rightAt1, double rightAt3, double layerRight) {}

  /**
   * Puts a scorecard together.
   *
   * @throws IllegalArgumentException if there is no run
   */
  public static Scorecard of(String version, String suite, String scoredAt, List<RunScore> runs) {
    if (runs.isEmpty()) {
      throw new IllegalArgumentException("there is no run to score");
    }
    var sorted =
        runs.stream()
            .sorted(Comparator.comparing(RunScore::name).thenComparingLong(RunScore::seed))
            .toList();
    var bootstrap = new Bootstrap(sorted);
    return new Scorecard(
        FORMAT,
        version,
        suite,
        scoredAt,
        sorted.stream().map(RunScore::seed).distinct().sorted().toList(),
        sorted,
        totals(sorted, bootstrap),
        byLayer(sorted),
        Calibration.of(sorted.stream().flatMap(run -> run.claims().stream()).toList()));
  }

  private static Totals totals(List<RunScore> runs, Bootstrap bootstrap) {
    return new Totals(
        Metrics.outcomes(runs).size(),
        (int) runs.stream().filter(run -> run.outcome().isEmpty()).count(),
        bootstrap.of(Metrics::detected),
        bootstrap.of(some -> Metrics.rightAt(some, 1)),
        bootstrap.of(some -> Metrics.rightAt(some, 3)),
        bootstrap.of(some -> Metrics.rightAt(some, 5)),
        bootstrap.of(Metrics::layerRight),
        bootstrap.of(Metrics::kindRight),
        bootstrap.of(Metrics::medianDetectionSeconds),
        bootstrap.of(Metrics::medianDiagnosisSeconds),
        bootstrap.of(Metrics::incidentsPerFault),
        bootstrap.of(Metrics::falsePerDay),
        bootstrap.of(Metrics::strayPerDay));
  }

  private static Map<String, LayerTotals> byLayer(List<RunScore> runs) {
    var layers = new TreeMap<String, List<RunScore>>();
    for (RunScore run : runs) {
      run.outcome()
          .ifPresent(
              outcome ->
                  layers.merge(
                      outcome.layer(),
                      List.of(run),
                      (a, b) -> Stream.concat(a.stream(), b.stream()).toList()));
    }
    var totals = new TreeMap<String, LayerTotals>();
    layers.forEach(
        (layer, some) ->
            totals.put(
                layer,
                new LayerTotals(
                    some.size(),
                    Metrics.detected(some),
                    Metrics.rightAt(some, 1),
                    Metrics.rightAt(some, 3),
                    Metrics.layerRight(some))));
    return totals;
  }

  /** A number of some runs, {@code NaN} where it cannot be told. */
  interface Metric extends ToDoubleFunction<List<RunScore>> {}
}
