package io.bridgewatch.adapter.prometheus;

import java.util.Arrays;

/**
 * A native histogram while it is read, and the classic one that it becomes.
 *
 * <p>With {@code base = 2^(2^-schema)}, bucket {@code i} of the positive side holds what is in
 * {@code (base^(i-1), base^i]}, of the negative side the mirror image; between them is the zero
 * bucket, up to the zero threshold. Schema -53 has bounds of its own. Counts are added up from the
 * lowest bucket on, each at its upper bound. Where there are more buckets than wanted, neighbours
 * are joined by halving the schema's resolution, which keeps every count exact. Buckets that are
 * empty make no bound of their own.
 */
final class NativeHistogram {
  static final int CUSTOM = -53;
  private static final int COARSEST = -4;
  private static final int FINEST = 8;
  private static final int COARSEST_JOINED = -12;
  private static final int GAUGE_HINT = 3;
  private static final int MOST_BUCKETS = 100_000;
  private static final int FURTHEST = 1 << 20;

  private double count;
  private double sum;
  private int schema;
  private double zeroThreshold;
  private double zeroCount;
  private long epochMillis;
  private long resetHint;
  private final Side positive = new Side();
  private final Side negative = new Side();
  private double[] bounds = new double[16];
  private int boundCount;
  private double[] upper = new double[16];
  private double[] cumulative = new double[16];
  private int size;

  /** The buckets above, or below, zero. */
  static final class Side {
    private int[] offsets = new int[8];
    private long[] lengths = new long[8];
    private int spans;
    private double[] counts = new double[16];
    private int[] indexes = new int[16];
    private int size;
    private double last;

    private void clear() {
      spans = 0;
      size = 0;
      last = 0;
    }

    private void span(long offset, long length) {
      if (spans == offsets.length) {
        offsets = Arrays.copyOf(offsets, 2 * spans);
        lengths = Arrays.copyOf(lengths, 2 * spans);
      }
      offsets[spans] = (int) Math.clamp(offset, -FURTHEST, FURTHEST);
      lengths[spans++] = length;
    }

    /** The difference to the bucket before. */
    private void delta(long delta) {
      last += delta;
      count(last);
    }

    private void count(double count) {
      if (size == counts.length) {
        counts = Arrays.copyOf(counts, 2 * size);
        indexes = Arrays.copyOf(indexes, 2 * size);
      }
      counts[size++] = count;
    }

    /** Gives each count its bucket's index; false if spans and counts do not fit. */
    private boolean place() {
      long index = 0;
      int at = 0;
      for (int i = 0; i < spans; i++) {
        index += offsets[i];
        if (lengths[i] < 0 || lengths[i] > size - at || Math.abs(index) > FURTHEST) {
          return false;
        }
        for (long j = 0; j < lengths[i]; j++) {
          if (!(counts[at] >= 0)) {
            return false;
          }
          indexes[at++] = (int) index++;
        }
      }
      return at == size;
    }

    private void join() {
      int joined = 0;
      for (int i = 0; i < size; i++) {
        int index = (indexes[i] + 1) >> 1; // upper bounds of even indexes stay
        if (joined > 0 && indexes[joined - 1] == index) {
          counts[joined - 1] += counts[i];
        } else {
          counts[joined] = counts[i];
          indexes[joined++] = index;
        }
      }
      size = joined;
    }
  }

  /** Reads remote write's message, which is the same in both versions. */
  void read(ProtoReader in) {
    read(in, false);
  }

  /**
   * Reads the native part of {@code io.prometheus.client.Histogram}; its classic buckets, times and
   * exemplars are passed over.
   */
  void readExposed(ProtoReader in) {
    read(in, true);
  }

  private void read(ProtoReader in, boolean exposed) {
    clear();
    while (in.hasMore() && !isTooLarge()) {
      int tag = in.tag();
      int field = exposed ? remoteWriteField(tag >>> 3) : tag >>> 3;
      switch (tag & 7) {
        case ProtoReader.VARINT -> number(field, in.varint());
        case ProtoReader.FIXED64 -> number(field, in.fixedDouble());
        case ProtoReader.BYTES -> {
          int outer = in.enter(in.length());
          while (in.hasMore() && !isTooLarge() && isRepeated(field)) {
            readOne(in, field);
          }
          in.leave(outer);
        }
        default -> in.skipField(tag);
      }
    }
  }

  /** The number that remote write gives to a field; 0 for one that it has not. */
  private static int remoteWriteField(int exposed) {
    return switch (exposed) {
      case 1 -> 1; // count
      case 2 -> 3; // sum
      case 4 -> 2; // count as a real number
      case 5 -> 4; // schema
      case 6 -> 5; // zero threshold
      case 7 -> 6; // zero count
      case 8 -> 7; // zero count as a real number
      case 9 -> 8; // spans, differences and counts below zero
      case 10 -> 9;
      case 11 -> 10;
      case 12 -> 11; // the same above
      case 13 -> 12;
      case 14 -> 13;
      default -> 0;
    };
  }

  /** Whether it says more than a count and a sum: a classic histogram is none. */
  boolean isNative() {
    return positive.spans > 0 || negative.spans > 0 || zeroThreshold > 0 || zeroCount > 0;
  }

  private void number(int field, long value) {
    switch (field) {
      case 1 -> count = unsigned(value);
      case 4 -> schema = (int) (value >>> 1 ^ -(value & 1));
      case 6 -> zeroCount = unsigned(value);
      case 9 -> negative.delta(value >>> 1 ^ -(value & 1)); // not packed
      case 12 -> positive.delta(value >>> 1 ^ -(value & 1));
      case 14 -> resetHint = value;
      case 15 -> epochMillis = value;
      default -> {} // later versions may know more
    }
  }

  private void number(int field, double value) {
    switch (field) {
      case 2 -> count = value;
      case 3 -> sum = value;
      case 5 -> zeroThreshold = value;
      case 7 -> zeroCount = value;
      case 10 -> negative.count(value); // not packed
      case 13 -> positive.count(value);
      case 16 -> bound(value);
      default -> {} // later versions may know more
    }
  }

  static double unsigned(long value) {
    return value >= 0 ? value : 2.0 * (value >>> 1);
  }

  private static boolean isRepeated(int field) {
    return field >= 8 && field <= 13 || field == 16;
  }

  /** A span, which fills its bytes, or one of several packed numbers. */
  private void readOne(ProtoReader in, int field) {
    switch (field) {
      case 8 -> readSpan(in, negative);
      case 9 -> negative.delta(in.zigzag());
      case 10 -> negative.count(in.fixedDouble());
      case 11 -> readSpan(in, positive);
      case 12 -> positive.delta(in.zigzag());
      case 13 -> positive.count(in.fixedDouble());
      default -> bound(in.fixedDouble());
    }
  }

  private static void readSpan(ProtoReader in, Side side) {
    long offset = 0;
    long length = 0;
    while (in.hasMore()) {
      int tag = in.tag();
      if (tag == ProtoReader.tag(1, ProtoReader.VARINT)) {
        offset = in.zigzag();
      } else if (tag == ProtoReader.tag(2, ProtoReader.VARINT)) {
        length = in.varint();
      } else {
        in.skipField(tag);
      }
    }
    side.span(offset, length);
  }

  double count() {
    return count;
  }

  double sum() {
    return sum;
  }

  long epochMillis() {
    return epochMillis;
  }

  private void clear() {
    count = 0;
    sum = 0;
    schema = 0;
    zeroThreshold = 0;
    zeroCount = 0;
    epochMillis = 0;
    resetHint = 0;
    positive.clear();
    negative.clear();
    boundCount = 0;
  }

  /** An upper bound of schema -53. */
  private void bound(double bound) {
    if (boundCount == bounds.length) {
      bounds = Arrays.copyOf(bounds, 2 * boundCount);
    }
    bounds[boundCount++] = bound;
  }

  /** Whether its numbers are levels rather than rising. */
  boolean isGauge() {
    return resetHint == GAUGE_HINT;
  }

  /** Whether it has more parts than any histogram does. */
  private boolean isTooLarge() {
    return positive.size + negative.size + positive.spans + negative.spans > MOST_BUCKETS
        || boundCount > MOST_BUCKETS;
  }

  /**
   * Makes the classic buckets.
   *
   * @param most of them, beside the last one up to infinity
   * @return whether its parts fit together
   */
  boolean convert(int most) {
    size = 0;
    boolean fits = positive.place() && negative.place() && count >= 0 && zeroCount >= 0;
    if (!fits || isTooLarge()) {
      return false;
    }
    if (schema == CUSTOM) {
      return convertCustom();
    }
    if (schema < COARSEST || schema > FINEST) {
      return false;
    }
    int resolution = schema;
    while (positive.size + negative.size + 1 > most
        && (positive.size > 1 || negative.size > 1)
        && resolution > COARSEST_JOINED) {
      positive.join();
      negative.join();
      resolution--;
    }
    double exponent = Math.scalb(1.0, -resolution);
    double total = 0;
    for (int i = negative.size - 1; i >= 0; i--) {
      total += negative.counts[i];
      add(-Math.pow(2, (negative.indexes[i] - 1) * exponent), total);
    }
    if (zeroCount > 0) {
      total += zeroCount;
      add(zeroThreshold, total);
    }
    for (int i = 0; i < positive.size; i++) {
      total += positive.counts[i];
      add(Math.pow(2, positive.indexes[i] * exponent), total);
    }
    return true;
  }

  private boolean convertCustom() {
    double total = 0;
    for (int i = 0; i < positive.size; i++) {
      int index = positive.indexes[i];
      if (index < 0 || index > boundCount) {
        return false;
      }
      total += positive.counts[i];
      if (index < boundCount) {
        add(bounds[index], total);
      }
    }
    return true;
  }

  /** Bounds rise; one that does not, by rounding or a threshold beyond, takes the count in. */
  private void add(double bound, double total) {
    if (size > 0 && !(bound > upper[size - 1])) {
      cumulative[size - 1] = total;
      return;
    }
    if (!(bound < Double.POSITIVE_INFINITY)) {
      return;
    }
    if (size == upper.length) {
      upper = Arrays.copyOf(upper, 2 * size);
      cumulative = Arrays.copyOf(cumulative, 2 * size);
    }
    upper[size] = bound;
    cumulative[size++] = total;
  }

  int size() {
    return size;
  }

  double upper(int i) {
    return upper[i];
  }

  double cumulative(int i) {
    return cumulative[i];
  }
}
