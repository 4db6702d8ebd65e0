package io.bridgewatch.adapter.bundle;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.MetricKind;
import io.bridgewatch.model.SeriesKey;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Turns histograms into series of numbers. One histogram of metric {@code m} in unit {@code u}
 * becomes series of the same name and resource, told apart by point attributes:
 *
 * <ol>
 *   <li>{@code statistic} = "count" (unit 1) and "sum" (unit u), delta or cumulative as it came;
 *   <li>{@code statistic} = "min" and "max" (unit u), levels, where the source gives them;
 *   <li>{@code statistic} = "bucket" with {@code le} = upper bound (unit 1): observations at or
 *       below that bound, delta or cumulative as it came; explicit bounds only;
 *   <li>{@code statistic} = "mean" and {@code quantile} = "0.50", "0.90", "0.95", "0.99" (unit u),
 *       levels: of what was observed since the point before. Absent where nothing was.
 * </ol>
 *
 * <p>Quantiles are interpolated linearly inside a bucket. What lies above the last bound counts as
 * the maximum where one is given, else as that bound. Exponential histograms are brought to buckets
 * a fourth root of two wide (19 %) first. Where counting began anew, everything since then counts
 * as the interval; the first point of a cumulative histogram has no interval.
 */
final class Histograms {

  private static final double[] QUANTILES = {0.5, 0.9, 0.95, 0.99};
  private static final int GRID_SCALE = 2;

  /** Which histogram a point belongs to. */
  record Key(Attributes resource, String metric, String unit, Attributes attributes) {}

  /**
   * Buckets in ascending order.
   *
   * @param lows lower bounds, exclusive
   * @param highs upper bounds, inclusive; the last may be infinite
   * @param counts observations in each
   */
  record Shape(boolean explicit, double[] lows, double[] highs, double[] counts) {}

  /**
   * One point of a histogram.
   *
   * @param startNanos when counting began; {@link Json#UNREADABLE} if unknown
   * @param sum {@code NaN} if unknown; so are {@code min} and {@code max}
   */
  record Point(
      boolean delta,
      long startNanos,
      long epochMillis,
      double count,
      double sum,
      double min,
      double max,
      Shape shape,
      Place place) {}

  /** Takes the finished samples. */
  interface Sink {
    /** One sample of a series. */
    void sample(SeriesKey key, long epochMillis, double value, Place place) throws BundleException;
  }

  private final Map<Key, List<Point>> points = new HashMap<>();

  void add(Key key, Point point) {
    points.computeIfAbsent(key, k -> new ArrayList<>()).add(point);
  }

  /** Buckets between explicit bounds; empty if bounds and counts contradict each other. */
  static Optional<Shape> explicit(double[] bounds, double[] counts) {
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
  static Optional<Shape> exponential(
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

  /** Hands out all series and forgets the histograms. */
  void drain(Pool pool, Rejections rejections, Sink sink) throws BundleException {
    for (var stream : points.entrySet()) {
      drain(stream.getKey(), inOrder(stream.getValue(), rejections), pool, sink);
    }
    points.clear();
  }

  private static List<Point> inOrder(List<Point> unordered, Rejections rejections) {
    var sorted = new ArrayList<>(unordered);
    sorted.sort(Comparator.comparingLong(Point::epochMillis));
    var kept = new ArrayList<Point>(sorted.size());
    for (Point point : sorted) {
      if (!kept.isEmpty() && kept.getLast().epochMillis == point.epochMillis) {
        rejections.add(point.place.file(), point.place.line(), RejectionReason.DUPLICATE_SAMPLE);
        kept.removeLast();
      }
      kept.add(point);
    }
    return kept;
  }

  private static void drain(Key key, List<Point> inOrder, Pool pool, Sink sink)
      throws BundleException {
    boolean delta = inOrder.getFirst().delta;
    var series = new Names(key, delta ? MetricKind.DELTA : MetricKind.CUMULATIVE, pool);
    Optional<Point> before = Optional.empty();
    for (Point point : inOrder) {
      asItCame(series, point, sink);
      Optional<Point> interval =
          delta ? Optional.of(point) : before.flatMap(last -> difference(last, point));
      if (interval.isPresent()) {
        derived(series, interval.get(), sink);
      }
      before = Optional.of(point);
    }
  }

  private static void asItCame(Names series, Point point, Sink sink) throws BundleException {
    emit(sink, series.statistic("count", "1", series.kind), point, point.count);
    emit(sink, series.statistic("sum", series.key.unit, series.kind), point, point.sum);
    emit(sink, series.statistic("min", series.key.unit, MetricKind.GAUGE), point, point.min);
    emit(sink, series.statistic("max", series.key.unit, MetricKind.GAUGE), point, point.max);
    if (point.shape.explicit) {
      double below = 0;
      for (int i = 0; i < point.shape.counts.length; i++) {
        below += point.shape.counts[i];
        emit(sink, series.bucket(point.shape.highs[i]), point, below);
      }
    }
  }

  private static void derived(Names series, Point interval, Sink sink) throws BundleException {
    if (interval.count > 0) {
      emit(
          sink,
          series.statistic("mean", series.key.unit, MetricKind.GAUGE),
          interval,
          interval.sum / interval.count);
    }
    double seen = 0;
    for (double count : interval.shape.counts) {
      seen += count;
    }
    if (seen > 0) {
      for (double q : QUANTILES) {
        emit(sink, series.quantile(q), interval, quantile(interval, q * seen));
      }
    }
  }

  private static void emit(Sink sink, SeriesKey key, Point point, double value)
      throws BundleException {
    if (Double.isFinite(value)) {
      sink.sample(key, point.epochMillis, value, point.place);
    }
  }

  /** What was observed between two cumulative points; empty if the buckets were changed. */
  private static Optional<Point> difference(Point before, Point after) {
    if (beganAnew(before, after)) {
      return Optional.of(after);
    }
    var earlier = new HashMap<Double, Double>();
    for (int i = 0; i < before.shape.highs.length; i++) {
      earlier.put(before.shape.highs[i], before.shape.counts[i]);
    }
    var counts = after.shape.counts.clone();
    for (int i = 0; i < counts.length; i++) {
      Double taken = earlier.remove(after.shape.highs[i]);
      counts[i] -= taken == null ? 0 : taken;
      if (counts[i] < 0) {
        return Optional.of(after); // a bucket fell: counting began anew without saying so
      }
    }
    if (!earlier.isEmpty()) {
      return Optional.empty();
    }
    var shape = new Shape(after.shape.explicit, after.shape.lows, after.shape.highs, counts);
    return Optional.of(
        new Point(
            true,
            before.startNanos,
            after.epochMillis,
            after.count - before.count,
            after.sum - before.sum,
            Double.NaN,
            Double.NaN,
            shape,
            after.place));
  }

  private static boolean beganAnew(Point before, Point after) {
    boolean startMoved =
        before.startNanos > 0 && after.startNanos > 0 && before.startNanos != after.startNanos;
    return startMoved || after.count < before.count;
  }

  /** The value below which {@code rank} observations lie. */
  private static double quantile(Point point, double rank) {
    Shape shape = point.shape;
    double below = 0;
    double last = Double.NaN;
    for (int i = 0; i < shape.counts.length; i++) {
      if (shape.counts[i] > 0) {
        double low = shape.lows[i];
        double high = shape.highs[i];
        if (Double.isInfinite(high)) {
          high = point.max > low ? point.max : low;
        }
        last = low + (high - low) * Math.min(1, (rank - below) / shape.counts[i]);
        if (below + shape.counts[i] >= rank) {
          break;
        }
        below += shape.counts[i];
      }
    }
    if (point.max < last) {
      return point.max;
    }
    return point.min > last ? point.min : last;
  }

  static Attributes withStatistic(Attributes attributes, String statistic) {
    return attributes.with(AttributeNames.STATISTIC, statistic);
  }

  static Attributes withQuantile(Attributes attributes, double quantile) {
    return attributes.with(AttributeNames.QUANTILE, quantileName(quantile));
  }

  /** At least two digits after the point: "0.50", "0.99", "0.999". */
  private static String quantileName(double quantile) {
    BigDecimal exact = BigDecimal.valueOf(quantile).stripTrailingZeros();
    return exact.setScale(Math.max(2, exact.scale())).toPlainString();
  }

  /** Names of the series of one histogram, each made once. */
  private static final class Names {
    private final Key key;
    private final MetricKind kind;
    private final Pool pool;
    private final Map<String, SeriesKey> made = new HashMap<>();
    private final Map<Double, SeriesKey> buckets = new HashMap<>();
    private final Map<Double, SeriesKey> quantiles = new HashMap<>();

    private Names(Key key, MetricKind kind, Pool pool) {
      this.key = key;
      this.kind = kind;
      this.pool = pool;
    }

    private SeriesKey statistic(String statistic, String unit, MetricKind ofKind) {
      return made.computeIfAbsent(
          statistic, s -> series(unit, ofKind, withStatistic(key.attributes, s)));
    }

    private SeriesKey bucket(double high) {
      return buckets.computeIfAbsent(
          high,
          h -> series("1", kind, withStatistic(key.attributes, "bucket").with("le", boundName(h))));
    }

    private SeriesKey quantile(double quantile) {
      return quantiles.computeIfAbsent(
          quantile, q -> series(key.unit, MetricKind.GAUGE, withQuantile(key.attributes, q)));
    }

    private SeriesKey series(String unit, MetricKind ofKind, Attributes attributes) {
      return new SeriesKey(key.resource, key.metric, unit, ofKind, pool.attributes(attributes));
    }

    private static String boundName(double high) {
      return Double.isInfinite(high)
          ? "+Inf"
          : BigDecimal.valueOf(high).stripTrailingZeros().toPlainString();
    }
  }
}
