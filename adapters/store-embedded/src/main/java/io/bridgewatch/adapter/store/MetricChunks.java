package io.bridgewatch.adapter.store;

import io.bridgewatch.adapter.store.MetricDb.Family;
import io.bridgewatch.model.SeriesKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The chunks of all series on disk, in partitions of six hours, so that the oldest go at once. A
 * chunk's key ends with its last time: what is asked for is mostly the end of a partition.
 *
 * <p>Writes are gathered until {@link #write}. Guarded by the store's lock, except for reading with
 * a {@link Reading}.
 */
final class MetricChunks implements AutoCloseable {

  static final long PARTITION_MILLIS = 6 * 3_600_000L;

  private static final byte[] FORGOTTEN = "forgotten".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NEXT_ID = "next".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] PARTITIONS = {'p'};
  private static final byte[] END = {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0};

  private final MetricDb db;
  private final MetricDb.Batch batch;

  /** How many samples each has. */
  private final NavigableMap<Integer, Long> partitions = new TreeMap<>();

  private final Set<Integer> altered = new TreeSet<>();

  MetricChunks(MetricDb db) {
    this.db = db;
    this.batch = db.batch();
  }

  /** Puts all series there are in the index; returns before which time all is forgotten. */
  long load(MetricIndex index) {
    try (var cursor = db.cursor(Family.SERIES, END)) {
      for (cursor.seek(new byte[0]); cursor.isValid(); cursor.next()) {
        SeriesKey key = SeriesKeys.decode(cursor.value());
        var series = index.add(ByteBuffer.wrap(cursor.key()).getInt(), key);
        series.isDefined = true;
        series.isInDictionary = true;
      }
    }
    try (var cursor = db.cursor(Family.STATES, END)) {
      for (cursor.seek(new byte[0]); cursor.isValid(); cursor.next()) {
        var series = index.find(ByteBuffer.wrap(cursor.key()).getInt());
        if (series != null) {
          readState(series, cursor.value());
        }
      }
    }
    try (var cursor = db.cursor(Family.FACTS, END)) {
      cursor.seek(PARTITIONS);
      for (; cursor.isValid() && cursor.key()[0] == PARTITIONS[0]; cursor.next()) {
        partitions.put(
            ByteBuffer.wrap(cursor.key()).getInt(1), ByteBuffer.wrap(cursor.value()).getLong());
      }
    }
    db.get(Family.FACTS, NEXT_ID).ifPresent(id -> index.reserve(ByteBuffer.wrap(id).getInt()));
    return db.get(Family.FACTS, FORGOTTEN).map(time -> ByteBuffer.wrap(time).getLong()).orElse(0L);
  }

  /** What the chunks hold: of what is in none the log tells. */
  private static byte[] state(MetricSeries series) {
    return new ByteSink(32)
        .unsigned(series.chunkedUpTo)
        .unsigned(series.newestInChunk)
        .unsigned(series.newestInChunk - series.oldest)
        .unsigned(0) // how much newer than the chunks
        .fixed(series.newestBitsInChunk, 8)
        .copy();
  }

  private static void readState(MetricSeries series, byte[] bytes) {
    var in = new ByteSource(bytes, 0, bytes.length);
    series.chunkedUpTo = in.unsigned();
    series.newest = in.unsigned();
    series.newestLogged = series.newest;
    series.oldest = series.newest - in.unsigned();
    series.newestInChunk = series.newest - in.unsigned();
    series.newestBits = in.fixed(8);
    series.newestBitsInChunk = series.newestBits;
  }

  static int partition(long time) {
    return (int) (time / PARTITION_MILLIS);
  }

  /** The latest time up to which whole partitions lie before a time. */
  static long wholeBefore(long time) {
    return time - time % PARTITION_MILLIS;
  }

  private static long start(int partition) {
    return partition * PARTITION_MILLIS;
  }

  private static byte[] key(int partition, int id, long end) {
    return ByteBuffer.allocate(12)
        .putInt(partition)
        .putInt(id)
        .putInt((int) (end - start(partition)))
        .array();
  }

  /** The partition alone: before all its keys. */
  private static byte[] key(int partition) {
    return ByteBuffer.allocate(4).putInt(partition).array();
  }

  private static byte[] key(MetricSeries series) {
    return ByteBuffer.allocate(4).putInt(series.id).array();
  }

  /**
   * Puts the samples that are in no chunk yet into chunks.
   *
   * @param record up to which, and with, the log's records are all added
   */
  void take(MetricSeries series, long record) {
    var samples = series.openSamples();
    long headStart = series.headCount() > 0 ? series.headStart() : Long.MAX_VALUE;
    int from = 0;
    while (from < samples.size) {
      int partition = partition(samples.times[from]);
      boolean isLate = samples.times[from] < headStart;
      int to = from + 1;
      while (to < samples.size
          && to - from < MetricSeries.MOST_IN_HEAD
          && partition(samples.times[to]) == partition
          && samples.times[to] < headStart == isLate) {
        to++;
      }
      put(series, samples, from, to);
      from = to;
    }
    series.chunked(samples);
    series.chunkedUpTo = record;
    series.clearOpen();
    describe(series);
  }

  /**
   * Puts what a series does not have yet into chunks of their own, of which the log need not know.
   *
   * @param wanted in any order, all before the head of the series; of one time the first counts
   * @param known the chunks as they were written last
   * @return of how many of them another value is known
   */
  int put(MetricSeries series, Samples wanted, Reading known) {
    var all = series.openSamples();
    known.read(series.id, wanted.earliest(), wanted.latest() + 1, all);
    all.order();
    int others = 0;
    var fresh = new Samples(wanted.size);
    for (int i = 0; i < wanted.size; i++) {
      int at = all.find(wanted.times[i]);
      if (at < 0) {
        all.insert(wanted.times[i], wanted.bits[i]);
        fresh.add(wanted.times[i], wanted.bits[i]);
      } else if (all.bits[at] != wanted.bits[i]) {
        others++;
      }
    }
    if (fresh.size > 0) {
      fresh.order();
      put(series, fresh);
    }
    return others;
  }

  private void put(MetricSeries series, Samples samples) {
    int from = 0;
    while (from < samples.size) {
      int to = from + 1;
      while (to < samples.size
          && to - from < MetricSeries.MOST_IN_HEAD
          && partition(samples.times[to]) == partition(samples.times[from])) {
        to++;
      }
      put(series, samples, from, to);
      from = to;
    }
    series.chunked(samples);
    describe(series);
  }

  /** They must be of one partition. */
  private void put(MetricSeries series, Samples samples, int from, int to) {
    int partition = partition(samples.times[from]);
    batch.put(
        Family.CHUNKS,
        key(partition, series.id, samples.times[to - 1]),
        Chunks.encode(samples, from, to));
    partitions.merge(partition, (long) to - from, Long::sum);
    altered.add(partition);
  }

  private void describe(MetricSeries series) {
    if (!series.isInDictionary) {
      batch.put(Family.SERIES, key(series), SeriesKeys.encode(series.key));
      series.isInDictionary = true;
    }
    batch.put(Family.STATES, key(series), state(series));
  }

  /** Writes what was taken; {@link #sync} brings it to the disk. */
  void write() {
    for (int partition : altered) {
      putCount(partition);
    }
    batch.write();
    altered.clear();
  }

  private static byte[] factKey(int partition) {
    return ByteBuffer.allocate(5).put(PARTITIONS).putInt(partition).array();
  }

  private void putCount(int partition) {
    long count = partitions.getOrDefault(partition, 0L);
    batch.put(Family.FACTS, factKey(partition), ByteBuffer.allocate(8).putLong(count).array());
  }

  void sync() {
    db.sync();
  }

  long samples() {
    return partitions.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Forgets these series, and all partitions that end before a time. */
  void forget(List<MetricSeries> series, long before, int nextId) {
    for (MetricSeries one : series) {
      batch.delete(Family.SERIES, key(one));
      batch.delete(Family.STATES, key(one));
    }
    batch.put(Family.FACTS, FORGOTTEN, ByteBuffer.allocate(8).putLong(before).array());
    batch.put(Family.FACTS, NEXT_ID, ByteBuffer.allocate(4).putInt(nextId).array());
    var gone = partitions.headMap(partition(before));
    for (int partition : gone.keySet()) {
      batch.delete(Family.FACTS, factKey(partition));
    }
    if (!gone.isEmpty()) {
      batch.deleteRange(Family.CHUNKS, key(0), key(partition(before)));
    }
    altered.removeAll(gone.keySet());
    gone.clear();
    write();
    sync();
  }

  /** Gives the space of forgotten partitions back to the disk; needs no lock. */
  void free(long before) {
    db.free(Family.CHUNKS, key(0), key(partition(before)));
  }

  /** Reads chunks as they are when it is made. Must be closed. */
  final class Reading implements AutoCloseable {
    private final MetricDb.Cursor cursor = db.cursor(Family.CHUNKS, END);
    private final List<Integer> known;

    private Reading(List<Integer> known) {
      this.known = known;
    }

    /** Something to do with a chunk; returns whether to go on. */
    private interface Visitor {
      boolean visit(long end, byte[] chunk);
    }

    private void visit(int id, long from, long to, Visitor visitor) {
      for (int partition : known) {
        if (partition < partition(from) || partition > partition(to - 1)) {
          continue;
        }
        cursor.seek(key(partition, id, Math.max(from, start(partition))));
        while (cursor.isValid()) {
          var key = ByteBuffer.wrap(cursor.key());
          if (key.getInt() != partition || key.getInt() != id) {
            break;
          }
          if (!visitor.visit(start(partition) + key.getInt(), cursor.value())) {
            return;
          }
          cursor.next();
        }
      }
    }

    /** Adds the samples of all chunks that have some between the times, in no order. */
    void read(int id, long from, long to, Samples into) {
      visit(
          id,
          from,
          to,
          (end, chunk) -> {
            if (Chunks.start(chunk, end) < to) {
              Chunks.decode(chunk, end, into);
            }
            return true;
          });
    }

    /** Whether there are samples between the times. */
    boolean has(int id, long from, long to) {
      var found = new boolean[1];
      visit(
          id,
          from,
          to,
          (end, chunk) -> {
            long start = Chunks.start(chunk, end);
            found[0] = end < to || start >= from && start < to;
            if (!found[0] && start < to) {
              var samples = new Samples();
              Chunks.decode(chunk, end, samples);
              int first = samples.firstAtOrAfter(from);
              found[0] = first < samples.size && samples.times[first] < to;
            }
            return !found[0];
          });
      return found[0];
    }

    @Override
    public void close() {
      cursor.close();
    }
  }

  /** Partitions that have something, for a {@link Reading}. */
  List<Integer> partitions() {
    return new ArrayList<>(partitions.keySet());
  }

  /** Needs no lock. */
  Reading reading(List<Integer> partitions) {
    return new Reading(partitions);
  }

  @Override
  public void close() {
    try (db) {
      batch.close();
    }
  }
}
