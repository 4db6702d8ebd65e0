package io.bridgewatch.adapter.store;

import io.bridgewatch.model.MetricKind;
import io.bridgewatch.model.SampleBatch;
import io.bridgewatch.model.Series;
import io.bridgewatch.model.SeriesKey;
import io.bridgewatch.ports.MetricSelector;
import io.bridgewatch.ports.MetricStore;
import io.bridgewatch.ports.QueryDeadline;
import io.bridgewatch.ports.QueryTooWideException;
import io.bridgewatch.ports.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Samples in memory until there are enough for a chunk ({@link MetricHeads}, with a log of their
 * own), then in RocksDB ({@link MetricChunks}). {@link #forgetBefore} hides what is older at once
 * and frees whole partitions of six hours.
 *
 * <p>Memory: samples in no chunk have {@link MetricSettings#headBytes} together, or 128 bytes a
 * series where that is more; a series takes another kilobyte or so for its key, its place in the
 * index and its state; RocksDB has what {@link MetricDb} says. Safe for use by several threads: one
 * appends at a time, a reader waits for some thousand samples at most.
 */
final class RocksMetrics implements MetricStore, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RocksMetrics.class);

  private final Path folder;
  private final MetricIndex index;
  private final MetricChunks chunks;
  private final MetricHeads heads;

  /** Held for reading while the store is used, because RocksDB must not be used when closed. */
  private final ReadWriteLock use = new ReentrantReadWriteLock();

  private boolean isClosed;

  private RocksMetrics(Path folder, MetricIndex index, MetricChunks chunks, MetricHeads heads) {
    this.folder = folder;
    this.index = index;
    this.chunks = chunks;
    this.heads = heads;
  }

  /**
   * Opens the store in that folder, making it if there is none.
   *
   * @param clock tells what is too far ahead
   * @throws StoreException if it cannot be opened
   */
  static RocksMetrics open(Path folder, MetricSettings settings, InstantSource clock) {
    try {
      EmbeddedStore.createPrivate(folder);
      var index = new MetricIndex();
      var chunks = new MetricChunks(MetricDb.open(folder.resolve("chunks")));
      try {
        var heads = new MetricHeads(folder.resolve("log"), settings, clock, index, chunks);
        long cut = heads.recovery().cutBytes();
        if (cut > 0) {
          LOG.warn(
              "cut {} bytes off the log of samples in {}: a write was not finished when the process"
                  + " or the machine stopped, or the disk is bad; what was acknowledged before is"
                  + " kept",
              cut,
              folder);
        }
        return new RocksMetrics(folder, index, chunks, heads);
      } catch (IOException | RuntimeException e) {
        chunks.close();
        throw e;
      }
    } catch (IOException e) {
      throw new StoreException("cannot open the metrics in " + folder + ": " + e.getMessage(), e);
    }
  }

  /** What opening found in the log. */
  MetricHeads.Recovery recovery() {
    return heads.recovery();
  }

  private <T> T inUse(Supplier<T> work) {
    Lock held = use.readLock();
    held.lock();
    try {
      if (isClosed) {
        throw new StoreException("cannot use the metrics in " + folder + ": they are closed");
      }
      return work.get();
    } finally {
      held.unlock();
    }
  }

  @Override
  public Appended append(SampleBatch batch) {
    return inUse(() -> heads.append(batch));
  }

  @Override
  public Appended appendPast(SampleBatch batch) {
    return inUse(() -> heads.appendPast(batch));
  }

  @Override
  public List<Series> select(MetricSelector selector, Instant from, Instant to, int mostSeries) {
    return inUse(() -> selectNow(selector, from, to, mostSeries));
  }

  private List<Series> selectNow(MetricSelector selector, Instant from, Instant to, int most) {
    long first = Math.max(heads.forgotten(), ceilMillis(from));
    long end = ceilMillis(to);
    var found = new ArrayList<Series>();
    var snapshots = heads.snapshots(matching(selector), first, end);
    try (var reading = chunks.reading(snapshots.partitions())) {
      for (var snapshot : snapshots.series()) {
        QueryDeadline.check();
        var samples = new Samples();
        if (snapshot.newestInChunk() >= first) {
          reading.read(snapshot.series().id, first, end, samples);
        }
        samples.addAll(snapshot.samples());
        samples.order();
        samples.cut(first, end);
        if (samples.size > 0) {
          found.add(
              new Series(
                  snapshot.series().key,
                  Arrays.copyOf(samples.times, samples.size),
                  samples.values()));
          refuse(found.size(), most, selector);
        }
      }
    }
    found.sort(Comparator.comparing(Series::key));
    return found;
  }

  /** By number, as they lie on the disk. */
  private List<MetricSeries> matching(MetricSelector selector) {
    var found = new ArrayList<>(index.find(selector));
    found.sort(Comparator.comparingInt(series -> series.id));
    return found;
  }

  private static void refuse(int found, int most, MetricSelector selector) {
    if (found > most) {
      throw new QueryTooWideException(
          "cannot read more than "
              + most
              + " series at once, and more match "
              + selector
              + "; select by more attributes, or in a shorter time");
    }
  }

  /** The first whole millisecond at or after a time. */
  private static long ceilMillis(Instant time) {
    if (time.isBefore(Instant.EPOCH)) {
      return 0;
    }
    if (time.isAfter(Instant.ofEpochMilli(Long.MAX_VALUE - 1))) {
      return Long.MAX_VALUE;
    }
    long millis = time.toEpochMilli();
    return Instant.ofEpochMilli(millis).isBefore(time) ? millis + 1 : millis;
  }

  @Override
  public List<SeriesKey> series(MetricSelector selector, Instant from, Instant to, int most) {
    return inUse(() -> seriesNow(selector, from, to, most));
  }

  private List<SeriesKey> seriesNow(MetricSelector selector, Instant from, Instant to, int most) {
    long first = Math.max(heads.forgotten(), ceilMillis(from));
    long end = ceilMillis(to);
    var found = new ArrayList<SeriesKey>();
    var snapshots = heads.snapshots(matching(selector), first, end);
    try (var reading = chunks.reading(snapshots.partitions())) {
      for (var snapshot : snapshots.series()) {
        QueryDeadline.check();
        var samples = snapshot.samples();
        int at = samples.firstAtOrAfter(first);
        if (at < samples.size && samples.times[at] < end
            || snapshot.newestInChunk() >= first && reading.has(snapshot.series().id, first, end)) {
          found.add(snapshot.series().key);
          refuse(found.size(), most, selector);
        }
      }
    }
    found.sort(Comparator.naturalOrder());
    return found;
  }

  private record Sort(String name, String unit, MetricKind kind) {}

  @Override
  public List<Metric> metrics(MetricSelector selector) {
    var counts =
        new TreeMap<Sort, Long>(
            Comparator.comparing(Sort::name).thenComparing(Sort::unit).thenComparing(Sort::kind));
    for (MetricSeries series : index.find(selector)) {
      var key = series.key;
      counts.merge(new Sort(key.metric(), key.unit(), key.kind()), 1L, Long::sum);
    }
    var found = new ArrayList<Metric>();
    counts.forEach((sort, n) -> found.add(new Metric(sort.name(), sort.unit(), sort.kind(), n)));
    return found;
  }

  @Override
  public List<String> values(String attribute, MetricSelector selector, int most) {
    var found = new TreeSet<String>();
    for (MetricSeries series : index.find(selector)) {
      series
          .key
          .point()
          .get(attribute)
          .or(() -> series.key.resource().get(attribute))
          .ifPresent(found::add);
    }
    return found.stream().limit(most).toList();
  }

  @Override
  public void forgetBefore(Instant time) {
    inUse(
        () -> {
          heads.forgetBefore(ceilMillis(time));
          return time;
        });
  }

  /** Forgets what is older, but for what shares six hours with that time: so much goes at once. */
  void forgetWholeBefore(Instant time) {
    forgetBefore(Instant.ofEpochMilli(MetricChunks.wholeBefore(ceilMillis(time))));
  }

  Instant oldest() {
    return inUse(this::oldestNow);
  }

  private Instant oldestNow() {
    var counts = heads.counts();
    return counts.series() == 0 ? Instant.MAX : Instant.ofEpochMilli(counts.oldest());
  }

  @Override
  public Extent extent() {
    return inUse(
        () -> {
          var counts = heads.counts();
          return new Extent(counts.series(), counts.samples(), bytes(), oldestNow());
        });
  }

  /** What the files take; one that goes meanwhile counts nothing. */
  long bytes() {
    long bytes = 0;
    for (String part : List.of("chunks", "log")) {
      try (var files = Files.list(folder.resolve(part))) {
        for (Path file : files.toList()) {
          bytes += size(file);
        }
      } catch (IOException e) {
        throw new StoreException("cannot measure " + folder + ": " + e.getMessage(), e);
      }
    }
    return bytes;
  }

  private static long size(Path file) throws IOException {
    try {
      return Files.size(file);
    } catch (NoSuchFileException e) {
      return 0;
    }
  }

  @Override
  public void close() {
    Lock alone = use.writeLock();
    alone.lock();
    try {
      if (!isClosed) {
        isClosed = true;
        heads.close();
      }
    } finally {
      alone.unlock();
    }
  }
}
