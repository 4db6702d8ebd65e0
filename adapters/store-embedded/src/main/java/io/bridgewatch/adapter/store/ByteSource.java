package io.bridgewatch.adapter.store;

import io.bridgewatch.ports.StoreException;

/** Reads what {@link ByteSink} wrote; bytes that cannot be such give a {@link StoreException}. */
final class ByteSource {

  private final byte[] bytes;
  private final int end;
  private int at;
  private long pending;
  private int pendingBits;

  ByteSource(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  boolean isAtEnd() {
    return at >= end;
  }

  int octet() {
    if (at >= end) {
      throw damaged("end too early");
    }
    return bytes[at++] & 0xFF;
  }

  long unsigned() {
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      int next = octet();
      value |= (long) (next & 0x7F) << shift;
      if ((next & 0x80) == 0) {
        return value;
      }
    }
    throw damaged("hold a number without end");
  }

  long signed() {
    return unzigzag(unsigned());
  }

  /** A number of things that take a byte each at least. */
  int count() {
    long count = unsigned();
    if (count < 0 || count > Integer.MAX_VALUE) {
      throw damaged("count " + count);
    }
    return (int) count;
  }

  long fixed(int count) {
    long value = 0;
    for (int i = 0; i < count; i++) {
      value |= (long) octet() << 8 * i;
    }
    return value;
  }

  byte[] raw(int count) {
    if (count > end - at) {
      throw damaged("end too early");
    }
    var found = new byte[count];
    System.arraycopy(bytes, at, found, 0, count);
    at += count;
    return found;
  }

  long bits(int count) {
    if (count > 32) {
      long low = bits(32);
      return low | bits(count - 32) << 32;
    }
    while (pendingBits < count) {
      pending |= (long) octet() << pendingBits;
      pendingBits += 8;
    }
    long value = pending & (1L << count) - 1;
    pending >>>= count;
    pendingBits -= count;
    return value;
  }

  void align() {
    pending = 0;
    pendingBits = 0;
  }

  long value(long before) {
    return value(octet(), before);
  }

  /** Where the first byte was read already. */
  long value(int first, long before) {
    if (first == ByteSink.SAME) {
      return before;
    }
    if (first >= ByteSink.SMALL_STEP) {
      return stepped(before, first - ByteSink.SMALL_STEP + 1L);
    }
    if (first < ByteSink.XOR) {
      return stepped(before, fixed(first - ByteSink.WHOLE_STEP));
    }
    int sort = first - ByteSink.XOR;
    return before ^ fixed(sort / 8 + 1) << 8 * (sort % 8);
  }

  private static long stepped(long before, long step) {
    double value = (long) Double.longBitsToDouble(before) + unzigzag(step);
    return Double.doubleToRawLongBits(value);
  }

  static long unzigzag(long value) {
    return value >>> 1 ^ -(value & 1);
  }

  private static StoreException damaged(String how) {
    return new StoreException("cannot read samples: their bytes " + how + "; the disk may be bad");
  }
}
