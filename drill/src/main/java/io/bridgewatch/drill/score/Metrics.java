package io.bridgewatch.drill.score;

import io.bridgewatch.drill.score.RunScore.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** Numbers of runs; {@code NaN} where there is nothing to tell one from. */
final class Metrics {

  private static final double DAY_SECONDS = 86_400;

  private Metrics() {}

  static List<Outcome> outcomes(List<RunScore> runs) {
    return runs.stream().flatMap(run -> run.outcome().stream()).toList();
  }

  static double detected(List<RunScore> runs) {
    return share(runs, Outcome::isDetected);
  }

  static double rightAt(List<RunScore> runs, int ranks) {
    return share(runs, outcome -> outcome.isRightAt(ranks));
  }

  static double layerRight(List<RunScore> runs) {
    return share(runs, Outcome::layerRight);
  }

  static double kindRight(List<RunScore> runs) {
    return share(runs, Outcome::kindRight);
  }

  static double medianDetectionSeconds(List<RunScore> runs) {
    return median(runs, Outcome::detectedAfterSeconds);
  }

  static double medianDiagnosisSeconds(List<RunScore> runs) {
    return median(runs, Outcome::diagnosedAfterSeconds);
  }

  static double incidentsPerFault(List<RunScore> runs) {
    return outcomes(runs).stream()
        .filter(Outcome::isDetected)
        .mapToInt(Outcome::incidents)
        .average()
        .orElse(Double.NaN);
  }

  static double falsePerDay(List<RunScore> runs) {
    return perDay(runs.stream().filter(run -> run.outcome().isEmpty()).toList());
  }

  static double strayPerDay(List<RunScore> runs) {
    return perDay(runs.stream().filter(run -> run.outcome().isPresent()).toList());
  }

  private static double perDay(List<RunScore> runs) {
    double days = runs.stream().mapToDouble(RunScore::simulatedSeconds).sum() / DAY_SECONDS;
    return days > 0 ? runs.stream().mapToInt(RunScore::falseIncidents).sum() / days : Double.NaN;
  }

  private static double share(List<RunScore> runs, Predicate<Outcome> what) {
    return outcomes(runs).stream()
        .mapToDouble(outcome -> what.test(outcome) ? 1 : 0)
        .average()
        .orElse(Double.NaN);
  }

  private static double median(List<RunScore> runs, Function<Outcome, Optional<Double>> what) {
    double[] values =
        outcomes(runs).stream()
            .flatMap(outcome -> what.apply(outcome).stream())
            .mapToDouble(Double::doubleValue)
            .sorted()
            .toArray();
    if (values.length == 0) {
      return Double.NaN;
    }
    int middle = values.length / 2;
    return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
  }
}
