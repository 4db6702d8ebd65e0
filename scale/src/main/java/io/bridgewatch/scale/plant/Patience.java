package io.bridgewatch.scale.plant;

import io.bridgewatch.numerics.Robust;
import java.util.Arrays;
import java.util.OptionalDouble;

/** How long requests wait at most, as time that ran out tells. */
final class Patience {

  private static final double FAILING = 0.05;
  private static final int LEAST_STEPS = 4;
  private static final double MOST = 0.9;

  private Patience() {}

  /**
   * The time of requests where many fail, nine in ten of such steps: what takes longer has been
   * given up.
   *
   * @return seconds; empty where fewer than four steps fail, or latency was not seen in them
   */
  static OptionalDouble of(WorkloadHistory history) {
    double[] times = new double[history.steps()];
    int failing = 0;
    for (int step = 0; step < history.steps(); step++) {
      double requests = history.at(Measure.REQUESTS, step);
      double latency = history.at(Measure.LATENCY_MEAN, step);
      if (requests > 0
          && history.at(Measure.ERRORS, step) > FAILING * requests
          && !Double.isNaN(latency)) {
        times[failing++] = latency;
      }
    }
    return failing < LEAST_STEPS
        ? OptionalDouble.empty()
        : OptionalDouble.of(Robust.quantile(Robust.sorted(Arrays.copyOf(times, failing)), MOST));
  }
}
