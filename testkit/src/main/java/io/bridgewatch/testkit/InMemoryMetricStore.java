package io.bridgewatch.testkit;

import io.bridgewatch.model.MetricKind;
import io.bridgewatch.model.SampleBatch;
import io.bridgewatch.model.Series;
import io.bridgewatch.model.SeriesKey;
import io.bridgewatch.ports.MetricSelector;
import io.bridgewatch.ports.MetricStore;
import io.bridgewatch.ports.QueryDeadline;
import io.bridgewatch.ports.QueryTooWideException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Samples in memory. Safe to share between threads. */
public final class InMemoryMetricStore implements MetricStore {

  private static final long BYTES_PER_SAMPLE = 16;

  private final InstantSource clock;
  private final int mostSeries;
  private final NavigableMap<SeriesKey, NavigableMap<Long, Double>> kept = new TreeMap<>();
  private long forgottenBefore;

  /**
   * @param clock tells what is too far ahead
   * @param mostSeries how many may be
   */
  public InMemoryMetricStore(InstantSource clock, int mostSeries) {
    this.clock = clock;
    this.mostSeries = mostSeries;
  }

  @Override
  public synchronized Appended append(SampleBatch batch) {
    return append(batch, MOST_LATE.toMillis());
  }

  @Override
  public synchronized Appended appendPast(SampleBatch batch) {
    return append(batch, Long.MAX_VALUE);
  }

  private Appended append(SampleBatch batch, long mostLateMillis) {
    var rejected = new EnumMap<Rejection, Integer>(Rejection.class);
    for (int i = 0; i < batch.size(); i++) {
      add(batch.key(i), batch.time(i), batch.value(i), mostLateMillis)
          .ifPresent(reason -> rejected.merge(reason, 1, Integer::sum));
    }
    int accepted = batch.size() - rejected.values().stream().mapToInt(Integer::intValue).sum();
    return new Appended(accepted, rejected);
  }

  private Optional<Rejection> add(SeriesKey key, long time, double value, long mostLateMillis) {
    if (time > clock.millis() + MOST_AHEAD.toMillis()) {
      return Optional.of(Rejection.TOO_FAR_AHEAD);
    }
    var samples = kept.get(key);
    long newest = samples == null ? time : samples.lastKey();
    if (time < forgottenBefore || newest - time > mostLateMillis) {
      return Optional.of(Rejection.TOO_OLD);
    }
    if (samples == null) {
      if (kept.size() >= mostSeries) {
        return Optional.of(Rejection.TOO_MANY_SERIES);
      }
      samples = new TreeMap<>();
      kept.put(key, samples);
    }
    Double before = samples.putIfAbsent(time, value);
    boolean same =
        before == null || Double.doubleToRawLongBits(before) == Double.doubleToRawLongBits(value);
    return same ? Optional.empty() : Optional.of(Rejection.DUPLICATE);
  }

  @Override
  public synchronized List<Series> select(
      MetricSelector selector, Instant from, Instant to, int mostSeries) {
    var found = new ArrayList<Series>();
    for (SeriesKey key : series(selector, from, to, mostSeries)) {
      var samples = between(kept.getOrDefault(key, new TreeMap<>()), from, to);
      found.add(
          new Series(
              key,
              samples.keySet().stream().mapToLong(Long::longValue).toArray(),
              samples.values().stream().mapToDouble(Double::doubleValue).toArray()));
    }
    return found;
  }

  private static NavigableMap<Long, Double> between(
      NavigableMap<Long, Double> samples, Instant from, Instant to) {
    return from.isBefore(to)
        ? samples.subMap(ceilMillis(from), true, ceilMillis(to), false)
        : new TreeMap<>();
  }

  /** The first whole millisecond at or after a time. */
  private static long ceilMillis(Instant time) {
    if (time.isBefore(Instant.ofEpochMilli(Long.MIN_VALUE))) {
      return Long.MIN_VALUE;
    }
    if (time.isAfter(Instant.ofEpochMilli(Long.MAX_VALUE))) {
      return Long.MAX_VALUE;
    }
    long millis = time.toEpochMilli();
    return Instant.ofEpochMilli(millis).isBefore(time) ? millis + 1 : millis;
  }

  @Override
  public synchronized List<SeriesKey> series(
      MetricSelector selector, Instant from, Instant to, int most) {
    QueryDeadline.check();
    var found = new ArrayList<SeriesKey>();
    kept.forEach(
        (key, samples) -> {
          if (selector.accepts(key) && !between(samples, from, to).isEmpty()) {
            found.add(key);
          }
        });
    if (found.size() > most) {
      throw new QueryTooWideException(
          "cannot read "
              + found.size()
              + " series at once, at most "
              + most
              + "; narrow the selection");
    }
    return found;
  }

  @Override
  public synchronized List<Metric> metrics(MetricSelector selector) {
    record Sort(String name, String unit, MetricKind kind) {}
    var counts =
        new TreeMap<Sort, Long>(
            Comparator.comparing(Sort::name).thenComparing(Sort::unit).thenComparing(Sort::kind));
    for (SeriesKey key : kept.keySet()) {
      if (selector.accepts(key)) {
        counts.merge(new Sort(key.metric(), key.unit(), key.kind()), 1L, Long::sum);
      }
    }
    var found = new ArrayList<Metric>();
    counts.forEach((sort, n) -> found.add(new Metric(sort.name(), sort.unit(), sort.kind(), n)));
    return found;
  }

  @Override
  public synchronized List<String> values(String attribute, MetricSelector selector, int most) {
    var found = new TreeSet<String>();
    for (SeriesKey key : kept.keySet()) {
      if (selector.accepts(key)) {
        key.point().get(attribute).or(() -> key.resource().get(attribute)).ifPresent(found::add);
      }
    }
    return found.stream().limit(most).toList();
  }

  @Override
  public synchronized void forgetBefore(Instant time) {
    forgottenBefore = Math.max(forgottenBefore, ceilMillis(time));
    kept.values().forEach(samples -> samples.headMap(forgottenBefore).clear());
    kept.values().removeIf(Map::isEmpty);
  }

  @Override
  public synchronized Extent extent() {
    long samples = kept.values().stream().mapToLong(Map::size).sum();
    var oldest = kept.values().stream().mapToLong(NavigableMap::firstKey).min();
    return new Extent(
        kept.size(),
        samples,
        samples * BYTES_PER_SAMPLE,
        oldest.isPresent() ? Instant.ofEpochMilli(oldest.getAsLong()) : Instant.MAX);
  }
}
