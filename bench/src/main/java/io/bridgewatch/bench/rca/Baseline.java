package io.bridgewatch.bench.rca;

import java.util.List;

/**
 * What a simple method scores on the faulty cases of the same set, as a floor to compare with.
 *
 * @param accuracyAt1 expected share of cases; so are the other two
 */
record Baseline(
    String name, double accuracyAt1, double accuracyAt3, double accuracyAt5, double mrr) {

  /** The score of ranked answers, one list a faulty case. */
  static Baseline ofRanks(String name, List<Integer> ranks) {
    return new Baseline(
        name, within(ranks, 1), within(ranks, 3), within(ranks, 5), meanReciprocal(ranks));
  }

  private static double within(List<Integer> ranks, int k) {
    return ranks.stream().mapToInt(r -> r >= 1 && r <= k ? 1 : 0).average().orElse(Double.NaN);
  }

  private static double meanReciprocal(List<Integer> ranks) {
    return ranks.stream().mapToDouble(Score::reciprocal).average().orElse(Double.NaN);
  }

  /**
   * Blind choice: what a random order of the bundle's candidates (every service and node) scores on
   * average, computed, not drawn.
   */
  static Baseline random(List<Outcome> faulty) {
    double[] sums = new double[4];
    for (Outcome outcome : faulty) {
      int candidates = Math.max(1, outcome.candidates());
      int guilty = Math.min(candidates, Blamed.distinct(outcome.truth()).size());
      double missed = 1; // probability that the first r of the order are all innocent
      for (int r = 1; r <= candidates; r++) {
        double stillMissed =
            missed * Math.max(0, candidates - guilty - (r - 1)) / (candidates - (r - 1));
        sums[3] += (missed - stillMissed) / r;
        missed = stillMissed;
        for (int i = 0; i < 3; i++) {
          if (r == Math.min(candidates, 2 * i + 1)) {
            sums[i] += 1 - missed;
          }
        }
      }
    }
    int n = faulty.size();
    return new Baseline("random", sums[0] / n, sums[1] / n, sums[2] / n, sums[3] / n);
  }
}
