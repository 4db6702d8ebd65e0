package io.bridgewatch.ports;

import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.SampleBatch;
import io.bridgewatch.model.Series;
import io.bridgewatch.model.SeriesKey;
import io.bridgewatch.ports.MetricQuery.Aggregate;
import io.bridgewatch.ports.MetricQuery.HistogramQuantile;
import io.bridgewatch.ports.MetricQuery.Increase;
import io.bridgewatch.ports.MetricQuery.OverTime;
import io.bridgewatch.ports.MetricQuery.Rate;
import io.bridgewatch.ports.MetricQuery.Ratio;
import io.bridgewatch.ports.MetricQuery.Select;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Evaluates a {@link MetricQuery} over any {@link MetricStore}. */
public final class MetricQueries {

  /** How long a sample counts when no newer one has come. */
  public static final Duration LOOK_BACK = Duration.ofMinutes(5);

  /** Times of one evaluation. */
  public static final int MOST_TIMES = 11_000;

  private static final String BOUND = "le";

  private MetricQueries() {}

  /**
   * Values of series on a grid of times.
   *
   * @param from the first time
   * @param lines of which none is unknown everywhere, in the order of metric and attributes
   */
  public record Evaluated(Instant from, Duration step, int times, List<Line> lines) {
    public Evaluated {
      lines = List.copyOf(lines);
    }

    public Instant time(int i) {
      return from.plus(step.multipliedBy(i));
    }
  }

  /** One series of a result. */
  public static final class Line {
    private final String metric;
    private final Attributes attributes;
    private final double[] values;

    private Line(String metric, Attributes attributes, double[] values) {
      this.metric = metric;
      this.attributes = attributes;
      this.values = values;
    }

    /** Its name; empty where several came to one. */
    public String metric() {
      return metric;
    }

    /** The resource's and the point's, where both have one the point's. */
    public Attributes attributes() {
      return attributes;
    }

    /** {@code NaN} where unknown. */
    public double value(int i) {
      return values[i];
    }

    /** A copy of the values, {@code NaN} where unknown. */
    public double[] values() {
      return values.clone();
    }

    @Override
    public String toString() {
      return metric + attributes + Arrays.toString(values);
    }
  }

  /**
   * @param from the first time
   * @param to no time is later
   * @param step from one time to the next
   * @param mostSeries beyond which any selection is refused
   * @throws IllegalArgumentException if the step is less than a millisecond, or the times are none
   * @throws QueryTooWideException if there are more series than that, or more than {@value
   *     #MOST_TIMES} times
   */
  public static Evaluated evaluate(
      MetricQuery query,
      MetricStore store,
      Instant from,
      Instant to,
      Duration step,
      int mostSeries) {
    if (step.toMillis() <= 0) {
      throw new IllegalArgumentException("step is " + step + ", wanted a millisecond or more");
    }
    if (to.isBefore(from)) {
      throw new IllegalArgumentException("the end " + to + " is before the start " + from);
    }
    long times = Duration.between(from, to).toMillis() / step.toMillis() + 1;
    if (times > MOST_TIMES) {
      throw new QueryTooWideException(
          "cannot evaluate "
              + times
              + " times at once, at most "
              + MOST_TIMES
              + "; take a longer step or a shorter time");
    }
    var grid = new Grid(store, from.toEpochMilli(), step.toMillis(), (int) times, mostSeries);
    var lines = new ArrayList<Line>();
    for (Line line : grid.evaluate(query)) {
      if (!Arrays.stream(line.values).allMatch(Double::isNaN)) {
        lines.add(line);
      }
    }
    lines.sort(Comparator.comparing(Line::metric).thenComparing(Line::attributes));
    return new Evaluated(from, step, (int) times, lines);
  }

  /** All times in milliseconds. */
  private record Grid(MetricStore store, long from, long step, int times, int mostSeries) {

    List<Line> evaluate(MetricQuery query) {
      return switch (query) {
        case Select select ->
            windows(
                select.selector(),
                LOOK_BACK,
                (series, first, end, start, time) -> newest(series, first, end));
        case Rate rate ->
            windows(
                rate.selector(),
                rate.window(),
                (series, first, end, start, time) ->
                    Counters.increase(series, first, end, start, time) * 1000 / (time - start));
        case Increase increase ->
            windows(increase.selector(), increase.window(), Counters::increase);
        case OverTime over ->
            windows(
                over.selector(),
                over.window(),
                (series, first, end, start, time) ->
                    Reductions.reduce(over.reduction(), known(series, first, end)));
        case Aggregate aggregate -> aggregate(aggregate);
        case HistogramQuantile histogram -> histogram(histogram);
        case Ratio ratio -> ratio(ratio);
      };
    }

    /** Of the samples of a window, from index inclusive, to exclusive. */
    private interface OfWindow {
      double value(Series series, int first, int end, long start, long time);
    }

    private List<Line> windows(MetricSelector selector, Duration window, OfWindow of) {
      long length = window.toMillis();
      long last = from + step * (times - 1);
      var found =
          store.select(
              selector,
              Instant.ofEpochMilli(from - length + 1),
              Instant.ofEpochMilli(last + 1),
              mostSeries);
      var lines = new ArrayList<Line>(found.size());
      for (Series series : found) {
        QueryDeadline.check();
        var values = new double[times];
        int first = 0;
        int end = 0;
        for (int i = 0; i < times; i++) {
          long time = from + step * i;
          while (end < series.size() && series.time(end) <= time) {
            end++;
          }
          while (first < end && series.time(first) <= time - length) {
            first++;
          }
          values[i] = first == end ? Double.NaN : of.value(series, first, end, time - length, time);
        }
        lines.add(new Line(series.key().metric(), attributes(series.key()), values));
      }
      return lines;
    }

    private static Attributes attributes(SeriesKey key) {
      return key.resource().with(key.point());
    }

    private static double newest(Series series, int first, int end) {
      double value = series.value(end - 1);
      return SampleBatch.isStale(value) ? Double.NaN : value;
    }

    private static double[] known(Series series, int first, int end) {
      var values = new double[end - first];
      int count = 0;
      for (int i = first; i < end; i++) {
        double value = series.value(i);
        if (!SampleBatch.isStale(value)) {
          values[count++] = value;
        }
      }
      return Arrays.copyOf(values, count);
    }

    private List<Line> aggregate(Aggregate aggregate) {
      var groups = new TreeMap<Attributes, List<Line>>();
      for (Line line : evaluate(aggregate.of())) {
        groups
            .computeIfAbsent(only(line.attributes, aggregate.by()), key -> new ArrayList<>())
            .add(line);
      }
      var lines = new ArrayList<Line>();
      groups.forEach(
          (key, members) -> {
            var values = new double[times];
            for (int i = 0; i < times; i++) {
              values[i] = Reductions.reduce(aggregate.reduction(), at(members, i));
            }
            lines.add(new Line("", key, values));
          });
      return lines;
    }

    private static Attributes only(Attributes attributes, Set<String> names) {
      var kept = new TreeMap<>(attributes.asMap());
      kept.keySet().retainAll(names);
      return Attributes.of(kept);
    }

    /** What is known at a time. */
    private static double[] at(List<Line> lines, int i) {
      return lines.stream()
          .mapToDouble(line -> line.values[i])
          .filter(value -> !Double.isNaN(value))
          .toArray();
    }

    private List<Line> histogram(HistogramQuantile histogram) {
      var groups = new TreeMap<Attributes, TreeMap<Double, Line>>();
      for (Line line : evaluate(histogram.of())) {
        double bound = Counters.bound(line.attributes.getOr(BOUND, ""));
        if (!Double.isNaN(bound)) {
          groups
              .computeIfAbsent(line.attributes.without(BOUND), key -> new TreeMap<>())
              .put(bound, line);
        }
      }
      var lines = new ArrayList<Line>();
      groups.forEach(
          (key, buckets) -> {
            var values = new double[times];
            for (int i = 0; i < times; i++) {
              values[i] = quantile(histogram.quantile(), buckets, i);
            }
            lines.add(new Line("", key, values));
          });
      return lines;
    }

    private static double quantile(double quantile, Map<Double, Line> buckets, int i) {
      var bounds = new double[buckets.size()];
      var counts = new double[buckets.size()];
      int size = 0;
      for (var bucket : buckets.entrySet()) {
        double count = bucket.getValue().values[i];
        if (!Double.isNaN(count)) {
          bounds[size] = bucket.getKey();
          counts[size++] = count;
        }
      }
      return Counters.quantile(quantile, Arrays.copyOf(bounds, size), Arrays.copyOf(counts, size));
    }

    private List<Line> ratio(Ratio ratio) {
      var below = new TreeMap<Attributes, Line>();
      evaluate(ratio.denominator()).forEach(line -> below.put(line.attributes, line));
      var lines = new ArrayList<Line>();
      for (Line above : evaluate(ratio.numerator())) {
        var divisor = below.get(above.attributes);
        if (divisor != null) {
          var values = new double[times];
          for (int i = 0; i < times; i++) {
            values[i] = divisor.values[i] == 0 ? Double.NaN : above.values[i] / divisor.values[i];
          }
          lines.add(new Line("", above.attributes, values));
        }
      }
      return lines;
    }
  }
}
