package io.bridgewatch.adapter.store;

import io.bridgewatch.ports.QueryDeadline;
import io.bridgewatch.ports.QueryTimeoutException;
import io.bridgewatch.ports.StoreException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.lucene.search.IndexSearcher;

/**
 * One index for each hour, in folders named like {@code 2026-03-01T12}. At most {@value
 * #MOST_WRITTEN} are open for writing and about {@value #MOST_READ} for reading; those used least
 * recently are closed. Safe for several threads, except that one at a time may write or drop.
 */
final class HourIndexes {

  static final int MOST_WRITTEN = 3;
  static final int MOST_READ = 96;

  private static final long HOUR_NANOS = Duration.ofHours(1).toNanos();
  private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH");

  private final Path folder;
  private final NavigableMap<Long, HourIndex> hours = new ConcurrentSkipListMap<>();
  private final LinkedHashMap<Long, HourIndex> written = new LinkedHashMap<>(16, 0.75f, true);
  private final LinkedHashMap<Long, HourIndex> read = new LinkedHashMap<>(16, 0.75f, true);

  /** All items up to this one are committed in their indexes. */
  private long settled;

  private HourIndexes(Path folder, long settled) {
    this.folder = folder;
    this.settled = settled;
  }

  static HourIndexes open(Path folder, long settled) throws IOException {
    EmbeddedStore.createPrivate(folder);
    var indexes = new HourIndexes(folder, settled);
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        var hour = hour(entry);
        if (hour.isPresent()) {
          indexes.add(hour.getAsLong(), entry);
        }
      }
    }
    return indexes;
  }

  /** What was made and never committed is removed: the journal brings what was in it. */
  private void add(long hour, Path entry) throws IOException {
    var index = HourIndex.at(entry, hour);
    if (index.isCommitted()) {
      hours.put(hour, index);
    } else {
      index.delete();
    }
  }

  private static OptionalLong hour(Path entry) {
    try {
      var start = LocalDateTime.parse(entry.getFileName().toString(), NAME);
      return OptionalLong.of(start.toEpochSecond(ZoneOffset.UTC) / 3600);
    } catch (DateTimeParseException e) {
      return OptionalLong.empty(); // not ours
    }
  }

  static long hourOf(long epochNanos) {
    return Math.floorDiv(epochNanos, HOUR_NANOS);
  }

  /**
   * The index of an hour, open for writing.
   *
   * @param upTo all items up to this one were added to their indexes
   */
  HourIndex writable(long hour, long upTo) throws IOException {
    var open = written.get(hour);
    if (open != null) {
      return open;
    }
    if (written.size() >= MOST_WRITTEN) {
      var eldest = written.firstEntry();
      eldest.getValue().closeToWrite(upTo);
      written.remove(eldest.getKey());
    }
    var index = hours.get(hour);
    if (index == null) {
      var start = LocalDateTime.ofEpochSecond(hour * 3600, 0, ZoneOffset.UTC);
      index = HourIndex.at(folder.resolve(NAME.format(start)), hour);
    }
    index.openToWrite(settled);
    hours.put(hour, index);
    written.put(hour, index);
    return index;
  }

  /** Removes what is in commits of batches that the journal will bring again. */
  void removeUnsettled() throws IOException {
    for (HourIndex index : hours.values()) {
      if (index.holdsMore(settled)) {
        writable(index.hour(), settled);
      }
    }
  }

  void settled(long upTo) {
    settled = upTo;
  }

  /** Those open for writing. */
  List<HourIndex> written() {
    return List.copyOf(written.values());
  }

  /** Takes an index that failed back to its last commit. */
  void rollback(long hour) throws IOException {
    var index = hours.get(hour);
    written.remove(hour);
    if (index != null) {
      index.rollback();
      if (!index.isCommitted()) {
        hours.remove(hour);
        index.delete();
      }
    }
  }

  /** All, newest first. */
  List<HourIndex> newestFirst() {
    return List.copyOf(hours.descendingMap().values());
  }

  /** Those that may hold what lies between, newest first; both ends inclusive. */
  List<HourIndex> between(long firstNanos, long lastNanos) {
    return firstNanos > lastNanos
        ? List.of()
        : List.copyOf(
            hours
                .subMap(hourOf(firstNanos), true, hourOf(lastNanos), true)
                .descendingMap()
                .values());
  }

  /**
   * Asks one of them.
   *
   * @throws QueryTimeoutException if the {@link QueryDeadline} passes before it has answered
   */
  <T> T search(HourIndex index, HourIndex.Search<T> search) {
    QueryDeadline.check();
    T answer = index.search(searcher -> inTime(searcher, search));
    closeLongUnread(index);
    return answer;
  }

  private static <T> T inTime(IndexSearcher searcher, HourIndex.Search<T> search)
      throws IOException {
    var limited = new IndexSearcher(searcher.getIndexReader());
    limited.setQueryCache(null);
    limited.setTimeout(QueryDeadline::isOver);
    T answer = search.in(limited);
    if (limited.timedOut()) {
      throw new QueryTimeoutException();
    }
    return answer;
  }

  private void closeLongUnread(HourIndex justRead) {
    synchronized (read) {
      read.put(justRead.hour(), justRead);
      if (read.size() > MOST_READ) {
        try {
          read.pollFirstEntry().getValue().closeToRead();
        } catch (IOException e) {
          throw new StoreException("cannot close an index in " + folder + ": " + e.getMessage(), e);
        }
      }
    }
  }

  /** Removes all hours before that one. */
  void dropBefore(long hour) throws IOException {
    for (HourIndex old : List.copyOf(hours.headMap(hour).values())) {
      hours.remove(old.hour());
      written.remove(old.hour());
      synchronized (read) {
        read.remove(old.hour());
      }
      old.delete();
    }
  }

  /** Commits those that are written. */
  void closeToWrite(long upTo) throws IOException {
    for (HourIndex index : written()) {
      index.closeToWrite(upTo);
      written.remove(index.hour());
    }
  }

  /** Closes all as they were committed. */
  void close() throws IOException {
    for (HourIndex index : hours.values()) {
      index.close();
    }
    hours.clear();
    written.clear();
  }
}
