package io.bridgewatch.engine;

import io.bridgewatch.detect.Metrics;
import io.bridgewatch.model.AttributeMatch;
import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.MetricKind;
import io.bridgewatch.model.SeriesKey;
import io.bridgewatch.ports.MetricSelector;
import io.bridgewatch.ports.MetricStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where the requests that a workload answered can be read: histograms and summaries of their
 * durations (classic or of OpenTelemetry), counters, and what a mesh's sidecar counted on their way
 * in. What the workload asked of others is none of it.
 *
 * @param counts of requests
 * @param sums of their durations, where there are such
 * @param buckets of their durations, where there are such
 * @param secondsPerUnit of durations
 * @param outcomes attributes that tell how a request ended
 */
record RequestSource(
    String name,
    MetricSelector counts,
    Optional<MetricSelector> sums,
    Optional<MetricSelector> buckets,
    double secondsPerUnit,
    List<String> outcomes) {

  private static final String BUCKET = "_bucket";
  private static final String COUNT = "_count";
  private static final String SUM = "_sum";

  private static final List<String> ASKED =
      List.of("request", "http", "grpc", "rpc", "response_total");
  private static final List<String> OUTWARD = List.of("client", "outbound", "upstream", "egress");

  /** Beside those of histograms: as meshes spell it. */
  private static final List<String> MESH_OUTCOMES = List.of("response_code", "classification");

  /** As meshes spell which side counted; on the way in it is the one that was asked. */
  private static final List<AttributeMatch> INWARD =
      List.of(
          new AttributeMatch.OneOf("reporter", Set.of("", "destination", "waypoint")),
          new AttributeMatch.OneOf("direction", Set.of("", "inbound")));

  /**
   * All there are, those that tell durations first.
   *
   * @param matches what the series of the workload have to be like
   */
  static List<RequestSource> of(MetricStore store, List<AttributeMatch> matches) {
    List<MetricStore.Metric> all =
        store.metrics(new MetricSelector(Optional.empty(), matches)).stream()
            .filter(metric -> metric.kind() != MetricKind.GAUGE && isInward(metric.name()))
            .toList();
    Set<String> names = all.stream().map(MetricStore.Metric::name).collect(Collectors.toSet());
    var timed = new ArrayList<RequestSource>();
    var counted = new ArrayList<RequestSource>();
    for (MetricStore.Metric metric : all) {
      String name = metric.name();
      if (name.endsWith(COUNT)) {
        String base = name.substring(0, name.length() - COUNT.length());
        RequestHistograms.secondsPerUnit(base, metric.unit())
            .filter(_ -> isOfRequests(base))
            .ifPresent(
                factor ->
                    timed.add(
                        source(
                            store,
                            base,
                            selector(name, matches),
                            names.contains(base + SUM) ? base + SUM : "",
                            names.contains(base + BUCKET) ? base + BUCKET : "",
                            factor,
                            matches)));
      } else if (!name.endsWith(BUCKET) && !name.endsWith(SUM) && isOfRequests(name)) {
        if (has(store, name, matches, "count")) {
          timed.add(ofOpenTelemetry(store, metric, matches));
        } else if (!has(store, name, matches, "bucket")
            && RequestHistograms.secondsPerUnit(name, metric.unit()).isEmpty()) {
          counted.add(source(store, name, selector(name, matches), "", "", 1, matches));
        }
      }
    }
    timed.addAll(counted);
    return timed;
  }

  private static boolean isInward(String metric) {
    String name = metric.toLowerCase(Locale.ROOT);
    return OUTWARD.stream().noneMatch(name::contains);
  }

  /** Whether it tells of requests that were asked, by the words of its name. */
  private static boolean isOfRequests(String metric) {
    String name = metric.toLowerCase(Locale.ROOT);
    if (ASKED.stream().noneMatch(name::contains) || name.contains("size")) {
      return false;
    }
    return switch (Metrics.signal(
        new SeriesKey(Attributes.none(), metric, "", MetricKind.GAUGE, Attributes.none()))) {
      case LATENCY, TRAFFIC, OTHER -> true;
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
          SILENCE ->
          false;
    };
  }

  private static boolean has(
      MetricStore store, String metric, List<AttributeMatch> matches, String statistic) {
    return !store.values(AttributeNames.POD, statistic(metric, matches, statistic), 1).isEmpty();
  }

  private static RequestSource ofOpenTelemetry(
      MetricStore store, MetricStore.Metric metric, List<AttributeMatch> matches) {
    String name = metric.name();
    MetricSelector counts = statistic(name, matches, "count");
    return new RequestSource(
        name,
        counts,
        Optional.of(statistic(name, matches, "sum")),
        Optional.of(statistic(name, matches, "bucket")),
        metric.unit().equals("ms") ? 1e-3 : 1,
        outcomes(store, counts));
  }

  private static MetricSelector statistic(
      String metric, List<AttributeMatch> matches, String statistic) {
    var all = new ArrayList<>(inward(matches));
    all.add(AttributeMatch.equal(AttributeNames.STATISTIC, statistic));
    return new MetricSelector(Optional.of(metric), all);
  }

  private static RequestSource source(
      MetricStore store,
      String name,
      MetricSelector counts,
      String sums,
      String buckets,
      double secondsPerUnit,
      List<AttributeMatch> matches) {
    return new RequestSource(
        name,
        counts,
        Optional.of(sums).filter(one -> !one.isEmpty()).map(one -> selector(one, matches)),
        Optional.of(buckets).filter(one -> !one.isEmpty()).map(one -> selector(one, matches)),
        secondsPerUnit,
        outcomes(store, counts));
  }

  private static List<String> outcomes(MetricStore store, MetricSelector counts) {
    var found = new ArrayList<String>();
    var asked = new ArrayList<>(RequestHistograms.OUTCOMES);
    asked.addAll(MESH_OUTCOMES);
    for (String outcome : asked) {
      if (store.values(outcome, counts, 2).stream().anyMatch(value -> !value.isEmpty())) {
        found.add(outcome);
      }
    }
    return found;
  }

  private static MetricSelector selector(String metric, List<AttributeMatch> matches) {
    return new MetricSelector(Optional.of(metric), inward(matches));
  }

  private static List<AttributeMatch> inward(List<AttributeMatch> matches) {
    var all = new ArrayList<>(matches);
    all.addAll(INWARD);
    return all;
  }

  /** The same requests, of which an attribute says that they failed. */
  MetricSelector failed(String outcome) {
    var all = new ArrayList<>(counts.matches());
    all.add(new AttributeMatch.Like(outcome, RequestHistograms.FAILED, true));
    return new MetricSelector(counts.metric(), all);
  }

  boolean tellsDurations() {
    return sums.isPresent();
  }
}
