package io.bridgewatch.telemetry;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.MetricKind;
import io.bridgewatch.model.SeriesKey;
import io.bridgewatch.telemetry.Histograms.Key;
import io.bridgewatch.telemetry.Histograms.Point;
import io.bridgewatch.telemetry.Histograms.Shape;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Turns one histogram, point by point, into series of numbers. A histogram of metric {@code m} in
 * unit {@code u} becomes series of the same name and resource, told apart by point attributes:
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
 * as the interval; the first point of a cumulative histogram has no interval, and neither has one
 * that is older than the point before. A point that is told again gives the same samples again.
 *
 * <p>Not safe for use by several threads.
 */
public final class HistogramSeries {

  private static final double[] QUANTILES = {0.5, 0.9, 0.95, 0.99};

  private final Key key;
  private final boolean delta;
  private final MetricKind kind;
  private final Pool pool;
  private final Map<String, SeriesKey> made = new HashMap<>();
  private final Map<Double, SeriesKey> buckets = new HashMap<>();
  private final Map<Double, SeriesKey> quantiles = new HashMap<>();
  private Optional<Point> before = Optional.empty();
  private Optional<Point> beforeThat = Optional.empty();

  /**
   * @param delta how its points count
   */
  public HistogramSeries(Key key, boolean delta, Pool pool) {
    this.key = key;
    this.delta = delta;
    this.kind = delta ? MetricKind.DELTA : MetricKind.CUMULATIVE;
    this.pool = pool;
  }

  /** The series that counts a histogram's observations. */
  static SeriesKey count(Key key, boolean delta, Pool pool) {
    return new HistogramSeries(key, delta, pool)
        .statistic("count", "1", delta ? MetricKind.DELTA : MetricKind.CUMULATIVE);
  }

  /** Hands out the samples of one more point; points come oldest first. */
  public <X extends Exception> void add(Point point, SampleSink<X> sink) throws X {
    asItCame(point, sink);
    if (delta) {
      derived(point, sink);
      return;
    }
    boolean again = before.isPresent() && point.epochMillis() == before.get().epochMillis();
    if (again || before.isEmpty() || point.epochMillis() > before.get().epochMillis()) {
      beforeThat = again ? beforeThat : before;
      before = Optional.of(point);
      Optional<Point> interval = beforeThat.flatMap(last -> difference(last, point));
      if (interval.isPresent()) {
        derived(interval.get(), sink);
      }
    }
  }

  private <X extends Exception> void asItCame(Point point, SampleSink<X> sink) throws X {
    emit(sink, statistic("count", "1", kind), point, point.count());
    emit(sink, statistic("sum", key.unit(), kind), point, point.sum());
    emit(sink, statistic("min", key.unit(), MetricKind.GAUGE), point, point.min());
    emit(sink, statistic("max", key.unit(), MetricKind.GAUGE), point, point.max());
    if (point.shape().explicit()) {
      double below = 0;
      for (int i = 0; i < point.shape().counts().length; i++) {
        below += point.shape().counts()[i];
        emit(sink, bucket(point.shape().highs()[i]), point, below);
      }
    }
  }

  private <X extends Exception> void derived(Point interval, SampleSink<X> sink) throws X {
    if (interval.count() > 0) {
      emit(
          sink,
          statistic("mean", key.unit(), MetricKind.GAUGE),
          interval,
          interval.sum() / interval.count());
    }
    double seen = 0;
    for (double count : interval.shape().counts()) {
      seen += count;
    }
    if (seen > 0) {
      for (double q : QUANTILES) {
        emit(sink, quantileLevel(q), interval, quantile(interval, q * seen));
      }
    }
  }

  private static <X extends Exception> void emit(
      SampleSink<X> sink, SeriesKey key, Point point, double value) throws X {
    if (Double.isFinite(value)) {
      sink.sample(key, point.epochMillis(), value);
    }
  }

  /** What was observed between two cumulative points; empty if the buckets were changed. */
  private static Optional<Point> difference(Point before, Point after) {
    if (beganAnew(before, after)) {
      return Optional.of(after);
    }
    var earlier = new HashMap<Double, Double>();
    for (int i = 0; i < before.shape().highs().length; i++) {
      earlier.put(before.shape().highs()[i], before.shape().counts()[i]);
    }
    var counts = after.shape().counts().clone();
    for (int i = 0; i < counts.length; i++) {
      Double taken = earlier.remove(after.shape().highs()[i]);
      counts[i] -= taken == null ? 0 : taken;
      if (counts[i] < 0) {
        return Optional.of(after); // a bucket fell: counting began anew without saying so
      }
    }
    if (!earlier.isEmpty()) {
      return Optional.empty();
    }
    var shape =
        new Shape(after.shape().explicit(), after.shape().lows(), after.shape().highs(), counts);
    return Optional.of(
        new Point(
            true,
            before.startNanos(),
            after.epochMillis(),
            after.count() - before.count(),
            after.sum() - before.sum(),
            Double.NaN,
            Double.NaN,
            shape));
  }

  private static boolean beganAnew(Point before, Point after) {
    boolean startMoved =
        before.startNanos() > 0
            && after.startNanos() > 0
            && before.startNanos() != after.startNanos();
    return startMoved || after.count() < before.count();
  }

  /** The value below which {@code rank} observations lie. */
  private static double quantile(Point point, double rank) {
    Shape shape = point.shape();
    double below = 0;
    double last = Double.NaN;
    for (int i = 0; i < shape.counts().length; i++) {
      if (shape.counts()[i] > 0) {
        double low = shape.lows()[i];
        double high = shape.highs()[i];
        if (Double.isInfinite(high)) {
          high = point.max() > low ? point.max() : low;
        }
        last = low + (high - low) * Math.min(1, (rank - below) / shape.counts()[i]);
        if (below + shape.counts()[i] >= rank) {
          break;
        }
        below += shape.counts()[i];
      }
    }
    if (point.max() < last) {
      return point.max();
    }
    return point.min() > last ? point.min() : last;
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

  private SeriesKey statistic(String statistic, String unit, MetricKind ofKind) {
    return made.computeIfAbsent(
        statistic, s -> series(unit, ofKind, withStatistic(key.attributes(), s)));
  }

  private SeriesKey bucket(double high) {
    return buckets.computeIfAbsent(
        high,
        h -> series("1", kind, withStatistic(key.attributes(), "bucket").with("le", boundName(h))));
  }

  private SeriesKey quantileLevel(double quantile) {
    return quantiles.computeIfAbsent(
        quantile, q -> series(key.unit(), MetricKind.GAUGE, withQuantile(key.attributes(), q)));
  }

  private SeriesKey series(String unit, MetricKind ofKind, Attributes attributes) {
    return new SeriesKey(key.resource(), key.metric(), unit, ofKind, pool.attributes(attributes));
  }

  private static String boundName(double high) {
    return Double.isInfinite(high)
        ? "+Inf"
        : BigDecimal.valueOf(high).stripTrailingZeros().toPlainString();
  }
}
