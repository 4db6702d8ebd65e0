package io.bridgewatch.adapter.store;

import io.bridgewatch.adapter.store.HistoryDb.Family;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;

/**
 * Carries acknowledged batches over a kill until the index that holds them is committed.
 *
 * <p>Items are numbered in the order in which they came, from 1 on and over restarts; a batch
 * stands under the number of its first item. Not safe for use by several threads.
 */
final class BatchJournal {

  private static final byte[] BATCHES = {0};
  private static final byte[] NEXT = {1};
  private static final byte[] HORIZON = {2};

  private final HistoryDb db;
  private final Family family;

  BatchJournal(HistoryDb db, Family family) {
    this.db = db;
    this.family = family;
  }

  /** What is done with each batch. */
  interface Reader {
    void batch(long first, byte[] batch) throws IOException;
  }

  private static byte[] key(long first) {
    return ByteBuffer.allocate(9).put(BATCHES).putLong(first).array();
  }

  /** When it has returned, the batch survives a crash. */
  void append(long first, byte[] encoded) {
    try (var batch = db.batch()) {
      batch.put(family, key(first), encoded);
      batch.commit();
    }
  }

  /** Takes back what could not be indexed and is not acknowledged. */
  void remove(long first) {
    try (var batch = db.batch()) {
      batch.delete(family, key(first));
      batch.commit();
    }
  }

  /**
   * Drops batches whose items are in committed indexes.
   *
   * @param through the last item of the last such batch
   */
  void trim(long through) {
    try (var batch = db.batch()) {
      batch.deleteRange(family, BATCHES, key(through + 1));
      batch.put(family, NEXT, ByteBuffer.allocate(8).putLong(through + 1).array());
      batch.commit();
    }
  }

  /** The number after all items that were ever dropped. */
  long afterTrimmed() {
    return db.get(family, NEXT).map(bytes -> ByteBuffer.wrap(bytes).getLong()).orElse(1L);
  }

  /** Reads all batches that begin at an item or later, in order. */
  void replay(long from, Reader reader) throws IOException {
    try (var cursor = db.from(family, key(from), NEXT)) {
      while (cursor.isValid()) {
        reader.batch(ByteBuffer.wrap(cursor.key(), 1, 8).getLong(), cursor.value());
        cursor.next();
      }
    }
  }

  /** What is older has been forgotten. */
  Optional<Instant> horizon() {
    return db.get(family, HORIZON).map(bytes -> Keys.time(bytes, 0));
  }

  void horizon(Instant time) {
    try (var batch = db.batch()) {
      batch.put(family, HORIZON, Keys.time(time));
      batch.commit();
    }
  }
}
