package io.bridgewatch.adapter.prometheus;

import java.util.Arrays;

/**
 * Snappy's block format, on arrays alone: it is fed by whoever reaches the port, so nothing here
 * goes around the JVM's bounds checks.
 */
final class Snappy {
  private static final int HASH_BITS = 14;
  private static final int LEAST_MATCH = 4;
  private static final int MOST_COPY = 64;
  private static final int WINDOW = 65_535;

  /** A copy of 64 bytes takes three. */
  private static final int MOST_GAIN = 22;

  private Snappy() {}

  /**
   * The length of what the bytes become.
   *
   * @return -1 if they tell none, or more than they can become
   */
  static long length(byte[] compressed) {
    long length = 0;
    for (int i = 0; i < compressed.length && i < 5; i++) {
      length |= (long) (compressed[i] & 0x7f) << (7 * i);
      if (compressed[i] >= 0) {
        return length <= (long) MOST_GAIN * compressed.length ? length : -1;
      }
    }
    return -1;
  }

  /**
   * Decompresses into an array that has room for {@link #length}.
   *
   * @return whether the bytes are what they should be
   */
  static boolean decompress(byte[] compressed, byte[] into) {
    int length = (int) length(compressed);
    int at = 0;
    while (at < compressed.length && compressed[at] < 0) {
      at++;
    }
    at++;
    int out = 0;
    while (at < compressed.length) {
      int tag = compressed[at++] & 0xff;
      int kind = tag & 3;
      int extra = kind == 0 ? Math.max(0, (tag >> 2) - 59) : kind == 3 ? 4 : kind;
      if (extra > compressed.length - at) {
        return false;
      }
      long number = 0;
      for (int i = 0; i < extra; i++) {
        number |= (long) (compressed[at++] & 0xff) << (8 * i);
      }
      if (kind == 0) {
        long literal = 1 + (extra == 0 ? tag >> 2 : number);
        if (literal > compressed.length - at || literal > length - out) {
          return false;
        }
        System.arraycopy(compressed, at, into, out, (int) literal);
        at += (int) literal;
        out += (int) literal;
      } else {
        int copied = kind == 1 ? 4 + ((tag >> 2) & 7) : 1 + (tag >> 2);
        long offset = kind == 1 ? (tag >> 5) << 8 | number : number;
        if (offset == 0 || offset > out || copied > length - out) {
          return false;
        }
        copy(into, out, (int) offset, copied);
        out += copied;
      }
    }
    return out == length;
  }

  private static void copy(byte[] into, int at, int offset, int length) {
    if (offset >= length) {
      System.arraycopy(into, at - offset, into, at, length);
    } else {
      for (int i = at; i < at + length; i++) {
        into[i] = into[i - offset];
      }
    }
  }

  /** Compresses the first bytes of an array: greedy, matches of four bytes and more. */
  static byte[] compress(byte[] bytes, int length) {
    var out = new Output(length);
    out.varint(length);
    var table = new int[1 << HASH_BITS];
    Arrays.fill(table, -1);
    int literal = 0;
    int at = 0;
    while (at + LEAST_MATCH <= length) {
      int four = four(bytes, at);
      int slot = (four * 0x1e35a7bd) >>> (32 - HASH_BITS);
      int candidate = table[slot];
      table[slot] = at;
      if (candidate < 0 || at - candidate > WINDOW || four(bytes, candidate) != four) {
        at++;
        continue;
      }
      int match = LEAST_MATCH;
      while (at + match < length && bytes[candidate + match] == bytes[at + match]) {
        match++;
      }
      out.literal(bytes, literal, at);
      out.copies(at - candidate, match);
      at += match;
      literal = at;
    }
    out.literal(bytes, literal, length);
    return out.toArray();
  }

  private static int four(byte[] bytes, int at) {
    return (bytes[at] & 0xff)
        | (bytes[at + 1] & 0xff) << 8
        | (bytes[at + 2] & 0xff) << 16
        | bytes[at + 3] << 24;
  }

  private static final class Output {
    private final byte[] bytes;
    private int size;

    private Output(int length) {
      bytes = new byte[32 + length + length / 6];
    }

    private void varint(int value) {
      int rest = value;
      while (rest > 0x7f) {
        bytes[size++] = (byte) (rest & 0x7f | 0x80);
        rest >>>= 7;
      }
      bytes[size++] = (byte) rest;
    }

    private void literal(byte[] from, int start, int end) {
      if (start == end) {
        return;
      }
      int last = end - start - 1;
      int extra = last < 60 ? 0 : last < 1 << 8 ? 1 : last < 1 << 16 ? 2 : last < 1 << 24 ? 3 : 4;
      bytes[size++] = (byte) ((extra == 0 ? last : 59 + extra) << 2);
      for (int i = 0; i < extra; i++) {
        bytes[size++] = (byte) (last >>> (8 * i));
      }
      System.arraycopy(from, start, bytes, size, end - start);
      size += end - start;
    }

    private void copies(int offset, int length) {
      for (int rest = length; rest > 0; rest -= MOST_COPY) {
        bytes[size++] = (byte) ((Math.min(rest, MOST_COPY) - 1) << 2 | 2);
        bytes[size++] = (byte) offset;
        bytes[size++] = (byte) (offset >>> 8);
      }
    }

    private byte[] toArray() {
      return Arrays.copyOf(bytes, size);
    }
  }
}
