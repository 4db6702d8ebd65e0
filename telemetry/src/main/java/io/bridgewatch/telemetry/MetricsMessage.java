package io.bridgewatch.telemetry;

import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.Exemplar;
import io.bridgewatch.model.MetricKind;
import io.bridgewatch.model.SeriesKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The points of a request of metrics, and what they become.
 *
 * <p>A gauge is a level; so is a sum that can fall (cumulative and not monotonic). A sum of delta
 * temporality is {@link MetricKind#DELTA}, any other {@link MetricKind#CUMULATIVE}. A point that
 * says it has no recorded value is absent. How histograms and summaries become series is told at
 * {@link HistogramSeries} and {@link #summary}. Exemplars without a trace lead nowhere and are left
 * out.
 */
final class MetricsMessage implements TelemetryMessage {

  static final int DELTA = 1;
  private static final int NO_RECORDED_VALUE = 1;

  enum Type {
    NONE,
    GAUGE,
    SUM,
    HISTOGRAM,
    EXPONENTIAL_HISTOGRAM,
    SUMMARY
  }

  /** A data point as it is being read; which fields count depends on the type of its metric. */
  static final class Point {
    Map<String, String> attributes = Map.of();
    long start = Json.UNREADABLE;
    long time = Json.UNREADABLE;
    long flags;
    double value = Double.NaN;
    long count; // proto3 leaves out what is zero
    double sum;
    double min = Double.NaN;
    double max = Double.NaN;
    double[] bounds = {};
    double[] counts = {};
    long scale;
    long zeroCount;
    Buckets positive = Buckets.NONE;
    Buckets negative = Buckets.NONE;
    List<double[]> quantiles = List.of();
    List<Example> examples = List.of();

    Point(Type type) {
      // a histogram's sum may be absent; a summary's is left out only where it is zero
      sum = type == Type.SUMMARY ? 0 : Double.NaN;
    }
  }

  /** One side of an exponential histogram. */
  record Buckets(long offset, double[] counts) {
    static final Buckets NONE = new Buckets(0, new double[0]);
  }

  /** An exemplar as it is being read. */
  static final class Example {
    long time = Json.UNREADABLE;
    double value = Double.NaN;
    String traceId = "";
    String spanId = "";
    Map<String, String> labels = Map.of();
  }

  static final class Metric {
    String name = "";
    String unit = "";
    Type type = Type.NONE;
    int temporality;
    boolean monotonic;
    final List<Point> points = new ArrayList<>();
  }

  /** The metrics of one resource. */
  static final class Group {
    Map<String, String> resource = Map.of();
    final List<Metric> metrics = new ArrayList<>();
  }

  final List<Group> groups = new ArrayList<>();
  private final TelemetryLimits limits;
  private final Room room;

  MetricsMessage(TelemetryLimits limits) {
    this.limits = limits;
    this.room = new Room(limits);
  }

  Room room() {
    return room;
  }

  @Override
  public <X extends Exception> void deliver(TimeRange times, Pool pool, TelemetrySink<X> sink)
      throws X {
    for (Group group : groups) {
      Attributes resource = pool.attributes(group.resource);
      Optional<Rejection> flaw = limits.flaw(resource);
      for (Metric metric : group.metrics) {
        new Delivery<>(metric, resource, flaw, times, pool, sink).all();
      }
    }
    room.tell(sink);
  }

  /** Hands out the points of one metric. */
  private final class Delivery<X extends Exception> {
    private final Metric metric;
    private final String name;
    private final String unit;
    private final Attributes resource;
    private final Optional<Rejection> flaw;
    private final TimeRange times;
    private final Pool pool;
    private final TelemetrySink<X> sink;

    private Delivery(
        Metric metric,
        Attributes resource,
        Optional<Rejection> flaw,
        TimeRange times,
        Pool pool,
        TelemetrySink<X> sink) {
      this.metric = metric;
      this.name = pool.string(metric.name);
      this.unit = pool.string(metric.unit);
      this.resource = resource;
      this.flaw = flaw;
      this.times = times;
      this.pool = pool;
      this.sink = sink;
    }

    private void all() throws X {
      for (Point point : metric.points) {
        if ((point.flags & NO_RECORDED_VALUE) != 0 && !name.isEmpty()) {
          continue;
        }
        Attributes attributes = pool.attributes(point.attributes);
        Optional<Rejection> flaw = flaw(point, attributes);
        if (flaw.isPresent()) {
          sink.reject(flaw.get(), 1);
        } else {
          one(point, attributes);
        }
      }
    }

    private Optional<Rejection> flaw(Point point, Attributes attributes) {
      if (name.isEmpty()) {
        return Optional.of(Rejection.ID_MISSING);
      }
      if (point.time == Json.UNREADABLE || point.time == 0) {
        return Optional.of(Rejection.TIME_MISSING);
      }
      if (!times.hasNanos(point.time)) {
        return Optional.of(Rejection.TIME_OUTSIDE_RANGE);
      }
      if (limits.isTooLong(name) || limits.isTooLong(unit)) {
        return Optional.of(Rejection.TEXT_TOO_LONG);
      }
      return flaw.or(() -> limits.flaw(attributes));
    }

    private void one(Point point, Attributes attributes) throws X {
      switch (metric.type) {
        case GAUGE, SUM -> {
          var key = new SeriesKey(resource, name, unit, numberKind(), attributes);
          sample(key, point, point.value);
          examples(key, point);
        }
        case HISTOGRAM, EXPONENTIAL_HISTOGRAM -> histogram(point, attributes);
        case SUMMARY -> summary(point, attributes);
        case NONE -> sink.reject(Rejection.INCOMPLETE, 1);
      }
    }

    private MetricKind numberKind() {
      if (metric.type == Type.GAUGE) {
        return MetricKind.GAUGE;
      }
      if (metric.temporality == DELTA) {
        return MetricKind.DELTA;
      }
      return metric.monotonic ? MetricKind.CUMULATIVE : MetricKind.GAUGE;
    }

    private void sample(SeriesKey key, Point point, double value) throws X {
      if (Double.isFinite(value)) {
        sink.sample(key, millis(point.time), value);
      } else {
        sink.reject(Rejection.NOT_FINITE, 1);
      }
    }

    private void examples(SeriesKey key, Point point) throws X {
      for (Example example : point.examples) {
        if (example.traceId.isEmpty()) {
          continue;
        }
        Attributes labels = pool.attributes(example.labels);
        Optional<Rejection> flaw = limits.flaw(labels);
        if (!times.hasNanos(example.time)) {
          sink.reject(Rejection.TIME_OUTSIDE_RANGE, 1);
        } else if (!Double.isFinite(example.value)) {
          sink.reject(Rejection.NOT_FINITE, 1);
        } else if (flaw.isPresent()) {
          sink.reject(flaw.get(), 1);
        } else {
          sink.exemplar(
              new Exemplar(
                  key,
                  millis(example.time),
                  example.value,
                  example.traceId,
                  example.spanId,
                  labels));
        }
      }
    }

    private void histogram(Point point, Attributes attributes) throws X {
      long buckets =
          (long) point.counts.length + point.positive.counts.length + point.negative.counts.length;
      if (buckets > limits.maxBuckets()) {
        sink.reject(Rejection.TOO_MANY_BUCKETS, 1);
        return;
      }
      var shape =
          metric.type == Type.EXPONENTIAL_HISTOGRAM
              ? Histograms.exponential(
                  point.scale,
                  point.zeroCount,
                  point.positive.offset,
                  point.positive.counts,
                  point.negative.offset,
                  point.negative.counts)
              : Histograms.explicit(point.bounds, point.counts);
      if (shape.isEmpty() || point.count < 0) {
        sink.reject(Rejection.BUCKETS_INVALID, 1);
        return;
      }
      boolean delta = metric.temporality == DELTA;
      var key = new Histograms.Key(resource, name, unit, attributes);
      sink.histogram(
          key,
          new Histograms.Point(
              delta,
              point.start,
              millis(point.time),
              point.count,
              point.sum,
              point.min,
              point.max,
              shape.get()));
      if (!point.examples.isEmpty()) {
        examples(HistogramSeries.count(key, delta, pool), point);
      }
    }

    /**
     * A summary becomes one level per quantile ({@code quantile} = "0.50", "0.99", …) and, counted
     * since a start, {@code statistic} = "count" and "sum".
     */
    private void summary(Point point, Attributes attributes) throws X {
      for (double[] pair : point.quantiles) {
        if (!(pair[0] >= 0 && pair[0] <= 1)) {
          sink.reject(Rejection.BUCKETS_INVALID, 1);
        } else if (!Double.isNaN(pair[1])) { // a summary without observations says NaN
          sample(
              key(unit, MetricKind.GAUGE, HistogramSeries.withQuantile(attributes, pair[0])),
              point,
              pair[1]);
        }
      }
      if (point.count >= 0) {
        sample(
            key("1", MetricKind.CUMULATIVE, HistogramSeries.withStatistic(attributes, "count")),
            point,
            point.count);
      }
      if (!Double.isNaN(point.sum)) {
        sample(
            key(unit, MetricKind.CUMULATIVE, HistogramSeries.withStatistic(attributes, "sum")),
            point,
            point.sum);
      }
    }

    private SeriesKey key(String ofUnit, MetricKind kind, Attributes attributes) {
      return new SeriesKey(resource, name, ofUnit, kind, pool.attributes(attributes));
    }
  }

  private static long millis(long epochNanos) {
    return Math.floorDiv(epochNanos, 1_000_000L);
  }
}
