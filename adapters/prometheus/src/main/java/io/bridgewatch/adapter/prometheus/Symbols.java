package io.bridgewatch.adapter.prometheus;

import java.util.Arrays;

/** Where the strings of a remote write 2.0 request stand in its bytes. */
final class Symbols {
  private static final int MOST = 1_000_000;
  private static final int KEPT = 1 << 16;

  private int[] starts = new int[256];
  private int[] lengths = new int[256];
  private int size;

  void clear() {
    size = 0;
    if (starts.length > KEPT) {
      starts = new int[KEPT];
      lengths = new int[KEPT];
    }
  }

  /**
   * @return whether there was room for it
   */
  boolean add(int start, int length) {
    if (size == MOST) {
      return false;
    }
    if (size == starts.length) {
      starts = Arrays.copyOf(starts, 2 * size);
      lengths = Arrays.copyOf(lengths, 2 * size);
    }
    starts[size] = start;
    lengths[size++] = length;
    return true;
  }

  boolean has(long reference) {
    return reference >= 0 && reference < size;
  }

  int from(int reference) {
    return starts[reference];
  }

  int to(int reference) {
    return starts[reference] + lengths[reference];
  }
}
