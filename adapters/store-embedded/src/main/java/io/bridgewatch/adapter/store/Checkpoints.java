package io.bridgewatch.adapter.store;

import io.bridgewatch.adapter.store.HistoryDb.Family;
import io.bridgewatch.model.Entity;
import io.bridgewatch.model.Relation;
import io.bridgewatch.model.Topology;
import io.bridgewatch.ports.StoreException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whole topologies, each in pieces and with a <em>head</em>, which is written last: without one a
 * checkpoint does not count. Where one stands is its <em>place</em>: its time and a number, which
 * tells several of one time apart.
 */
final class Checkpoints {

  static final String PIECE = "piece";

  private static final String HEAD = "head";
  private static final int PIECE_BYTES = 256 << 10;

  private final HistoryDb db;

  Checkpoints(HistoryDb db) {
    this.db = db;
  }

  static int number(byte[] place) {
    return ByteBuffer.wrap(place, Keys.TIME_BYTES, 4).getInt();
  }

  /**
   * Writes all but the head.
   *
   * @return false if this thread was asked to stop before it was done
   */
  boolean write(String cluster, byte[] place, Topology topology) {
    byte[] prefix = Keys.join(Keys.text(cluster, PIECE), place);
    try (var batch = db.batch()) { // one that was never concluded may have stood here
      batch.deleteRange(Family.TOPOLOGY, prefix, Keys.after(prefix));
      batch.commit();
    }
    var to = new Encoder();
    var pieces = new Pieces(prefix);
    to.unsigned(topology.entities().size());
    for (Entity entity : topology.entities()) {
      to.entity(entity);
      pieces.take(to.piece(PIECE_BYTES));
    }
    var relations = topology.relations();
    to.unsigned(relations.size());
    for (Relation relation : relations) {
      to.relation(relation);
      pieces.take(to.piece(PIECE_BYTES));
    }
    pieces.take(to.piece(0));
    return !pieces.stopped;
  }

  /** Writes one piece after the other. */
  private final class Pieces {
    private final byte[] prefix;
    private int written;
    private boolean stopped;

    Pieces(byte[] prefix) {
      this.prefix = prefix;
    }

    void take(List<byte[]> pieces) {
      for (byte[] piece : pieces) {
        stopped = stopped || Thread.currentThread().isInterrupted();
        if (stopped) {
          return;
        }
        try (var batch = db.batch()) {
          batch.put(Family.TOPOLOGY, Keys.join(prefix, Keys.number(written++)), piece);
          batch.commitWithNext();
        }
      }
    }
  }

  /** Makes a checkpoint count that was written. */
  void conclude(String cluster, byte[] place) {
    byte[] prefix = Keys.join(Keys.text(cluster, PIECE), place);
    int pieces =
        db.last(Family.TOPOLOGY, prefix, Keys.after(prefix))
            .map(last -> 1 + ByteBuffer.wrap(last.getKey(), prefix.length, 4).getInt())
            .orElseThrow(() -> missing());
    try (var batch = db.batch()) {
      batch.put(
          Family.TOPOLOGY,
          Keys.join(Keys.text(cluster, HEAD), place),
          new Encoder().unsigned(pieces).bytes());
      batch.commit();
    }
  }

  private static StoreException missing() {
    return new StoreException("cannot read a checkpoint of the history: a piece of it is missing");
  }

  /** The place of the last one; empty if there is none. */
  Optional<byte[]> last(String cluster) {
    byte[] heads = Keys.text(cluster, HEAD);
    return last(heads, Keys.after(heads));
  }

  /** The place of the last one until that time, inclusive; empty if there is none. */
  Optional<byte[]> lastUntil(String cluster, Instant time) {
    byte[] heads = Keys.text(cluster, HEAD);
    return last(heads, Keys.join(heads, Keys.time(time.plusNanos(1))));
  }

  private Optional<byte[]> last(byte[] heads, byte[] end) {
    return db.last(Family.TOPOLOGY, heads, end)
        .map(Map.Entry::getKey)
        .filter(key -> Keys.startsWith(key, heads))
        .map(key -> Arrays.copyOfRange(key, heads.length, key.length));
  }

  Topology read(String cluster, byte[] place) {
    byte[] head =
        db.get(Family.TOPOLOGY, Keys.join(Keys.text(cluster, HEAD), place))
            .orElseThrow(() -> missing());
    byte[] prefix = Keys.join(Keys.text(cluster, PIECE), place);
    byte[] end = Keys.join(prefix, Keys.number(new Decoder(head).count()));
    try (var cursor = db.from(Family.TOPOLOGY, prefix, end)) {
      var reader = new PieceReader(cursor);
      int size = reader.decoder().count();
      var entities = new ArrayList<Entity>(size);
      for (int left = size; left > 0; left--) {
        entities.add(reader.decoder().entity());
      }
      int count = reader.decoder().count();
      var relations = new ArrayList<Relation>(count);
      var ends = new int[count];
      for (int i = 0; i < count; i++) {
        Decoder from = reader.decoder();
        relations.add(from.relation());
        // the entities were written first, each with a reference of its own
        ends[i] = from.lastRef() < size ? from.lastRef() : Topology.UNKNOWN;
      }
      return Topology.ofSorted(entities, relations, ends);
    }
  }

  /** Forgets those before that place. */
  void forget(HistoryDb.Batch batch, String cluster, byte[] place) {
    for (String part : List.of(HEAD, PIECE)) {
      byte[] prefix = Keys.text(cluster, part);
      batch.deleteRange(Family.TOPOLOGY, prefix, Keys.join(prefix, place));
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
        throw missing();
      }
      return cursor.value();
    }
  }
}
