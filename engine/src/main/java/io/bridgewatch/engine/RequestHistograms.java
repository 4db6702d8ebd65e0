package io.bridgewatch.engine;

import io.bridgewatch.detect.Metrics;
import io.bridgewatch.model.AttributeMatch;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.MetricKind;
import io.bridgewatch.model.Series;
import io.bridgewatch.model.SeriesKey;
import io.bridgewatch.model.Window;
import io.bridgewatch.ports.MetricQueries;
import io.bridgewatch.ports.MetricQueries.Evaluated;
import io.bridgewatch.ports.MetricQueries.Line;
import io.bridgewatch.ports.MetricQuery;
import io.bridgewatch.ports.MetricSelector;
import io.bridgewatch.ports.MetricStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What classic histograms of requests say, by the minute: of each resource the median and the 99th
 * percentile in seconds, the share of requests that failed where an attribute tells it, and how
 * many requests there were a second. So an application of which only a page of metrics is known
 * shows how it does as one that is traced.
 *
 * <p>Requests of one resource count together, whatever their route or method. Where a resource has
 * several histograms, its requests are those of the one with most.
 */
final class RequestHistograms {

  static final String BUCKET = "_bucket";
  private static final String COUNT = "_count";
  private static final String BOUND = "le";
  private static final Duration STEP = Duration.ofMinutes(1);

  /** Holds two samples where they come once a minute. */
  private static final Duration RATE = Duration.ofMinutes(2);

  /** Attributes that tell how a request ended, as the usual libraries spell them. */
  static final List<String> OUTCOMES =
      List.of(
          "code",
          "status",
          "status_code",
          "http_status_code",
          "http_response_status_code",
          "http.response.status_code",
          "outcome",
          "result",
          "grpc_code",
          "grpc_status",
          "rpc_grpc_status_code");

  /** How a request ended for which the one who answered is to blame. */
  static final Pattern FAILED =
      Pattern.compile(
          "5\\d\\d|5xx|(?i:server_?error|error|failure|failed"
              + "|unknown|internal|unavailable|data_?loss|deadline_?exceeded|resource_?exhausted)");

  private final MetricStore store;
  private final List<AttributeMatch> matches;
  private final Instant from;
  private final Instant to;

  /** Requests of each resource by the histogram that has most of them. */
  private final Map<Attributes, Series> requests = new TreeMap<>();

  /**
   * @param window the minutes end with it
   */
  RequestHistograms(MetricStore store, List<AttributeMatch> matches, Window window) {
    this.store = store;
    this.matches = matches;
    this.to = window.to();
    this.from = to.minus(STEP.multipliedBy(Math.max(0, window.length().dividedBy(STEP) - 1)));
  }

  /** Whether a metric holds the buckets of how long requests took. */
  static boolean isOne(MetricStore.Metric metric) {
    return metric.name().endsWith(BUCKET)
        && metric.kind() == MetricKind.CUMULATIVE
        && secondsPerUnit(metric).isPresent()
        && switch (Metrics.signal(key(Attributes.none(), base(metric), ""))) {
          case LATENCY, TRAFFIC -> true;
          case ERRORS,
              CPU,
              MEMORY,
              NETWORK,
              DISK,
              SATURATION,
              LOG_PATTERN,
              CALL_PATTERN,
              EDGE,
              OBJECT_STATE,
              CHANGE,
              SILENCE,
              OTHER ->
              false;
        };
  }

  private static String base(MetricStore.Metric buckets) {
    return buckets.name().substring(0, buckets.name().length() - BUCKET.length());
  }

  private static Optional<Double> secondsPerUnit(MetricStore.Metric metric) {
    return secondsPerUnit(base(metric), metric.unit());
  }

  /** Of durations by their name and unit; empty where neither tells. */
  static Optional<Double> secondsPerUnit(String name, String unit) {
    if (unit.equals("s") || name.endsWith("_seconds")) {
      return Optional.of(1.0);
    }
    return unit.equals("ms") || name.endsWith("_milliseconds") || name.endsWith("_ms")
        ? Optional.of(1e-3)
        : Optional.empty();
  }

  /**
   * The durations and failures of a histogram.
   *
   * @param buckets for which {@link #isOne} holds
   * @param mostSeries beyond which its buckets are not read
   * @throws io.bridgewatch.ports.QueryTooWideException if there are more
   */
  List<Series> signs(MetricStore.Metric buckets, int mostSeries) {
    String base = base(buckets);
    var counts = selector(base + COUNT, Optional.empty());
    var keys = store.series(counts, from.minus(RATE), to, mostSeries);
    var names = new HashSet<String>();
    keys.forEach(key -> names.addAll(key.resource().asMap().keySet()));
    var resources = new HashMap<Attributes, Attributes>();
    for (SeriesKey key : keys) {
      resources.put(only(key.resource().with(key.point()), names), key.resource());
    }
    var found = new ArrayList<Series>();
    double factor = secondsPerUnit(buckets).orElse(1.0);
    found.addAll(quantiles(base, "_p50", 0.5, factor, names, resources, mostSeries));
    found.addAll(quantiles(base, "_p99", 0.99, factor, names, resources, mostSeries));
    Evaluated all = perSecond(counts, names, mostSeries);
    for (Line line : all.lines()) {
      Attributes resource = resources.get(line.attributes());
      if (resource != null) {
        series(key(resource, "request.rate", "{request}/s"), all, line.values())
            .ifPresent(rate -> requests.merge(resource, rate, RequestHistograms::larger));
      }
    }
    found.addAll(failures(base, keys, all, names, resources, mostSeries));
    return found;
  }

  /** How many requests there were a second, of all histograms that were read. */
  List<Series> requests() {
    return List.copyOf(requests.values());
  }

  private static Series larger(Series one, Series other) {
    return Arrays.stream(other.values()).sum() > Arrays.stream(one.values()).sum() ? other : one;
  }

  private MetricSelector selector(String metric, Optional<AttributeMatch> further) {
    var all = new ArrayList<>(matches);
    further.ifPresent(all::add);
    return new MetricSelector(Optional.of(metric), all);
  }

  private List<Series> quantiles(
      String base,
      String ending,
      double quantile,
      double factor,
      Set<String> names,
      Map<Attributes, Attributes> resources,
      int mostSeries) {
    var by = new HashSet<>(names);
    by.add(BOUND);
    var rates = new MetricQuery.Rate(selector(base + BUCKET, Optional.empty()), RATE);
    var query =
        new MetricQuery.HistogramQuantile(
            quantile,
            new MetricQuery.Aggregate(rates, MetricQuery.Reduction.Simple.SUM, Set.copyOf(by)));
    var found = new ArrayList<Series>();
    Evaluated evaluated = MetricQueries.evaluate(query, store, from, to, STEP, mostSeries);
    for (Line line : evaluated.lines()) {
      Attributes resource = resources.get(line.attributes());
      if (resource != null) {
        double[] seconds = Arrays.stream(line.values()).map(value -> value * factor).toArray();
        series(key(resource, base + ending, "s"), evaluated, seconds).ifPresent(found::add);
      }
    }
    return found;
  }

  private Evaluated perSecond(MetricSelector counts, Set<String> names, int mostSeries) {
    var query =
        new MetricQuery.Aggregate(
            new MetricQuery.Rate(counts, RATE),
            MetricQuery.Reduction.Simple.SUM,
            Set.copyOf(names));
    return MetricQueries.evaluate(query, store, from, to, STEP, mostSeries);
  }

  /** Shares of the requests that failed; where several attributes tell it, the one that most do. */
  private List<Series> failures(
      String base,
      List<SeriesKey> keys,
      Evaluated all,
      Set<String> names,
      Map<Attributes, Attributes> resources,
      int mostSeries) {
    var shares = new TreeMap<Attributes, double[]>();
    for (String outcome : OUTCOMES) {
      var telling = new HashSet<Attributes>();
      keys.stream()
          .filter(key -> key.point().has(outcome))
          .forEach(key -> telling.add(key.resource()));
      if (telling.isEmpty()) {
        continue;
      }
      var failed =
          selector(base + COUNT, Optional.of(new AttributeMatch.Like(outcome, FAILED, true)));
      var byAttributes = new HashMap<Attributes, Line>();
      perSecond(failed, names, mostSeries)
          .lines()
          .forEach(line -> byAttributes.put(line.attributes(), line));
      for (Line line : all.lines()) {
        Attributes resource = resources.get(line.attributes());
        if (resource != null && telling.contains(resource)) {
          double[] share = share(byAttributes.get(line.attributes()), line);
          shares.merge(resource, share, RequestHistograms::higher);
        }
      }
    }
    var found = new ArrayList<Series>();
    shares.forEach(
        (resource, share) ->
            series(key(resource, base + "_error_share", "1"), all, share).ifPresent(found::add));
    return found;
  }

  /** No count of failures is none, as long as requests are counted. */
  private static double[] share(@Nullable Line failed, Line all) {
    double[] share = all.values();
    for (int i = 0; i < share.length; i++) {
      double failures = failed == null || Double.isNaN(failed.value(i)) ? 0 : failed.value(i);
      share[i] = share[i] > 0 ? Math.min(1, failures / share[i]) : Double.NaN;
    }
    return share;
  }

  private static double[] higher(double[] one, double[] other) {
    var higher = new double[one.length];
    for (int i = 0; i < higher.length; i++) {
      higher[i] = Math.max(one[i], other[i]);
    }
    return higher;
  }

  private static SeriesKey key(Attributes resource, String metric, String unit) {
    return new SeriesKey(resource, metric, unit, MetricKind.GAUGE, Attributes.none());
  }

  /** What is known of it; empty if nothing is. */
  private static Optional<Series> series(SeriesKey key, Evaluated evaluated, double[] values) {
    var times = new long[values.length];
    var known = new double[values.length];
    int count = 0;
    for (int i = 0; i < values.length; i++) {
      if (!Double.isNaN(values[i])) {
        times[count] = evaluated.time(i).toEpochMilli();
        known[count++] = values[i];
      }
    }
    return count == 0
        ? Optional.empty()
        : Optional.of(new Series(key, Arrays.copyOf(times, count), Arrays.copyOf(known, count)));
  }

  private static Attributes only(Attributes attributes, Set<String> names) {
    var kept = new TreeMap<>(attributes.asMap());
    kept.keySet().retainAll(names);
    return Attributes.of(kept);
  }
}
