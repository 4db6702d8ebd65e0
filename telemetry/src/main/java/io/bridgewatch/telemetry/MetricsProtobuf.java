package io.bridgewatch.telemetry;

import io.bridgewatch.telemetry.MetricsMessage.Buckets;
import io.bridgewatch.telemetry.MetricsMessage.Example;
import io.bridgewatch.telemetry.MetricsMessage.Group;
import io.bridgewatch.telemetry.MetricsMessage.Metric;
import io.bridgewatch.telemetry.MetricsMessage.Point;
import io.bridgewatch.telemetry.MetricsMessage.Type;
import java.util.ArrayList;

/** Reads an ExportMetricsServiceRequest in protobuf. */
final class MetricsProtobuf {

  private final TelemetryLimits limits;
  private final MetricsMessage message;

  MetricsProtobuf(TelemetryLimits limits) {
    this.limits = limits;
    this.message = new MetricsMessage(limits);
  }

  MetricsMessage read(Wire wire) {
    wire.fields(
        number -> {
          if (number == 1) {
            group(wire);
          } else {
            wire.skip();
          }
        });
    return message;
  }

  private void group(Wire wire) {
    var group = new Group();
    wire.message(
        number -> {
          switch (number) {
            case 1 -> group.resource = OtlpProtobuf.resource(wire, limits);
            case 2 -> scope(wire, group);
            default -> wire.skip();
          }
        });
    if (!group.metrics.isEmpty()) {
      message.groups.add(group);
    }
  }

  private void scope(Wire wire, Group group) {
    wire.message(
        number -> {
          if (number == 2) {
            metric(wire, group);
          } else {
            wire.skip();
          }
        });
  }

  private void metric(Wire wire, Group group) {
    var metric = new Metric();
    wire.message(
        number -> {
          switch (number) {
            case 1 -> metric.name = wire.text();
            case 3 -> metric.unit = wire.text();
            case 5 -> data(wire, metric, Type.GAUGE);
            case 7 -> data(wire, metric, Type.SUM);
            case 9 -> data(wire, metric, Type.HISTOGRAM);
            case 10 -> data(wire, metric, Type.EXPONENTIAL_HISTOGRAM);
            case 11 -> data(wire, metric, Type.SUMMARY);
            default -> wire.skip();
          }
        });
    if (!metric.points.isEmpty()) {
      group.metrics.add(metric);
    }
  }

  private void data(Wire wire, Metric metric, Type type) {
    metric.type = type;
    wire.message(
        number -> {
          switch (number) {
            case 1 -> point(wire, metric);
            case 2 -> metric.temporality = (int) wire.varint();
            case 3 -> metric.monotonic = wire.varint() != 0;
            default -> wire.skip();
          }
        });
  }

  private void point(Wire wire, Metric metric) {
    if (!message.room().take()) {
      wire.skip();
      return;
    }
    metric.points.add(
        switch (metric.type) {
          case GAUGE, SUM, NONE -> number(wire);
          case HISTOGRAM -> histogram(wire);
          case EXPONENTIAL_HISTOGRAM -> exponential(wire);
          case SUMMARY -> summary(wire);
        });
  }

  private Point number(Wire wire) {
    var point = new Point(Type.GAUGE);
    var attributes = attributes(point);
    wire.message(
        number -> {
          switch (number) {
            case 2 -> point.start = wire.fixed64();
            case 3 -> point.time = wire.fixed64();
            case 4 -> point.value = wire.float64();
            case 5 -> example(wire, point);
            case 6 -> point.value = wire.fixed64();
            case 7 -> OtlpProtobuf.attribute(wire, attributes);
            case 8 -> point.flags = wire.varint();
            default -> wire.skip();
          }
        });
    return point;
  }

  private Point histogram(Wire wire) {
    var point = new Point(Type.HISTOGRAM);
    var attributes = attributes(point);
    var counts = new Numbers();
    var bounds = new Numbers();
    wire.message(
        number -> {
          switch (number) {
            case 2 -> point.start = wire.fixed64();
            case 3 -> point.time = wire.fixed64();
            case 4 -> point.count = wire.fixed64();
            case 5 -> point.sum = wire.float64();
            case 6 -> wire.fixed64s(counts);
            case 7 -> wire.doubles(bounds);
            case 8 -> example(wire, point);
            case 9 -> OtlpProtobuf.attribute(wire, attributes);
            case 10 -> point.flags = wire.varint();
            case 11 -> point.min = wire.float64();
            case 12 -> point.max = wire.float64();
            default -> wire.skip();
          }
        });
    point.counts = counts.toArray();
    point.bounds = bounds.toArray();
    return point;
  }

  private Point exponential(Wire wire) {
    var point = new Point(Type.EXPONENTIAL_HISTOGRAM);
    var attributes = attributes(point);
    wire.message(
        number -> {
          switch (number) {
            case 1 -> OtlpProtobuf.attribute(wire, attributes);
            case 2 -> point.start = wire.fixed64();
            case 3 -> point.time = wire.fixed64();
            case 4 -> point.count = wire.fixed64();
            case 5 -> point.sum = wire.float64();
            case 6 -> point.scale = wire.signedVarint();
            case 7 -> point.zeroCount = wire.fixed64();
            case 8 -> point.positive = buckets(wire);
            case 9 -> point.negative = buckets(wire);
            case 10 -> point.flags = wire.varint();
            case 11 -> example(wire, point);
            case 12 -> point.min = wire.float64();
            case 13 -> point.max = wire.float64();
            default -> wire.skip();
          }
        });
    return point;
  }

  private static Buckets buckets(Wire wire) {
    long[] offset = new long[1];
    var counts = new Numbers();
    wire.message(
        number -> {
          switch (number) {
            case 1 -> offset[0] = wire.signedVarint();
            case 2 -> wire.varints(counts);
            default -> wire.skip();
          }
        });
    return new Buckets(offset[0], counts.toArray());
  }

  private Point summary(Wire wire) {
    var point = new Point(Type.SUMMARY);
    var attributes = attributes(point);
    point.quantiles = new ArrayList<>();
    wire.message(
        number -> {
          switch (number) {
            case 2 -> point.start = wire.fixed64();
            case 3 -> point.time = wire.fixed64();
            case 4 -> point.count = wire.fixed64();
            case 5 -> point.sum = wire.float64();
            case 6 -> point.quantiles.add(quantile(wire));
            case 7 -> OtlpProtobuf.attribute(wire, attributes);
            case 8 -> point.flags = wire.varint();
            default -> wire.skip();
          }
        });
    return point;
  }

  private static double[] quantile(Wire wire) {
    double[] pair = {0, 0}; // proto3 leaves out what is zero
    wire.message(
        number -> {
          switch (number) {
            case 1 -> pair[0] = wire.float64();
            case 2 -> pair[1] = wire.float64();
            default -> wire.skip();
          }
        });
    return pair;
  }

  private void example(Wire wire, Point point) {
    if (!message.room().take()) {
      wire.skip();
      return;
    }
    var example = new Example();
    var labels = new AttributeDraft(limits);
    example.labels = labels.values();
    wire.message(
        number -> {
          switch (number) {
            case 2 -> example.time = wire.fixed64();
            case 3 -> example.value = wire.float64();
            case 4 -> example.spanId = OtlpProtobuf.id(wire);
            case 5 -> example.traceId = OtlpProtobuf.id(wire);
            case 6 -> example.value = wire.fixed64();
            case 7 -> OtlpProtobuf.attribute(wire, labels);
            default -> wire.skip();
          }
        });
    if (point.examples.isEmpty()) {
      point.examples = new ArrayList<>();
    }
    point.examples.add(example);
  }

  private AttributeDraft attributes(Point point) {
    var attributes = new AttributeDraft(limits);
    point.attributes = attributes.values();
    return attributes;
  }
}
