package io.bridgewatch.adapter.store;

import io.bridgewatch.model.SampleBatch;
import io.bridgewatch.model.SeriesKey;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Times and values of one series, growing; values as their bits, so that none is altered. */
final class Samples {

  private static final int FIRST_SIZE = 16;

  long[] times;
  long[] bits;
  int size;

  Samples() {
    this(FIRST_SIZE);
  }

  Samples(int firstSize) {
    times = new long[firstSize];
    bits = new long[firstSize];
  }

  /** Those of each series in the order in which they came. */
  static Map<SeriesKey, Samples> bySeries(SampleBatch batch) {
    var found = new LinkedHashMap<SeriesKey, Samples>();
    for (int i = 0; i < batch.size(); i++) {
      found
          .computeIfAbsent(batch.key(i), key -> new Samples())
          .add(batch.time(i), Double.doubleToRawLongBits(batch.value(i)));
    }
    return found;
  }

  void add(long time, long value) {
    if (size == times.length) {
      int more = Math.max(FIRST_SIZE, 2 * size);
      times = Arrays.copyOf(times, more);
      bits = Arrays.copyOf(bits, more);
    }
    times[size] = time;
    bits[size++] = value;
  }

  void addAll(Samples others) {
    for (int i = 0; i < others.size; i++) {
      add(others.times[i], others.bits[i]);
    }
  }

  void clear() {
    size = 0;
  }

  /** The earliest time, in whatever order they are; there must be one. */
  long earliest() {
    return Arrays.stream(times, 0, size).min().orElseThrow();
  }

  /** The latest time, likewise. */
  long latest() {
    return Arrays.stream(times, 0, size).max().orElseThrow();
  }

  /** Index of that time where they are in order; negative if there is none, see binary search. */
  int find(long time) {
    return Arrays.binarySearch(times, 0, size, time);
  }

  /** Puts a sample in its place among others in order, none of that time. */
  void insert(long time, long value) {
    int at = -find(time) - 1;
    add(time, value);
    System.arraycopy(times, at, times, at + 1, size - 1 - at);
    System.arraycopy(bits, at, bits, at + 1, size - 1 - at);
    times[at] = time;
    bits[at] = value;
  }

  /** Puts them in order of time and keeps the first of each time. */
  void order() {
    int at = 1;
    while (at < size && times[at] > times[at - 1]) {
      at++;
    }
    if (at >= size) {
      return;
    }
    var places = new Integer[size];
    Arrays.setAll(places, i -> i);
    Arrays.sort(places, (a, b) -> Long.compare(times[a], times[b])); // keeps the order of equals
    var ordered = new Samples(size);
    for (int place : places) {
      if (ordered.size == 0 || times[place] > ordered.times[ordered.size - 1]) {
        ordered.add(times[place], bits[place]);
      }
    }
    times = ordered.times;
    bits = ordered.bits;
    size = ordered.size;
  }

  /** Keeps what lies from inclusive, to exclusive; they must be in order. */
  void cut(long from, long to) {
    int first = firstAtOrAfter(from);
    int last = Math.max(first, firstAtOrAfter(to));
    System.arraycopy(times, first, times, 0, last - first);
    System.arraycopy(bits, first, bits, 0, last - first);
    size = last - first;
  }

  int firstAtOrAfter(long time) {
    int found = find(time);
    return found >= 0 ? found : -found - 1;
  }

  double[] values() {
    var values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = Double.longBitsToDouble(bits[i]);
    }
    return values;
  }
}
