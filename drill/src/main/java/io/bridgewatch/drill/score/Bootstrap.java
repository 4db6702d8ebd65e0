package io.bridgewatch.drill.score;

import io.bridgewatch.drill.score.Scorecard.Estimate;
import io.bridgewatch.drill.score.Scorecard.Metric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Intervals of numbers by resampling seeds (Efron, 1979; the percentile method). Runs of one seed
 * share a world and are drawn together, so that they do not pass for independent ones. Same runs,
 * same intervals.
 */
final class Bootstrap {

  private static final int RESAMPLES = 2_000;
  private static final double TAIL = 0.025;

  private final List<RunScore> runs;
  private final List<List<RunScore>> bySeed;

  Bootstrap(List<RunScore> runs) {
    this.runs = runs;
    Map<Long, List<RunScore>> seeds = new TreeMap<>();
    for (RunScore run : runs) {
      seeds.computeIfAbsent(run.seed(), seed -> new ArrayList<>()).add(run);
    }
    this.bySeed = List.copyOf(seeds.values());
  }

  /** Empty where the number cannot be told. */
  Optional<Estimate> of(Metric metric) {
    double value = metric.applyAsDouble(runs);
    if (Double.isNaN(value)) {
      return Optional.empty();
    }
    if (bySeed.size() < 2) {
      return Optional.of(new Estimate(value, Optional.empty(), Optional.empty()));
    }
    var random = new SplittableRandom(1);
    double[] drawn = new double[RESAMPLES];
    int told = 0;
    for (int i = 0; i < RESAMPLES; i++) {
      var sample = new ArrayList<RunScore>(runs.size());
      for (int j = 0; j < bySeed.size(); j++) {
        sample.addAll(bySeed.get(random.nextInt(bySeed.size())));
      }
      double one = metric.applyAsDouble(sample);
      if (!Double.isNaN(one)) {
        drawn[told++] = one;
      }
    }
    double[] sorted = Arrays.copyOf(drawn, told);
    Arrays.sort(sorted);
    return Optional.of(
        new Estimate(value, Optional.of(at(sorted, TAIL)), Optional.of(at(sorted, 1 - TAIL))));
  }

  private static double at(double[] sorted, double quantile) {
    return sorted[(int) Math.round(quantile * (sorted.length - 1))];
  }
}
