package io.bridgewatch.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Samples of many series as they came in, in the order in which they did: column by column, because
 * there are thousands a second. Immutable.
 *
 * <p>A value may be any double. {@link #STALE} says that the series has ended for now, as in the
 * Prometheus exposition: what was measured is gone, rather than not asked for.
 */
public final class SampleBatch {

  /** Not a number, with the bits that Prometheus gives a stale marker; see {@link #isStale}. */
  public static final double STALE = Double.longBitsToDouble(0x7ff0000000000002L);

  private static final SampleBatch EMPTY = builder().build();

  private final List<SeriesKey> keys;
  private final long[] epochMillis;
  private final double[] values;

  private SampleBatch(List<SeriesKey> keys, long[] epochMillis, double[] values) {
    this.keys = keys;
    this.epochMillis = epochMillis;
    this.values = values;
  }

  public static SampleBatch empty() {
    return EMPTY;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Whether the value is {@link #STALE}; other values that are not numbers are not. */
  public static boolean isStale(double value) {
    return Double.doubleToRawLongBits(value) == Double.doubleToRawLongBits(STALE);
  }

  public int size() {
    return epochMillis.length;
  }

  public SeriesKey key(int i) {
    return keys.get(i);
  }

  /** Milliseconds since 1970-01-01T00:00Z of sample {@code i}. */
  public long time(int i) {
    return epochMillis[i];
  }

  public double value(int i) {
    return values[i];
  }

  /** Collects samples; not safe for use by several threads. */
  public static final class Builder {
    private static final int FIRST_SIZE = 64;

    private final List<SeriesKey> keys = new ArrayList<>();
    private long[] epochMillis = new long[FIRST_SIZE];
    private double[] values = new double[FIRST_SIZE];

    private Builder() {}

    public int size() {
      return keys.size();
    }

    /**
     * @param millis since 1970-01-01T00:00Z
     */
    public Builder add(SeriesKey key, long millis, double value) {
      int at = keys.size();
      if (at == values.length) {
        epochMillis = Arrays.copyOf(epochMillis, 2 * at);
        values = Arrays.copyOf(values, 2 * at);
      }
      keys.add(key);
      epochMillis[at] = millis;
      values[at] = value;
      return this;
    }

    public SampleBatch build() {
      int size = keys.size();
      return new SampleBatch(
          List.copyOf(keys), Arrays.copyOf(epochMillis, size), Arrays.copyOf(values, size));
    }
  }
}
