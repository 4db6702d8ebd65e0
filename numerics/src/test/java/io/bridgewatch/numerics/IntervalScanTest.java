package io.bridgewatch.numerics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class IntervalScanTest {

  private static final int BINS = 20;

  @Test
  void theStretchWithoutHitsIsFound() {
    long[] trials = full(10);
    long[] hits = full(10);
    Arrays.fill(hits, 8, 13, 0);
    var found = anywhere(hits, trials).orElseThrow();
    assertThat(found.from()).isEqualTo(8);
    assertThat(found.to()).isEqualTo(12);
    assertThat(found.insideShare()).isZero();
    assertThat(found.outsideShare()).isEqualTo(1);
    assertThat(found.insideTrials() + found.outsideTrials()).isEqualTo(200);
  }

  @Test
  void aPerfectSplitReachesTheBound() {
    long[] trials = full(10);
    long[] hits = full(0);
    Arrays.fill(hits, 3, 6, 10);
    assertThat(anywhere(hits, trials).orElseThrow().logLikelihoodRatio())
        .isCloseTo(IntervalScan.bound(30, 200), within(1e-9));
  }

  @Test
  void whatAlwaysOrNeverHappensTellsNothing() {
    assertThat(anywhere(full(0), full(5))).isEmpty();
    assertThat(anywhere(full(5), full(5))).isEmpty();
    assertThat(anywhere(full(0), full(0))).isEmpty();
    assertThat(anywhere(new long[0], new long[0])).isEmpty();
  }

  @Test
  void theSameShareEverywhereIsNoDifference() {
    assertThat(anywhere(full(5), full(10)).orElseThrow().logLikelihoodRatio())
        .isCloseTo(0, within(1e-9));
  }

  @Test
  void theIntervalStaysWhereItWasAskedFor() {
    long[] hits = full(10);
    Arrays.fill(hits, 2, 5, 0); // outside what is asked for, and stronger
    hits[14] = 0;
    var found = IntervalScan.best(hits, full(10), 10, 15, 14, 3, 0.75).orElseThrow();
    assertThat(found.from()).isBetween(10, 15);
    assertThat(found.to()).isGreaterThanOrEqualTo(14);
  }

  @Test
  void fewTrialsInsideOrOutsideAreNotEnough() {
    long[] trials = new long[BINS];
    long[] hits = new long[BINS];
    trials[3] = 2;
    hits[3] = 2;
    trials[9] = 50;
    assertThat(IntervalScan.best(hits, trials, 0, BINS, 0, 3, 0.75)).isEmpty();
  }

  @Test
  void bordersBeyondTheBinsAreNoError() {
    assertThat(IntervalScan.best(full(1), full(2), -5, 500, -3, 1, 0.9)).isPresent();
    assertThat(IntervalScan.best(full(1), full(2), 0, 5, 500, 1, 0.9)).isEmpty();
  }

  @RepeatedTest(50)
  void theRatioIsNeverNegativeNorAboveItsBound(RepetitionInfo repetition) {
    long seed = repetition.getCurrentRepetition();
    var random = new SplittableRandom(seed);
    long[] trials = new long[BINS];
    long[] hits = new long[BINS];
    Arrays.setAll(trials, i -> random.nextInt(12));
    Arrays.setAll(hits, i -> trials[i] == 0 ? 0 : random.nextLong(trials[i] + 1));
    double bound = IntervalScan.bound(Arrays.stream(hits).sum(), Arrays.stream(trials).sum());
    assertThat(anywhere(hits, trials).orElseThrow().logLikelihoodRatio())
        .as("seed %d", seed)
        .isBetween(-1e-9, bound + 1e-9);
  }

  @RepeatedTest(50)
  void countingMissesInsteadOfHitsFindsTheSameStretch(RepetitionInfo repetition) {
    long seed = repetition.getCurrentRepetition();
    var random = new SplittableRandom(seed);
    long[] trials = new long[BINS];
    long[] hits = new long[BINS];
    Arrays.setAll(trials, i -> 1 + random.nextInt(12));
    Arrays.setAll(hits, i -> random.nextLong(trials[i] + 1));
    long[] misses = new long[BINS];
    Arrays.setAll(misses, i -> trials[i] - hits[i]);
    assertThat(anywhere(misses, trials).orElseThrow().logLikelihoodRatio())
        .as("seed %d", seed)
        .isCloseTo(anywhere(hits, trials).orElseThrow().logLikelihoodRatio(), within(1e-9));
  }

  private static Optional<IntervalScan.Interval> anywhere(long[] hits, long[] trials) {
    return IntervalScan.best(hits, trials, 0, hits.length, 0, 1, 0.75);
  }

  private static long[] full(long count) {
    long[] bins = new long[BINS];
    Arrays.fill(bins, count);
    return bins;
  }
}
