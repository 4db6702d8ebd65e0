package io.bridgewatch.adapter.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.model.SampleBatch;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class ChunksTest {

  private static final long SEED = 20261129;
  private static final long START = 1_790_000_000_000L;
  private static final int COUNT = 240;

  private static Samples samples(IntToDoubleFunction value) {
    var samples = new Samples();
    for (int i = 0; i < COUNT; i++) {
      samples.add(START + 15_000L * i, Double.doubleToRawLongBits(value.applyAsDouble(i)));
    }
    return samples;
  }

  /** Checks that all comes back, and returns how many bytes it took. */
  private static int written(Samples samples) {
    byte[] chunk = Chunks.encode(samples, 0, samples.size);
    long end = samples.times[samples.size - 1];
    var read = new Samples();
    Chunks.decode(chunk, end, read);
    assertThat(Arrays.copyOf(read.times, read.size))
        .containsExactly(Arrays.copyOf(samples.times, samples.size));
    assertThat(Arrays.copyOf(read.bits, read.size))
        .containsExactly(Arrays.copyOf(samples.bits, samples.size));
    assertThat(Chunks.start(chunk, end)).isEqualTo(samples.times[0]);
    return chunk.length;
  }

  @Test
  void whatIsRegularTakesNearlyNothing() {
    assertThat(written(samples(i -> 42.5))).isLessThan(20);
    assertThat(written(samples(i -> SampleBatch.STALE))).isLessThan(20);
    assertThat(written(samples(i -> 1e9 + 1000.0 * i))).isLessThan(40);
    assertThat(written(samples(i -> i / 100.0))).isLessThan(40);
  }

  @Test
  void countersAndRoundedLevelsTakeWhatTheirStepsNeed() {
    System.out.println("seed " + SEED);
    var random = new Random(SEED);
    double[] sum = {0};
    assertThat(written(samples(i -> sum[0] += random.nextInt(1000)))).isLessThan(COUNT * 11 / 8);
    assertThat(written(samples(i -> random.nextInt(4096) / 100.0))).isLessThan(COUNT * 2);
    assertThat(written(samples(i -> i == 100 ? SampleBatch.STALE : Math.round(i * 0.37) / 100.0)))
        .isLessThan(COUNT);
    assertThat(written(samples(i -> random.nextGaussian()))).isLessThan(COUNT * 9);
  }

  /** Property, printed seed: whatever the values and times are, they come back bit by bit. */
  @Test
  void everythingComesBack() {
    System.out.println("seed " + SEED);
    var random = new Random(SEED);
    for (int round = 0; round < 2_000; round++) {
      var samples = new Samples();
      long time = random.nextInt(3) == 0 ? 0 : START;
      double value = random.nextInt(1000);
      int count = 1 + random.nextInt(round % 10 == 0 ? 480 : 20);
      int sort = random.nextInt(9);
      for (int i = 0; i < count; i++) {
        value = next(random, sort, value);
        samples.add(time, random.nextInt(60) == 0 ? odd(random) : bits(value));
        time += random.nextInt(5) == 0 ? 1 + random.nextInt(1 << random.nextInt(24)) : 15_000;
      }
      written(samples);
    }
  }

  private static long bits(double value) {
    return Double.doubleToRawLongBits(value);
  }

  private static long odd(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> bits(SampleBatch.STALE);
      case 1 -> bits(-0.0);
      case 2 -> bits(Double.NEGATIVE_INFINITY);
      case 3 -> random.nextLong();
      case 4 -> bits((1L << 53) + 2.0 * random.nextInt(10));
      default -> bits(Double.MIN_VALUE);
    };
  }

  private static double next(Random random, int sort, double before) {
    return switch (sort) {
      case 0 -> before;
      case 1 -> before + random.nextInt(100);
      case 2 -> Math.round(1000 * random.nextGaussian()) / 1000.0;
      case 3 -> random.nextDouble();
      case 4 -> (float) random.nextGaussian();
      case 5 -> before + 1e15 * random.nextInt(3);
      case 6 -> -before * 1.1;
      case 7 -> random.nextInt(1 << 30) / 1e9;
      default -> Double.longBitsToDouble(random.nextLong());
    };
  }
}
