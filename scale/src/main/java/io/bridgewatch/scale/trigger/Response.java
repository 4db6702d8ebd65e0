package io.bridgewatch.scale.trigger;

import io.bridgewatch.numerics.Robust;
import io.bridgewatch.scale.plant.LoadBins;
import java.util.Arrays;
import java.util.Comparator;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * A metric of a replica against the load of that replica: a curve that never falls (isotonic
 * regression of bins), and the noise around it.
 */
final class Response {

  private static final int BINS = 40;
  private static final int PER_BIN = 8;

  private final double[] loads;
  private final double[] curve;
  private final double[] sigmas;
  private final double[] seenLoads;
  private final double[] seenValues;

  Response(Steps steps, double[] values) {
    int[] kept =
        IntStream.range(0, steps.count())
            .filter(step -> steps.settled(step) && !Double.isNaN(values[step]))
            .toArray();
    seenLoads = Arrays.stream(kept).mapToDouble(steps::each).toArray();
    seenValues = Arrays.stream(kept).mapToDouble(step -> values[step]).toArray();
    LoadBins.Summary bins =
        LoadBins.of(seenLoads, seenValues, new int[kept.length], BINS, PER_BIN)
            .summary(new int[] {1});
    loads = bins.loads();
    sigmas = bins.sigmas();
    curve = rising(bins.values(), bins.errors());
  }

  /** Whether there is anything to be told of. */
  boolean isEmpty() {
    return loads.length < 2;
  }

  boolean beyond(double load) {
    return load < loads[0] || load > loads[loads.length - 1];
  }

  /** Between bins on a line, outside of them in proportion to the outermost. */
  double at(double load) {
    int last = loads.length - 1;
    if (load <= loads[0]) {
      return curve[0] * load / loads[0];
    }
    if (load >= loads[last]) {
      return curve[last] * load / loads[last];
    }
    int next = 1;
    while (loads[next] < load) {
      next++;
    }
    double share = (load - loads[next - 1]) / (loads[next] - loads[next - 1]);
    return curve[next - 1] * (1 - share) + curve[next] * share;
  }

  double highest() {
    return curve[curve.length - 1];
  }

  /** The smallest load at which the curve reaches a value; infinite where it does not. */
  double firstAt(double value) {
    for (int i = 0; i < curve.length; i++) {
      if (curve[i] >= value) {
        return loads[i];
      }
    }
    return Double.POSITIVE_INFINITY;
  }

  /** Spread of single steps between two loads, the median of the bins'. */
  double noise(double from, double to) {
    double[] near = new double[loads.length];
    for (int i = 0; i < loads.length; i++) {
      near[i] = loads[i] >= from && loads[i] <= to ? sigmas[i] : Double.NaN;
    }
    double median = Robust.median(near);
    return Double.isNaN(median) ? Robust.median(sigmas) : median;
  }

  /** Spearman's correlation with load; empty where one of them never changes. */
  OptionalDouble correlation() {
    double[] first = ranks(seenLoads);
    double[] second = ranks(seenValues);
    double middle = (first.length - 1) / 2.0;
    double products = 0;
    double firstSquares = 0;
    double secondSquares = 0;
    for (int i = 0; i < first.length; i++) {
      products += (first[i] - middle) * (second[i] - middle);
      firstSquares += (first[i] - middle) * (first[i] - middle);
      secondSquares += (second[i] - middle) * (second[i] - middle);
    }
    return firstSquares > 0 && secondSquares > 0
        ? OptionalDouble.of(products / Math.sqrt(firstSquares * secondSquares))
        : OptionalDouble.empty();
  }

  /** Equal values share the mean of their ranks. */
  private static double[] ranks(double[] values) {
    int[] order =
        IntStream.range(0, values.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> values[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] ranks = new double[values.length];
    int from = 0;
    while (from < order.length) {
      int to = from;
      while (to + 1 < order.length && values[order[to + 1]] == values[order[from]]) {
        to++;
      }
      for (int i = from; i <= to; i++) {
        ranks[order[i]] = (from + to) / 2.0;
      }
      from = to + 1;
    }
    return ranks;
  }

  /** Pools neighbours that fall (Ayer and others, 1955), weighed by their certainty. */
  private static double[] rising(double[] values, double[] errors) {
    int size = values.length;
    double[] level = new double[size];
    double[] weight = new double[size];
    int[] members = new int[size];
    double leastError = 1e-9 + 0.1 * Robust.median(errors);
    int blocks = 0;
    for (int i = 0; i < size; i++) {
      double error = Math.max(leastError, errors[i]);
      level[blocks] = values[i];
      weight[blocks] = 1 / (error * error);
      members[blocks] = 1;
      blocks++;
      while (blocks > 1 && level[blocks - 2] > level[blocks - 1]) {
        double sum = weight[blocks - 2] + weight[blocks - 1];
        level[blocks - 2] =
            (level[blocks - 2] * weight[blocks - 2] + level[blocks - 1] * weight[blocks - 1]) / sum;
        weight[blocks - 2] = sum;
        members[blocks - 2] += members[blocks - 1];
        blocks--;
      }
    }
    double[] curve = new double[size];
    int at = 0;
    for (int block = 0; block < blocks; block++) {
      Arrays.fill(curve, at, at + members[block], level[block]);
      at += members[block];
    }
    return curve;
  }
}
