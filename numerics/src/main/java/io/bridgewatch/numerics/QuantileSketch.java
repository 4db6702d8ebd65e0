package io.bridgewatch.numerics;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How values are spread, in little room: counts in buckets whose bounds grow by a constant factor,
 * as in DDSketch (Masson, Rim and Lee, 2019).
 *
 * <ol>
 *   <li>bucket i holds the values in (γ^(i-1), γ^i], with γ = (1 + α) / (1 - α), α = {@value
 *       #RELATIVE_ERROR};
 *   <li>a quantile is the middle of the bucket in which its rank lies.
 * </ol>
 *
 * <p>Quantiles are within α of the value at that rank, relative to it. Adding is commutative and
 * associative without any loss: however values are cut into batches, and in whatever order sketches
 * are merged, the result is the same. Eight bytes a bucket between the least and the greatest
 * value, about 116 buckets for a factor of ten. Immutable.
 */
public final class QuantileSketch {

  /** α: how far off a quantile may be, relative to itself. */
  public static final double RELATIVE_ERROR = 0.01;

  private static final double GAMMA = (1 + RELATIVE_ERROR) / (1 - RELATIVE_ERROR);
  private static final double LOG_GAMMA = Math.log(GAMMA);
  private static final QuantileSketch EMPTY = new QuantileSketch(0, 0, new long[0], 0);

  private final long zeros;
  private final int first;
  private final long[] counts;
  private final long count;

  private QuantileSketch(long zeros, int first, long[] counts, long count) {
    this.zeros = zeros;
    this.first = first;
    this.counts = counts;
    this.count = count;
  }

  public static QuantileSketch empty() {
    return EMPTY;
  }

  /**
   * This sketch and more values.
   *
   * @param values finite; what is not above zero counts as zero
   * @throws IllegalArgumentException if a value is not finite
   */
  public QuantileSketch with(double... values) {
    if (values.length == 0) {
      return this;
    }
    int low = counts.length == 0 ? Integer.MAX_VALUE : first;
    int high = counts.length == 0 ? Integer.MIN_VALUE : first + counts.length - 1;
    var buckets = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new IllegalArgumentException("cannot sketch " + values[i] + ": it is not finite");
      }
      if (values[i] > 0) {
        buckets[i] = bucket(values[i]);
        low = Math.min(low, buckets[i]);
        high = Math.max(high, buckets[i]);
      }
    }
    long[] more = widened(low, high);
    long moreZeros = zeros;
    for (int i = 0; i < values.length; i++) {
      if (values[i] > 0) {
        more[buckets[i] - low]++;
      } else {
        moreZeros++;
      }
    }
    return new QuantileSketch(moreZeros, more.length == 0 ? 0 : low, more, count + values.length);
  }

  /** What both sketches hold. */
  public QuantileSketch merge(QuantileSketch other) {
    if (other.count == 0) {
      return this;
    }
    if (count == 0) {
      return other;
    }
    if (other.counts.length == 0) {
      return new QuantileSketch(zeros + other.zeros, first, counts, count + other.count);
    }
    if (counts.length == 0) {
      return other.merge(this);
    }
    int low = Math.min(first, other.first);
    int high = Math.max(first + counts.length, other.first + other.counts.length) - 1;
    long[] merged = widened(low, high);
    for (int i = 0; i < other.counts.length; i++) {
      merged[other.first - low + i] += other.counts[i];
    }
    return new QuantileSketch(zeros + other.zeros, low, merged, count + other.count);
  }

  /**
   * The counts in an array from bucket {@code low} to {@code high}, or none if that is no range.
   */
  private long[] widened(int low, int high) {
    if (low > high) {
      return new long[0];
    }
    var wide = new long[high - low + 1];
    System.arraycopy(counts, 0, wide, counts.length == 0 ? 0 : first - low, counts.length);
    return wide;
  }

  private static int bucket(double value) {
    return (int) Math.ceil(Math.log(value) / LOG_GAMMA);
  }

  /** How many values there are. */
  public long count() {
    return count;
  }

  /**
   * The value below or at which a share of the values lies.
   *
   * @param share 0 to 1
   * @return within {@link #RELATIVE_ERROR} of it; {@code NaN} where there is no value
   */
  public double quantile(double share) {
    if (count == 0) {
      return Double.NaN;
    }
    long rank = Math.clamp((long) Math.ceil(share * count), 1, count);
    long below = zeros;
    if (rank <= below) {
      return 0;
    }
    int at = 0;
    while (below + counts[at] < rank) {
      below += counts[at++];
    }
    return 2 * Math.exp((first + at) * LOG_GAMMA) / (GAMMA + 1);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof QuantileSketch that
        && zeros == that.zeros
        && first == that.first
        && Arrays.equals(counts, that.counts);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(counts) * 31 + first;
  }

  @Override
  public String toString() {
    return "%d values, median %.3g, p99 %.3g".formatted(count, quantile(0.5), quantile(0.99));
  }
}
