package io.bridgewatch.scale.plant;

import io.bridgewatch.numerics.Robust;
import java.util.OptionalInt;

/** By how much CPU follows the load, from how their changes go together. */
final class MetricLag {

  private static final int MOST_SECONDS = 300;
  private static final double LEAST_CORRELATION = 0.3;
  private static final int LEAST_PAIRS = 60;
  private static final double WILD = 4;

  private MetricLag() {}

  /**
   * @return seconds, a multiple of the step; empty where the changes do not go together
   */
  static OptionalInt of(WorkloadHistory history) {
    double[] load = history.values(Measure.REQUESTS);
    double[] cpu = history.values(Measure.CPU);
    for (int step = 0; step < cpu.length; step++) {
      cpu[step] *= history.at(Measure.READY_REPLICAS, step);
    }
    double[] loadChanges = changes(load);
    double[] cpuChanges = changes(cpu);
    int best = -1;
    double highest = LEAST_CORRELATION;
    for (int lag = 0; lag * history.stepSeconds() <= MOST_SECONDS; lag++) {
      double correlation = correlation(loadChanges, cpuChanges, lag);
      if (correlation > highest) {
        highest = correlation;
        best = lag;
      }
    }
    return best < 0 ? OptionalInt.empty() : OptionalInt.of(best * history.stepSeconds());
  }

  /** From step to step, wild ones cut. */
  private static double[] changes(double[] values) {
    double[] changes = new double[Math.max(0, values.length - 1)];
    for (int i = 0; i < changes.length; i++) {
      changes[i] = values[i + 1] - values[i];
    }
    double most = WILD * Robust.sigma(Robust.sorted(changes));
    if (most > 0) {
      for (int i = 0; i < changes.length; i++) {
        changes[i] = Double.isNaN(changes[i]) ? changes[i] : Math.clamp(changes[i], -most, most);
      }
    }
    return changes;
  }

  private static double correlation(double[] first, double[] later, int lag) {
    double products = 0;
    double firstSquares = 0;
    double laterSquares = 0;
    int pairs = 0;
    for (int i = 0; i + lag < later.length; i++) {
      double a = first[i];
      double b = later[i + lag];
      if (!Double.isNaN(a) && !Double.isNaN(b)) {
        products += a * b;
        firstSquares += a * a;
        laterSquares += b * b;
        pairs++;
      }
    }
    return pairs < LEAST_PAIRS || firstSquares == 0 || laterSquares == 0
        ? 0
        : products / Math.sqrt(firstSquares * laterSquares);
  }
}
