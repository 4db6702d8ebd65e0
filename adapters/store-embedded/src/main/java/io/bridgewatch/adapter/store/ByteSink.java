package io.bridgewatch.adapter.store;

import java.util.Arrays;

/**
 * Growing bytes with the numbers of samples in them, for {@link ByteSource} to read back. Integers
 * are variable in length (LEB128, negative ones by zigzag); bits fill bytes from the lowest on.
 */
final class ByteSink {

  /** A value's first byte, see {@link #value}. */
  static final int SAME = 0;

  /** No value's first byte, so that it can say that something else comes first. */
  static final int OTHER = 1;

  static final int WHOLE_STEP = 0x10;
  static final int XOR = 0x20;
  static final int SMALL_STEP = 0x80;

  private static final long MOST_WHOLE = 1L << 53;

  byte[] bytes;
  int length;
  private long pending;
  private int pendingBits;

  ByteSink(int firstSize) {
    bytes = new byte[firstSize];
  }

  /** Goes on behind bytes that were written before. */
  ByteSink(byte[] bytes, int length) {
    this.bytes = bytes;
    this.length = length;
  }

  byte[] copy() {
    return Arrays.copyOf(bytes, length);
  }

  void clear() {
    length = 0;
  }

  private void reserve(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length + bytes.length / 2));
    }
  }

  ByteSink octet(int value) {
    reserve(1);
    bytes[length++] = (byte) value;
    return this;
  }

  ByteSink unsigned(long value) {
    reserve(10);
    long left = value;
    while ((left & ~0x7FL) != 0) {
      bytes[length++] = (byte) (left & 0x7F | 0x80);
      left >>>= 7;
    }
    bytes[length++] = (byte) left;
    return this;
  }

  ByteSink signed(long value) {
    return unsigned(zigzag(value));
  }

  /** The lowest bytes of a number, lowest first. */
  ByteSink fixed(long value, int count) {
    reserve(count);
    for (int i = 0; i < count; i++) {
      bytes[length++] = (byte) (value >>> 8 * i);
    }
    return this;
  }

  ByteSink raw(byte[] more) {
    reserve(more.length);
    System.arraycopy(more, 0, bytes, length, more.length);
    length += more.length;
    return this;
  }

  ByteSink raw(ByteSink more) {
    reserve(more.length);
    System.arraycopy(more.bytes, 0, bytes, length, more.length);
    length += more.length;
    return this;
  }

  /** The lowest bits of a number; {@link #align} before anything else. */
  ByteSink bits(long value, int count) {
    if (count > 32) {
      return bits(value & 0xFFFFFFFFL, 32).bits(value >>> 32, count - 32);
    }
    pending |= (value & (1L << count) - 1) << pendingBits;
    pendingBits += count;
    reserve(8);
    while (pendingBits >= 8) {
      bytes[length++] = (byte) pending;
      pending >>>= 8;
      pendingBits -= 8;
    }
    return this;
  }

  ByteSink align() {
    if (pendingBits > 0) {
      octet((int) pending);
      pending = 0;
      pendingBits = 0;
    }
    return this;
  }

  /**
   * The bits of a value after another: one byte where it is the same or a whole number a little
   * more or less; else a byte that says how many follow, of a step or of what differs.
   */
  ByteSink value(long before, long value) {
    if (value == before) {
      return octet(SAME);
    }
    if (isWhole(value) && isWhole(before)) {
      long step =
          zigzag((long) Double.longBitsToDouble(value) - (long) Double.longBitsToDouble(before));
      if (step <= 0x80) {
        return octet(SMALL_STEP | (int) step - 1);
      }
      int count = (71 - Long.numberOfLeadingZeros(step)) / 8;
      return octet(WHOLE_STEP + count).fixed(step, count);
    }
    long difference = value ^ before;
    int low = Long.numberOfTrailingZeros(difference) / 8;
    int count = 8 - Long.numberOfLeadingZeros(difference) / 8 - low;
    return octet(XOR + 8 * (count - 1) + low).fixed(difference >>> 8 * low, count);
  }

  /** Whether the value is an integer that a double holds exactly, and not negative zero. */
  static boolean isWhole(long bits) {
    double value = Double.longBitsToDouble(bits);
    long whole = (long) value;
    return whole == value && whole < MOST_WHOLE && whole > -MOST_WHOLE && (whole != 0 || bits == 0);
  }

  static long zigzag(long value) {
    return value << 1 ^ value >> 63;
  }
}
