package io.bridgewatch.adapter.store;

import io.bridgewatch.ports.StoreException;
import java.util.Arrays;

/**
 * Samples of one series in as few bytes as their sort allows.
 *
 * <p>Times: nothing where they are evenly spaced, else how the spacing changes ({@link Integers}).
 * Values: one where all are the same; decimal numbers of few digits, which most are (counters,
 * bytes, seconds rounded somewhere), as integers over a power of ten, the values, their steps or
 * how the steps change, whichever packs best, with the few that do not fit (stale markers) apart;
 * else what differs from the value before, bit by bit (Pelkonen et al., "Gorilla", 2015). What is
 * read is what was written, bit for bit.
 */
final class Chunks {

  private static final int EVEN = 0;
  private static final int UNEVEN = 1;
  private static final int CONSTANT = 0;
  private static final int DECIMAL = 0x10;
  private static final int DIFFERENCES = 0x20;
  private static final int MOST_DIGITS = 12;
  private static final int MOST_ORDER = 2;
  private static final double MOST_WHOLE = 1L << 53;

  /** Bytes per decimal number beyond which bit by bit may be less. */
  private static final double MUCH = 2.5;

  private static final double[] TENS = new double[MOST_DIGITS + 1];

  static {
    for (int i = 0; i <= MOST_DIGITS; i++) {
      TENS[i] = Double.parseDouble("1e" + i);
    }
  }

  private Chunks() {}

  /** Encodes samples in order of time; their last time must be known to read them. */
  static byte[] encode(Samples samples, int from, int to) {
    int count = to - from;
    var out = new ByteSink(64 + count * 2);
    out.octet(0).unsigned(count).unsigned(samples.times[to - 1] - samples.times[from]);
    int times = times(out, samples, from, count);
    int values = values(out, samples, from, count);
    out.bytes[0] = (byte) (times | values);
    return out.copy();
  }

  /** The time of the first sample. */
  static long start(byte[] chunk, long end) {
    var in = new ByteSource(chunk, 1, chunk.length);
    in.count();
    return end - in.unsigned();
  }

  /** Adds the samples of a chunk whose last time that is. */
  static void decode(byte[] chunk, long end, Samples into) {
    var in = new ByteSource(chunk, 0, chunk.length);
    int sort = in.octet();
    int count = in.count();
    long span = in.unsigned();
    var times = new long[count];
    readTimes(in, sort & 0xF, end - span, span, times);
    var bits = new long[count];
    switch (sort & 0xF0) {
      case CONSTANT -> Arrays.fill(bits, in.fixed(8));
      case DECIMAL -> readDecimals(in, bits);
      case DIFFERENCES -> readDifferences(in, bits);
      default -> throw new StoreException("cannot read samples: no such chunk, " + sort);
    }
    for (int i = 0; i < count; i++) {
      into.add(times[i], bits[i]);
    }
  }

  private static int times(ByteSink out, Samples samples, int from, int count) {
    if (count < 2) {
      return EVEN;
    }
    var changes = new long[count - 2];
    long first = samples.times[from + 1] - samples.times[from];
    long before = first;
    boolean even = true;
    for (int i = 2; i < count; i++) {
      long step = samples.times[from + i] - samples.times[from + i - 1];
      changes[i - 2] = step - before;
      even &= step == before;
      before = step;
    }
    if (even) {
      return EVEN;
    }
    out.unsigned(first);
    Integers.write(out, changes, changes.length);
    return UNEVEN;
  }

  private static void readTimes(ByteSource in, int sort, long start, long span, long[] times) {
    times[0] = start;
    if (times.length < 2) {
      return;
    }
    if (sort == EVEN) {
      long step = span / (times.length - 1);
      for (int i = 1; i < times.length; i++) {
        times[i] = times[i - 1] + step;
      }
      return;
    }
    long step = in.unsigned();
    var changes = new long[times.length - 2];
    Integers.read(in, changes, changes.length);
    times[1] = start + step;
    for (int i = 2; i < times.length; i++) {
      step += changes[i - 2];
      times[i] = times[i - 1] + step;
    }
  }

  private static int values(ByteSink out, Samples samples, int from, int count) {
    long first = samples.bits[from];
    boolean constant = true;
    for (int i = 1; i < count && constant; i++) {
      constant = samples.bits[from + i] == first;
    }
    if (constant) {
      out.fixed(first, 8);
      return CONSTANT;
    }
    int start = out.length;
    if (decimals(out, samples, from, count)) {
      int bytes = out.length - start;
      if (bytes < MUCH * count) {
        return DECIMAL;
      }
      var other = new ByteSink(9 * count);
      differences(other, samples, from, count);
      if (other.length >= bytes) {
        return DECIMAL;
      }
      out.length = start;
      out.raw(other.copy());
      return DIFFERENCES;
    }
    differences(out, samples, from, count);
    return DIFFERENCES;
  }

  /**
   * Writes the values as decimal numbers: digits, those that do not fit, the order of steps, and as
   * many first values as that is, then the rest. Writes nothing and returns false if too many are
   * none.
   */
  private static boolean decimals(ByteSink out, Samples samples, int from, int count) {
    int most = count / 8;
    var misfits = new boolean[count];
    int misfit = 0;
    int digits = 0;
    for (int i = 0; i < count; i++) {
      int wanted = digits(samples.bits[from + i], digits);
      if (wanted > MOST_DIGITS) {
        misfits[i] = true;
        if (++misfit > most) {
          return false;
        }
      } else {
        digits = wanted;
      }
    }
    var numbers = new long[count];
    long before = 0;
    for (int i = 0; i < count; i++) {
      long bits = samples.bits[from + i];
      if (!misfits[i] && !fits(bits, digits)) { // more digits than it had are too many for it
        misfits[i] = true;
        if (++misfit > most) {
          return false;
        }
      }
      numbers[i] = misfits[i] ? before : whole(bits, digits);
      before = numbers[i];
    }
    out.octet(digits).unsigned(misfit);
    int last = 0;
    for (int i = 0; i < count; i++) {
      if (misfits[i]) {
        out.unsigned(i - last).fixed(samples.bits[from + i], 8);
        last = i;
      }
    }
    steps(out, numbers);
    return true;
  }

  private static void steps(ByteSink out, long[] numbers) {
    var best = numbers;
    var now = numbers;
    int order = 0;
    long least = Long.MAX_VALUE;
    for (int i = 0; i <= Math.min(MOST_ORDER, numbers.length - 1); i++) {
      long bytes = Integers.bytes(now, now.length);
      if (bytes < least) {
        least = bytes;
        best = now;
        order = i;
      }
      var next = new long[now.length - 1];
      for (int k = 0; k < next.length; k++) {
        next[k] = now[k + 1] - now[k];
      }
      now = next;
    }
    out.octet(order);
    if (order > 0) {
      out.signed(numbers[0]);
    }
    if (order > 1) {
      out.signed(numbers[1] - numbers[0]);
    }
    Integers.write(out, best, best.length);
  }

  private static void readDecimals(ByteSource in, long[] bits) {
    double tens = TENS[in.octet()];
    int misfit = in.count();
    var places = new int[misfit];
    var values = new long[misfit];
    int last = 0;
    for (int i = 0; i < misfit; i++) {
      last += in.count();
      places[i] = last;
      values[i] = in.fixed(8);
    }
    int order = in.octet();
    long first = order > 0 ? in.signed() : 0;
    long step = order > 1 ? in.signed() : 0;
    var numbers = new long[bits.length - order];
    Integers.read(in, numbers, numbers.length);
    for (int i = 0; i < bits.length; i++) {
      long number;
      if (order == 0) {
        number = numbers[i];
      } else if (i == 0) {
        number = first;
      } else {
        if (order == 1) {
          step = numbers[i - 1];
        } else if (i > 1) {
          step += numbers[i - 2];
        }
        first += step;
        number = first;
      }
      bits[i] = Double.doubleToRawLongBits(number / tens);
    }
    for (int i = 0; i < misfit; i++) {
      bits[places[i]] = values[i];
    }
  }

  /** How many decimal digits a value needs behind the point, so many at least. */
  private static int digits(long bits, int least) {
    int digits = least;
    while (digits <= MOST_DIGITS && !fits(bits, digits)) {
      digits++;
    }
    return digits;
  }

  private static boolean fits(long bits, int digits) {
    double scaled = Math.rint(Double.longBitsToDouble(bits) * TENS[digits]);
    return Math.abs(scaled) < MOST_WHOLE
        && Double.doubleToRawLongBits((long) scaled / TENS[digits]) == bits;
  }

  private static long whole(long bits, int digits) {
    return (long) Math.rint(Double.longBitsToDouble(bits) * TENS[digits]);
  }

  private static void differences(ByteSink out, Samples samples, int from, int count) {
    long before = samples.bits[from];
    out.fixed(before, 8);
    int leading = 64;
    int trailing = 0;
    for (int i = 1; i < count; i++) {
      long now = samples.bits[from + i];
      long difference = now ^ before;
      before = now;
      if (difference == 0) {
        out.bits(0, 1);
        continue;
      }
      int zerosBefore = Math.min(31, Long.numberOfLeadingZeros(difference));
      int zerosAfter = Long.numberOfTrailingZeros(difference);
      if (leading < 64 && zerosBefore >= leading && zerosAfter >= trailing) {
        out.bits(1, 2).bits(difference >>> trailing, 64 - leading - trailing);
      } else {
        leading = zerosBefore;
        trailing = zerosAfter;
        int length = 64 - leading - trailing;
        out.bits(3, 2).bits(leading, 5).bits(length - 1, 6).bits(difference >>> trailing, length);
      }
    }
    out.align();
  }

  private static void readDifferences(ByteSource in, long[] bits) {
    bits[0] = in.fixed(8);
    int trailing = 0;
    int length = 0;
    for (int i = 1; i < bits.length; i++) {
      if (in.bits(1) == 0) {
        bits[i] = bits[i - 1];
        continue;
      }
      if (in.bits(1) == 1) {
        int leading = (int) in.bits(5);
        length = (int) in.bits(6) + 1;
        trailing = 64 - leading - length;
      }
      bits[i] = bits[i - 1] ^ in.bits(length) << trailing;
    }
    in.align();
  }
}
