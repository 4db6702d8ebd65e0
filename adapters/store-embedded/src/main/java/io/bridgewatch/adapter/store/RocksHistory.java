package io.bridgewatch.adapter.store;

import io.bridgewatch.adapter.store.HistoryDb.Family;
import io.bridgewatch.model.Entity;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.Relation;
import io.bridgewatch.model.Topology;
import io.bridgewatch.model.TopologyDelta;
import io.bridgewatch.ports.StoreException;
import io.bridgewatch.ports.TopologyHistory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Topologies of the past: now and then a <em>checkpoint</em> with everything, in pieces, and
 * between them <em>words</em> with what changed.
 *
 * <ol>
 *   <li>A moment is read from the last checkpoint before it and the words since. Both are merged in
 *       their order before anything is built, so that reading takes time in proportion to what
 *       exists.
 *   <li>A new checkpoint is wanted once the words since the last one would cost a quarter as much
 *       to read as the checkpoint itself, or a day has gone by.
 *   <li>A checkpoint counts once its head is written, which comes last.
 *   <li>Stretches end with the last word; that nothing happened is written every {@link #PULSE} at
 *       most, so that after a crash a stretch may end that much too early.
 * </ol>
 */
final class RocksHistory implements TopologyHistory {

  private static final String HEAD = "head";
  private static final String PIECE = "piece";
  private static final String WORD = "word";
  private static final String STRETCH = "stretch";

  private static final int PIECE_BYTES = 256 << 10;
  private static final Duration PULSE = Duration.ofSeconds(5);
  private static final Duration OLDEST = Duration.ofHours(24);
  private static final int FEWEST_CHANGES = 20_000;
  private static final int CACHED = 2;

  private final HistoryDb db;
  private final Map<String, Writer> writers = new ConcurrentHashMap<>();
  private final Map<Moment, Topology> cache =
      new LinkedHashMap<>(8, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Moment, Topology> eldest) {
          return size() > CACHED;
        }
      };

  /** Up to which word of a cluster's a topology was read. */
  private record Moment(String cluster, Instant checkpoint, int number, long words) {}

  /** What is known while a stretch is being written. */
  private static final class Writer {
    private Instant from;
    private Instant last;
    private Instant pulse;
    private Instant checkpoint;
    private int number;
    private int words;
    private int size;
    private int changes;

    Writer(Instant at) {
      from = at;
      last = at;
      pulse = at;
      checkpoint = at;
    }
  }

  RocksHistory(HistoryDb db) {
    this.db = db;
  }

  @Override
  public void checkpoint(String cluster, Instant time, Topology topology) {
    Writer writer = writers.computeIfAbsent(cluster, name -> resumed(name, time));
    synchronized (writer) {
      Instant at = time.isBefore(writer.last) ? writer.last : time;
      if (at.isAfter(writer.last.plus(PULSE))) {
        pulse(cluster, writer, writer.last);
        writer.from = at;
      }
      writer.number = at.equals(writer.checkpoint) ? writer.number + 1 : 0;
      write(cluster, at, writer.number, topology);
      writer.checkpoint = at;
      writer.last = at;
      writer.words = 0;
      writer.changes = 0;
      writer.size = topology.entities().size();
      pulse(cluster, writer, at);
    }
  }

  /** Goes on after the last stretch, if it ended just before. */
  private Writer resumed(String cluster, Instant time) {
    List<Stretch> known = heard(cluster);
    if (known.isEmpty()) {
      return new Writer(time);
    }
    Writer writer = new Writer(known.getLast().to());
    writer.from = known.getLast().from();
    writer.checkpoint = Instant.MIN;
    byte[] heads = Keys.text(cluster, HEAD);
    db.last(Family.TOPOLOGY, heads, Keys.after(heads))
        .map(Map.Entry::getKey)
        .filter(key -> Keys.startsWith(key, heads))
        .ifPresent(
            key -> { // its place is taken, and words were written behind it
              writer.checkpoint = Keys.time(key, heads.length);
              writer.number = number(Arrays.copyOfRange(key, heads.length, key.length));
              if (writer.last.isBefore(writer.checkpoint)) {
                writer.last = writer.checkpoint;
              }
            });
    return writer;
  }

  private static int number(byte[] place) {
    return ByteBuffer.wrap(place, Keys.TIME_BYTES, 4).getInt();
  }

  private void pulse(String cluster, Writer writer, Instant to) {
    try (var batch = db.batch()) {
      pulse(batch, cluster, writer, to);
      batch.commit();
    }
  }

  private static void pulse(HistoryDb.Batch batch, String cluster, Writer writer, Instant to) {
    writer.pulse = to;
    batch.put(
        Family.TOPOLOGY,
        Keys.join(Keys.text(cluster, STRETCH), Keys.time(writer.from)),
        Keys.time(to));
  }

  private void write(String cluster, Instant at, int number, Topology topology) {
    byte[] place = Keys.join(Keys.time(at), Keys.number(number));
    var to = new Encoder();
    int pieces = 0;
    var written = new ArrayList<byte[]>();
    to.unsigned(topology.entities().size());
    for (Entity entity : topology.entities()) {
      to.entity(entity);
      written.addAll(to.piece(PIECE_BYTES));
    }
    var relations = topology.relations();
    to.unsigned(relations.size());
    for (Relation relation : relations) {
      to.relation(relation);
      written.addAll(to.piece(PIECE_BYTES));
    }
    written.addAll(to.piece(0));
    for (byte[] piece : written) {
      try (var batch = db.batch()) {
        batch.put(
            Family.TOPOLOGY,
            Keys.join(Keys.text(cluster, PIECE), place, Keys.number(pieces++)),
            piece);
        batch.commit();
      }
    }
    try (var batch = db.batch()) {
      batch.put(
          Family.TOPOLOGY,
          Keys.join(Keys.text(cluster, HEAD), place),
          new Encoder().unsigned(pieces).bytes());
      batch.commit();
    }
  }

  @Override
  public void append(String cluster, Instant time, TopologyDelta delta) {
    Writer writer = writers.get(cluster);
    if (writer == null) {
      throw new IllegalStateException(
          "cannot add to the history of cluster " + cluster + " before its first checkpoint");
    }
    synchronized (writer) {
      Instant at = time.isBefore(writer.last) ? writer.last : time;
      boolean due = !at.isBefore(writer.pulse.plus(PULSE));
      if (delta.isEmpty() && !due) {
        writer.last = at;
        return;
      }
      try (var batch = db.batch()) {
        if (!delta.isEmpty()) {
          batch.put(
              Family.TOPOLOGY,
              Keys.join(
                  Keys.text(cluster, WORD),
                  Keys.time(writer.checkpoint),
                  Keys.number(writer.number),
                  Keys.time(at),
                  Keys.number(writer.words)),
              encoded(delta));
        }
        if (due) {
          pulse(batch, cluster, writer, at);
        }
        batch.commit();
      }
      writer.last = at;
      writer.words += delta.isEmpty() ? 0 : 1;
      writer.changes += delta.put().size() + delta.removed().size();
      writer.changes += delta.tied().size() + delta.cut().size();
    }
  }

  private static byte[] encoded(TopologyDelta delta) {
    var to = new Encoder();
    to.unsigned(delta.put().size()).unsigned(delta.removed().size());
    to.unsigned(delta.tied().size()).unsigned(delta.cut().size());
    delta.put().forEach(to::entity);
    delta.removed().forEach(to::ref);
    delta.tied().forEach(to::relation);
    delta.cut().forEach(to::relation);
    return to.bytes();
  }

  private static TopologyDelta delta(byte[] bytes) {
    var from = new Decoder(bytes);
    int puts = from.count();
    int removals = from.count();
    int ties = from.count();
    int cuts = from.count();
    var put = new ArrayList<Entity>();
    for (int i = 0; i < puts; i++) {
      put.add(from.entity());
    }
    var removed = new ArrayList<EntityRef>();
    for (int i = 0; i < removals; i++) {
      removed.add(from.ref());
    }
    var tied = new ArrayList<Relation>();
    for (int i = 0; i < ties; i++) {
      tied.add(from.relation());
    }
    var cut = new ArrayList<Relation>();
    for (int i = 0; i < cuts; i++) {
      cut.add(from.relation());
    }
    return new TopologyDelta(put, removed, tied, cut);
  }

  @Override
  public boolean wantsCheckpoint(String cluster, Instant now) {
    Writer writer = writers.get(cluster);
    if (writer == null) {
      return true;
    }
    synchronized (writer) {
      return writer.changes > Math.max(FEWEST_CHANGES, writer.size / 4)
          || writer.checkpoint.plus(OLDEST).isBefore(now);
    }
  }

  @Override
  public Optional<Past> at(String cluster, Instant time) {
    byte[] heads = Keys.text(cluster, HEAD);
    Optional<Map.Entry<byte[], byte[]>> head =
        db.last(Family.TOPOLOGY, heads, Keys.join(heads, Keys.time(time.plusNanos(1))));
    if (head.isEmpty() || !Keys.startsWith(head.get().getKey(), heads)) {
      return Optional.empty();
    }
    byte[] key = head.get().getKey();
    byte[] place = Arrays.copyOfRange(key, heads.length, key.length);
    Instant checkpoint = Keys.time(place, 0);
    var deltas = words(cluster, place, time);
    var moment = new Moment(cluster, checkpoint, number(place), deltas.size());
    Topology known;
    synchronized (cache) {
      known = cache.get(moment);
    }
    if (known == null) {
      known = read(cluster, place, new Decoder(head.get().getValue()).count(), deltas);
      synchronized (cache) {
        cache.put(moment, known);
      }
    }
    return Optional.of(new Past(known, asOf(cluster, time)));
  }

  private Instant asOf(String cluster, Instant time) {
    Instant end = time;
    for (Stretch stretch : heard(cluster)) {
      if (!stretch.from().isAfter(time)) {
        end = stretch.to();
      }
    }
    return time.isBefore(end) ? time : end;
  }

  private List<byte[]> words(String cluster, byte[] place, Instant until) {
    byte[] prefix = Keys.join(Keys.text(cluster, WORD), place);
    var found = new ArrayList<byte[]>();
    byte[] end = Keys.join(prefix, Keys.time(until.plusNanos(1)));
    try (var cursor = db.from(Family.TOPOLOGY, prefix, end)) {
      for (; cursor.isValid(); cursor.next()) {
        found.add(cursor.value());
      }
    }
    return found;
  }

  private Topology read(String cluster, byte[] place, int pieces, List<byte[]> words) {
    var merged = TopologyDelta.builder();
    words.forEach(word -> merged.add(delta(word)));
    TopologyDelta delta = merged.build();
    byte[] prefix = Keys.join(Keys.text(cluster, PIECE), place);
    byte[] end = Keys.join(prefix, Keys.number(pieces));
    try (var cursor = db.from(Family.TOPOLOGY, prefix, end)) {
      var reader = new PieceReader(cursor);
      var entities = new ArrayList<Entity>();
      Decoder from = reader.decoder();
      for (int left = from.count(); left > 0; left--) {
        entities.add(reader.decoder().entity());
      }
      int count = reader.decoder().count();
      var relations = new ArrayList<Relation>(count);
      for (int left = count; left > 0; left--) {
        relations.add(reader.decoder().relation());
      }
      return delta.isEmpty()
          ? Topology.ofSorted(entities, relations)
          : Topology.ofSorted(entities(entities, delta), relations(relations, delta));
    }
  }

  /** Hands out a decoder that has something left to read. */
  private static final class PieceReader {
    private final HistoryDb.Cursor cursor;
    private @Nullable Decoder decoder;

    PieceReader(HistoryDb.Cursor cursor) {
      this.cursor = cursor;
    }

    Decoder decoder() {
      if (decoder == null) {
        decoder = new Decoder(piece());
      } else if (decoder.isAtEnd()) {
        cursor.next();
        decoder.next(piece());
      }
      return decoder;
    }

    private byte[] piece() {
      if (!cursor.isValid()) {
        throw new StoreException(
            "cannot read a checkpoint of the history: a piece of it is missing");
      }
      return cursor.value();
    }
  }

  private static List<Entity> entities(List<Entity> old, TopologyDelta delta) {
    var put = new TreeMap<EntityRef, Entity>();
    delta.put().forEach(entity -> put.put(entity.ref(), entity));
    var removed = new HashSet<>(delta.removed());
    var merged = new ArrayList<Entity>(old.size() + put.size());
    for (Entity entity : old) {
      while (!put.isEmpty() && put.firstKey().compareTo(entity.ref()) < 0) {
        merged.add(put.pollFirstEntry().getValue());
      }
      Entity newer = put.remove(entity.ref());
      if (newer != null) {
        merged.add(newer);
      } else if (!removed.contains(entity.ref())) {
        merged.add(entity);
      }
    }
    merged.addAll(put.values());
    return merged;
  }

  private static List<Relation> relations(List<Relation> old, TopologyDelta delta) {
    var tied = new TreeSet<>(delta.tied());
    var cut = new HashSet<>(delta.cut());
    var merged = new ArrayList<Relation>(old.size() + tied.size());
    for (Relation relation : old) {
      while (!tied.isEmpty() && tied.first().compareTo(relation) < 0) {
        merged.add(tied.pollFirst());
      }
      tied.remove(relation);
      if (!cut.contains(relation)) {
        merged.add(relation);
      }
    }
    merged.addAll(tied);
    return merged;
  }

  @Override
  public List<Stretch> heard(String cluster) {
    byte[] prefix = Keys.text(cluster, STRETCH);
    var found = new ArrayList<Stretch>();
    try (var cursor = db.from(Family.TOPOLOGY, prefix, Keys.after(prefix))) {
      for (; cursor.isValid(); cursor.next()) {
        found.add(
            new Stretch(Keys.time(cursor.key(), prefix.length), Keys.time(cursor.value(), 0)));
      }
    }
    Writer writer = writers.get(cluster);
    if (writer != null && !found.isEmpty()) {
      synchronized (writer) {
        if (found.getLast().from().equals(writer.from)) {
          found.set(found.size() - 1, new Stretch(writer.from, writer.last));
        }
      }
    }
    return found;
  }

  @Override
  public void forgetBefore(Instant time) {
    for (String cluster : db.clusters(Family.TOPOLOGY)) {
      byte[] heads = Keys.text(cluster, HEAD);
      Optional<Map.Entry<byte[], byte[]>> base =
          db.last(Family.TOPOLOGY, heads, Keys.join(heads, Keys.time(time.plusNanos(1))));
      if (base.isPresent() && Keys.startsWith(base.get().getKey(), heads)) {
        byte[] key = base.get().getKey();
        forget(cluster, Arrays.copyOfRange(key, heads.length, key.length));
      }
    }
  }

  private void forget(String cluster, byte[] place) {
    Instant base = Keys.time(place, 0);
    var stretches = heard(cluster);
    try (var batch = db.batch()) {
      for (String part : List.of(HEAD, PIECE, WORD)) {
        byte[] prefix = Keys.text(cluster, part);
        batch.deleteRange(Family.TOPOLOGY, prefix, Keys.join(prefix, place));
      }
      byte[] prefix = Keys.text(cluster, STRETCH);
      for (Stretch stretch : stretches) {
        if (stretch.from().isBefore(base)) {
          batch.delete(Family.TOPOLOGY, Keys.join(prefix, Keys.time(stretch.from())));
          if (!stretch.to().isBefore(base)) {
            batch.put(Family.TOPOLOGY, Keys.join(prefix, Keys.time(base)), Keys.time(stretch.to()));
          }
        }
      }
      batch.commit();
    }
    Writer writer = writers.get(cluster);
    if (writer != null) {
      synchronized (writer) {
        writer.from = writer.from.isBefore(base) ? base : writer.from;
      }
    }
    for (String part : List.of(PIECE, WORD)) {
      byte[] prefix = Keys.text(cluster, part);
      db.compact(Family.TOPOLOGY, prefix, Keys.join(prefix, place));
    }
  }
}
