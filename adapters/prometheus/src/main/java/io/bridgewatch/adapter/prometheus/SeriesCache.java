package io.bridgewatch.adapter.prometheus;

import io.bridgewatch.model.SeriesKey;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Series by the bytes that name them, so that what came before is found without making a string.
 * Open addressing, linear probing. Not safe for use by several threads.
 */
final class SeriesCache {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int FIRST_SIZE = 256;
  private static final long MIX = 0x9e3779b97f4a7c15L;

  /** A series and when it was seen. */
  static final class Entry {
    private final byte[] text;
    private final int hash;

    /** What the bytes mean at present. */
    SeriesKey key;

    /** Which state of the metadata the key was made with. */
    int metadata;

    /** The page or generation in which it was last seen. */
    long page;

    /** Of its last sample. */
    long epochMillis;

    /** Whether its last sample said its own time. */
    boolean ownTime;

    /** The name as it was exposed, which rules may have changed in the key. */
    String sample = "";

    /** Why none of its samples are used; null if they are. */
    @Nullable IntakeReason dropped;

    /** The last beginning of its count that was told. */
    long createdMillis = Long.MIN_VALUE;

    private Entry(byte[] text, int hash, SeriesKey key) {
      this.text = text;
      this.hash = hash;
      this.key = key;
    }
  }

  private @Nullable Entry[] table = new @Nullable Entry[FIRST_SIZE];
  private int size;

  int size() {
    return size;
  }

  static int hash(byte[] text, int from, int to) {
    long hash = to - from;
    int at = from;
    for (; at + Long.BYTES <= to; at += Long.BYTES) {
      hash = (hash ^ (long) LONGS.get(text, at)) * MIX;
      hash ^= hash >>> 32;
    }
    long rest = 0;
    for (; at < to; at++) {
      rest = rest << 8 | (text[at] & 0xff);
    }
    hash = (hash ^ rest) * MIX;
    return (int) (hash >>> 32);
  }

  @Nullable Entry find(byte[] text, int from, int to, int hash) {
    int mask = table.length - 1;
    for (int slot = hash & mask; ; slot = (slot + 1) & mask) {
      Entry entry = table[slot];
      if (entry == null) {
        return null;
      }
      if (entry.hash == hash && Arrays.equals(entry.text, 0, entry.text.length, text, from, to)) {
        return entry;
      }
    }
  }

  /** Adds what {@link #find} has not found. */
  Entry add(byte[] text, int from, int to, int hash, SeriesKey key) {
    var entry = new Entry(Arrays.copyOfRange(text, from, to), hash, key);
    if (2 * (size + 1) > table.length) {
      grow();
    }
    place(entry);
    size++;
    return entry;
  }

  /** Tells of each entry. */
  void forEach(Consumer<Entry> action) {
    for (Entry entry : table) {
      if (entry != null) {
        action.accept(entry);
      }
    }
  }

  /** Forgets what was not seen in that page, after having told of it. */
  void keepOnly(long page, Consumer<Entry> gone) {
    int kept = 0;
    for (Entry entry : table) {
      if (entry != null && entry.page == page) {
        kept++;
      }
    }
    if (kept == size) {
      return;
    }
    var old = table;
    table = new @Nullable Entry[old.length];
    size = kept;
    for (Entry entry : old) {
      if (entry != null) {
        if (entry.page == page) {
          place(entry);
        } else {
          gone.accept(entry);
        }
      }
    }
  }

  private void grow() {
    var old = table;
    table = new @Nullable Entry[2 * old.length];
    for (Entry entry : old) {
      if (entry != null) {
        place(entry);
      }
    }
  }

  private void place(Entry entry) {
    int mask = table.length - 1;
    int slot = entry.hash & mask;
    while (table[slot] != null) {
      slot = (slot + 1) & mask;
    }
    table[slot] = entry;
  }
}
