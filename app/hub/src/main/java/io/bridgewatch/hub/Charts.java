package io.bridgewatch.hub;

import io.bridgewatch.adapter.report.ReportJson;
import io.bridgewatch.model.Bundle;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.Fact;
import io.bridgewatch.model.Incident;
import io.bridgewatch.model.Series;
import io.bridgewatch.model.SeriesKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The series that an incident's evidence rests on, small enough to draw.
 *
 * <ol>
 *   <li>A hole, where samples are more than three times their usual distance apart, or one is not a
 *       number, becomes a point without value.
 *   <li>What is still more than {@value #MOST_POINTS} points is cut into buckets of as many samples
 *       each; of each the lowest and the highest stay, and one hole if it has any.
 * </ol>
 *
 * Times and values of what stays are those measured; the lowest and highest of all always stay.
 */
final class Charts {

  static final int MOST_POINTS = 600;
  private static final int POINTS_A_BUCKET = 3;
  private static final double HOLE = 3;

  private Charts() {}

  /** In the order of their ids; those whose series the recording lacks are left out. */
  static List<Api.Chart> of(Incident incident, Bundle bundle) {
    Map<String, SeriesKey> ids = ReportJson.charts(incident);
    var wanted = new HashSet<>(ids.values());
    var series = new HashMap<SeriesKey, Series>();
    bundle.series().stream()
        .filter(s -> wanted.contains(s.key()))
        .forEach(s -> series.put(s.key(), s));
    var charts = new ArrayList<Api.Chart>();
    ids.forEach(
        (id, key) -> {
          var found = series.get(key);
          if (found != null) {
            charts.add(chart(id, found, mention(key, incident), incident.onset()));
          }
        });
    return charts;
  }

  /** Where and since when the series first speaks. */
  private record Mention(EntityRef entity, Instant onset) {}

  private static Mention mention(SeriesKey key, Incident incident) {
    return Stream.concat(
            incident.symptoms().stream()
                .filter(s -> speaksOf(key, s.finding().fact()))
                .map(s -> new Mention(s.entity(), s.finding().onset())),
            incident.causes().stream()
                .flatMap(c -> c.evidence().stream())
                .filter(e -> speaksOf(key, e.fact()))
                .map(e -> new Mention(e.entity(), e.since())))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no evidence names chart series " + key));
  }

  private static boolean speaksOf(SeriesKey key, Fact fact) {
    return fact instanceof Fact.LevelShift shift && shift.series().equals(key);
  }

  private static Api.Chart chart(String id, Series series, Mention mention, Instant onset) {
    var key = series.key();
    return new Api.Chart(
        id,
        key.resource().with(key.point()).with(mention.entity().identity()).asMap(),
        mention.entity().name(),
        key.metric(),
        key.unit(),
        mention.onset(),
        points(series),
        before(series, onset));
  }

  /** See the class comment. */
  static List<List<@Nullable Double>> points(Series series) {
    var all = withHoles(series);
    if (all.size() <= MOST_POINTS) {
      return all;
    }
    int buckets = MOST_POINTS / POINTS_A_BUCKET;
    var kept = new ArrayList<List<@Nullable Double>>(MOST_POINTS);
    for (int b = 0; b < buckets; b++) {
      int from = (int) ((long) all.size() * b / buckets);
      int to = (int) ((long) all.size() * (b + 1) / buckets);
      keepExtremes(all.subList(from, to), kept);
    }
    return kept;
  }

  private static void keepExtremes(
      List<List<@Nullable Double>> bucket, List<List<@Nullable Double>> kept) {
    int lowest = -1;
    int highest = -1;
    int hole = -1;
    for (int i = 0; i < bucket.size(); i++) {
      var value = bucket.get(i).get(1);
      if (value == null) {
        hole = i;
        continue;
      }
      lowest = lowest < 0 || value < value(bucket, lowest) ? i : lowest;
      highest = highest < 0 || value > value(bucket, highest) ? i : highest;
    }
    for (int i = 0; i < bucket.size(); i++) {
      if (i == lowest || i == highest || i == hole) {
        kept.add(bucket.get(i));
      }
    }
  }

  private static double value(List<List<@Nullable Double>> points, int i) {
    var value = points.get(i).get(1);
    return value == null ? Double.NaN : value;
  }

  private static List<List<@Nullable Double>> withHoles(Series series) {
    double step = usualStepMillis(series);
    var points = new ArrayList<List<@Nullable Double>>(series.size());
    for (int i = 0; i < series.size(); i++) {
      if (i > 0 && series.time(i) - series.time(i - 1) > HOLE * step) {
        points.add(point(series.time(i - 1) + (long) step, Double.NaN));
      }
      points.add(point(series.time(i), series.value(i)));
    }
    return points;
  }

  private static double usualStepMillis(Series series) {
    if (series.size() < 2) {
      return Double.POSITIVE_INFINITY;
    }
    var steps = new double[series.size() - 1];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = series.time(i + 1) - series.time(i);
    }
    Arrays.sort(steps);
    return quantile(steps, 0.5);
  }

  private static List<@Nullable Double> point(long millis, double value) {
    return Arrays.asList((double) millis, Double.isFinite(value) ? value : null);
  }

  /** How the values lay before the onset; null if none was seen. */
  static Api.@Nullable Before before(Series series, Instant onset) {
    int end = series.firstAtOrAfter(onset.toEpochMilli());
    var values = Arrays.stream(series.values(), 0, end).filter(Double::isFinite).sorted().toArray();
    return values.length == 0
        ? null
        : new Api.Before(quantile(values, 0.5), quantile(values, 0.05), quantile(values, 0.95));
  }

  /** Linear between the two neighbours (type 7 of Hyndman and Fan, 1996). */
  private static double quantile(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
