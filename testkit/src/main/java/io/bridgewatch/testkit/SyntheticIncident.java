package io.bridgewatch.testkit;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.Bundle;
import io.bridgewatch.model.Call;
import io.bridgewatch.model.LogRecord;
import io.bridgewatch.model.MetricKind;
import io.bridgewatch.model.Series;
import io.bridgewatch.model.SeriesKey;
import io.bridgewatch.model.Severity;
import io.bridgewatch.model.Span;
import io.bridgewatch.model.SpanKind;
import io.bridgewatch.model.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A made-up incident and its right answer: a chain of services that call each other, one pod each,
 * one of them slow and short of CPU from the onset on. The same seed gives the same incident.
 *
 * <p>CPU and latency of every pod come once in ten seconds, a trace through the whole chain once in
 * five. The guilty pod uses three times its CPU and adds 0.4 s; all that stand before it in the
 * chain are slower by the same, and the last service logs an error a minute throughout.
 *
 * @param guilty attributes of the guilty pod; empty where nothing is wrong
 * @param onset when it began; empty where nothing is wrong
 */
public record SyntheticIncident(
    Bundle bundle, Optional<Attributes> guilty, Optional<Instant> onset) {

  private static final Instant FROM = Instant.parse("2026-03-02T01:00:00Z");
  private static final Duration LENGTH = Duration.ofMinutes(20);
  private static final long METRIC_STEP_MILLIS = 10_000;
  private static final long TRACE_STEP_MILLIS = 5_000;

  /** An incident with a fault in one of so many services. */
  public static SyntheticIncident faulty(long seed, int services) {
    var random = new SplittableRandom(seed);
    return make("synthetic-" + seed, random, services, random.nextInt(services));
  }

  /** The same system with nothing wrong. */
  public static SyntheticIncident clean(long seed, int services) {
    return make("synthetic-clean-" + seed, new SplittableRandom(seed), services, -1);
  }

  private static SyntheticIncident make(
      String name, SplittableRandom random, int services, int guilty) {
    var pods = new ArrayList<Attributes>();
    for (int i = 0; i < services; i++) {
      pods.add(pod(i, random));
    }
    long from = FROM.toEpochMilli();
    long to = from + LENGTH.toMillis();
    long onset = guilty < 0 ? to : from + LENGTH.toMillis() / 2 + random.nextInt(60) * 1000L;
    var series = new ArrayList<Series>();
    for (int i = 0; i < services; i++) {
      series.add(cpu(pods.get(i), random, from, to, i == guilty ? onset : to));
      series.add(latency(pods.get(i), random, from, to, i <= guilty ? onset : to));
    }
    series.sort((a, b) -> a.key().compareTo(b.key()));
    var calls = new ArrayList<Call>();
    for (int i = 1; i < services; i++) {
      calls.add(new Call(service(pods.get(i - 1)), service(pods.get(i))));
    }
    var bundle =
        new Bundle(
            name,
            new Window(FROM, FROM.plus(LENGTH)),
            Optional.empty(),
            Optional.empty(),
            series,
            spans(pods, random, from, to, guilty, onset),
            logs(pods.getLast(), from, to),
            List.of(),
            List.of(),
            List.of(),
            calls,
            List.of());
    return guilty < 0
        ? new SyntheticIncident(bundle, Optional.empty(), Optional.empty())
        : new SyntheticIncident(
            bundle, Optional.of(pods.get(guilty)), Optional.of(Instant.ofEpochMilli(onset)));
  }

  private static Attributes pod(int index, SplittableRandom random) {
    String name = "service-" + (char) ('a' + index);
    return Attributes.of(
        Map.of(
            AttributeNames.SERVICE,
            name,
            AttributeNames.DEPLOYMENT,
            name,
            AttributeNames.NAMESPACE,
            "made-up",
            AttributeNames.POD,
            name + "-" + Integer.toHexString(random.nextInt(0x1000, 0x10000)),
            AttributeNames.NODE,
            "node-" + index % 3));
  }

  private static Attributes service(Attributes pod) {
    return Attributes.of(AttributeNames.SERVICE, pod.getOr(AttributeNames.SERVICE, ""));
  }

  private static Series cpu(
      Attributes pod, SplittableRandom random, long from, long to, long onset) {
    var key =
        new SeriesKey(pod, "container.cpu.usage", "{cpu}", MetricKind.GAUGE, Attributes.none());
    double level = 0.1 + random.nextDouble() * 0.2;
    return series(key, random, from, to, level, onset, 3 * level, 0.05);
  }

  private static Series latency(
      Attributes pod, SplittableRandom random, long from, long to, long onset) {
    var key =
        new SeriesKey(
            pod,
            "http.server.request.duration",
            "s",
            MetricKind.GAUGE,
            Attributes.of(AttributeNames.QUANTILE, "0.90"));
    double level = 0.02 + random.nextDouble() * 0.03;
    return series(key, random, from, to, level, onset, level + 0.4, 0.1);
  }

  private static Series series(
      SeriesKey key,
      SplittableRandom random,
      long from,
      long to,
      double before,
      long onset,
      double after,
      double noise) {
    int size = (int) ((to - from) / METRIC_STEP_MILLIS);
    var times = new long[size];
    var values = new double[size];
    for (int i = 0; i < size; i++) {
      times[i] = from + i * METRIC_STEP_MILLIS;
      double level = times[i] < onset ? before : after;
      values[i] = level * (1 + noise * random.nextGaussian());
    }
    return new Series(key, times, values);
  }

  private static List<Span> spans(
      List<Attributes> pods, SplittableRandom random, long from, long to, int guilty, long onset) {
    var spans = new ArrayList<Span>();
    for (long at = from; at < to - 2_000; at += TRACE_STEP_MILLIS) {
      String traceId = hex(random.nextLong()) + hex(random.nextLong());
      String parent = "";
      long start = at * 1_000_000;
      long left = (pods.size() + 1) * 8_000_000L;
      for (int i = 0; i < pods.size(); i++) {
        long slow = at >= onset && i <= guilty ? 400_000_000L : 0;
        String id = hex(random.nextLong());
        spans.add(
            new Span(
                traceId,
                id,
                parent,
                "GET /" + pods.get(i).getOr(AttributeNames.SERVICE, ""),
                SpanKind.SERVER,
                start,
                start + left + slow + random.nextInt(500_000),
                false,
                pods.get(i),
                Attributes.none()));
        parent = id;
        start += 2_000_000;
        left -= 8_000_000L;
      }
    }
    return spans;
  }

  private static List<LogRecord> logs(Attributes pod, long from, long to) {
    var logs = new ArrayList<LogRecord>();
    for (long at = from; at < to; at += 60_000) {
      logs.add(
          new LogRecord(
              at * 1_000_000,
              Severity.ERROR,
              "retrying \"later\" after " + at,
              "",
              "",
              pod,
              Attributes.none()));
    }
    return logs;
  }

  private static String hex(long value) {
    return String.format("%016x", value);
  }
}
