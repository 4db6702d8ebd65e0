package io.bridgewatch.hub;

import io.bridgewatch.model.LogRecord;
import io.bridgewatch.ports.LogStore;
import io.bridgewatch.ports.MetricStore;
import io.bridgewatch.ports.PageRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Finds what is new in a log, one look after the other.
 *
 * <ol>
 *   <li>A look counts the lines of each second of the last minute, and of what clocks may be ahead.
 *   <li>A second that has more lines than were accounted for has new ones. Those seconds are read,
 *       newest first, until {@value #MOST_LINES} new lines are found; all further new lines count
 *       as skipped.
 *   <li>Lines that were told before are known by their time and content while their second is
 *       looked at.
 * </ol>
 *
 * So each line that comes within a minute of its own time is either told once or counted as skipped
 * once. For use by one thread.
 */
final class LogTail {

  /** Lines that one look tells. */
  static final int MOST_LINES = 200;

  private static final Duration LATE = Duration.ofMinutes(1);
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final LogStore logs;
  private final LogStore.Query wanted;
  private final Instant start;
  private final TreeMap<Instant, Accounted> seconds = new TreeMap<>();

  private LogTail(LogStore logs, LogStore.Query wanted, Instant start) {
    this.logs = logs;
    this.wanted = wanted;
    this.start = start;
  }

  /** What came of one second. */
  private static final class Accounted {
    private long lines;
    private final Map<Told, Integer> told = new HashMap<>();
  }

  /** A line that was told. */
  private record Told(long epochNanos, int hash) {
    static Told of(LogRecord line) {
      return new Told(line.epochNanos(), line.hashCode());
    }
  }

  /**
   * @param lines oldest first
   * @param skipped lines that came too
   */
  record News(List<LogRecord> lines, long skipped) {}

  /**
   * Begins to follow.
   *
   * @param wanted whose times do not count
   * @param since only lines of that time or later; more than a minute back counts as a minute
   */
  static LogTail from(LogStore logs, LogStore.Query wanted, Instant since, Instant now) {
    var earliest = now.minus(LATE);
    return new LogTail(logs, wanted, since.isAfter(earliest) ? since : earliest);
  }

  /** What has come since the last look. */
  News look(Instant now) {
    var lines = new ArrayList<LogRecord>();
    long skipped = 0;
    for (var second : counts(now).descendingMap().entrySet()) {
      var accounted = accounted(second.getKey());
      long risen = second.getValue() - accounted.lines;
      if (risen > 0) {
        int room = MOST_LINES - lines.size();
        var fresh = fresh(second.getKey(), accounted, (int) Math.min(room, risen));
        lines.addAll(fresh);
        skipped += risen - fresh.size();
        accounted.lines = second.getValue();
      }
    }
    seconds.headMap(now.minus(LATE).minus(SECOND)).clear();
    lines.sort(Comparator.comparingLong(LogRecord::epochNanos));
    return new News(lines, skipped);
  }

  private TreeMap<Instant, Long> counts(Instant now) {
    var counts = new TreeMap<Instant, Long>();
    for (var bucket : logs.histogram(between(earliest(now), latest(now)), SECOND)) {
      counts.put(
          bucket.start(), bucket.counts().values().stream().mapToLong(Long::longValue).sum());
    }
    return counts;
  }

  /** A whole second where nothing else is asked, because seconds are counted whole. */
  private Instant earliest(Instant now) {
    var late = now.minus(LATE);
    return start.isAfter(late) ? start : late.minusNanos(late.getNano());
  }

  private static Instant latest(Instant now) {
    return now.plus(MetricStore.MOST_AHEAD);
  }

  private LogStore.Query between(Instant from, Instant to) {
    return new LogStore.Query(
        from, to, wanted.text(), wanted.severities(), wanted.matches(), wanted.traceId());
  }

  private Accounted accounted(Instant second) {
    return seconds.computeIfAbsent(second, time -> new Accounted());
  }

  /** Up to so many lines of that second that were not told. */
  private List<LogRecord> fresh(Instant second, Accounted accounted, int most) {
    var fresh = new ArrayList<LogRecord>();
    var known = new HashMap<>(accounted.told);
    var from = second.isBefore(start) ? start : second;
    var cursor = Optional.<String>empty();
    while (fresh.size() < most) {
      var page =
          logs.find(
                  between(from, second.plus(SECOND)), new PageRequest(PageRequest.LARGEST, cursor))
              .page();
      for (LogRecord line : page.items()) {
        boolean told = known.merge(Told.of(line), -1, Integer::sum) >= 0;
        if (!told && fresh.size() < most) {
          fresh.add(line);
        }
      }
      cursor = page.next();
      if (cursor.isEmpty()) {
        break;
      }
    }
    fresh.forEach(line -> accounted.told.merge(Told.of(line), 1, Integer::sum));
    return fresh;
  }
}
