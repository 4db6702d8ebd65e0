package io.bridgewatch.adapter.store;

import io.bridgewatch.model.SampleBatch;
import java.nio.file.Path;

/**
 * Writes samples as {@link KilledMetricsWriter} does, and with each batch some of a day before;
 * prints the number of a batch as soon as both were acknowledged.
 */
final class KilledPastWriter {

  /** Those that have a present, and one that has nothing but a past. */
  static final int SERIES = KilledMetricsWriter.SERIES + 1;

  static final int SAMPLES = 3;
  private static final long START = KilledMetricsWriter.time(1) - 86_400_000L;

  private KilledPastWriter() {}

  static SampleBatch past(int number) {
    var batch = SampleBatch.builder();
    for (int i = 0; i < SERIES; i++) {
      for (int k = 0; k < SAMPLES; k++) {
        batch.add(KilledMetricsWriter.key(i), time(number, k), number + 0.25 * k);
      }
    }
    return batch.build();
  }

  static long time(int number, int k) {
    return START + 1_000L * number + k;
  }

  public static void main(String[] args) {
    int number = Integer.parseInt(args[1]);
    try (var store = KilledMetricsWriter.open(Path.of(args[0]))) {
      while (true) {
        store.append(KilledMetricsWriter.batch(number));
        store.appendPast(past(number));
        System.out.println(number);
        System.out.flush();
        number++;
      }
    }
  }
}
