package io.bridgewatch.engine;

import io.bridgewatch.detect.LogPatternSeries;
import io.bridgewatch.detect.MachineSigns;
import io.bridgewatch.detect.Metrics;
import io.bridgewatch.model.AttributeMatch;
import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.Bundle;
import io.bridgewatch.model.Change;
import io.bridgewatch.model.Entity;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.Happening;
import io.bridgewatch.model.Health;
import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.model.LogRecord;
import io.bridgewatch.model.ObjectKind;
import io.bridgewatch.model.Series;
import io.bridgewatch.model.SeriesKey;
import io.bridgewatch.model.Severity;
import io.bridgewatch.model.Signal;
import io.bridgewatch.model.Span;
import io.bridgewatch.model.Topology;
import io.bridgewatch.model.Window;
import io.bridgewatch.ports.Chronicle;
import io.bridgewatch.ports.LogStore;
import io.bridgewatch.ports.MetricSelector;
import io.bridgewatch.ports.MetricStore;
import io.bridgewatch.ports.PageRequest;
import io.bridgewatch.ports.QueryTooWideException;
import io.bridgewatch.ports.SpanStore;
import io.bridgewatch.topology.Owners;
import io.bridgewatch.topology.TraceSampling;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Puts together what was observed of a cluster until now, as a recording would hold it, so that
 * what is diagnosed live can be exported and diagnosed again with the same result.
 *
 * <p>Each part has a limit, so that a large cluster costs no more than the hub has; what was left
 * out for it stands among the recording's rejections.
 */
final class LiveWindow {

  /** Counted when a limit was reached. */
  static final String LEFT_OUT = "LeftOutOfWindow";

  /** Changes before the window may have caused what is seen in it. */
  private static final Duration CHANGES_BEFORE = Duration.ofMinutes(30);

  /** Series of buckets that one diagnosis reads. */
  private static final int MOST_BUCKETS = 20_000;

  private static final Set<Severity> TROUBLE =
      EnumSet.of(
          Severity.UNSPECIFIED, Severity.INFO, Severity.WARN, Severity.ERROR, Severity.FATAL);

  private static final Set<String> TROUBLED =
      Arrays.stream(Severity.values())
          .filter(LogPatternSeries::isTrouble)
          .map(Severity::name)
          .collect(Collectors.toUnmodifiableSet());

  private final DiscoveryStores stores;
  private final TelemetryStores telemetry;
  private final LogMining mining;
  private final LiveSettings settings;
  private final Map<String, Reads> reads = new HashMap<>();

  /** Of one cluster. */
  private record Reads(MovingRead<Span> spans, MovingRead<LogRecord> logs) {
    static Reads none() {
      return new Reads(
          new MovingRead<>(Span::startNanos, span -> TraceSampling.share(span.traceId())),
          new MovingRead<>(
              LogRecord::epochNanos,
              line ->
                  TraceSampling.share(
                      line.traceId().isEmpty()
                          ? Long.toString(line.epochNanos())
                          : line.traceId())));
    }
  }

  LiveWindow(
      DiscoveryStores stores, TelemetryStores telemetry, LogMining mining, LiveSettings settings) {
    this.stores = stores;
    this.telemetry = telemetry;
    this.mining = mining;
    this.settings = settings;
  }

  /** Forgets what was read of others. */
  void retain(Collection<String> clusters) {
    reads.keySet().retainAll(clusters);
  }

  /**
   * @param kinds that are read from the cluster
   */
  Bundle of(
      String cluster,
      Topology topology,
      List<ObjectKind> kinds,
      RecentObjects.Recent recent,
      Instant now) {
    var window = new Window(now.minus(settings.window()), now);
    var leftOut = new LinkedHashMap<String, Long>();
    List<AttributeMatch> ofCluster = List.of(AttributeMatch.equal(AttributeNames.CLUSTER, cluster));
    Reads of = reads.computeIfAbsent(cluster, name -> Reads.none());
    List<Span> spans = spans(of, ofCluster, window, leftOut);
    return OneCluster.of(
        new Bundle(
            cluster,
            window,
            Optional.empty(),
            Optional.empty(),
            series(ofCluster, window, leftOut),
            TraceSampling.thinned(spans),
            logs(of, spans, ofCluster, window, leftOut),
            objects(cluster, topology, kinds, recent),
            recent.events(),
            changes(cluster, window),
            List.of(),
            leftOut.entrySet().stream()
                .map(e -> new Bundle.Rejection(e.getKey(), LEFT_OUT, e.getValue(), ""))
                .toList()));
  }

  private List<Series> series(
      List<AttributeMatch> matches, Window window, Map<String, Long> leftOut) {
    var metrics = telemetry.metrics().metrics(new MetricSelector(Optional.empty(), matches));
    var found = new ArrayList<Series>(requests(metrics, matches, window, leftOut));
    found.addAll(patterns(matches, window, leftOut));
    found.addAll(new MachineReading(telemetry.metrics(), matches, window).signs(metrics, leftOut));
    var telling =
        metrics.stream()
            .filter(LiveWindow::tells)
            .sorted(Comparator.comparingLong(MetricStore.Metric::series)) // nodes before containers
            .toList();
    for (MetricStore.Metric metric : telling) {
      try {
        for (Series one :
            telemetry
                .metrics()
                .select(
                    new MetricSelector(Optional.of(metric.name()), matches),
                    window.from(),
                    window.to(),
                    Math.max(0, settings.mostSeries() - found.size()))) {
          seen(one).ifPresent(found::add);
        }
      } catch (QueryTooWideException e) {
        leftOut.merge("series of " + metric.name(), metric.series(), Long::sum);
      }
    }
    return found;
  }

  /** What histograms of requests come to. */
  private List<Series> requests(
      List<MetricStore.Metric> metrics,
      List<AttributeMatch> matches,
      Window window,
      Map<String, Long> leftOut) {
    var histograms = new RequestHistograms(telemetry.metrics(), matches, window);
    var found = new ArrayList<Series>();
    long room = MOST_BUCKETS;
    for (MetricStore.Metric metric : metrics) {
      if (!RequestHistograms.isOne(metric)) {
        continue;
      }
      room -= metric.series();
      try {
        if (room >= 0) {
          found.addAll(histograms.signs(metric, MOST_BUCKETS));
        } else {
          leftOut.merge("series of " + metric.name(), metric.series(), Long::sum);
          room += metric.series(); // a smaller one may fit still
        }
      } catch (QueryTooWideException e) {
        leftOut.merge("series of " + metric.name(), metric.series(), Long::sum);
      }
    }
    found.addAll(histograms.requests());
    return found;
  }

  /** How often patterns of log lines that speak of trouble were written. */
  private List<Series> patterns(
      List<AttributeMatch> matches, Window window, Map<String, Long> leftOut) {
    var all = new ArrayList<>(matches);
    all.add(new AttributeMatch.OneOf(AttributeNames.LOG_SEVERITY, TROUBLED));
    var found = new ArrayList<Series>();
    try {
      for (Series counted :
          telemetry
              .metrics()
              .select(
                  new MetricSelector(Optional.of(LogPatternSeries.LINES), all),
                  window.from(),
                  window.to(),
                  settings.mostSeries())) {
        Attributes point = counted.key().point();
        var severity = Severity.valueOf(point.getOr(AttributeNames.LOG_SEVERITY, ""));
        mining
            .pattern(point.getOr(AttributeNames.LOG_PATTERN_ID, ""))
            .map(pattern -> LogPatternSeries.told(pattern, severity))
            .map(key -> new Series(key, counted.times(), counted.values()))
            .ifPresent(found::add);
      }
    } catch (QueryTooWideException e) {
      leftOut.merge("patterns of log lines", 1L, Long::sum);
    }
    return found;
  }

  /** Whether a metric says something about how well things are. */
  private static boolean tells(MetricStore.Metric metric) {
    var key =
        new SeriesKey(
            Attributes.none(), metric.name(), metric.unit(), metric.kind(), Attributes.none());
    String name = metric.name();
    return Metrics.signal(key) != Signal.OTHER
        && !name.equals(LogPatternSeries.LINES) // read with their patterns
        && !MachineSigns.isSource(name) // what is made of them is there
        && !name.startsWith(CallMetrics.PREFIX) // the spans themselves are read
        && !name.endsWith("_bucket")
        && !name.endsWith("_sum")
        && !name.endsWith("_count")
        && !name.endsWith("_created");
  }

  /** The samples that are numbers; empty if there are none. */
  private static Optional<Series> seen(Series series) {
    int count = 0;
    var times = series.times();
    var values = series.values();
    for (int i = 0; i < values.length; i++) {
      if (!Double.isNaN(values[i])) {
        times[count] = times[i];
        values[count++] = values[i];
      }
    }
    return count == 0
        ? Optional.empty()
        : Optional.of(
            new Series(series.key(), Arrays.copyOf(times, count), Arrays.copyOf(values, count)));
  }

  private List<Span> spans(
      Reads reads, List<AttributeMatch> matches, Window window, Map<String, Long> leftOut) {
    var found =
        reads.spans.over(
            window,
            settings.mostSpans(),
            span -> true,
            (from, to, page) ->
                telemetry
                    .spans()
                    .find(
                        new SpanStore.Query(
                            from,
                            to,
                            Optional.empty(),
                            Duration.ZERO,
                            Optional.empty(),
                            false,
                            matches),
                        page));
    leave("spans", found.leftOut(), leftOut);
    return found.items();
  }

  private List<LogRecord> logs(
      Reads reads,
      List<Span> spans,
      List<AttributeMatch> matches,
      Window window,
      Map<String, Long> leftOut) {
    var traces = spans.stream().map(Span::traceId).collect(Collectors.toSet());
    var found =
        reads.logs.over(
            window,
            settings.mostLogs(),
            line -> LogPatternSeries.isTrouble(line.severity()) || !line.traceId().isEmpty(),
            (from, to, page) ->
                telemetry
                    .logs()
                    .find(new LogStore.Query(from, to, "", TROUBLE, matches, ""), page)
                    .page());
    leave("logs", found.leftOut(), leftOut);
    return found.items().stream()
        .filter(
            line -> LogPatternSeries.isTrouble(line.severity()) || traces.contains(line.traceId()))
        .toList();
  }

  private static void leave(String what, long count, Map<String, Long> leftOut) {
    if (count > 0) {
      leftOut.put(what, count);
    }
  }

  /** As they stood at the beginning of the window. */
  private List<KubernetesObject> objects(
      String cluster, Topology topology, List<ObjectKind> kinds, RecentObjects.Recent recent) {
    var found = new ArrayList<KubernetesObject>();
    recent.base().values().forEach(base -> base.ifPresent(found::add));
    if (topology.entities().size() <= settings.mostObjects()) {
      stores
          .objects()
          .forEach(
              cluster,
              (kind, object) -> {
                if (!recent.base().containsKey(RecentObjects.Key.of(kind, object))) {
                  found.add(object);
                }
              });
      return found;
    }
    for (EntityRef ref : unwell(topology)) {
      Optional<RecentObjects.Key> key = key(ref, kinds);
      if (key.isPresent() && !recent.base().containsKey(key.get())) {
        stores
            .objects()
            .find(cluster, key.get().resource(), key.get().namespace(), key.get().name())
            .ifPresent(found::add);
      }
    }
    return found;
  }

  /** What is not well, and what keeps it. */
  private Set<EntityRef> unwell(Topology topology) {
    var wanted = new LinkedHashSet<EntityRef>();
    for (Entity entity : topology.entities()) {
      Health.State state = entity.health().state();
      if (state == Health.State.FAILING || state == Health.State.DEGRADED) {
        wanted.add(entity.ref());
        wanted.add(Owners.root(topology, entity.ref()));
        if (wanted.size() >= settings.mostObjects()) {
          break;
        }
      }
    }
    return wanted;
  }

  /** Where the object of an entity is kept; empty if it has none. */
  private static Optional<RecentObjects.Key> key(EntityRef ref, List<ObjectKind> kinds) {
    String kindOfType = ref.type().id().replace("-", "");
    for (ObjectKind kind : kinds) {
      if (kind.kind().equalsIgnoreCase(kindOfType)) {
        return Optional.of(
            new RecentObjects.Key(
                kind.resource(), ref.identity().getOr(AttributeNames.NAMESPACE, ""), ref.name()));
      }
    }
    return Optional.empty();
  }

  private List<Change> changes(String cluster, Window window) {
    var found = new ArrayList<Change>();
    Optional<String> cursor = Optional.empty();
    do {
      var part =
          stores
              .chronicle()
              .find(
                  new Chronicle.Query(
                      cluster,
                      window.from().minus(CHANGES_BEFORE),
                      window.to(),
                      Optional.empty(),
                      Happening.Changed.class::isInstance,
                      new PageRequest(PageRequest.LARGEST, cursor)));
      for (Happening happening : part.items()) {
        if (happening instanceof Happening.Changed changed) {
          found.add(change(changed));
        }
      }
      cursor = part.next();
    } while (cursor.isPresent() && found.size() < settings.mostObjects());
    return found.reversed();
  }

  /** With the audit log's user as its author where there is one. */
  private static Change change(Happening.Changed changed) {
    Change change = changed.change();
    return changed.user().isEmpty()
        ? change
        : new Change(
            change.time(),
            change.kind(),
            change.entity(),
            changed.user(),
            change.summary(),
            change.diff(),
            change.files());
  }
}
