package io.bridgewatch.adapter.store;

import io.bridgewatch.adapter.store.HistoryDb.Family;
import io.bridgewatch.model.Exemplar;
import io.bridgewatch.model.MetricKind;
import io.bridgewatch.model.SeriesKey;
import io.bridgewatch.ports.ExemplarStore;
import io.bridgewatch.ports.MetricSelector;
import io.bridgewatch.ports.QueryDeadline;
import io.bridgewatch.ports.StoreException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Exemplars by minute and series: one entry for those of a series within a minute, under the minute
 * and a digest of the series' key. How many a minute has is known in memory, counted when opened.
 *
 * <p>Writes are in the log when they return, so they survive a killed process; the disk has them
 * with the next write that waits for it.
 */
final class RocksExemplars implements ExemplarStore {

  private static final long MINUTE_MILLIS = 60_000;
  private static final int DIGEST_BYTES = 16;
  private static final MetricSelector ALL = new MetricSelector(Optional.empty(), List.of());
  private static final Comparator<Exemplar> BY_TIME =
      Comparator.comparingLong(Exemplar::epochMillis);

  private final HistoryDb db;
  private final int most;

  /** How many each minute has, but for minutes without any. */
  private final TreeMap<Integer, Integer> counts = new TreeMap<>();

  private long total;
  private long forgottenMillis;

  private record Place(int minute, SeriesKey series) {
    byte[] key() {
      byte[] digest = SqliteAudit.sha256().digest(SeriesKeys.encode(series));
      return Keys.join(Keys.number(minute), Arrays.copyOf(digest, DIGEST_BYTES));
    }
  }

  private RocksExemplars(HistoryDb db, int most) {
    this.db = db;
    this.most = most;
  }

  /**
   * @param most how many may be in all
   */
  static RocksExemplars open(HistoryDb db, int most) {
    var store = new RocksExemplars(db, most);
    try (var cursor = db.from(Family.EXEMPLARS, Keys.number(0), end(Integer.MAX_VALUE))) {
      for (; cursor.isValid(); cursor.next()) {
        int count = new Decoder(cursor.value()).count();
        store.counts.merge(minute(cursor.key()), count, Integer::sum);
        store.total += count;
      }
    }
    return store;
  }

  private static int minute(byte[] key) {
    return ByteBuffer.wrap(key).getInt();
  }

  /** After all keys of a minute. */
  private static byte[] end(int minute) {
    return Keys.after(Keys.number(minute));
  }

  @Override
  public synchronized Appended append(List<Exemplar> exemplars) {
    var added = new ArrayList<Exemplar>();
    var rejected = new EnumMap<Rejection, Integer>(Rejection.class);
    var places = new LinkedHashMap<Place, List<Exemplar>>();
    var changed = new LinkedHashMap<Place, List<Exemplar>>();
    var more = new HashMap<Integer, Integer>();
    for (Exemplar one : exemplars) {
      if (one.epochMillis() < forgottenMillis) {
        rejected.merge(Rejection.TOO_OLD, 1, Integer::sum);
        continue;
      }
      var place = new Place(minute(one), one.series());
      var known = places.computeIfAbsent(place, this::read);
      if (known.stream().anyMatch(other -> isSame(other, one))) {
        continue;
      }
      boolean isFull = known.size() >= MOST_PER_MINUTE;
      if (isFull && one.epochMillis() < known.getFirst().epochMillis()) {
        continue; // newer ones are enough
      }
      int ofMinute = counts.getOrDefault(place.minute(), 0) + more.getOrDefault(place.minute(), 0);
      if (isFull) {
        known.removeFirst();
      } else if (ofMinute >= most) {
        rejected.merge(Rejection.TOO_MANY, 1, Integer::sum);
        continue;
      } else {
        more.merge(place.minute(), 1, Integer::sum);
      }
      known.add(one);
      known.sort(BY_TIME);
      added.add(one);
      changed.put(place, known);
    }
    write(changed, more);
    return new Appended(added, rejected);
  }

  private static boolean isSame(Exemplar a, Exemplar b) {
    return a.traceId().equals(b.traceId())
        && a.spanId().equals(b.spanId())
        && Double.compare(a.value(), b.value()) == 0;
  }

  private List<Exemplar> read(Place place) {
    return db.get(Family.EXEMPLARS, place.key())
        .map(bytes -> decode(new Decoder(bytes), ALL))
        .orElseGet(ArrayList::new);
  }

  private void write(Map<Place, List<Exemplar>> changed, Map<Integer, Integer> more) {
    if (changed.isEmpty()) {
      return;
    }
    try (var batch = db.batch()) {
      changed.forEach(
          (place, some) -> batch.put(Family.EXEMPLARS, place.key(), encode(place.series(), some)));
      batch.commitWithNext();
    }
    more.forEach(
        (minute, count) -> {
          counts.merge(minute, count, Integer::sum);
          total += count;
        });
    while (total > most) {
      forgetMinutes(counts.firstKey() + 1);
    }
  }

  /** Forgets whole minutes, those before one. */
  private void forgetMinutes(int before) {
    try (var batch = db.batch()) {
      batch.deleteRange(Family.EXEMPLARS, Keys.number(0), Keys.number(before));
      batch.commitWithNext();
    }
    var gone = counts.headMap(before);
    total -= gone.values().stream().mapToLong(Integer::intValue).sum();
    gone.clear();
  }

  @Override
  public List<Exemplar> select(MetricSelector selector, Instant from, Instant to, int most) {
    var found = new ArrayList<Exemplar>();
    if (!from.isBefore(to)) {
      return found;
    }
    for (int minute : minutes(from, to)) {
      var ofMinute = new ArrayList<Exemplar>();
      try (var cursor = db.from(Family.EXEMPLARS, Keys.number(minute), end(minute))) {
        for (; cursor.isValid(); cursor.next()) {
          QueryDeadline.check();
          for (Exemplar one : decode(new Decoder(cursor.value()), selector)) {
            var time = Instant.ofEpochMilli(one.epochMillis());
            if (!time.isBefore(from) && time.isBefore(to)) {
              ofMinute.add(one);
            }
          }
        }
      }
      ofMinute.sort(BY_TIME.reversed());
      found.addAll(ofMinute.subList(0, Math.min(ofMinute.size(), most - found.size())));
      if (found.size() == most) {
        break;
      }
    }
    return found;
  }

  /** Those with exemplars, newest first. */
  private synchronized List<Integer> minutes(Instant from, Instant to) {
    return List.copyOf(
        counts.subMap(minute(from), true, minute(to), true).descendingMap().keySet());
  }

  private static int minute(Instant time) {
    return (int)
        Math.clamp(Math.floorDiv(time.getEpochSecond(), 60L), 0, (long) Integer.MAX_VALUE - 1);
  }

  private static int minute(Exemplar exemplar) {
    return (int) Math.min(exemplar.epochMillis() / MINUTE_MILLIS, Integer.MAX_VALUE - 1);
  }

  @Override
  public synchronized void forgetBefore(Instant time) {
    if (time.isBefore(Instant.ofEpochMilli(forgottenMillis))) {
      return;
    }
    forgottenMillis = Math.max(forgottenMillis, ceilMillis(time));
    int minute = minute(time);
    if (!counts.headMap(minute).isEmpty()) {
      forgetMinutes(minute);
      db.compact(Family.EXEMPLARS, Keys.number(0), Keys.number(minute));
    }
    cut(minute);
  }

  private static long ceilMillis(Instant time) {
    if (time.isAfter(Instant.ofEpochMilli(Long.MAX_VALUE - 1))) {
      return Long.MAX_VALUE;
    }
    long millis = time.toEpochMilli();
    return Instant.ofEpochMilli(millis).isBefore(time) ? millis + 1 : millis;
  }

  /** Forgets what is older of the minute within which all before is forgotten. */
  private void cut(int minute) {
    if (!counts.containsKey(minute)) {
      return;
    }
    int left = 0;
    try (var batch = db.batch();
        var cursor = db.from(Family.EXEMPLARS, Keys.number(minute), end(minute))) {
      for (; cursor.isValid(); cursor.next()) {
        var kept = decode(new Decoder(cursor.value()), ALL);
        int before = kept.size();
        kept.removeIf(one -> one.epochMillis() < forgottenMillis);
        left += kept.size();
        if (kept.isEmpty()) {
          batch.delete(Family.EXEMPLARS, cursor.key());
        } else if (kept.size() < before) {
          batch.put(Family.EXEMPLARS, cursor.key(), encode(kept.getFirst().series(), kept));
        }
      }
      batch.commitWithNext();
    }
    total += left - counts.getOrDefault(minute, 0);
    if (left == 0) {
      counts.remove(minute);
    } else {
      counts.put(minute, left);
    }
  }

  /** The beginning of the oldest minute; {@link Instant#MAX} if there is none. */
  synchronized Instant oldest() {
    return counts.isEmpty() ? Instant.MAX : Instant.ofEpochSecond(60L * counts.firstKey());
  }

  /** About how much room they take on disk. */
  long bytes() {
    return db.bytes(Family.EXEMPLARS);
  }

  private static byte[] encode(SeriesKey series, List<Exemplar> some) {
    var out = new Encoder();
    out.unsigned(some.size()).plain(series.metric());
    out.plain(series.unit()).text(series.kind().name());
    out.attributes(series.resource()).attributes(series.point());
    for (Exemplar one : some) {
      out.unsigned(one.epochMillis()).real(one.value());
      out.text(one.traceId()).text(one.spanId()).attributes(one.labels());
    }
    return out.bytes();
  }

  /** Nothing if the series is not meant. */
  private static List<Exemplar> decode(Decoder in, MetricSelector selector) {
    var found = new ArrayList<Exemplar>();
    int count = in.count();
    String metric = in.plain();
    if (selector.metric().isPresent() && !selector.metric().get().equals(metric)) {
      return found; // most are another's, and need not be read
    }
    String unit = in.plain();
    MetricKind kind = kind(in.text());
    var resource = in.attributes();
    var series = new SeriesKey(resource, metric, unit, kind, in.attributes());
    if (selector.accepts(series)) {
      for (int i = 0; i < count; i++) {
        found.add(
            new Exemplar(series, in.unsigned(), in.real(), in.text(), in.text(), in.attributes()));
      }
    }
    return found;
  }

  private static MetricKind kind(String name) {
    try {
      return MetricKind.valueOf(name);
    } catch (IllegalArgumentException e) {
      throw new StoreException(
          "cannot read an exemplar: its series has the unknown kind "
              + name
              + "; a newer release wrote it, start that one",
          e);
    }
  }
}
