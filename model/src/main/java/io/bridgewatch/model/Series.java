package io.bridgewatch.model;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Samples of one series, oldest first, no two at the same time. What was not measured is absent.
 *
 * <p>Arrays are copied on the way in; {@link #time} and {@link #value} read them without copying.
 */
public final class Series {

  private final SeriesKey key;
  private final long[] epochMillis;
  private final double[] values;

  /**
   * @throws IllegalArgumentException if the arrays differ in length or the times do not ascend
   */
  public Series(SeriesKey key, long[] epochMillis, double[] values) {
    if (epochMillis.length != values.length) {
      throw new IllegalArgumentException(
          "series " + key + " has " + epochMillis.length + " times, " + values.length + " values");
    }
    for (int i = 1; i < epochMillis.length; i++) {
      if (epochMillis[i] <= epochMillis[i - 1]) {
        throw new IllegalArgumentException(
            "series " + key + " does not ascend in time at sample " + i);
      }
    }
    this.key = key;
    this.epochMillis = epochMillis.clone();
    this.values = values.clone();
  }

  public SeriesKey key() {
    return key;
  }

  public int size() {
    return values.length;
  }

  /** Milliseconds since 1970-01-01T00:00Z of sample {@code i}. */
  public long time(int i) {
    return epochMillis[i];
  }

  public double value(int i) {
    return values[i];
  }

  /** A copy of the times in milliseconds since 1970-01-01T00:00Z. */
  public long[] times() {
    return epochMillis.clone();
  }

  /** A copy of the values. */
  public double[] values() {
    return values.clone();
  }

  /** Index of the first sample at or after that time; {@link #size()} if there is none. */
  public int firstAtOrAfter(long millis) {
    int found = Arrays.binarySearch(epochMillis, millis);
    return found >= 0 ? found : -found - 1;
  }

  /** The samples from inclusive, to exclusive, in milliseconds since 1970-01-01T00:00Z. */
  public Series between(long fromMillis, long toMillis) {
    int from = firstAtOrAfter(fromMillis);
    int to = Math.max(from, firstAtOrAfter(toMillis));
    return new Series(
        key, Arrays.copyOfRange(epochMillis, from, to), Arrays.copyOfRange(values, from, to));
  }

  /** Equal keys, times and values, these bit by bit save that every NaN is alike. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Series that
        && key.equals(that.key)
        && Arrays.equals(epochMillis, that.epochMillis)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * key.hashCode() + Arrays.hashCode(epochMillis)) + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return key + "[" + values.length + "]";
  }
}
