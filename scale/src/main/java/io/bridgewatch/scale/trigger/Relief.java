package io.bridgewatch.scale.trigger;

import io.bridgewatch.numerics.LeastSquares;
import io.bridgewatch.numerics.Robust;
import io.bridgewatch.scale.plant.Interval;
import io.bridgewatch.scale.trigger.TriggerEvidence.Plot;
import io.bridgewatch.scale.trigger.TriggerEvidence.Point;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * What happens to a metric of a replica when replicas come or go at like load.
 *
 * <ol>
 *   <li>Busy steps in which the replicas have settled and are not overloaded are put together by
 *       the load of all; within each group the logarithm of the value is regressed on that of the
 *       number of replicas. The relief is the slope with its sign changed; hours are resampled for
 *       its interval.
 *   <li>Each change of the replicas between two quiet stretches is a comparison of its own: the
 *       changes of the value are regressed on those of the load and of the replicas.
 * </ol>
 */
final class Relief {

  private static final double GROUP_WIDTH = 0.1;
  private static final double PLOT_WIDTH = 0.15;
  private static final int LEAST_STEPS_OF_POINT = 5;
  private static final int RESAMPLES = 100;
  private static final double OUTSIDE = 0.025;
  private static final double LIKE_LOAD = 0.3;
  private static final double FLOOR = 0.02;
  private static final int LEAST_COMPARISONS = 4;

  /** A stretch in which the replicas were the same. */
  private record Stretch(double replicas, double load, double value) {}

  private final Steps steps;
  private final double[] values;
  private final double mostLoad;

  /** Added before logarithms are taken, so that values near zero do not weigh endlessly. */
  private final double floor;

  /**
   * @param values of a replica, of each step
   * @param mostLoad per replica: in overload a metric rises out of proportion, and scaling is to
   *     act before that
   */
  Relief(Steps steps, double[] values, double mostLoad) {
    this.steps = steps;
    this.mostLoad = mostLoad;
    this.values = values;
    this.floor = FLOOR * Math.max(0, Robust.quantile(Robust.sorted(values), 0.95));
  }

  private double logarithm(double value) {
    return Math.log(value + floor);
  }

  /**
   * @return empty where the replicas did not change at like load
   */
  Optional<Interval> relief(long seed) {
    if (!(floor > 0)) {
      return Optional.empty();
    }
    int[] once = new int[steps.blocks()];
    Arrays.fill(once, 1);
    var groups = groups();
    double value = slope(groups, once);
    if (Double.isNaN(value)) {
      return Optional.empty();
    }
    var random = new SplittableRandom(seed);
    double[] drawn = new double[RESAMPLES];
    for (int i = 0; i < RESAMPLES; i++) {
      int[] counts = new int[once.length];
      for (int block = 0; block < once.length; block++) {
        counts[random.nextInt(once.length)]++;
      }
      drawn[i] = -slope(groups, counts);
    }
    double[] sorted = Robust.sorted(drawn);
    return sorted.length == 0
        ? Optional.empty()
        : Optional.of(
            new Interval(
                Math.min(-value, Robust.quantile(sorted, OUTSIDE)),
                -value,
                Math.max(-value, Robust.quantile(sorted, 1 - OUTSIDE))));
  }

  /** Steps by the logarithm of the load of all. */
  private List<List<Integer>> groups() {
    var groups = new HashMap<Long, List<Integer>>();
    for (int step = 0; step < steps.count(); step++) {
      if (counts(step) && steps.busy(step)) {
        groups
            .computeIfAbsent(
                Math.round(Math.log(steps.whole(step)) / GROUP_WIDTH), _ -> new ArrayList<>())
            .add(step);
      }
    }
    return new TreeMap<>(groups).values().stream().toList();
  }

  private boolean counts(int step) {
    return steps.settled(step) && steps.each(step) <= mostLoad && !Double.isNaN(values[step]);
  }

  /** Within the groups; NaN where the replicas were the same in all of them. */
  private double slope(List<List<Integer>> groups, int[] counts) {
    double products = 0;
    double squares = 0;
    for (List<Integer> group : groups) {
      double all = 0;
      double replicaSum = 0;
      double valueSum = 0;
      for (int step : group) {
        int count = counts[steps.block(step)];
        all += count;
        replicaSum += count * Math.log(steps.ready(step));
        valueSum += count * logarithm(values[step]);
      }
      for (int step : group) {
        int count = counts[steps.block(step)];
        double replicas = Math.log(steps.ready(step)) - replicaSum / all;
        products += count * replicas * (logarithm(values[step]) - valueSum / all);
        squares += count * replicas * replicas;
      }
    }
    return squares > 1e-9 ? products / squares : Double.NaN;
  }

  // Before and after

  /** How often the replicas changed between stretches that can be compared. */
  int changes() {
    return comparisons().size();
  }

  /**
   * @return empty with fewer than four comparisons
   */
  OptionalDouble beforeAfter() {
    List<double[]> comparisons = comparisons();
    if (comparisons.size() < LEAST_COMPARISONS || !(floor > 0)) {
      return OptionalDouble.empty();
    }
    var squares = new LeastSquares(2);
    comparisons.forEach(one -> squares.add(new double[] {one[0], one[1]}, one[2]));
    return OptionalDouble.of(-squares.solve(1e-6)[0]);
  }

  /** Changes of the logarithms of replicas, load and value. */
  private List<double[]> comparisons() {
    var found = new ArrayList<double[]>();
    List<Stretch> stretches = stretches();
    for (int i = 1; i < stretches.size(); i++) {
      Stretch before = stretches.get(i - 1);
      Stretch after = stretches.get(i);
      double load = Math.log(after.load / before.load);
      if (Math.abs(load) <= LIKE_LOAD && before.replicas != after.replicas) {
        found.add(
            new double[] {
              Math.log(after.replicas / before.replicas),
              load,
              logarithm(after.value) - logarithm(before.value)
            });
      }
    }
    return found;
  }

  private List<Stretch> stretches() {
    var found = new ArrayList<Stretch>();
    var members = new ArrayList<Integer>();
    for (int step = 0; step < steps.count(); step++) {
      if (!members.isEmpty() && steps.ready(step) != steps.ready(members.getLast())) {
        stretch(members).ifPresent(found::add);
        members.clear();
      }
      if (counts(step)) {
        members.add(step);
      }
    }
    stretch(members).ifPresent(found::add);
    return found;
  }

  private Optional<Stretch> stretch(List<Integer> members) {
    return members.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Stretch(
                steps.ready(members.getFirst()),
                Robust.median(members.stream().mapToDouble(steps::whole).toArray()),
                Robust.median(members.stream().mapToDouble(step -> values[step]).toArray())));
  }

  /** At the load at which the most different numbers of replicas were seen. */
  Plot plot() {
    var groups = new TreeMap<Long, Map<Integer, List<Integer>>>();
    for (int step = 0; step < steps.count(); step++) {
      if (counts(step)) {
        groups
            .computeIfAbsent(
                Math.round(Math.log(steps.whole(step)) / PLOT_WIDTH), _ -> new TreeMap<>())
            .computeIfAbsent((int) Math.round(steps.ready(step)), _ -> new ArrayList<>())
            .add(step);
      }
    }
    Plot best = Plot.EMPTY;
    int mostSteps = 0;
    for (Map<Integer, List<Integer>> group : groups.values()) {
      group.values().removeIf(members -> members.size() < LEAST_STEPS_OF_POINT);
      int all = group.values().stream().mapToInt(List::size).sum();
      boolean better =
          group.size() > best.points().size()
              || group.size() == best.points().size() && all > mostSteps;
      if (better && !group.isEmpty()) {
        best = plot(group);
        mostSteps = all;
      }
    }
    return best;
  }

  private Plot plot(Map<Integer, List<Integer>> byReplicas) {
    var points = new ArrayList<Point>();
    double lowest = Double.POSITIVE_INFINITY;
    double highest = 0;
    for (Map.Entry<Integer, List<Integer>> one : byReplicas.entrySet()) {
      List<Integer> members = one.getValue();
      points.add(
          new Point(
              one.getKey(),
              Robust.median(members.stream().mapToDouble(step -> values[step]).toArray()),
              members.size()));
      for (int step : members) {
        lowest = Math.min(lowest, steps.whole(step));
        highest = Math.max(highest, steps.whole(step));
      }
    }
    return new Plot(lowest, highest, points);
  }
}
