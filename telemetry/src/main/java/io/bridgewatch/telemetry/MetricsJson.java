package io.bridgewatch.telemetry;

import io.bridgewatch.telemetry.MetricsMessage.Buckets;
import io.bridgewatch.telemetry.MetricsMessage.Example;
import io.bridgewatch.telemetry.MetricsMessage.Group;
import io.bridgewatch.telemetry.MetricsMessage.Metric;
import io.bridgewatch.telemetry.MetricsMessage.Point;
import io.bridgewatch.telemetry.MetricsMessage.Type;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonParser;

/** Reads an ExportMetricsServiceRequest in JSON. */
final class MetricsJson {

  private static final List<String> TEMPORALITIES = List.of("UNSPECIFIED", "DELTA", "CUMULATIVE");

  private final OtlpJson otlp;
  private final MetricsMessage message;

  MetricsJson(TelemetryLimits limits) {
    otlp = new OtlpJson(limits);
    message = new MetricsMessage(limits);
  }

  MetricsMessage read(JsonParser parser) {
    Json.object(
        parser,
        (p, name) -> {
          switch (name) {
            case "resourceMetrics", "resource_metrics" -> Json.array(p, this::group);
            default -> Json.skip(p);
          }
        });
    return message;
  }

  private void group(JsonParser parser) {
    var group = new Group();
    Json.object(
        parser,
        (p, name) -> {
          switch (name) {
            case "resource" -> group.resource = otlp.resource(p);
            case "scopeMetrics",
                "scope_metrics",
                "instrumentationLibraryMetrics",
                "instrumentation_library_metrics" ->
                Json.array(p, scope -> scope(scope, group));
            default -> Json.skip(p);
          }
        });
    if (!group.metrics.isEmpty()) {
      message.groups.add(group);
    }
  }

  private void scope(JsonParser parser, Group group) {
    Json.object(
        parser,
        (p, name) -> {
          if (name.equals("metrics")) {
            Json.array(p, metric -> metric(metric, group));
          } else {
            Json.skip(p);
          }
        });
  }

  private void metric(JsonParser parser, Group group) {
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
    if (!metric.points.isEmpty()) {
      group.metrics.add(metric);
    }
  }

  private void data(JsonParser parser, Metric metric, Type type) {
    metric.type = type;
    Json.object(
        parser,
        (p, name) -> {
          switch (name) {
            case "dataPoints", "data_points" -> Json.array(p, point -> points(point, metric));
            case "aggregationTemporality", "aggregation_temporality" ->
                metric.temporality = Json.enumeration(p, "AGGREGATION_TEMPORALITY_", TEMPORALITIES);
            case "isMonotonic", "is_monotonic" -> metric.monotonic = Json.bool(p);
            default -> Json.skip(p);
          }
        });
  }

  private void points(JsonParser parser, Metric metric) {
    if (message.room().take()) {
      metric.points.add(point(parser, metric.type));
    } else {
      Json.skip(parser);
    }
  }

  private Point point(JsonParser parser, Type type) {
    var point = new Point(type);
    Json.object(
        parser,
        (p, name) -> {
          switch (name) {
            case "attributes" -> point.attributes = otlp.attributes(p);
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
            case "positive" -> point.positive = buckets(p);
            case "negative" -> point.negative = buckets(p);
            case "quantileValues", "quantile_values" -> point.quantiles = quantiles(p);
            case "exemplars" -> point.examples = examples(p);
            default -> Json.skip(p);
          }
        });
    return point;
  }

  private List<Example> examples(JsonParser parser) {
    var all = new ArrayList<Example>();
    Json.array(
        parser,
        element -> {
          if (message.room().take()) {
            all.add(example(element));
          } else {
            Json.skip(element);
          }
        });
    return all;
  }

  private Example example(JsonParser parser) {
    var example = new Example();
    Json.object(
        parser,
        (p, name) -> {
          switch (name) {
            case "timeUnixNano", "time_unix_nano" -> example.time = Json.integer(p);
            case "asDouble", "as_double", "asInt", "as_int" -> example.value = Json.number(p);
            case "traceId", "trace_id" -> example.traceId = OtlpJson.id(p);
            case "spanId", "span_id" -> example.spanId = OtlpJson.id(p);
            case "filteredAttributes", "filtered_attributes" -> example.labels = otlp.attributes(p);
            default -> Json.skip(p);
          }
        });
    return example;
  }

  private static Buckets buckets(JsonParser parser) {
    long[] offset = new long[1];
    double[][] counts = {{}};
    Json.object(
        parser,
        (p, name) -> {
          switch (name) {
            case "offset" -> offset[0] = Json.integer(p);
            case "bucketCounts", "bucket_counts" -> counts[0] = numbers(p);
            default -> Json.skip(p);
          }
        });
    return new Buckets(offset[0], counts[0]);
  }

  private static List<double[]> quantiles(JsonParser parser) {
    var all = new ArrayList<double[]>();
    Json.array(parser, q -> all.add(quantile(q)));
    return all;
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
    var all = new Numbers();
    Json.array(parser, p -> all.add(Json.number(p)));
    return all.toArray();
  }
}
