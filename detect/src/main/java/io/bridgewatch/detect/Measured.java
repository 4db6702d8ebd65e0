package io.bridgewatch.detect;

import io.bridgewatch.model.Series;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * Numbers at ascending times, to compute with. Where two are put together, only times that both
 * have are kept.
 *
 * @param times milliseconds since 1970-01-01T00:00Z
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Measured(long[] times, double[] values) {

  static final Measured NOTHING = new Measured(new long[0], new double[0]);

  /** The sum of series at those of the given times that all have. */
  static Measured sum(List<Series> series, long[] times) {
    if (series.isEmpty()) {
      return NOTHING;
    }
    var values = new double[times.length];
    for (Series one : series) {
      for (int i = 0; i < times.length; i++) {
        int at = one.firstAtOrAfter(times[i]);
        values[i] += at < one.size() && one.time(at) == times[i] ? one.value(at) : Double.NaN;
      }
    }
    return new Measured(times, values).seen();
  }

  boolean isEmpty() {
    return times.length == 0;
  }

  /** How much a counter grew a second; nothing where it was set back. */
  Measured rates() {
    int n = Math.max(0, times.length - 1);
    var ends = new long[n];
    var rates = new double[n];
    for (int i = 0; i < n; i++) {
      double grown = values[i + 1] - values[i];
      ends[i] = times[i + 1];
      rates[i] = grown < 0 ? Double.NaN : grown / ((times[i + 1] - times[i]) / 1000.0);
    }
    return new Measured(ends, rates).seen();
  }

  /** Divided by the other, where that is at least as much as given. */
  Measured over(Measured other, double least) {
    return with(other, (one, by) -> by >= least ? one / by : Double.NaN);
  }

  Measured with(Measured other, DoubleBinaryOperator put) {
    var both = new double[times.length];
    for (int i = 0; i < times.length; i++) {
      int at = Arrays.binarySearch(other.times, times[i]);
      both[i] = at < 0 ? Double.NaN : put.applyAsDouble(values[i], other.values[at]);
    }
    return new Measured(times, both).seen();
  }

  Measured each(DoubleUnaryOperator change) {
    return new Measured(times, Arrays.stream(values).map(change).toArray()).seen();
  }

  /** The highest value; NaN if there is none. */
  double highest() {
    return Arrays.stream(values).max().orElse(Double.NaN);
  }

  /** Without what is no number. */
  private Measured seen() {
    var seenTimes = new long[times.length];
    var seenValues = new double[times.length];
    int n = 0;
    for (int i = 0; i < times.length; i++) {
      if (Double.isFinite(values[i])) {
        seenTimes[n] = times[i];
        seenValues[n++] = values[i];
      }
    }
    return new Measured(Arrays.copyOf(seenTimes, n), Arrays.copyOf(seenValues, n));
  }
}
