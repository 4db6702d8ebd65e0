package io.bridgewatch.adapter.store;

import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;
import org.apache.lucene.util.StringHelper;

/**
 * Which ids were surely not seen yet: Bloom filters (1970), each twice the size of the one before
 * as they fill. An id that was seen is never said to be new; of new ids about one in a hundred is
 * held for seen. Takes about 1.3 to 4 bytes for each id.
 */
final class SeenIds {

  private static final int FIRST_CAPACITY = 1 << 16;
  private static final int BITS_PER_ID = 10;
  private static final int HASHES = 7;

  private final List<FixedBitSet> filters = new ArrayList<>();
  private long capacity = FIRST_CAPACITY / 2;
  private long left;

  /** Remembers it; false if it is surely new. */
  boolean add(BytesRef id) {
    long[] hash = StringHelper.murmurhash3_x64_128(id);
    for (FixedBitSet filter : filters) {
      if (has(filter, hash)) {
        return true;
      }
    }
    if (left == 0) {
      capacity *= 2;
      left = capacity;
      filters.add(new FixedBitSet((int) Math.min(Integer.MAX_VALUE - 64L, capacity * BITS_PER_ID)));
    }
    left--;
    var newest = filters.getLast();
    for (int i = 0; i < HASHES; i++) {
      newest.set(bit(newest, hash, i));
    }
    return false;
  }

  private static boolean has(FixedBitSet filter, long[] hash) {
    for (int i = 0; i < HASHES; i++) {
      if (!filter.get(bit(filter, hash, i))) {
        return false;
      }
    }
    return true;
  }

  private static int bit(FixedBitSet filter, long[] hash, int i) {
    return (int) Long.remainderUnsigned(hash[0] + i * hash[1], filter.length());
  }
}
