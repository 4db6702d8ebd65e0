package io.bridgewatch.scale.plant;

import io.bridgewatch.numerics.Robust;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A value against a load, by stretches of the load: of each its mean load and the trimmed mean of
 * its values, which a few wild steps cannot move. Samples belong to blocks of time, so that blocks
 * can count several times or not at all.
 */
public final class LoadBins {

  private static final double TRIM = 0.1;

  /** Samples of one stretch, by value. */
  private record Bin(double[] loads, double[] values, int[] blocks, double sigma) {}

  /**
   * What the bins say.
   *
   * @param loads of each bin, ascending
   * @param values trimmed mean of each bin
   * @param errors standard error of each of them
   * @param sigmas spread of the samples of each bin
   */
  public record Summary(double[] loads, double[] values, double[] errors, double[] sigmas) {
    public int size() {
      return loads.length;
    }
  }

  private final List<Bin> bins;

  private LoadBins(List<Bin> bins) {
    this.bins = bins;
  }

  /**
   * @param loads finite
   * @param values of each load; samples with {@code NaN} are left out
   * @param blocks of each load, from 0
   * @param most bins
   * @param least samples in one; neighbours with fewer are put together
   */
  public static LoadBins of(double[] loads, double[] values, int[] blocks, int most, int least) {
    int[] order =
        IntStream.range(0, loads.length)
            .filter(i -> !Double.isNaN(values[i]))
            .boxed()
            .sorted(Comparator.comparingDouble(i -> loads[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    var bins = new ArrayList<Bin>();
    if (order.length == 0) {
      return new LoadBins(bins);
    }
    double lowest = loads[order[0]];
    double width = (loads[order[order.length - 1]] - lowest) / most;
    int from = 0;
    double end = lowest + width;
    for (int i = 0; i < order.length; i++) {
      if (loads[order[i]] > end && i - from >= least) {
        bins.add(bin(loads, values, blocks, Arrays.copyOfRange(order, from, i)));
        from = i;
        end = loads[order[i]] + width;
      }
    }
    if (order.length - from >= least || bins.isEmpty()) {
      bins.add(bin(loads, values, blocks, Arrays.copyOfRange(order, from, order.length)));
    }
    return new LoadBins(bins);
  }

  private static Bin bin(double[] loads, double[] values, int[] blocks, int[] members) {
    int[] byValue =
        Arrays.stream(members)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> values[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] sorted = Arrays.stream(byValue).mapToDouble(i -> values[i]).toArray();
    return new Bin(
        Arrays.stream(byValue).mapToDouble(i -> loads[i]).toArray(),
        sorted,
        Arrays.stream(byValue).map(i -> blocks[i]).toArray(),
        Robust.sigma(sorted));
  }

  /**
   * @param counts how often each block counts; bins of which no block counts are left out
   */
  public Summary summary(int[] counts) {
    double[] loads = new double[bins.size()];
    double[] values = new double[bins.size()];
    double[] errors = new double[bins.size()];
    double[] sigmas = new double[bins.size()];
    int kept = 0;
    for (Bin bin : bins) {
      long all = 0;
      double sum = 0;
      for (int i = 0; i < bin.values.length; i++) {
        int count = counts[bin.blocks[i]];
        all += count;
        sum += count * bin.loads[i];
      }
      if (all == 0) {
        continue;
      }
      loads[kept] = sum / all;
      values[kept] = middle(bin, counts, all);
      errors[kept] = bin.sigma / Math.sqrt(all);
      sigmas[kept] = bin.sigma;
      kept++;
    }
    return new Summary(
        Arrays.copyOf(loads, kept),
        Arrays.copyOf(values, kept),
        Arrays.copyOf(errors, kept),
        Arrays.copyOf(sigmas, kept));
  }

  /** Mean of what is left without the outermost on both sides. */
  private static double middle(Bin bin, int[] counts, long all) {
    double cut = TRIM * all;
    double passed = 0;
    double sum = 0;
    for (int i = 0; i < bin.values.length; i++) {
      double from = Math.max(cut, passed);
      passed += counts[bin.blocks[i]];
      sum += Math.max(0, Math.min(all - cut, passed) - from) * bin.values[i];
    }
    return sum / (all - 2 * cut);
  }

  /** Root mean square of what the bins leave unexplained. */
  public double spread() {
    double squares = 0;
    int count = 0;
    for (Bin bin : bins) {
      double middle = Robust.quantile(bin.values, 0.5);
      for (double value : bin.values) {
        squares += (value - middle) * (value - middle);
        count++;
      }
    }
    return count == 0 ? Double.NaN : Math.sqrt(squares / count);
  }
}
