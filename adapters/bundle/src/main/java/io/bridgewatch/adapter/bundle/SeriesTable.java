package io.bridgewatch.adapter.bundle;

import io.bridgewatch.model.Series;
import io.bridgewatch.model.SeriesKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Gathers samples by series, in whatever order they come. */
final class SeriesTable {

  /** The samples of one series so far; {@code places} tells where each was read. */
  private static final class Samples {
    private long[] times = new long[16];
    private double[] values = new double[16];
    private Place[] places = new Place[16];
    private int size;
    private boolean ascending = true;

    private void add(long time, double value, Place place) {
      if (size == times.length) {
        times = Arrays.copyOf(times, size * 2);
        values = Arrays.copyOf(values, size * 2);
        places = Arrays.copyOf(places, size * 2);
      }
      ascending &= size == 0 || time > times[size - 1];
      times[size] = time;
      values[size] = value;
      places[size++] = place;
    }

    /** Sorts by time; of samples at one time the last that came stays. */
    private void settle(Rejections rejections) {
      if (ascending) {
        return;
      }
      Integer[] order = new Integer[size];
      Arrays.setAll(order, i -> i);
      Arrays.sort(order, Comparator.comparingLong(i -> times[i])); // stable
      var sortedTimes = new long[size];
      var sortedValues = new double[size];
      int kept = 0;
      for (int i : order) {
        if (kept > 0 && sortedTimes[kept - 1] == times[i]) {
          rejections.add(
              places[i].file(), places[i].line(), RejectionReason.DUPLICATE_SAMPLE.id(), 1);
          kept--;
        }
        sortedTimes[kept] = times[i];
        sortedValues[kept++] = values[i];
      }
      times = sortedTimes;
      values = sortedValues;
      size = kept;
    }
  }

  private final Map<SeriesKey, Samples> byKey = new HashMap<>();

  void add(SeriesKey key, long epochMillis, double value, Place place) {
    byKey.computeIfAbsent(key, k -> new Samples()).add(epochMillis, value, place);
  }

  /** All series in the order of their keys. */
  List<Series> toList(Rejections rejections) {
    var all = new ArrayList<Series>(byKey.size());
    byKey.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            entry -> {
              Samples samples = entry.getValue();
              samples.settle(rejections);
              all.add(
                  new Series(
                      entry.getKey(),
                      Arrays.copyOf(samples.times, samples.size),
                      Arrays.copyOf(samples.values, samples.size)));
            });
    return all;
  }
}
