package io.bridgewatch.adapter.store;

/**
 * Packs integers that are mostly of one size: either each in as many bytes as it needs, which a
 * compressor below makes less of, or in blocks of as many bits as the block's range needs, offset
 * by its least; whichever is less.
 */
final class Integers {

  private static final int BLOCK = 64;
  private static final int BYTES = 0;
  private static final int BLOCKS = 1;

  private Integers() {}

  static void write(ByteSink out, long[] values, int count) {
    boolean blocks = bytesInBlocks(values, count) < bytesOneByOne(values, count);
    out.octet(blocks ? BLOCKS : BYTES);
    if (!blocks) {
      for (int i = 0; i < count; i++) {
        out.signed(values[i]);
      }
      return;
    }
    for (int from = 0; from < count; from += BLOCK) {
      int to = Math.min(count, from + BLOCK);
      long least = least(values, from, to);
      int width = width(values, from, to, least);
      out.signed(least).octet(width);
      for (int i = from; i < to; i++) {
        out.bits(values[i] - least, width);
      }
      out.align();
    }
  }

  static void read(ByteSource in, long[] values, int count) {
    if (in.octet() == BYTES) {
      for (int i = 0; i < count; i++) {
        values[i] = in.signed();
      }
      return;
    }
    for (int from = 0; from < count; from += BLOCK) {
      int to = Math.min(count, from + BLOCK);
      long least = in.signed();
      int width = in.octet();
      for (int i = from; i < to; i++) {
        values[i] = least + in.bits(width);
      }
      in.align();
    }
  }

  /** How many bytes {@link #write} takes, roughly. */
  static long bytes(long[] values, int count) {
    return Math.min(bytesInBlocks(values, count), bytesOneByOne(values, count));
  }

  private static long bytesInBlocks(long[] values, int count) {
    long bytes = 0;
    for (int from = 0; from < count; from += BLOCK) {
      int to = Math.min(count, from + BLOCK);
      long least = least(values, from, to);
      bytes += bytes(least) + 1 + (width(values, from, to, least) * (long) (to - from) + 7) / 8;
    }
    return bytes;
  }

  private static long bytesOneByOne(long[] values, int count) {
    long bytes = 0;
    for (int i = 0; i < count; i++) {
      bytes += bytes(values[i]);
    }
    return bytes;
  }

  private static int bytes(long value) {
    return (70 - Long.numberOfLeadingZeros(ByteSink.zigzag(value) | 1)) / 7;
  }

  private static long least(long[] values, int from, int to) {
    long least = values[from];
    for (int i = from + 1; i < to; i++) {
      least = Math.min(least, values[i]);
    }
    return least;
  }

  private static int width(long[] values, int from, int to, long least) {
    long all = 0;
    for (int i = from; i < to; i++) {
      all |= values[i] - least;
    }
    return 64 - Long.numberOfLeadingZeros(all);
  }
}
