package io.bridgewatch.adapter.bundle;

import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.MetricKind;
import io.bridgewatch.model.SeriesKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonParser;

/**
 * Reads lines of metrics: one ExportMetricsServiceRequest each.
 *
 * <p>A gauge is a level; so is a sum that can fall (cumulative and not monotonic). A sum of delta
 * temporality is {@link MetricKind#DELTA}, any other {@link MetricKind#CUMULATIVE}. A point that
 * says it has no recorded value is absent. How histograms and summaries become series is told at
 * {@link Histograms} and {@link #summary}.
 */
final class MetricLines implements LineParser {

  private static final List<String> TEMPORALITIES = List.of("UNSPECIFIED", "DELTA", "CUMULATIVE");
  private static final int DELTA = 1;
  private static final int NO_RECORDED_VALUE = 1;

  private enum Type {
    NONE,
    GAUGE,
    SUM,
    HISTOGRAM,
    EXPONENTIAL_HISTOGRAM,
    SUMMARY
  }

  /** A data point as it is being read; which fields count depends on the type of its metric. */
  private static final class Point {
    private Map<String, String> attributes = Map.of();
    private long start = Json.UNREADABLE;
    private long time = Json.UNREADABLE;
    private long flags;
    private double value = Double.NaN;
    private long count; // proto3 leaves out what is zero
    private double sum = Double.NaN;
    private double min = Double.NaN;
    private double max = Double.NaN;
    private double[] bounds = {};
    private double[] counts = {};
    private long scale;
    private long zeroCount;
    private long positiveOffset;
    private double[] positive = {};
    private long negativeOffset;
    private double[] negative = {};
    private final List<double[]> quantiles = new ArrayList<>();
  }

  private static final class Metric {
    private String name = "";
    private String unit = "";
    private Type type = Type.NONE;
    private int temporality;
    private boolean monotonic;
    private final List<Point> points = new ArrayList<>();
  }

  /** The metrics of one resource. */
  private static final class Group {
    private Map<String, String> resource = Map.of();
    private final List<Metric> metrics = new ArrayList<>();
  }

  private final Intake intake;
  private final List<Group> line = new ArrayList<>();

  MetricLines(Intake intake) {
    this.intake = intake;
  }

  @Override
  public void parse(JsonParser parser) {
    Json.object(
        parser,
        (p, name) -> {
          switch (name) {
            case "resourceMetrics", "resource_metrics" -> Json.array(p, this::group);
            default -> Json.skip(p);
          }
        });
  }

  private void group(JsonParser parser) {
    var group = new Group();
    line.add(group);
    Json.object(
        parser,
        (p, name) -> {
          switch (name) {
            case "resource" -> group.resource = Otlp.resource(p);
            case "scopeMetrics",
                "scope_metrics",
                "instrumentationLibraryMetrics",
                "instrumentation_library_metrics" ->
                Json.array(p, scope -> scope(scope, group));
            default -> Json.skip(p);
          }
        });
  }

  private static void scope(JsonParser parser, Group group) {
    Json.object(
        parser,
        (p, name) -> {
          if (name.equals("metrics")) {
            Json.array(p, metric -> group.metrics.add(metric(metric)));
          } else {
            Json.skip(p);
          }
        });
  }

  private static Metric metric(JsonParser parser) {
    var metric = new Metric();
    Json.object(
        parser,
        (p, name) -> {
          switch (name) {
            case "name" -> metric.name = Json.text(p);
            case "unit" -> metric.unit = Json.text(p);
            case "gauge" -> data(p, metric, Type.GAUGE);
            case "sum" -> data(p, metric, Type.SUM);
            case "histogram" -> data(p, metric, Type.HISTOGRAM);
            case "exponentialHistogram", "exponential_histogram" ->
                data(p, metric, Type.EXPONENTIAL_HISTOGRAM);
            case "summary" -> data(p, metric, Type.SUMMARY);
            default -> Json.skip(p);
          }
        });
    return metric;
  }

  private static void data(JsonParser parser, Metric metric, Type type) {
    metric.type = type;
    Json.object(
        parser,
        (p, name) -> {
          switch (name) {
            case "dataPoints", "data_points" ->
                Json.array(p, point -> metric.points.add(point(point)));
            case "aggregationTemporality", "aggregation_temporality" ->
                metric.temporality = Json.enumeration(p, "AGGREGATION_TEMPORALITY_", TEMPORALITIES);
            case "isMonotonic", "is_monotonic" -> metric.monotonic = Json.bool(p);
            default -> Json.skip(p);
          }
        });
  }

  private static Point point(JsonParser parser) {
    var point = new Point();
    Json.object(
        parser,
        (p, name) -> {
          switch (name) {
            case "attributes" -> point.attributes = Otlp.attributes(p);
            case "startTimeUnixNano", "start_time_unix_nano" -> point.start = Json.integer(p);
            case "timeUnixNano", "time_unix_nano" -> point.time = Json.integer(p);
            case "flags" -> point.flags = Math.max(0, Json.integer(p));
            case "asDouble", "as_double", "asInt", "as_int" -> point.value = Json.number(p);
            case "count" -> point.count = Json.integer(p);
            case "sum" -> point.sum = Json.number(p);
            case "min" -> point.min = Json.number(p);
            case "max" -> point.max = Json.number(p);
            case "explicitBounds", "explicit_bounds" -> point.bounds = numbers(p);
            case "bucketCounts", "bucket_counts" -> point.counts = numbers(p);
            case "scale" -> point.scale = Json.integer(p);
            case "zeroCount", "zero_count" -> point.zeroCount = Json.integer(p);
            case "positive" -> {
              Buckets buckets = buckets(p);
              point.positiveOffset = buckets.offset;
              point.positive = buckets.counts;
            }
            case "negative" -> {
              Buckets buckets = buckets(p);
              point.negativeOffset = buckets.offset;
              point.negative = buckets.counts;
            }
            case "quantileValues", "quantile_values" ->
                Json.array(p, q -> point.quantiles.add(quantile(q)));
            default -> Json.skip(p);
          }
        });
    return point;
  }

  private static final class Buckets {
    private long offset;
    private double[] counts = {};
  }

  private static Buckets buckets(JsonParser parser) {
    var buckets = new Buckets();
    Json.object(
        parser,
        (p, name) -> {
          switch (name) {
            case "offset" -> buckets.offset = Json.integer(p);
            case "bucketCounts", "bucket_counts" -> buckets.counts = numbers(p);
            default -> Json.skip(p);
          }
        });
    return buckets;
  }

  private static double[] quantile(JsonParser parser) {
    double[] pair = {0, 0}; // proto3 leaves out what is zero
    Json.object(
        parser,
        (p, name) -> {
          switch (name) {
            case "quantile" -> pair[0] = Json.number(p);
            case "value" -> pair[1] = Json.number(p);
            default -> Json.skip(p);
          }
        });
    return pair;
  }

  private static double[] numbers(JsonParser parser) {
    double[][] values = {new double[16]};
    int[] size = new int[1];
    Json.array(
        parser,
        p -> {
          if (size[0] == values[0].length) {
            values[0] = Arrays.copyOf(values[0], size[0] * 2);
          }
          values[0][size[0]++] = Json.number(p);
        });
    return Arrays.copyOf(values[0], size[0]);
  }

  @Override
  public void commit(Place place) throws BundleException {
    for (Group group : line) {
      Attributes resource = intake.pool().attributes(group.resource);
      for (Metric metric : group.metrics) {
        commit(metric, resource, place);
      }
    }
    line.clear();
  }

  private void commit(Metric metric, Attributes resource, Place place) throws BundleException {
    String name = intake.pool().string(metric.name);
    String unit = intake.pool().string(metric.unit);
    for (Point point : metric.points) {
      if (name.isEmpty()) {
        intake.reject(place, RejectionReason.ID_MISSING);
      } else if ((point.flags & NO_RECORDED_VALUE) == 0 && timeIsUsable(point, place)) {
        Attributes attributes = intake.pool().attributes(point.attributes);
        switch (metric.type) {
          case GAUGE, SUM ->
              sample(
                  new SeriesKey(resource, name, unit, numberKind(metric), attributes),
                  point.time,
                  point.value,
                  place);
          case HISTOGRAM, EXPONENTIAL_HISTOGRAM ->
              histogram(metric, new Histograms.Key(resource, name, unit, attributes), point, place);
          case SUMMARY -> summary(resource, name, unit, attributes, point, place);
          case NONE -> intake.reject(place, RejectionReason.INCOMPLETE);
        }
      }
    }
  }

  private boolean timeIsUsable(Point point, Place place) {
    if (point.time == Json.UNREADABLE || point.time == 0) {
      intake.reject(place, RejectionReason.TIME_MISSING);
      return false;
    }
    if (!intake.telemetryTimes().hasNanos(point.time)) {
      intake.reject(place, RejectionReason.TIME_OUTSIDE_RANGE);
      return false;
    }
    return true;
  }

  private static MetricKind numberKind(Metric metric) {
    if (metric.type == Type.GAUGE) {
      return MetricKind.GAUGE;
    }
    if (metric.temporality == DELTA) {
      return MetricKind.DELTA;
    }
    return metric.monotonic ? MetricKind.CUMULATIVE : MetricKind.GAUGE;
  }

  private void sample(SeriesKey key, long epochNanos, double value, Place place)
      throws BundleException {
    if (!Double.isFinite(value)) {
      intake.reject(place, RejectionReason.NOT_FINITE);
      return;
    }
    intake.sample(key, Math.floorDiv(epochNanos, 1_000_000L), value, place);
  }

  private void histogram(Metric metric, Histograms.Key key, Point point, Place place)
      throws BundleException {
    boolean exponential = metric.type == Type.EXPONENTIAL_HISTOGRAM;
    var shape =
        exponential
            ? Histograms.exponential(
                point.scale,
                point.zeroCount,
                point.positiveOffset,
                point.positive,
                point.negativeOffset,
                point.negative)
            : Histograms.explicit(point.bounds, point.counts);
    if (shape.isEmpty() || point.count < 0) {
      intake.reject(place, RejectionReason.BUCKETS_INVALID);
      return;
    }
    intake.histogram(
        key,
        new Histograms.Point(
            metric.temporality == DELTA,
            point.start,
            Math.floorDiv(point.time, 1_000_000L),
            point.count,
            point.sum,
            point.min,
            point.max,
            shape.get(),
            place));
  }

  /**
   * A summary becomes one level per quantile ({@code quantile} = "0.50", "0.99", …) and, counted
   * since a start, {@code statistic} = "count" and "sum".
   */
  private void summary(
      Attributes resource,
      String name,
      String unit,
      Attributes attributes,
      Point point,
      Place place)
      throws BundleException {
    Pool pool = intake.pool();
    for (double[] pair : point.quantiles) {
      if (pair[0] >= 0 && pair[0] <= 1) {
        var labelled = pool.attributes(Histograms.withQuantile(attributes, pair[0]));
        if (!Double.isNaN(pair[1])) { // a summary without observations says NaN
          sample(
              new SeriesKey(resource, name, unit, MetricKind.GAUGE, labelled),
              point.time,
              pair[1],
              place);
        }
      } else {
        intake.reject(place, RejectionReason.BUCKETS_INVALID);
      }
    }
    if (point.count >= 0) {
      var counted = pool.attributes(Histograms.withStatistic(attributes, "count"));
      sample(
          new SeriesKey(resource, name, "1", MetricKind.CUMULATIVE, counted),
          point.time,
          point.count,
          place);
    }
    if (!Double.isNaN(point.sum)) {
      var summed = pool.attributes(Histograms.withStatistic(attributes, "sum"));
      sample(
          new SeriesKey(resource, name, unit, MetricKind.CUMULATIVE, summed),
          point.time,
          point.sum,
          place);
    }
  }

  @Override
  public void discard() {
    line.clear();
  }
}
