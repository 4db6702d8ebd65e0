package io.bridgewatch.engine;

import io.bridgewatch.detect.LogPatternSeries;
import io.bridgewatch.detect.LogPatterns;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.LogPattern;
import io.bridgewatch.model.LogRecord;
import io.bridgewatch.model.SampleBatch;
import io.bridgewatch.model.Severity;
import io.bridgewatch.ports.LogPatternStore;
import io.bridgewatch.ports.MetricStore;
import io.bridgewatch.ports.StoreException;
import io.bridgewatch.ports.Timekeeper;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the log lines that come in apart by the statement that wrote them, and counts them.
 *
 * <ol>
 *   <li>Each line belongs to a pattern of its source ({@link LogSources}, {@link LogPatterns}). A
 *       pattern that was never seen is kept at once, so that a restart does not take it for new.
 *   <li>Every 15 seconds the counts go to the metrics, by pattern and severity ({@link
 *       LogPatternSeries#counted}), at a time within the minute of the lines themselves. Patterns
 *       that changed are kept every five minutes.
 *   <li>Patterns that nobody wrote for as long as log lines are kept are forgotten, which makes
 *       room. Lines that no room was found for, and counts that could not be kept, are counted in
 *       {@link Status}.
 * </ol>
 *
 * <p>What is counted since the last flush is lost when the process is killed. Safe for use by
 * several threads.
 */
public final class LogMining implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LogMining.class);
  private static final Duration FLUSH_EVERY = Duration.ofSeconds(15);
  private static final Duration KEEP_EVERY = Duration.ofMinutes(5);
  private static final Duration FORGET_EVERY = Duration.ofHours(1);
  private static final long MINUTE_MILLIS = 60_000;
  private static final int MOST_WAITING = 200_000;

  private final LogPatternStore store;
  private final MetricStore metrics;
  private final LogSources sources;
  private final Duration keep;
  private final Timekeeper clock;
  private final LogPatterns patterns;
  private final Set<String> changed = new HashSet<>();
  private final Map<Counted, Integer> waiting = new HashMap<>();
  private volatile Optional<Timekeeper.Turns> turns = Optional.empty();

  private Instant kept;
  private Instant forgotten;
  private long lines;
  private long withoutRoom;
  private long uncounted;

  /** Lines of a minute, its number since 1970-01-01T00:00Z. */
  private record Counted(Attributes source, String id, Severity severity, long minute) {}

  /**
   * Goes on from the patterns that are kept. Nothing is flushed until {@link #start}; {@link
   * #flush} can be called instead.
   *
   * @param keep how long a pattern stays that nobody writes
   * @throws StoreException if the patterns cannot be read
   */
  public LogMining(
      LogPatternStore store,
      MetricStore metrics,
      Discoveries discoveries,
      LogPatterns.Settings settings,
      Duration keep,
      Timekeeper clock) {
    this.store = store;
    this.metrics = metrics;
    this.sources = new LogSources(discoveries);
    this.keep = keep;
    this.clock = clock;
    this.patterns = LogPatterns.restored(settings, store.all());
    this.kept = clock.instant();
    this.forgotten = kept;
  }

  /**
   * Since the start.
   *
   * @param lines that belong to a pattern
   * @param withoutRoom lines that belong to none because there are as many as may be
   * @param uncounted lines whose count could not be kept, as they came more than an hour late or
   *     the store refused
   */
  public record Status(int patterns, int sources, long lines, long withoutRoom, long uncounted) {}

  public void start() {
    turns = Optional.of(clock.every("log-mining", FLUSH_EVERY, FLUSH_EVERY, this::flush));
  }

  public synchronized Status status() {
    return new Status(patterns.size(), patterns.sources(), lines, withoutRoom, uncounted);
  }

  /** All patterns, in the order of their ids. */
  public synchronized List<LogPattern> patterns() {
    return patterns.patterns();
  }

  public synchronized Optional<LogPattern> pattern(String id) {
    return patterns.pattern(id);
  }

  /** Takes lines that are kept and masked. */
  public void take(List<LogRecord> records) {
    var bySource = new ArrayList<Attributes>(records.size());
    records.forEach(record -> bySource.add(sources.of(record.resource())));
    synchronized (this) {
      var isNew = new LinkedHashSet<String>();
      for (int i = 0; i < records.size(); i++) {
        count(bySource.get(i), records.get(i), isNew);
      }
      if (!isNew.isEmpty()) {
        keep(isNew);
      }
    }
  }

  private void count(Attributes source, LogRecord record, Set<String> isNew) {
    LogPatterns.Seen seen = patterns.add(source, record);
    if (seen.id().isEmpty()) {
      withoutRoom++;
      return;
    }
    lines++;
    if (seen.isNew()) {
      isNew.add(seen.id());
    } else {
      changed.add(seen.id());
    }
    long minute = Math.floorDiv(record.epochNanos() / 1_000_000, MINUTE_MILLIS);
    var counted = new Counted(source, seen.id(), record.severity(), minute);
    if (waiting.size() < MOST_WAITING || waiting.containsKey(counted)) {
      waiting.merge(counted, 1, Integer::sum);
    } else {
      uncounted++;
    }
  }

  /** Keeps patterns as they are now; those that could not be are tried again later. */
  private void keep(Set<String> ids) {
    var now = new ArrayList<LogPattern>();
    ids.forEach(id -> patterns.pattern(id).ifPresent(now::add));
    try {
      store.put(now);
      changed.removeAll(ids);
    } catch (StoreException e) {
      LOG.error("cannot keep {} patterns of log lines; it is tried again", ids.size(), e);
      changed.addAll(ids);
    }
  }

  /** Hands counts and changed patterns on. */
  public synchronized void flush() {
    try {
      Instant now = clock.instant();
      count(now);
      if (!now.isBefore(kept.plus(KEEP_EVERY))) {
        keep(Set.copyOf(changed));
        kept = now;
      }
      if (!now.isBefore(forgotten.plus(FORGET_EVERY))) {
        List<String> old = patterns.forgetBefore(now.minus(keep));
        changed.removeAll(old);
        store.remove(old);
        forgotten = now;
      }
    } catch (RuntimeException e) {
      LOG.error("cannot hand on the patterns of log lines; it is tried again", e);
    }
  }

  private void count(Instant now) {
    if (waiting.isEmpty()) {
      return;
    }
    var samples = SampleBatch.builder();
    long sum = 0;
    for (var one : waiting.entrySet()) {
      Counted counted = one.getKey();
      samples.add(
          LogPatternSeries.counted(counted.source, counted.id, counted.severity),
          time(counted.minute, now),
          one.getValue());
      sum += one.getValue();
    }
    try {
      SampleBatch batch = samples.build();
      MetricStore.Appended kept = metrics.append(batch);
      uncounted += kept.accepted() == batch.size() ? 0 : lost(kept, batch.size(), sum);
      waiting.clear();
    } catch (StoreException e) {
      LOG.error("cannot keep the counts of {} log lines; it is tried again", sum, e);
    }
  }

  /** About how many lines stand behind the samples that were not kept. */
  private static long lost(MetricStore.Appended kept, int samples, long lines) {
    return Math.max(1, lines * (samples - kept.accepted()) / samples);
  }

  /**
   * The time of a sample: now in the minute that runs, else one within the lines' own minute that
   * no other flush takes. The former is even and the latter odd, and each rises.
   */
  private static long time(long minute, Instant now) {
    long millis = now.toEpochMilli();
    long start = minute * MINUTE_MILLIS;
    if (millis > start && millis <= start + MINUTE_MILLIS) {
      return Math.max(start + 2, millis - millis % 2);
    }
    long flush = Math.floorMod(millis / 1_000, MINUTE_MILLIS / 2 - 1);
    return start + 1 + 2 * flush;
  }

  /** Hands on what waits still. */
  @Override
  public void close() {
    if (turns.isPresent() && !turns.get().end(Duration.ofMinutes(1))) {
      LOG.warn("handing on the patterns of log lines did not end within a minute");
    }
    flush();
    synchronized (this) {
      keep(Set.copyOf(changed));
    }
  }
}
