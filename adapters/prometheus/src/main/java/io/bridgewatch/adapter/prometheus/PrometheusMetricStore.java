package io.bridgewatch.adapter.prometheus;

import io.bridgewatch.model.AttributeMatch;
import io.bridgewatch.model.MetricKind;
import io.bridgewatch.model.SampleBatch;
import io.bridgewatch.model.Series;
import io.bridgewatch.model.SeriesKey;
import io.bridgewatch.ports.MetricSelector;
import io.bridgewatch.ports.MetricStore;
import io.bridgewatch.ports.QueryTooWideException;
import io.bridgewatch.ports.StoreException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A store of metrics in an engine that speaks Prometheus' remote write and PromQL, such as
 * Prometheus, VictoriaMetrics, Mimir or Thanos. Series that others wrote there are read too.
 *
 * <p>What the engine decides, and this store cannot:
 *
 * <ul>
 *   <li>How late samples may come: Prometheus wants {@code storage.tsdb.out_of_order_time_window}
 *       of at least {@link MetricStore#MOST_LATE}, and one as long as the past that {@link
 *       #appendPast} is to keep; what it refuses counts as too old. VictoriaMetrics takes all that
 *       its retention keeps.
 *   <li>Of two values of one time: Prometheus keeps the first and refuses the other, as far as it
 *       notices; VictoriaMetrics may tell both, of which the first is taken.
 *   <li>When what was appended survives a crash, and is seen by queries: Prometheus at once,
 *       VictoriaMetrics after some seconds.
 *   <li>Retention and the number of series: {@link #forgetBefore} does nothing.
 * </ul>
 *
 * <p>PromQL tells no stale markers and one NaN only: series end there without a marker.
 * VictoriaMetrics rounds values to some twelve digits.
 */
public final class PrometheusMetricStore implements MetricStore, AutoCloseable {
  private static final int SAMPLES_PER_REQUEST = 5_000;
  private static final int TRIES = 3;

  /** Not 0: engines take that for "not said", and ranges that begin before it for empty. */
  private static final long FIRST = Instant.parse("1970-01-02T00:00:00Z").toEpochMilli();

  private static final long LAST = Instant.parse("2100-01-01T00:00:00Z").toEpochMilli();

  private final RemoteEndpoint endpoint;
  private final RemoteWriter writer;
  private final PromQuery query;
  private final SeriesLabels labels;
  private final InstantSource clock;

  /**
   * @param resourceLabels of series that others wrote: labels that name what is measured, to the
   *     attributes that they become
   */
  public PrometheusMetricStore(
      RemoteEndpoint endpoint, Map<String, String> resourceLabels, InstantSource clock) {
    this.endpoint = endpoint;
    this.writer = new RemoteWriter(endpoint);
    this.query = new PromQuery(endpoint);
    this.labels = new SeriesLabels(resourceLabels);
    this.clock = clock;
  }

  @Override
  public Appended append(SampleBatch batch) {
    var rejected = new EnumMap<Rejection, Integer>(Rejection.class);
    long last = clock.instant().plus(MOST_AHEAD).toEpochMilli();
    var fit = SampleBatch.builder();
    for (int i = 0; i < batch.size(); i++) {
      if (batch.time(i) > last) {
        rejected.merge(Rejection.TOO_FAR_AHEAD, 1, Integer::sum);
      } else {
        fit.add(batch.key(i), batch.time(i), batch.value(i));
      }
    }
    var samples = fit.build();
    int accepted = 0;
    for (int from = 0; from < samples.size(); from += SAMPLES_PER_REQUEST) {
      int to = Math.min(samples.size(), from + SAMPLES_PER_REQUEST);
      accepted += append(samples, from, to, rejected);
    }
    return new Appended(accepted, rejected);
  }

  @Override
  public Appended appendPast(SampleBatch batch) {
    return append(batch); // the engine knows no two ways
  }

  /**
   * Sends a part; what is refused as a whole is sent in halves, until single samples are known to
   * be what the engine does not want.
   */
  private int append(SampleBatch batch, int from, int to, Map<Rejection, Integer> rejected) {
    return switch (send(batch, from, to)) {
      case RemoteWriter.Answer.Taken taken -> to - from;
      case RemoteWriter.Answer.Unavailable unavailable ->
          throw new StoreException(
              "cannot append to " + endpoint.write() + ": " + unavailable.message());
      case RemoteWriter.Answer.Refused refused -> {
        if (!RemoteWriter.mayBeSingleSamples(refused)) {
          throw new StoreException(
              "cannot append to " + endpoint.write() + ": " + refused.message());
        }
        if (to - from == 1) {
          rejected.merge(reason(refused.message()), 1, Integer::sum);
          yield 0;
        }
        int middle = (from + to) >>> 1;
        yield append(batch, from, middle, rejected) + append(batch, middle, to, rejected);
      }
    };
  }

  private RemoteWriter.Answer send(SampleBatch batch, int from, int to) {
    try {
      var answer = writer.send(batch, from, to);
      for (int i = 1; i < TRIES && answer instanceof RemoteWriter.Answer.Unavailable; i++) {
        answer = writer.send(batch, from, to);
      }
      return answer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("interrupted while appending to " + endpoint.write(), e);
    }
  }

  private static Rejection reason(String message) {
    return message.toLowerCase(Locale.ROOT).contains("duplicate")
        ? Rejection.DUPLICATE
        : Rejection.TOO_OLD;
  }

  @Override
  public List<Series> select(MetricSelector selector, Instant from, Instant to, int mostSeries) {
    long first = clamp(from);
    long end = clamp(to);
    var found = new ArrayList<Series>();
    if (first >= end) {
      return found;
    }
    // closed on the left in some engines, open in others: what is too early is left out below
    query.query(
        "%s[%dms]".formatted(expression(selector), end - first),
        end - 1,
        row -> {
          var key = labels.key(row.labels(), endpoint.labels());
          if (selector.accepts(key)) {
            var series = series(key, row, first, end);
            if (series.size() > 0) {
              found.add(series);
            }
          }
          refuseMoreThan(mostSeries, found.size(), selector);
        });
    found.sort(Comparator.comparing(Series::key));
    return found;
  }

  private static Series series(SeriesKey key, PromQuery.Row row, long from, long end) {
    var times = new long[row.size()];
    var values = new double[row.size()];
    int size = 0;
    for (int i = 0; i < row.size(); i++) {
      long time = row.time(i);
      if (time >= from && time < end && (size == 0 || time > times[size - 1])) {
        times[size] = time;
        values[size++] = row.value(i);
      }
    }
    return new Series(key, Arrays.copyOf(times, size), Arrays.copyOf(values, size));
  }

  private static void refuseMoreThan(int most, int found, MetricSelector selector) {
    if (found > most) {
      throw new QueryTooWideException(
          "more than %d series match %s; narrow the selector".formatted(most, selector));
    }
  }

  @Override
  public List<SeriesKey> series(MetricSelector selector, Instant from, Instant to, int most) {
    long first = clamp(from);
    long end = clamp(to);
    var found = new TreeSet<SeriesKey>();
    if (first >= end) {
      return List.of();
    }
    query.query(
        "last_over_time(%s[%dms])".formatted(expression(selector), end - first),
        end - 1,
        row -> {
          var key = labels.key(row.labels(), endpoint.labels());
          if (selector.accepts(key)) {
            found.add(key);
          }
          refuseMoreThan(most, found.size(), selector);
        });
    return List.copyOf(found);
  }

  @Override
  public List<Metric> metrics(MetricSelector selector) {
    record Name(String name, String unit, MetricKind kind) {}
    var counts =
        known(selector).stream()
            .collect(
                Collectors.groupingBy(
                    key -> new Name(key.metric(), key.unit(), key.kind()), Collectors.counting()));
    return counts.entrySet().stream()
        .map(it -> new Metric(it.getKey().name, it.getKey().unit, it.getKey().kind, it.getValue()))
        .sorted(
            Comparator.comparing(Metric::name)
                .thenComparing(Metric::unit)
                .thenComparing(Metric::kind))
        .toList();
  }

  @Override
  public List<String> values(String attribute, MetricSelector selector, int most) {
    var values = new TreeSet<String>();
    for (SeriesKey key : known(selector)) {
      key.point()
          .get(attribute)
          .or(() -> key.resource().get(attribute))
          .filter(value -> !value.isEmpty())
          .ifPresent(values::add);
    }
    return values.stream().limit(most).toList();
  }

  /** The series that match, whenever they were. */
  private List<SeriesKey> known(MetricSelector selector) {
    var keys = new TreeSet<SeriesKey>();
    query.series(
        expression(selector),
        FIRST,
        LAST,
        row -> {
          var key = labels.key(row.labels(), endpoint.labels());
          if (selector.accepts(key)) {
            keys.add(key);
          }
        });
    return List.copyOf(keys);
  }

  /** Does nothing: how long samples are kept is the engine's setting. */
  @Override
  public void forgetBefore(Instant time) {}

  /**
   * Counts by queries, which cost time where much is kept; bytes are 0, because engines do not tell
   * them by PromQL.
   */
  @Override
  public Extent extent() {
    var all = new MetricSelector(Optional.empty(), List.of());
    long samples = count(all, LAST);
    long low = FIRST; // until when there is none, and when there is one
    long high = samples == 0 ? FIRST : LAST;
    while (high - low > 1) {
      long middle = (low + high) >>> 1;
      if (count(all, middle) == 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    var oldest = samples == 0 ? Instant.MAX : Instant.ofEpochMilli(high);
    return new Extent(known(all).size(), samples, 0, oldest);
  }

  /** Samples until that moment. */
  private long count(MetricSelector selector, long untilMillis) {
    var rows =
        query.all(
            "sum(count_over_time(%s[%dms]))".formatted(expression(selector), untilMillis - FIRST),
            untilMillis);
    return rows.isEmpty() ? 0 : (long) rows.getFirst().value(0);
  }

  private static long clamp(Instant time) {
    var first = Instant.ofEpochMilli(FIRST);
    var last = Instant.ofEpochMilli(LAST);
    var bounded = time.isBefore(first) ? first : time.isAfter(last) ? last : time;
    long millis = bounded.toEpochMilli();
    return bounded.getNano() % 1_000_000 == 0 ? millis : millis + 1;
  }

  /** A selector that chooses no less than what is meant; the answer is looked through again. */
  private String expression(MetricSelector selector) {
    var matchers = new ArrayList<String>();
    new TreeMap<>(endpoint.labels())
        .forEach((label, value) -> matchers.add(label + "=" + quoted(value)));
    selector
        .metric()
        .ifPresent(
            metric -> matchers.add(SeriesLabels.NAME + "=" + quoted(SeriesLabels.legal(metric))));
    for (AttributeMatch match : selector.matches()) {
      var label = SeriesLabels.legal(match.attribute());
      switch (match) {
        case AttributeMatch.OneOf one ->
            matchers.add(
                label
                    + "=~"
                    + quoted(
                        one.values().stream()
                            .sorted()
                            .map(PrometheusMetricStore::literal)
                            .collect(Collectors.joining("|"))));
        // others may mean an attribute of the resource where the point has one of that name, or
        // regular expressions that engines spell in another way
        case AttributeMatch.NoneOf none -> {}
        case AttributeMatch.Like like -> {}
      }
    }
    if (matchers.isEmpty()) {
      matchers.add(SeriesLabels.NAME + "!=\"\"");
    }
    return "{" + String.join(",", matchers) + "}";
  }

  private static String literal(String text) {
    return text.replaceAll("[.\\\\+*?()\\[\\]{}|^$]", "\\\\$0");
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }

  @Override
  public void close() {
    writer.close();
    query.close();
  }
}
