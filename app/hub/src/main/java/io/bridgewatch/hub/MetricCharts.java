package io.bridgewatch.hub;

import io.bridgewatch.model.AttributeMatch;
import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.MetricKind;
import io.bridgewatch.model.SeriesKey;
import io.bridgewatch.ports.MetricQueries;
import io.bridgewatch.ports.MetricQueries.Line;
import io.bridgewatch.ports.MetricQuery;
import io.bridgewatch.ports.MetricQuery.Reduction;
import io.bridgewatch.ports.MetricSelector;
import io.bridgewatch.ports.MetricStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One metric, as a chart shows it.
 *
 * <ol>
 *   <li>Which views there are follows from the series: quantiles where there are buckets or given
 *       quantiles, a level where something is measured, a rate where something is counted. The
 *       first of these is taken unless another is wanted.
 *   <li>A level is the newest sample, or the average over a step that is longer than a minute. A
 *       rate is taken over three minutes or a step, whichever is longer, so that a few lost samples
 *       leave no hole. Quantiles come from the rates of buckets, added up; where only given
 *       quantiles are known, from those.
 *   <li>Lines are ordered by the mean of what is known, highest first.
 * </ol>
 */
final class MetricCharts {

  private static final int MOST_SERIES = 5_000;
  private static final int FEWEST_SERIES = 20;
  private static final long MOST_SAMPLES = 20_000_000;
  private static final Duration USUAL_DISTANCE = Duration.ofSeconds(15);

  private static final Duration LONGEST_SELECTED = Duration.ofMinutes(1);
  private static final Duration SHORTEST_RATE = Duration.ofMinutes(3);
  private static final List<Double> QUANTILES = List.of(0.5, 0.95, 0.99);

  private static final String BOUND = "le";
  private static final Set<String> COUNTED = Set.of("", "count");
  private static final Set<String> NOT_LEVELS = Set.of("count", "sum", "bucket");

  /** What a chart may show; the order is that of preference. */
  enum View {
    QUANTILES,
    LEVEL,
    RATE;

    String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * @param view empty for the first there is
   * @param by empty for a line each series, or one for all where quantiles come from buckets
   * @param reduction of several series to one line; empty for what suits the view
   * @param top lines that are told
   */
  record Wanted(
      String metric,
      Optional<View> view,
      Optional<Set<String>> by,
      Optional<Reduction> reduction,
      int top) {}

  private final MetricStore store;
  private final Wanted wanted;
  private final List<AttributeMatch> matches;
  private final Duration step;

  private MetricCharts(
      MetricStore store, Wanted wanted, List<AttributeMatch> matches, Duration step) {
    this.store = store;
    this.wanted = wanted;
    this.matches = matches;
    this.step = step;
  }

  /**
   * The chart; without lines where there is no such metric.
   *
   * @param range of which nothing is told after {@code now}
   * @throws HubProblem if the view wanted is none that the metric has
   * @throws io.bridgewatch.ports.QueryTooWideException if there are too many series for the range
   */
  static SignalApi.MetricChart chart(
      MetricStore store,
      Wanted wanted,
      List<AttributeMatch> matches,
      SignalRange range,
      Duration step,
      Instant now) {
    var to = range.to().isAfter(now) && range.from().isBefore(now) ? now : range.to();
    return new MetricCharts(store, wanted, matches, step)
        .between(firstStep(range.from(), step), to, mostSeries(range.length()));
  }

  /** Steps lie at multiples since 1970, so that a chart keeps its shape while time goes on. */
  private static Instant firstStep(Instant from, Duration step) {
    long millis = step.toMillis();
    return Instant.ofEpochMilli(Math.ceilDiv(from.toEpochMilli(), millis) * millis);
  }

  private static int mostSeries(Duration length) {
    long each = Math.max(1, length.dividedBy(USUAL_DISTANCE));
    return (int) Math.clamp(MOST_SAMPLES / each, FEWEST_SERIES, MOST_SERIES);
  }

  private SignalApi.MetricChart between(Instant from, Instant to, int mostSeries) {
    var all =
        store.series(
            new MetricSelector(Optional.of(wanted.metric()), matches), from, to, mostSeries);
    var views = views(all);
    var view = view(views);
    var keys = views.getOrDefault(view, List.of());
    var lines = new ArrayList<SignalApi.MetricLine>();
    int times = 0;
    for (MetricQuery query : queries(view, keys)) {
      var found =
          MetricQueries.evaluate(
              query, store, from, to.isBefore(from) ? from : to, step, mostSeries);
      times = found.times();
      for (Line line : found.lines()) {
        lines.add(line(line, query, found.times()));
      }
    }
    lines.sort(Comparator.comparingDouble(MetricCharts::mean).reversed());
    var shared = shared(keys);
    return new SignalApi.MetricChart(
        wanted.metric(),
        unit(view, keys, all),
        view.id(),
        views.keySet().stream().map(View::id).toList(),
        from,
        step.toMillis() / 1000.0,
        times,
        shared,
        spread(keys, shared.keySet()),
        lines.stream().limit(wanted.top()).map(line -> without(shared, line)).toList(),
        Math.max(0, lines.size() - wanted.top()),
        keys.size());
  }

  /** The views there are, in the order of preference, with the series that each rests on. */
  private static Map<View, List<SeriesKey>> views(List<SeriesKey> all) {
    var buckets = all.stream().filter(key -> has(key, BOUND)).toList();
    var given =
        all.stream()
            .filter(key -> key.kind() == MetricKind.GAUGE && has(key, AttributeNames.QUANTILE))
            .toList();
    var views = new EnumMap<View, List<SeriesKey>>(View.class);
    views.put(View.QUANTILES, buckets.isEmpty() ? given : buckets);
    views.put(
        View.LEVEL,
        all.stream()
            .filter(
                key ->
                    key.kind() == MetricKind.GAUGE
                        && !has(key, AttributeNames.QUANTILE)
                        && !NOT_LEVELS.contains(get(key, AttributeNames.STATISTIC)))
            .toList());
    views.put(
        View.RATE,
        all.stream()
            .filter(
                key ->
                    key.kind() != MetricKind.GAUGE
                        && !has(key, BOUND)
                        && COUNTED.contains(get(key, AttributeNames.STATISTIC)))
            .toList());
    views.values().removeIf(List::isEmpty);
    return views;
  }

  private View view(Map<View, List<SeriesKey>> views) {
    var first = views.keySet().stream().findFirst().orElse(View.LEVEL);
    var view = wanted.view().orElse(first);
    if (!views.isEmpty() && !views.containsKey(view)) {
      throw HubProblem.invalid(
          "view is '"
              + view.id()
              + "', but "
              + wanted.metric()
              + " has only "
              + String.join(", ", views.keySet().stream().map(View::id).toList()));
    }
    return view;
  }

  private List<MetricQuery> queries(View view, List<SeriesKey> keys) {
    if (keys.isEmpty()) {
      return List.of();
    }
    return switch (view) {
      case QUANTILES ->
          has(keys.getFirst(), BOUND)
              ? QUANTILES.stream().map(this::quantile).toList()
              : List.of(
                  split(
                      level(present(AttributeNames.QUANTILE)),
                      Reduction.Simple.AVERAGE,
                      Set.of(AttributeNames.QUANTILE)));
      case LEVEL ->
          List.of(
              split(
                  level(
                      AttributeMatch.equal(AttributeNames.QUANTILE, ""),
                      AttributeMatch.equal(BOUND, ""),
                      new AttributeMatch.NoneOf(AttributeNames.STATISTIC, NOT_LEVELS)),
                  Reduction.Simple.AVERAGE,
                  Set.of()));
      case RATE ->
          List.of(
              split(
                  rate(
                      AttributeMatch.equal(BOUND, ""),
                      new AttributeMatch.OneOf(AttributeNames.STATISTIC, COUNTED)),
                  Reduction.Simple.SUM,
                  Set.of()));
    };
  }

  private MetricQuery quantile(double quantile) {
    var by = new HashSet<>(wanted.by().orElse(Set.of()));
    by.add(BOUND);
    return new MetricQuery.HistogramQuantile(
        quantile, new MetricQuery.Aggregate(rate(present(BOUND)), Reduction.Simple.SUM, by));
  }

  /** Series by series, or brought to one line for each combination of what is wanted. */
  private MetricQuery split(MetricQuery of, Reduction usual, Set<String> besides) {
    if (wanted.by().isEmpty()) {
      return of;
    }
    var by = new HashSet<>(wanted.by().get());
    by.addAll(besides);
    return new MetricQuery.Aggregate(of, wanted.reduction().orElse(usual), by);
  }

  private MetricQuery level(AttributeMatch... more) {
    return step.compareTo(LONGEST_SELECTED) > 0
        ? new MetricQuery.OverTime(selector(more), step, Reduction.Simple.AVERAGE)
        : new MetricQuery.Select(selector(more));
  }

  private MetricQuery rate(AttributeMatch... more) {
    var window = step.compareTo(SHORTEST_RATE) > 0 ? step : SHORTEST_RATE;
    return new MetricQuery.Rate(selector(more), window);
  }

  private MetricSelector selector(AttributeMatch... more) {
    var all = new ArrayList<>(matches);
    all.addAll(List.of(more));
    return new MetricSelector(Optional.of(wanted.metric()), all);
  }

  private static AttributeMatch present(String attribute) {
    return new AttributeMatch.Like(attribute, Pattern.compile(".+", Pattern.DOTALL), true);
  }

  private SignalApi.MetricLine line(Line line, MetricQuery query, int times) {
    var attributes =
        query instanceof MetricQuery.HistogramQuantile of
            ? line.attributes().with(AttributeNames.QUANTILE, Double.toString(of.quantile()))
            : line.attributes();
    return new SignalApi.MetricLine(
        wanted.metric(), attributes.asMap(), MetricController.values(line, times));
  }

  private static double mean(SignalApi.MetricLine line) {
    double sum = 0;
    int known = 0;
    for (@Nullable Double value : line.values()) {
      if (value != null) {
        sum += value;
        known++;
      }
    }
    return known == 0 ? Double.NEGATIVE_INFINITY : sum / known;
  }

  private static SignalApi.MetricLine without(
      Map<String, String> shared, SignalApi.MetricLine line) {
    var own = new TreeMap<>(line.attributes());
    own.keySet().removeAll(shared.keySet());
    return new SignalApi.MetricLine(line.metric(), own, line.values());
  }

  private static Map<String, String> shared(List<SeriesKey> keys) {
    var shared = new TreeMap<String, String>();
    if (!keys.isEmpty()) {
      shared.putAll(attributes(keys.getFirst()).asMap());
      for (SeriesKey key : keys) {
        var attributes = attributes(key);
        shared
            .entrySet()
            .removeIf(one -> !one.getValue().equals(attributes.getOr(one.getKey(), "")));
      }
    }
    return shared;
  }

  private static List<SignalApi.AttributeSpread> spread(
      List<SeriesKey> keys, Collection<String> shared) {
    var values = new TreeMap<String, Set<String>>();
    for (SeriesKey key : keys) {
      attributes(key)
          .asMap()
          .forEach((name, value) -> values.computeIfAbsent(name, n -> new TreeSet<>()).add(value));
    }
    values.keySet().removeAll(shared);
    values.remove(BOUND);
    return values.entrySet().stream()
        .map(one -> new SignalApi.AttributeSpread(one.getKey(), one.getValue().size()))
        .sorted(Comparator.comparingInt(SignalApi.AttributeSpread::values))
        .toList();
  }

  /** Buckets count observations; the unit of what was observed stands with the other series. */
  private static String unit(View view, List<SeriesKey> keys, List<SeriesKey> all) {
    return switch (view) {
      case QUANTILES ->
          all.stream()
              .filter(key -> !has(key, BOUND))
              .filter(key -> !get(key, AttributeNames.STATISTIC).equals("count"))
              .map(SeriesKey::unit)
              .findFirst()
              .orElse("");
      case LEVEL -> keys.isEmpty() ? "" : keys.getFirst().unit();
      case RATE -> (keys.isEmpty() ? "" : keys.getFirst().unit()) + "/s";
    };
  }

  private static Attributes attributes(SeriesKey key) {
    return key.resource().with(key.point());
  }

  private static boolean has(SeriesKey key, String attribute) {
    return !get(key, attribute).isEmpty();
  }

  private static String get(SeriesKey key, String attribute) {
    return key.point().get(attribute).orElseGet(() -> key.resource().getOr(attribute, ""));
  }
}
