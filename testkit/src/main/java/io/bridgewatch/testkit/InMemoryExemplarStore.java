package io.bridgewatch.testkit;

import io.bridgewatch.model.Exemplar;
import io.bridgewatch.model.SeriesKey;
import io.bridgewatch.ports.ExemplarStore;
import io.bridgewatch.ports.MetricSelector;
import io.bridgewatch.ports.QueryDeadline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Exemplars in memory. Safe to share between threads. */
public final class InMemoryExemplarStore implements ExemplarStore {

  private static final Comparator<Exemplar> BY_TIME =
      Comparator.comparingLong(Exemplar::epochMillis);

  private final int most;
  private final TreeMap<Long, Map<SeriesKey, List<Exemplar>>> minutes = new TreeMap<>();
  private Instant forgotten = Instant.EPOCH;

  public InMemoryExemplarStore() {
    this(USUAL_MOST);
  }

  /**
   * @param most how many may be in all
   */
  public InMemoryExemplarStore(int most) {
    this.most = most;
  }

  @Override
  public synchronized Appended append(List<Exemplar> exemplars) {
    var added = new ArrayList<Exemplar>();
    var rejected = new EnumMap<Rejection, Integer>(Rejection.class);
    for (Exemplar one : exemplars) {
      if (time(one).isBefore(forgotten)) {
        rejected.merge(Rejection.TOO_OLD, 1, Integer::sum);
        continue;
      }
      var minute =
          minutes.computeIfAbsent(
              Math.floorDiv(one.epochMillis(), 60_000L), number -> new HashMap<>());
      var known = minute.computeIfAbsent(one.series(), key -> new ArrayList<>());
      if (known.stream().anyMatch(other -> isSame(other, one))) {
        continue;
      }
      if (known.size() < MOST_PER_MINUTE && size(minute) >= most) {
        rejected.merge(Rejection.TOO_MANY, 1, Integer::sum);
        continue;
      }
      known.add(one);
      known.sort(BY_TIME);
      if (known.size() <= MOST_PER_MINUTE || !isSame(known.removeFirst(), one)) {
        added.add(one);
      }
    }
    while (minutes.values().stream().mapToInt(InMemoryExemplarStore::size).sum() > most) {
      minutes.pollFirstEntry();
    }
    return new Appended(added, rejected);
  }

  private static boolean isSame(Exemplar a, Exemplar b) {
    return a.traceId().equals(b.traceId())
        && a.spanId().equals(b.spanId())
        && Double.compare(a.value(), b.value()) == 0;
  }

  private static int size(Map<SeriesKey, List<Exemplar>> minute) {
    return minute.values().stream().mapToInt(List::size).sum();
  }

  private static Instant time(Exemplar exemplar) {
    return Instant.ofEpochMilli(exemplar.epochMillis());
  }

  @Override
  public synchronized List<Exemplar> select(
      MetricSelector selector, Instant from, Instant to, int most) {
    QueryDeadline.check();
    return minutes.values().stream()
        .flatMap(minute -> minute.values().stream().flatMap(List::stream))
        .filter(one -> selector.accepts(one.series()))
        .filter(one -> !time(one).isBefore(from) && time(one).isBefore(to))
        .sorted(BY_TIME.reversed())
        .limit(most)
        .toList();
  }

  @Override
  public synchronized void forgetBefore(Instant time) {
    forgotten = time.isAfter(forgotten) ? time : forgotten;
    minutes
        .values()
        .forEach(
            minute ->
                minute.values().forEach(some -> some.removeIf(one -> time(one).isBefore(time))));
  }
}
