package io.bridgewatch.adapter.store;

import io.bridgewatch.adapter.store.HistoryDb.Family;
import io.bridgewatch.model.Entity;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.Relation;
import io.bridgewatch.model.Topology;
import io.bridgewatch.model.TopologyDelta;
import io.bridgewatch.ports.TopologyHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Topologies of the past: now and then a <em>checkpoint</em> with everything, in pieces, and
 * between them <em>words</em> with what changed.
 *
 * <ol>
 *   <li>A moment is read from the last checkpoint before it and the words since. The last two
 *       checkpoints that were read stay in memory, each with the moment read last, so that going
 *       back and forth near them reads little.
 *   <li>A new checkpoint is due once the words since the last one would cost an eighth as much to
 *       read as the checkpoint itself, or a day has gone by.
 *   <li>Stretches end with the last word; that nothing happened is written every {@link #PULSE} at
 *       most, so that after a crash a stretch may end that much too early.
 * </ol>
 */
final class RocksHistory implements TopologyHistory {

  private static final String WORD = "word";
  private static final String STRETCH = "stretch";

  private static final Duration PULSE = Duration.ofSeconds(5);
  private static final Duration OLDEST = Duration.ofHours(24);
  private static final Duration RETRY = Duration.ofMinutes(1);
  private static final int FEWEST_CHANGES = 20_000;
  private static final int CACHED = 2;

  private final HistoryDb db;
  private final Checkpoints checkpoints;
  private final Map<String, Writer> writers = new ConcurrentHashMap<>();
  private final Map<Base, Read> cache =
      new LinkedHashMap<>(8, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Base, Read> eldest) {
          return size() > CACHED;
        }
      };

  /** Which checkpoint of a cluster. */
  private record Base(String cluster, Instant checkpoint, int number) {}

  /**
   * What was read last from a checkpoint on. Both share what they have in common.
   *
   * @param words how many words after the checkpoint the later topology includes
   */
  private record Read(Topology checkpoint, int words, Topology later) {}

  /** What is known while a stretch is being written. */
  private static final class Writer {
    private Instant from;
    private Instant last;
    private Instant pulse;
    private Chain chain;
    private Optional<Chain> next = Optional.empty();
    private Instant retry = Instant.MIN;
    private int size;

    Writer(Instant at) {
      from = at;
      last = at;
      pulse = at;
      chain = new Chain(at, 0);
    }

    /** Where a checkpoint at that time would stand. */
    Chain after(Instant at) {
      return new Chain(at, at.equals(chain.checkpoint) ? chain.number + 1 : 0);
    }
  }

  /** A checkpoint and the words since. */
  private static final class Chain {
    private final Instant checkpoint;
    private final int number;
    private int words;
    private int changes;

    Chain(Instant checkpoint, int number) {
      this.checkpoint = checkpoint;
      this.number = number;
    }

    byte[] place() {
      return Keys.join(Keys.time(checkpoint), Keys.number(number));
    }
  }

  RocksHistory(HistoryDb db) {
    this.db = db;
    this.checkpoints = new Checkpoints(db);
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
      writer.next = Optional.empty(); // should one be under way, it is older than this
      Chain chain = writer.after(at);
      checkpoints.write(cluster, chain.place(), topology);
      checkpoints.conclude(cluster, chain.place());
      writer.chain = chain;
      writer.last = at;
      writer.size = topology.entities().size();
      pulse(cluster, writer, at);
    }
  }

  /**
   * While it is written, what is appended is kept twice, behind the last checkpoint and behind the
   * new one, which counts once it is whole.
   */
  @Override
  public Optional<Runnable> dueCheckpoint(String cluster, Instant now, Topology topology) {
    Writer writer = writer(cluster);
    synchronized (writer) {
      boolean due =
          writer.chain.changes > Math.max(FEWEST_CHANGES, writer.size / 8)
              || writer.chain.checkpoint.plus(OLDEST).isBefore(now);
      if (!due || writer.next.isPresent() || now.isBefore(writer.retry)) {
        return Optional.empty();
      }
      Chain next = writer.after(writer.last);
      writer.next = Optional.of(next);
      writer.retry = now.plus(RETRY);
      return Optional.of(() -> write(cluster, writer, next, topology));
    }
  }

  private void write(String cluster, Writer writer, Chain next, Topology topology) {
    boolean whole = false;
    try {
      whole = checkpoints.write(cluster, next.place(), topology);
    } finally {
      synchronized (writer) {
        if (writer.next.equals(Optional.of(next))) {
          writer.next = Optional.empty();
          if (whole) {
            checkpoints.conclude(cluster, next.place());
            writer.chain = next;
            writer.retry = Instant.MIN;
            writer.size = topology.entities().size();
          }
        }
      }
    }
  }

  private Writer writer(String cluster) {
    Writer writer = writers.get(cluster);
    if (writer == null) {
      throw new IllegalStateException(
          "cannot add to the history of cluster " + cluster + " before its first checkpoint");
    }
    return writer;
  }

  /** Goes on after the last stretch, if it ended just before. */
  private Writer resumed(String cluster, Instant time) {
    List<Stretch> known = heard(cluster);
    if (known.isEmpty()) {
      return new Writer(time);
    }
    Writer writer = new Writer(known.getLast().to());
    writer.from = known.getLast().from();
    writer.chain = new Chain(Instant.MIN, 0);
    checkpoints
        .last(cluster)
        .ifPresent(
            place -> { // it is taken, and words were written behind it
              writer.chain = new Chain(Keys.time(place, 0), Checkpoints.number(place));
              if (writer.last.isBefore(writer.chain.checkpoint)) {
                writer.last = writer.chain.checkpoint;
              }
            });
    return writer;
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

  @Override
  public void append(String cluster, Instant time, TopologyDelta delta) {
    Writer writer = writer(cluster);
    synchronized (writer) {
      Instant at = time.isBefore(writer.last) ? writer.last : time;
      boolean due = !at.isBefore(writer.pulse.plus(PULSE));
      if (delta.isEmpty() && !due) {
        writer.last = at;
        return;
      }
      try (var batch = db.batch()) {
        if (!delta.isEmpty()) {
          byte[] word = encoded(delta);
          batch.put(Family.TOPOLOGY, key(cluster, writer.chain, at), word);
          writer.next.ifPresent(next -> batch.put(Family.TOPOLOGY, key(cluster, next, at), word));
        }
        if (due) {
          pulse(batch, cluster, writer, at);
        }
        batch.commit();
      }
      writer.last = at;
      if (!delta.isEmpty()) {
        note(writer.chain, delta);
        writer.next.ifPresent(next -> note(next, delta));
      }
    }
  }

  private static byte[] key(String cluster, Chain chain, Instant at) {
    return Keys.join(
        Keys.text(cluster, WORD), chain.place(), Keys.time(at), Keys.number(chain.words));
  }

  private static void note(Chain chain, TopologyDelta delta) {
    chain.words++;
    chain.changes += delta.put().size() + delta.removed().size();
    chain.changes += delta.tied().size() + delta.cut().size();
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
  public Optional<Past> at(String cluster, Instant time) {
    Optional<byte[]> known = checkpoints.lastUntil(cluster, time);
    if (known.isEmpty()) {
      return Optional.empty();
    }
    byte[] place = known.get();
    var words = words(cluster, place, time);
    var base = new Base(cluster, Keys.time(place, 0), Checkpoints.number(place));
    Optional<Read> read;
    synchronized (cache) {
      read = Optional.ofNullable(cache.get(base));
    }
    Topology start = read.isPresent() ? read.get().checkpoint() : checkpoints.read(cluster, place);
    boolean goesOn = read.isPresent() && read.get().words() <= words.size();
    Topology moment =
        goesOn
            ? after(read.get().later(), words.subList(read.get().words(), words.size()))
            : after(start, words);
    synchronized (cache) {
      cache.put(base, new Read(start, words.size(), moment));
    }
    return Optional.of(new Past(moment, asOf(cluster, time)));
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

  private static Topology after(Topology start, List<byte[]> words) {
    var merged = TopologyDelta.builder();
    words.forEach(word -> merged.add(delta(word)));
    return start.with(merged.build());
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

  /** Time of the oldest that is known; {@link Instant#MAX} if nothing is. */
  Instant oldest() {
    Instant oldest = Instant.MAX;
    for (String cluster : db.clusters(Family.TOPOLOGY)) {
      List<Stretch> known = heard(cluster);
      if (!known.isEmpty() && known.getFirst().from().isBefore(oldest)) {
        oldest = known.getFirst().from();
      }
    }
    return oldest;
  }

  @Override
  public void forgetBefore(Instant time) {
    for (String cluster : db.clusters(Family.TOPOLOGY)) {
      checkpoints.lastUntil(cluster, time).ifPresent(place -> forget(cluster, place));
    }
  }

  private void forget(String cluster, byte[] place) {
    Instant base = Keys.time(place, 0);
    var stretches = heard(cluster);
    try (var batch = db.batch()) {
      checkpoints.forget(batch, cluster, place);
      byte[] words = Keys.text(cluster, WORD);
      batch.deleteRange(Family.TOPOLOGY, words, Keys.join(words, place));
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
    for (String part : List.of(Checkpoints.PIECE, WORD)) {
      byte[] prefix = Keys.text(cluster, part);
      db.compact(Family.TOPOLOGY, prefix, Keys.join(prefix, place));
    }
  }
}
