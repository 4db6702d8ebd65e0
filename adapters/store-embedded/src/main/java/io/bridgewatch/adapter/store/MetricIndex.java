package io.bridgewatch.adapter.store;

import io.bridgewatch.model.AttributeMatch;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.SeriesKey;
import io.bridgewatch.ports.MetricSelector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which series there are, found by key, by number, by metric and by each attribute's value. Safe
 * for use by several threads, of which one at a time may add and remove series.
 */
final class MetricIndex {

  private final Map<SeriesKey, MetricSeries> byKey = new HashMap<>();
  private @Nullable MetricSeries[] byId = new MetricSeries[1024];
  private final Map<String, Ids> byMetric = new HashMap<>();
  private final Map<String, Map<String, Ids>> byAttribute = new HashMap<>();
  private final Map<String, String> texts = new HashMap<>();
  private final Map<Attributes, Attributes> resources = new HashMap<>();
  private int nextId;

  /** Numbers of series, rising. */
  private static final class Ids {
    int[] ids = new int[2];
    int size;

    void add(int id) {
      if (size == ids.length) {
        ids = Arrays.copyOf(ids, 2 * size);
      }
      ids[size++] = id;
    }
  }

  synchronized int size() {
    return byKey.size();
  }

  synchronized int nextId() {
    return nextId;
  }

  /** No number below that is given to a new series. */
  synchronized void reserve(int id) {
    nextId = Math.max(nextId, id);
  }

  /**
   * The series of a key, for the one thread that may add and remove series.
   *
   * @param before the series of the sample before: scrapes come in the same order each time, often
   *     with the same keys, and then nothing needs to be compared
   */
  @SuppressWarnings("ReferenceEquality") // a short cut: what is not the same is compared
  @Nullable MetricSeries find(SeriesKey key, int before) {
    var next = find(before + 1);
    if (next != null && next.lastKey == key) {
      return next;
    }
    var found = byKey.get(key);
    if (found != null) {
      found.lastKey = key;
    }
    return found;
  }

  /** For that thread too. */
  @Nullable MetricSeries find(int id) {
    return id >= 0 && id < byId.length ? byId[id] : null;
  }

  synchronized MetricSeries add(SeriesKey key) {
    return add(nextId, key);
  }

  /** Adds a series under a number above all others. */
  synchronized MetricSeries add(int id, SeriesKey key) {
    var series = new MetricSeries(id, shared(key));
    nextId = Math.max(nextId, id + 1);
    put(series);
    return series;
  }

  private void put(MetricSeries series) {
    int id = series.id;
    if (id >= byId.length) {
      byId = Arrays.copyOf(byId, Math.max(id + 1, 2 * byId.length));
    }
    byId[id] = series;
    byKey.put(series.key, series);
    byMetric.computeIfAbsent(series.key.metric(), name -> new Ids()).add(id);
    var point = series.key.point();
    point.asMap().forEach((name, value) -> postings(name, value).add(id));
    series
        .key
        .resource()
        .asMap()
        .forEach(
            (name, value) -> {
              if (!point.has(name)) {
                postings(name, value).add(id);
              }
            });
  }

  private Ids postings(String name, String value) {
    return byAttribute
        .computeIfAbsent(name, n -> new HashMap<>())
        .computeIfAbsent(value, v -> new Ids());
  }

  /** The same key, of texts and resources that the other series share. */
  private SeriesKey shared(SeriesKey key) {
    return new SeriesKey(
        resources.computeIfAbsent(key.resource(), this::shared),
        text(key.metric()),
        text(key.unit()),
        key.kind(),
        shared(key.point()));
  }

  private Attributes shared(Attributes attributes) {
    var pairs = new ArrayList<String>(2 * attributes.size());
    attributes
        .asMap()
        .forEach(
            (name, value) -> {
              pairs.add(text(name));
              pairs.add(text(value));
            });
    return Attributes.ofSorted(pairs.toArray(String[]::new));
  }

  private String text(String text) {
    return texts.computeIfAbsent(text, same -> same);
  }

  /** Forgets series, so that their numbers are found no more. */
  synchronized List<MetricSeries> removeIf(Predicate<MetricSeries> isUnwanted) {
    var removed = new ArrayList<MetricSeries>();
    var kept = new ArrayList<MetricSeries>();
    for (MetricSeries series : byId) {
      if (series != null) {
        (isUnwanted.test(series) ? removed : kept).add(series);
      }
    }
    if (!removed.isEmpty()) {
      byKey.clear();
      Arrays.fill(byId, null);
      byMetric.clear();
      byAttribute.clear();
      texts.clear();
      resources.clear();
      kept.forEach(this::put);
    }
    return removed;
  }

  /** All series, by number. */
  synchronized List<MetricSeries> all() {
    var found = new ArrayList<MetricSeries>(byKey.size());
    for (MetricSeries series : byId) {
      if (series != null) {
        found.add(series);
      }
    }
    return found;
  }

  /** The series that match, by number. */
  List<MetricSeries> find(MetricSelector selector) {
    var found = new ArrayList<MetricSeries>();
    for (MetricSeries series : candidates(selector)) {
      if (selector.accepts(series.key)) {
        found.add(series);
      }
    }
    return found;
  }

  /** Few series with all that match among them. */
  private synchronized Collection<MetricSeries> candidates(MetricSelector selector) {
    var fewest = selector.metric().map(name -> ids(Optional.ofNullable(byMetric.get(name))));
    for (AttributeMatch match : selector.matches()) {
      if (match instanceof AttributeMatch.OneOf one && !one.values().contains("")) {
        int[] ids = ids(one.attribute(), one.values());
        if (fewest.isEmpty() || ids.length < fewest.get().length) {
          fewest = Optional.of(ids);
        }
      }
    }
    if (fewest.isEmpty()) {
      return all();
    }
    var found = new ArrayList<MetricSeries>();
    for (int id : fewest.get()) {
      var series = byId[id];
      if (series != null) {
        found.add(series);
      }
    }
    return found;
  }

  private static int[] ids(Optional<Ids> found) {
    return found.map(ids -> Arrays.copyOf(ids.ids, ids.size)).orElse(new int[0]);
  }

  private int[] ids(String attribute, Set<String> values) {
    var byValue = byAttribute.getOrDefault(attribute, Map.of());
    if (values.size() == 1) {
      return ids(Optional.ofNullable(byValue.get(values.iterator().next())));
    }
    return values.stream()
        .flatMapToInt(value -> Arrays.stream(ids(Optional.ofNullable(byValue.get(value)))))
        .sorted()
        .toArray();
  }
}
