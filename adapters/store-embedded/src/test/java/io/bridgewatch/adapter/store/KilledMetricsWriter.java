package io.bridgewatch.adapter.store;

import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.MetricKind;
import io.bridgewatch.model.SampleBatch;
import io.bridgewatch.model.SeriesKey;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * Writes samples until it is killed; prints the number of a batch as soon as it was acknowledged.
 * Settings are small, so that chunks are made and the log is shortened all the time.
 */
final class KilledMetricsWriter {

  static final int SERIES = 40;
  static final MetricSettings SETTINGS = new MetricSettings(1_000, 1 << 14, 20_000, 4_000);
  private static final long START = 1_772_366_400_000L; // 2026-03-01T12:00Z
  private static final int SPAN_MILLIS = 15_000;

  private KilledMetricsWriter() {}

  static RocksMetrics open(Path folder) {
    return RocksMetrics.open(folder.resolve("metrics"), SETTINGS, InstantSource.system());
  }

  static SeriesKey key(int series) {
    return new SeriesKey(
        Attributes.of("k8s.pod.name", "p" + series),
        "m",
        "",
        MetricKind.CUMULATIVE,
        Attributes.none());
  }

  /** Every seventh batch is late, some series begin later than others. */
  static SampleBatch batch(int number) {
    var batch = SampleBatch.builder();
    for (int i = 0; i < SERIES && i <= number / 3; i++) {
      batch.add(key(i), time(number), value(number, i));
    }
    return batch.build();
  }

  static long time(int number) {
    return START + (long) SPAN_MILLIS * number - (number % 7 == 0 ? 100_000 : 0);
  }

  static double value(int number, int series) {
    return series % 2 == 0 ? number * 10.0 : Math.sin(number + series);
  }

  public static void main(String[] args) {
    int number = Integer.parseInt(args[1]);
    try (var store = open(Path.of(args[0]))) {
      while (true) {
        store.append(batch(number));
        System.out.println(number);
        System.out.flush();
        number++;
      }
    }
  }
}
