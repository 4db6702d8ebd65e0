package io.bridgewatch.numerics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class RobustTest {

  private static final double NONE = Double.NaN;

  @Test
  void whatWasNotSeenIsLeftOutAndNotZero() {
    assertThat(Robust.median(new double[] {NONE, 5, NONE, 7, 6})).isEqualTo(6);
    assertThat(Robust.sorted(new double[] {3, NONE, 1})).containsExactly(1, 3);
    assertThat(Robust.standardDeviation(new double[] {4, NONE, 4, 4})).isZero();
  }

  @Test
  void nothingSeenHasNoStatistic() {
    double[] nothing = {NONE, NONE};
    assertThat(Robust.median(nothing)).isNaN();
    assertThat(Robust.standardDeviation(nothing)).isNaN();
    assertThat(Robust.sigma(Robust.sorted(nothing))).isNaN();
    assertThat(Robust.trimmedMean(new double[0], 0.1)).isNaN();
    assertThat(Robust.step(new double[0])).isZero();
  }

  @Test
  void quantilesInterpolateBetweenSamples() {
    double[] sorted = {10, 20, 30, 40};
    assertThat(Robust.quantile(sorted, 0)).isEqualTo(10);
    assertThat(Robust.quantile(sorted, 0.5)).isEqualTo(25);
    assertThat(Robust.quantile(sorted, 0.25)).isEqualTo(17.5);
    assertThat(Robust.quantile(sorted, 1)).isEqualTo(40);
  }

  @Test
  void oneSampleIsEveryQuantileAndHasNoSpread() {
    assertThat(Robust.quantile(new double[] {3}, 0.99)).isEqualTo(3);
    assertThat(Robust.sigma(new double[] {3})).isZero();
  }

  @Test
  void anInfiniteNeighbourDoesNotSpoilTheQuantileNextToIt() {
    assertThat(Robust.quantile(new double[] {1, 2, Double.POSITIVE_INFINITY}, 0.5)).isEqualTo(2);
  }

  @Test
  void aFewWildSamplesMoveNeitherMedianNorSpread() {
    double[] calm = new double[100];
    for (int i = 0; i < calm.length; i++) {
      calm[i] = 50 + i % 10;
    }
    double[] wild = calm.clone();
    Arrays.fill(wild, 0, 3, 1e12);
    assertThat(Robust.median(wild)).isCloseTo(Robust.median(calm), within(1.0));
    assertThat(Robust.sigma(Robust.sorted(wild)))
        .isCloseTo(Robust.sigma(Robust.sorted(calm)), within(1.0));
    assertThat(Robust.trimmedMean(Robust.sorted(wild), 0.05)).isCloseTo(54.5, within(1.0));
  }

  @Test
  void trimmingEverythingLeavesTheMedian() {
    assertThat(Robust.trimmedMean(new double[] {1, 2, 9, 10}, 0.5)).isEqualTo(5.5);
  }

  @Test
  void theStepIsTheSmallestDifferenceThatIsNotZero() {
    assertThat(Robust.step(new double[] {1, 1, 1.5, 4, 4})).isEqualTo(0.5);
    assertThat(Robust.step(new double[] {2, 2, 2})).isZero();
  }

  @Test
  void theSpreadOfANormalDistributionIsItsStandardDeviation() {
    var random = new SplittableRandom(11);
    double[] samples = new double[20_000];
    Arrays.setAll(samples, i -> 7 + 3 * random.nextGaussian());
    assertThat(Robust.sigma(Robust.sorted(samples))).isCloseTo(3, within(0.1));
    assertThat(Robust.standardDeviation(samples)).isCloseTo(3, within(0.1));
  }

  @RepeatedTest(50)
  void orderDoesNotMatterAndUnitsScaleThrough(RepetitionInfo repetition) {
    long seed = repetition.getCurrentRepetition();
    var random = new SplittableRandom(seed);
    double[] values = new double[1 + random.nextInt(40)];
    Arrays.setAll(values, i -> random.nextInt(10) == 0 ? NONE : random.nextDouble(-5, 50));
    double[] shuffled = values.clone();
    for (int i = shuffled.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      double kept = shuffled[i];
      shuffled[i] = shuffled[j];
      shuffled[j] = kept;
    }
    double[] milli = Arrays.stream(shuffled).map(v -> v * 1024).toArray(); // exact in binary
    assertThat(Robust.median(shuffled)).as("seed %d", seed).isEqualTo(Robust.median(values));
    assertThat(Robust.median(milli)).as("seed %d", seed).isEqualTo(1024 * Robust.median(values));
    assertThat(Robust.sigma(Robust.sorted(milli)))
        .as("seed %d", seed)
        .isEqualTo(1024 * Robust.sigma(Robust.sorted(values)));
  }
}
