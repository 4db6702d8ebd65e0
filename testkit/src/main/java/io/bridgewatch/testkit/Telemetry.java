package io.bridgewatch.testkit;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.Bundle;
import io.bridgewatch.model.Call;
import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.model.LogRecord;
import io.bridgewatch.model.MetricKind;
import io.bridgewatch.model.Series;
import io.bridgewatch.model.SeriesKey;
import io.bridgewatch.model.Severity;
import io.bridgewatch.model.Span;
import io.bridgewatch.model.SpanKind;
import io.bridgewatch.model.WatchEvent;
import io.bridgewatch.model.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Single pieces of telemetry in few words, for tests. All times count from {@link #FROM}. */
public final class Telemetry {

  public static final Instant FROM = Instant.parse("2026-03-02T01:00:00Z");

  /** Distance of samples that {@link #series} gives. */
  public static final Duration STEP = Duration.ofSeconds(10);

  private Telemetry() {}

  /** A pod of a service and of a deployment of the same name, in namespace {@code made-up}. */
  public static Attributes pod(String service, String suffix, String node) {
    return Attributes.of(
        Map.of(
            AttributeNames.SERVICE,
            service,
            AttributeNames.DEPLOYMENT,
            service,
            AttributeNames.NAMESPACE,
            "made-up",
            AttributeNames.POD,
            service + "-" + suffix,
            AttributeNames.NODE,
            node));
  }

  public static Attributes service(String name) {
    return Attributes.of(AttributeNames.SERVICE, name);
  }

  public static SeriesKey gauge(Attributes resource, String metric, String unit) {
    return new SeriesKey(resource, metric, unit, MetricKind.GAUGE, Attributes.none());
  }

  /** One sample every {@link #STEP}, the first at {@link #FROM}. */
  public static Series series(SeriesKey key, double... values) {
    var times = new long[values.length];
    for (int i = 0; i < times.length; i++) {
      times[i] = FROM.toEpochMilli() + i * STEP.toMillis();
    }
    return new Series(key, times, values);
  }

  /** Values that alternate around one level, then around another. */
  public static double[] levels(int before, double level, int after, double next) {
    var values = new double[before + after];
    for (int i = 0; i < values.length; i++) {
      double jitter = i % 3 - 1; // -1, 0, 1, so that the median is the level
      values[i] = (i < before ? level : next) * (1 + 0.02 * jitter);
    }
    return values;
  }

  /**
   * @param parent id of the span above it in the same trace; empty for a root
   * @param startMillis after {@link #FROM}
   * @param millis how long it took; may be negative, as where a clock was set back
   */
  public static Span span(
      String trace,
      String id,
      String parent,
      String name,
      SpanKind kind,
      Attributes resource,
      double startMillis,
      double millis,
      boolean failed) {
    long start = nanos(startMillis);
    return new Span(
        trace,
        id,
        parent,
        name,
        kind,
        start,
        start + Math.round(millis * 1e6),
        failed,
        resource,
        Attributes.none());
  }

  /** A line written inside a span. */
  public static LogRecord line(
      Span within, double millisAfterFrom, Severity severity, String body) {
    return new LogRecord(
        nanos(millisAfterFrom),
        severity,
        body,
        within.traceId(),
        within.spanId(),
        within.resource(),
        Attributes.none());
  }

  /** Nanoseconds since 1970-01-01T00:00Z of so many milliseconds after {@link #FROM}. */
  public static long nanos(double millisAfterFrom) {
    return FROM.toEpochMilli() * 1_000_000 + Math.round(millisAfterFrom * 1e6);
  }

  /** A bundle of these observations from {@link #FROM} on, nothing reported. */
  public static Bundle bundle(
      String name,
      Duration length,
      List<Series> series,
      List<Span> spans,
      List<LogRecord> logs,
      List<KubernetesObject> objects,
      List<WatchEvent> watch,
      List<Call> calls) {
    return new Bundle(
        name,
        new Window(FROM, FROM.plus(length)),
        Optional.empty(),
        Optional.empty(),
        series,
        spans,
        logs,
        objects,
        watch,
        List.of(),
        calls,
        List.of());
  }
}
