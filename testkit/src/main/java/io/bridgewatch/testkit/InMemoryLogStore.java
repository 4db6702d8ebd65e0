package io.bridgewatch.testkit;

import io.bridgewatch.model.AttributeMatch;
import io.bridgewatch.model.LogRecord;
import io.bridgewatch.model.Severity;
import io.bridgewatch.ports.InvalidCursorException;
import io.bridgewatch.ports.LogStore;
import io.bridgewatch.ports.Page;
import io.bridgewatch.ports.PageRequest;
import io.bridgewatch.ports.QueryDeadline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Log lines in memory. Safe to share between threads. */
public final class InMemoryLogStore implements LogStore {

  private static final Comparator<Place> NEWEST_FIRST =
      Comparator.comparingLong(Place::nanos).thenComparingLong(Place::number).reversed();

  private final List<Kept> kept = new ArrayList<>();
  private long next;

  /**
   * @param number in the order in which they came
   */
  private record Kept(long number, LogRecord log) {
    Place place() {
      return new Place(log.epochNanos(), number);
    }
  }

  private record Place(long nanos, long number) {
    String cursor() {
      return nanos + "@" + number;
    }

    static Place parse(String cursor) {
      String[] parts = cursor.split("@", -1);
      try {
        if (parts.length == 2) {
          return new Place(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
        }
      } catch (NumberFormatException e) {
        // said below
      }
      throw new InvalidCursorException(cursor);
    }
  }

  @Override
  public synchronized void append(List<LogRecord> records) {
    records.forEach(log -> kept.add(new Kept(next++, log)));
  }

  @Override
  public synchronized Found find(Query query, PageRequest page) {
    QueryDeadline.check();
    var matching =
        kept.stream()
            .filter(one -> matches(query, one.log))
            .sorted(Comparator.comparing(Kept::place, NEWEST_FIRST))
            .toList();
    var after = page.cursor().map(Place::parse);
    var rest =
        matching.stream()
            .filter(one -> after.isEmpty() || NEWEST_FIRST.compare(one.place(), after.get()) > 0)
            .toList();
    boolean more = rest.size() > page.limit();
    var items = more ? rest.subList(0, page.limit()) : rest;
    return new Found(
        new Page<>(
            items.stream().map(Kept::log).toList(),
            more ? Optional.of(items.getLast().place().cursor()) : Optional.empty(),
            matching.size()),
        true);
  }

  @Override
  public synchronized List<Bucket> histogram(Query query, Duration step) {
    QueryDeadline.check();
    var buckets = new TreeMap<Long, Map<Severity, Long>>();
    kept.stream()
        .map(Kept::log)
        .filter(log -> matches(query, log))
        .forEach(
            log ->
                buckets
                    .computeIfAbsent(
                        Math.floorDiv(log.epochNanos(), step.toNanos()),
                        start -> new EnumMap<>(Severity.class))
                    .merge(log.severity(), 1L, Long::sum));
    return buckets.entrySet().stream()
        .map(
            bucket ->
                new Bucket(
                    Instant.EPOCH.plusNanos(bucket.getKey() * step.toNanos()), bucket.getValue()))
        .toList();
  }

  @Override
  public synchronized void forgetBefore(Instant time) {
    kept.removeIf(one -> time(one.log).isBefore(time));
  }

  @Override
  public synchronized Extent extent() {
    return new Extent(
        kept.size(),
        kept.stream().mapToLong(one -> one.log.body().length()).sum(),
        kept.stream().map(one -> time(one.log)).min(Comparator.naturalOrder()).orElse(Instant.MAX));
  }

  private static boolean matches(Query query, LogRecord log) {
    var time = time(log);
    return !time.isBefore(query.from())
        && time.isBefore(query.to())
        && (query.severities().isEmpty() || query.severities().contains(log.severity()))
        && (query.traceId().isEmpty() || query.traceId().equals(log.traceId()))
        && query.matches().stream().allMatch(match -> holds(match, log))
        && Words.occur(query.text(), log.body());
  }

  private static boolean holds(AttributeMatch match, LogRecord log) {
    return match.matches(log.attributes(), log.resource());
  }

  private static Instant time(LogRecord log) {
    return Instant.EPOCH.plusNanos(log.epochNanos());
  }
}
