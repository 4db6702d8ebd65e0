package io.bridgewatch.numerics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QuantileSketchTest {

  private static final double[] SHARES = {0, 0.01, 0.25, 0.5, 0.9, 0.99, 0.999, 1};

  @Test
  void quantilesAreWithinTheirErrorOfTheExactOnes() {
    for (long seed = 1; seed <= 50; seed++) {
      double[] values = values(seed, 1 + new Random(seed).nextInt(3_000));
      var sketch = QuantileSketch.empty().with(values);
      Arrays.sort(values);
      for (double share : SHARES) {
        int rank = Math.max(1, (int) Math.ceil(share * values.length));
        double exact = values[rank - 1];
        assertThat(sketch.quantile(share))
            .as("seed %d, share %s", seed, share)
            .isCloseTo(exact, within(exact * QuantileSketch.RELATIVE_ERROR * 1.000_001));
      }
    }
  }

  @Test
  void cuttingAndMergingInAnyOrderGivesTheSameSketch() {
    for (long seed = 1; seed <= 200; seed++) {
      var random = new Random(seed);
      double[] values = values(seed, random.nextInt(200));
      var whole = QuantileSketch.empty().with(values);
      var merged = QuantileSketch.empty();
      for (int at = 0; at < values.length; ) {
        int next = Math.min(values.length, at + random.nextInt(20));
        var part = QuantileSketch.empty().with(Arrays.copyOfRange(values, at, next));
        merged = random.nextBoolean() ? merged.merge(part) : part.merge(merged);
        at = next;
      }
      assertThat(merged).as("seed %d", seed).isEqualTo(whole);
      assertThat(merged.count()).as("seed %d", seed).isEqualTo(values.length);
    }
  }

  @Test
  void withoutValuesThereIsNoQuantile() {
    assertThat(QuantileSketch.empty().quantile(0.5)).isNaN();
    assertThat(QuantileSketch.empty().with(0, -1).quantile(0.99)).isZero();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> QuantileSketch.empty().with(Double.NaN))
        .withMessageContaining("NaN");
  }

  /** Latencies from microseconds to minutes, some zero. */
  private static double[] values(long seed, int size) {
    var random = new Random(seed);
    return random
        .doubles(size)
        .map(d -> d < 0.02 ? 0 : Math.exp(random.nextGaussian() * 4 - 5))
        .toArray();
  }
}
