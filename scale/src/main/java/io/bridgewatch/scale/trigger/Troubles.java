package io.bridgewatch.scale.trigger;

import io.bridgewatch.numerics.Robust;
import io.bridgewatch.scale.plant.CalibratedPlant;
import io.bridgewatch.scale.plant.LatencyCurve;
import io.bridgewatch.scale.plant.Measure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * When users suffered: latency beyond a limit, or more than a hundredth of requests failed, for two
 * steps after ten quiet minutes.
 */
final class Troubles {

  private static final double ERRORS = 0.01;
  private static final int QUIET_SECONDS = 600;
  private static final int MOST_LEAD_SECONDS = 3600;
  private static final int FEWEST = 3;
  private static final double TIMES_FLOOR = 2;

  private final Steps steps;
  private final boolean[] suffering;
  private final List<Integer> begins = new ArrayList<>();

  /**
   * @param limitSeconds beyond which users suffer; twice the floor unless given
   */
  Troubles(Steps steps, CalibratedPlant plant, OptionalDouble limitSeconds) {
    this.steps = steps;
    Measure measure =
        plant
            .latency()
            .map(LatencyCurve::measure)
            .or(
                () ->
                    List.of(Measure.LATENCY_MEAN, Measure.LATENCY_P95, Measure.LATENCY_P50).stream()
                        .filter(steps.history()::has)
                        .findFirst())
            .orElse(Measure.LATENCY_MEAN);
    double[] latency = steps.history().values(measure);
    double limit = limitSeconds.orElse(TIMES_FLOOR * floor(plant.latency(), latency));
    suffering = new boolean[steps.count()];
    for (int step = 0; step < suffering.length; step++) {
      suffering[step] = latency[step] > limit || steps.history().errorShare(step) > ERRORS;
    }
    find();
  }

  private static double floor(Optional<LatencyCurve> curve, double[] latency) {
    return curve
        .map(LatencyCurve::floorSeconds)
        .orElseGet(() -> Robust.quantile(Robust.sorted(latency), 0.1));
  }

  private void find() {
    int quiet = steps.inSeconds(QUIET_SECONDS);
    int calm = quiet;
    for (int step = 0; step + 1 < suffering.length; step++) {
      if (!suffering[step]) {
        calm++;
        continue;
      }
      if (calm >= quiet && suffering[step + 1]) {
        begins.add(step);
      }
      calm = 0;
    }
  }

  int count() {
    return begins.size();
  }

  /**
   * Median time by which values were at a threshold or above it without a break before trouble
   * began, at most an hour.
   *
   * @return seconds; empty without trouble
   */
  OptionalDouble lead(double[] values, double threshold) {
    if (begins.isEmpty()) {
      return OptionalDouble.empty();
    }
    int most = steps.inSeconds(MOST_LEAD_SECONDS);
    double[] leads = new double[begins.size()];
    for (int i = 0; i < leads.length; i++) {
      int step = begins.get(i) - 1;
      int lead = 0;
      while (step >= 0 && lead < most && values[step] >= threshold) {
        lead++;
        step--;
      }
      leads[i] = lead * steps.seconds();
    }
    return OptionalDouble.of(Robust.median(leads));
  }

  /**
   * How often a value from the steps before trouble is above one of other busy steps (the area
   * under the curve of Hanley and McNeil, 1982).
   *
   * @param aheadSeconds how long before trouble counts
   * @return 0 to 1; empty with fewer than three troubles
   */
  OptionalDouble foresight(double[] values, int aheadSeconds) {
    if (begins.size() < FEWEST) {
      return OptionalDouble.empty();
    }
    int ahead = steps.inSeconds(aheadSeconds);
    boolean[] before = new boolean[values.length];
    for (int begin : begins) {
      for (int step = Math.max(0, begin - ahead); step < begin; step++) {
        before[step] = !suffering[step];
      }
    }
    double[] warnings = new double[values.length];
    double[] others = new double[values.length];
    Arrays.fill(warnings, Double.NaN);
    Arrays.fill(others, Double.NaN);
    for (int step = 0; step < values.length; step++) {
      if (before[step]) {
        warnings[step] = values[step];
      } else if (!suffering[step] && steps.busy(step)) {
        others[step] = values[step];
      }
    }
    return above(Robust.sorted(warnings), Robust.sorted(others));
  }

  /** Share of pairs in which the first is above the second; like ones count half. */
  private static OptionalDouble above(double[] sorted, double[] others) {
    if (sorted.length == 0 || others.length == 0) {
      return OptionalDouble.empty();
    }
    double sum = 0;
    int below = 0;
    int notAbove = 0;
    for (double value : sorted) {
      while (below < others.length && others[below] < value) {
        below++;
      }
      while (notAbove < others.length && others[notAbove] <= value) {
        notAbove++;
      }
      sum += (below + notAbove) / 2.0;
    }
    return OptionalDouble.of(sum / sorted.length / others.length);
  }
}
