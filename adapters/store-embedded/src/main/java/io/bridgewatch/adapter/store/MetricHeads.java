package io.bridgewatch.adapter.store;

import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.MetricKind;
import io.bridgewatch.model.SampleBatch;
import io.bridgewatch.model.SeriesKey;
import io.bridgewatch.ports.MetricStore;
import io.bridgewatch.ports.MetricStore.Appended;
import io.bridgewatch.ports.MetricStore.Rejection;
import io.bridgewatch.ports.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Takes samples in: to the log, to the heads of their series, and from there into chunks.
 *
 * <p>A batch is written to the log and then added, slice by slice, under the lock; then the disk is
 * waited for, by one thread for all. A log that is too long is shortened by the thread that made it
 * so: the samples of its oldest segment are put in chunks.
 *
 * <p>Properties kept: records of the log are added in their order; a segment is deleted once the
 * disk has all its samples in chunks; reading the log again adds nothing twice, because a series
 * knows the last record that is whole in its chunks, and a sample that is known already changes
 * nothing.
 */
final class MetricHeads implements AutoCloseable {

  private static final int SLICE = 2048;
  private static final int SERIES_AT_ONCE = 256;

  /** Late samples of a series that are kept apart before they become a chunk. */
  private static final int MOST_LATE_APART = 64;

  private static final long ANY_AGE = Long.MAX_VALUE;
  private static final int NONE_BEFORE = -1;
  private static final long LATE_MILLIS = MetricStore.MOST_LATE.toMillis();
  private static final long AHEAD_MILLIS = MetricStore.MOST_AHEAD.toMillis();

  private static final SeriesKey NO_KEY =
      new SeriesKey(Attributes.none(), "", "", MetricKind.GAUGE, Attributes.none());

  private final MetricSettings settings;
  private final InstantSource clock;
  private final MetricIndex index;
  private final MetricChunks chunks;
  private final MetricLog log;
  private final Recovery recovery;
  private final ReentrantLock lock = new ReentrantLock();
  private final ReentrantLock shortening = new ReentrantLock();

  // all below are guarded by the lock

  private final MetricRecord record = new MetricRecord();
  private final @Nullable MetricSeries[] sliceSeries = new MetricSeries[SLICE];
  private final int[] slicePlaces = new int[SLICE];

  /** The last record of the log. */
  private long lastRecord;

  /** The last record whose samples are all added. */
  private long addedRecord;

  private long forgotten;

  /** Samples that are in no chunk. */
  private long open;

  /**
   * What opening found.
   *
   * @param samples read from the log
   * @param cutBytes of the log that could not be read
   */
  record Recovery(long samples, long cutBytes) {}

  /** Opens the log and adds what is in it to the series of the index. */
  MetricHeads(
      Path logFolder,
      MetricSettings settings,
      InstantSource clock,
      MetricIndex index,
      MetricChunks chunks)
      throws IOException {
    this.settings = settings;
    this.clock = clock;
    this.index = index;
    this.chunks = chunks;
    this.forgotten = chunks.load(index);
    for (MetricSeries series : index.all()) {
      lastRecord = Math.max(lastRecord, series.chunkedUpTo);
    }
    long[] samples = {0};
    var gone = new HashMap<Integer, MetricSeries>();
    var opened =
        MetricLog.open(
            logFolder,
            settings.segmentBytes(),
            (segment, in) -> samples[0] += replay(segment, in, gone));
    log = opened.log();
    recovery = new Recovery(samples[0], opened.cutBytes());
    index.removeIf(MetricSeries::isEmpty);
    chunks.write();
    addedRecord = lastRecord;
  }

  Recovery recovery() {
    return recovery;
  }

  /** Returns how many samples the record has. */
  private long replay(long segment, ByteSource in, Map<Integer, MetricSeries> gone) {
    long number = in.unsigned();
    lastRecord = Math.max(lastRecord, number);
    addedRecord = number - 1;
    int definitionCount = in.count();
    for (int i = 0; i < definitionCount; i++) {
      int id = in.count();
      byte[] key = in.raw(in.count());
      if (index.find(id) == null) {
        index.add(id, SeriesKeys.decode(key)).isDefined = true;
      }
    }
    int count = in.count();
    int id = 0;
    long time = 0;
    for (int i = 0; i < count; i++) {
      int first = in.octet();
      if (first == ByteSink.OTHER) {
        id += (int) in.signed();
        time += in.signed();
        first = in.octet();
      } else {
        id++;
      }
      var series = index.find(id);
      if (series == null) { // forgotten since; yet its values follow on one another
        series = gone.computeIfAbsent(id, unknown -> new MetricSeries(unknown, NO_KEY));
      }
      long bits = in.value(first, series.loggedSegment == segment ? series.loggedBits : 0);
      series.loggedSegment = segment;
      series.loggedBits = bits;
      if (series.isDefined && number > series.chunkedUpTo && time >= forgotten) {
        add(series, time, bits, segment);
        series.newestLogged = Math.max(series.newestLogged, time);
      }
    }
    return count;
  }

  /**
   * Adds what can be kept; it is on the disk when this returns.
   *
   * @throws StoreException if nothing can be kept at present
   */
  Appended append(SampleBatch batch) {
    var rejected = new EnumMap<Rejection, Integer>(Rejection.class);
    append(batch, LATE_MILLIS, rejected);
    return appended(batch, rejected);
  }

  private static Appended appended(SampleBatch batch, Map<Rejection, Integer> rejected) {
    int lost = rejected.values().stream().mapToInt(Integer::intValue).sum();
    return new Appended(batch.size() - lost, rejected);
  }

  private void append(SampleBatch batch, long mostLateMillis, Map<Rejection, Integer> rejected) {
    long logged = 0;
    for (int from = 0; from < batch.size(); from += SLICE) {
      lock.lock();
      try {
        int to = Math.min(batch.size(), from + SLICE);
        logged = Math.max(logged, append(batch, from, to, mostLateMillis, rejected));
      } finally {
        lock.unlock();
      }
    }
    if (logged > 0) {
      log.sync(logged);
      shortenLog();
    }
  }

  /** Returns the place in the log that the disk must have, or 0. */
  private long append(
      SampleBatch batch, int from, int to, long mostLateMillis, Map<Rejection, Integer> rejected) {
    chunks.write(); // what could not be written before
    log.roll();
    record.clear();
    int count = 0;
    long latest = clock.millis() + AHEAD_MILLIS;
    int id = 0;
    for (int i = from; i < to; i++) {
      var series = index.find(batch.key(i), id);
      var reason = reason(series, batch.time(i), latest, mostLateMillis);
      if (reason.isPresent()) {
        rejected.merge(reason.get(), 1, Integer::sum);
        continue;
      }
      if (series == null) {
        series = index.add(batch.key(i));
      }
      id = series.id;
      long bits = Double.doubleToRawLongBits(batch.value(i));
      record.add(series, batch.time(i), bits, log.segment());
      sliceSeries[count] = series;
      slicePlaces[count++] = i;
    }
    if (count == 0) {
      return 0;
    }
    long place = record.write(log, lastRecord + 1);
    lastRecord++;
    for (int k = 0; k < count; k++) {
      int i = slicePlaces[k];
      var series = Objects.requireNonNull(sliceSeries[k]);
      long bits = Double.doubleToRawLongBits(batch.value(i));
      if (!add(series, batch.time(i), bits, log.segment())) {
        rejected.merge(Rejection.DUPLICATE, 1, Integer::sum);
      }
    }
    addedRecord = lastRecord;
    chunks.write();
    return place;
  }

  private Optional<Rejection> reason(
      @Nullable MetricSeries series, long time, long latest, long mostLateMillis) {
    if (time > latest) {
      return Optional.of(Rejection.TOO_FAR_AHEAD);
    }
    if (time < forgotten
        || series != null
            && series.newestLogged > time
            && series.newestLogged - time > mostLateMillis) {
      return Optional.of(Rejection.TOO_OLD);
    }
    if (series == null && index.size() >= settings.mostSeries()) {
      return Optional.of(Rejection.TOO_MANY_SERIES);
    }
    return Optional.empty();
  }

  /**
   * Keeps samples of any age: those before what is in no chunk of their series go into chunks at
   * once, the others as any that come late. All is on the disk when this returns.
   *
   * @throws StoreException if not all can be kept at present
   */
  Appended appendPast(SampleBatch batch) {
    var rejected = new EnumMap<Rejection, Integer>(Rejection.class);
    var rest = SampleBatch.builder();
    var all = List.copyOf(Samples.bySeries(batch).entrySet());
    for (int from = 0; from < all.size(); from += SERIES_AT_ONCE) {
      lock.lock();
      try {
        chunks.write(); // so that all that is known is read
        try (var reading = chunks.reading(chunks.partitions())) {
          for (var one : all.subList(from, Math.min(all.size(), from + SERIES_AT_ONCE))) {
            var fitting = fitting(one.getKey(), one.getValue(), rest, rejected);
            if (fitting.size > 0) {
              int others = chunks.put(seriesOf(one.getKey()), fitting, reading);
              rejected.merge(Rejection.DUPLICATE, others, Integer::sum);
            }
          }
        }
        chunks.write();
      } finally {
        lock.unlock();
      }
    }
    if (!all.isEmpty()) {
      chunks.sync();
    }
    append(rest.build(), ANY_AGE, rejected);
    rejected.values().removeIf(count -> count == 0);
    return appended(batch, rejected);
  }

  private MetricSeries seriesOf(SeriesKey key) {
    var known = index.find(key, NONE_BEFORE);
    return known == null ? index.add(key) : known;
  }

  /** Those that may go into chunks at once; there is nothing in memory of their times or before. */
  private Samples fitting(
      SeriesKey key, Samples wanted, SampleBatch.Builder rest, Map<Rejection, Integer> rejected) {
    var series = index.find(key, NONE_BEFORE);
    long end = series != null && series.headCount() > 0 ? series.headStart() : Long.MAX_VALUE;
    long latest = clock.millis() + AHEAD_MILLIS;
    var fitting = new Samples(wanted.size);
    for (int i = 0; i < wanted.size; i++) {
      long time = wanted.times[i];
      var reason = reason(series, time, latest, ANY_AGE);
      if (reason.isPresent()) {
        rejected.merge(reason.get(), 1, Integer::sum);
      } else if (time >= end) {
        rest.add(key, time, Double.longBitsToDouble(wanted.bits[i]));
      } else {
        fitting.add(time, wanted.bits[i]);
      }
    }
    return fitting;
  }

  /** Returns false if another value is known of that time. */
  private boolean add(MetricSeries series, long time, long bits, long segment) {
    if (time == series.newest && !series.isEmpty()) {
      return bits == series.newestBits;
    }
    if (time < series.newest) {
      var known = find(series, time);
      if (known.isPresent()) {
        return known.get() == bits;
      }
    } else if (isFull(series, time)) {
      take(series);
    }
    if (series.open() == 0) {
      series.oldestSegment = segment;
    }
    if (time > series.newest) {
      series.add(time, bits);
      open++;
    } else {
      series.addLate(time, bits);
      open++;
      if (series.lateCount() >= MOST_LATE_APART) {
        take(series);
      }
    }
    return true;
  }

  private boolean isFull(MetricSeries series, long time) {
    return series.headCount() > 0
        && (series.headCount() >= MetricSeries.MOST_IN_HEAD
            || series.headLength() >= settings.headBytesOfEach(index.size())
            || MetricChunks.partition(series.headStart()) != MetricChunks.partition(time));
  }

  /** The value of that time. */
  private Optional<Long> find(MetricSeries series, long time) {
    int late = series.findLate(time);
    if (late >= 0) {
      return Optional.of(series.lateBits(late));
    }
    var samples = new Samples();
    if (series.headCount() > 0 && time >= series.headStart()) {
      series.headSamples(samples);
    } else if (time <= series.newestInChunk) {
      chunks.write();
      try (var reading = chunks.reading(chunks.partitions())) {
        reading.read(series.id, time, time + 1, samples);
      }
      samples.order();
    }
    int at = samples.find(time);
    return at >= 0 ? Optional.of(samples.bits[at]) : Optional.empty();
  }

  private void take(MetricSeries series) {
    open -= series.open();
    chunks.take(series, addedRecord);
  }

  private void shortenLog() {
    if (!shortening.tryLock()) {
      return;
    }
    try {
      while (isLogTooLong()) {
        shortenOnce();
      }
    } finally {
      shortening.unlock();
    }
  }

  private boolean isLogTooLong() {
    lock.lock();
    try {
      return log.bytes() > settings.logBytes() && log.oldestSegment() < log.segment();
    } finally {
      lock.unlock();
    }
  }

  private void shortenOnce() {
    long oldest = log.oldestSegment();
    var all = index.all();
    for (int from = 0; from < all.size(); from += SERIES_AT_ONCE) {
      lock.lock();
      try {
        for (var series : all.subList(from, Math.min(all.size(), from + SERIES_AT_ONCE))) {
          if (series.open() > 0 && series.oldestSegment <= oldest) {
            take(series);
          }
        }
        chunks.write();
      } finally {
        lock.unlock();
      }
    }
    chunks.sync();
    lock.lock();
    try {
      log.delete(oldest);
    } finally {
      lock.unlock();
    }
  }

  /** What of a series is in no chunk, and how far its chunks go. */
  record Snapshot(MetricSeries series, Samples samples, long newestInChunk) {}

  /**
   * @param partitions that have chunks; all samples that are in none of the snapshots are in these
   */
  record Snapshots(List<Snapshot> series, List<Integer> partitions) {}

  /** Of those series that may have samples between the times. */
  Snapshots snapshots(List<MetricSeries> series, long from, long to) {
    var found = new ArrayList<Snapshot>();
    for (int first = 0; first < series.size(); first += SERIES_AT_ONCE) {
      lock.lock();
      try {
        for (var one : series.subList(first, Math.min(series.size(), first + SERIES_AT_ONCE))) {
          if (!one.isEmpty() && one.oldest < to && one.newest >= from) {
            found.add(new Snapshot(one, one.openSamples(), one.newestInChunk));
          }
        }
      } finally {
        lock.unlock();
      }
    }
    lock.lock();
    try {
      return new Snapshots(found, chunks.partitions());
    } finally {
      lock.unlock();
    }
  }

  /** Before which time all is forgotten. */
  long forgotten() {
    lock.lock();
    try {
      return forgotten;
    } finally {
      lock.unlock();
    }
  }

  void forgetBefore(long time) {
    long now;
    lock.lock();
    try {
      if (time <= forgotten) {
        return;
      }
      forgotten = time;
      now = time;
      var gone = index.removeIf(series -> series.newest < time);
      gone.forEach(series -> open -= series.open());
      for (MetricSeries series : index.all()) {
        series.oldest = Math.max(series.oldest, time);
      }
      chunks.forget(gone, time, index.nextId());
    } finally {
      lock.unlock();
    }
    chunks.free(now);
  }

  /**
   * @param oldest time of a sample; {@link Long#MAX_VALUE} if there is none
   */
  record Counts(long series, long samples, long oldest) {}

  Counts counts() {
    var all = index.all();
    lock.lock();
    try {
      long oldest = Long.MAX_VALUE;
      long count = 0;
      for (MetricSeries series : all) {
        if (!series.isEmpty()) {
          oldest = Math.min(oldest, series.oldest);
          count++;
        }
      }
      return new Counts(count, chunks.samples() + open, oldest);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try (chunks) {
      log.close();
    } finally {
      lock.unlock();
    }
  }
}
