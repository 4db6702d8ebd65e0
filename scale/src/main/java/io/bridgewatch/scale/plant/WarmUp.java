package io.bridgewatch.scale.plant;

import io.bridgewatch.numerics.Robust;
import io.bridgewatch.scale.Warming;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How long requests cost more CPU on replicas that have just become ready, as code is compiled and
 * caches fill.
 *
 * <ol>
 *   <li>Each time that more replicas became ready, and no others did ten minutes before and after,
 *       is a start.
 *   <li>After each, CPU of a replica over what its load costs otherwise is put down to the share of
 *       replicas that are new.
 *   <li>The replicas are warm from when on the middle of the starts is for two steps within a
 *       tenth, or within its own noise, of what it is at the end of the ten minutes.
 * </ol>
 *
 * @param seconds after becoming ready, a multiple of the history's step; zero if they are warm at
 *     once
 * @param excess of CPU of a new replica in its first step, over what its load costs otherwise: one
 *     is twice as much
 * @param starts that were looked at
 */
public record WarmUp(int seconds, double excess, int starts) {

  private static final int ALONE_SECONDS = 600;
  private static final int LEAST_STARTS = 3;
  private static final double WARM = 0.1;
  private static final double SURE = 3;
  private static final int WARM_STEPS = 2;

  /** For a replay. */
  public Warming warming() {
    return seconds == 0 ? Warming.NONE : new Warming(seconds, excess);
  }

  /**
   * @param cost what requests cost otherwise
   * @return empty with fewer than three starts, or steps longer than two minutes
   */
  static Optional<WarmUp> of(WorkloadHistory history, CpuCost cost) {
    int offsets = ALONE_SECONDS / history.stepSeconds();
    List<double[]> starts = offsets < 5 ? List.of() : starts(history, cost, offsets);
    if (starts.size() < LEAST_STARTS) {
      return Optional.empty();
    }
    double[] middle = new double[offsets];
    double[] error = new double[offsets];
    for (int offset = 0; offset < offsets; offset++) {
      int at = offset;
      double[] sorted = Robust.sorted(starts.stream().mapToDouble(start -> start[at]).toArray());
      middle[offset] = Robust.quantile(sorted, 0.5);
      error[offset] = Robust.sigma(sorted) / Math.sqrt(Math.max(1, sorted.length));
    }
    double usual = Robust.median(Arrays.copyOfRange(middle, offsets * 2 / 3, offsets));
    int warm = 0;
    int within = 0;
    while (warm + within < offsets && within < WARM_STEPS) {
      int at = warm + within;
      if (middle[at] - usual > Math.max(WARM, SURE * error[at])) {
        warm = at + 1;
        within = 0;
      } else {
        within++;
      }
    }
    return Optional.of(
        new WarmUp(warm * history.stepSeconds(), Math.max(0, middle[0] - usual), starts.size()));
  }

  /** Excess of CPU of a new replica at each step after a start; NaN where it was not seen. */
  private static List<double[]> starts(WorkloadHistory history, CpuCost cost, int offsets) {
    var found = new ArrayList<double[]>();
    int lastChange = Integer.MIN_VALUE / 2;
    for (int step = 1; step + offsets <= history.steps(); step++) {
      double before = history.at(Measure.READY_REPLICAS, step - 1);
      double now = history.at(Measure.READY_REPLICAS, step);
      if (now == before) {
        continue;
      }
      boolean alone = step - lastChange >= offsets;
      lastChange = step;
      if (!(now > before) || !(before > 0) || !alone || !steady(history, step, offsets)) {
        continue;
      }
      double[] excess = new double[offsets];
      double share = (now - before) / now;
      for (int offset = 0; offset < offsets; offset++) {
        double load = history.loadPerReplica(step + offset);
        double usual = cost.idleCores() + cost.perRequest().value() * load;
        excess[offset] = (history.at(Measure.CPU, step + offset) / usual - 1) / share;
      }
      found.add(excess);
    }
    return found;
  }

  private static boolean steady(WorkloadHistory history, int from, int offsets) {
    double ready = history.at(Measure.READY_REPLICAS, from);
    for (int step = from; step < from + offsets; step++) {
      if (history.at(Measure.READY_REPLICAS, step) != ready) {
        return false;
      }
    }
    return true;
  }
}
