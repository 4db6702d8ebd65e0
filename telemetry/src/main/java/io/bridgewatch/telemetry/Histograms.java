package io.bridgewatch.telemetry;

import io.bridgewatch.model.Attributes;
import java.util.Optional;
import java.util.TreeMap;

/** Points of histograms, whatever format they came in, with their buckets in one shape. */
public final class Histograms {

  private static final int GRID_SCALE = 2;

  /** Which histogram a point belongs to. */
  public record Key(Attributes resource, String metric, String unit, Attributes attributes) {}

  /**
   * Buckets in ascending order. The arrays are not copied: neither side changes them.
   *
   * @param explicit whether the source chose the bounds one by one
   * @param lows lower bounds, exclusive
   * @param highs upper bounds, inclusive; the last may be infinite
   * @param counts observations in each
   */
  public record Shape(boolean explicit, double[] lows, double[] highs, double[] counts) {}

  /**
   * One point of a histogram.
   *
   * @param delta whether it counts since the point before, rather than since a start
   * @param startNanos when counting began; {@link Json#UNREADABLE} if unknown
   * @param sum {@code NaN} if unknown; so are {@code min} and {@code max}
   */
  public record Point(
      boolean delta,
      long startNanos,
      long epochMillis,
      double count,
      double sum,
      double min,
      double max,
      Shape shape) {}

  private Histograms() {}

  /** Buckets between explicit bounds; empty if bounds and counts contradict each other. */
  public static Optional<Shape> explicit(double[] bounds, double[] counts) {
    if (counts.length == 0 && bounds.length == 0) {
      return Optional.of(new Shape(true, new double[0], new double[0], new double[0]));
    }
    if (counts.length != bounds.length + 1 || !areCounts(counts)) {
      return Optional.empty();
    }
    var lows = new double[counts.length];
    var highs = new double[counts.length];
    for (int i = 0; i < bounds.length; i++) {
      if (!Double.isFinite(bounds[i]) || (i > 0 && bounds[i] <= bounds[i - 1])) {
        return Optional.empty();
      }
      highs[i] = bounds[i];
      lows[i + 1] = bounds[i];
    }
    highs[bounds.length] = Double.POSITIVE_INFINITY;
    lows[0] = bounds.length == 0 ? 0 : Math.min(0, bounds[0]);
    return Optional.of(new Shape(true, lows, highs, counts));
  }

  /** Buckets of an exponential histogram, widened to the grid; empty if they make no sense. */
  public static Optional<Shape> exponential(
      long scale,
      long zeroCount,
      long positiveOffset,
      double[] positive,
      long negativeOffset,
      double[] negative) {
    if (scale < -10
        || scale > 20
        || zeroCount < 0
        || Math.abs((double) positiveOffset) > Integer.MAX_VALUE
        || Math.abs((double) negativeOffset) > Integer.MAX_VALUE
        || !areCounts(positive)
        || !areCounts(negative)) {
      return Optional.empty();
    }
    var byHigh = new TreeMap<Double, double[]>();
    for (int i = 0; i < positive.length; i++) {
      double low = bound(positiveOffset + i, scale, false);
      double high = bound(positiveOffset + i, scale, true);
      put(byHigh, low, high, positive[i]);
    }
    for (int i = 0; i < negative.length; i++) {
      double near = bound(negativeOffset + i, scale, false);
      double far = bound(negativeOffset + i, scale, true);
      put(byHigh, -far, -near, negative[i]);
    }
    put(byHigh, 0, 0, zeroCount);
    int size = byHigh.size();
    var lows = new double[size];
    var highs = new double[size];
    var counts = new double[size];
    int at = 0;
    for (var bucket : byHigh.entrySet()) {
      lows[at] = bucket.getValue()[0];
      highs[at] = bucket.getKey();
      counts[at++] = bucket.getValue()[1];
    }
    return Optional.of(new Shape(false, lows, highs, counts));
  }

  /** A bound of bucket {@code index}, moved outwards to the grid where that is coarser. */
  private static double bound(long index, long scale, boolean upper) {
    if (scale > GRID_SCALE) {
      long coarse = index >> (scale - GRID_SCALE);
      return Math.pow(2, (upper ? coarse + 1 : coarse) / 4.0);
    }
    return Math.pow(2, (upper ? index + 1 : index) * Math.pow(2, -scale));
  }

  private static void put(TreeMap<Double, double[]> byHigh, double low, double high, double count) {
    if (count > 0) {
      byHigh.computeIfAbsent(high, h -> new double[] {low, 0})[1] += count;
    }
  }

  private static boolean areCounts(double[] counts) {
    for (double count : counts) {
      if (!(count >= 0) || Double.isInfinite(count)) {
        return false;
      }
    }
    return true;
  }
}
