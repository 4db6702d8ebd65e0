package io.bridgewatch.bench.rca;

import java.util.List;

/** One set on one track: what the engine scored, and what the floors score on the same cases. */
record SetResult(
    String set, Track track, List<Outcome> outcomes, Score score, List<Baseline> baselines) {

  SetResult {
    outcomes = List.copyOf(outcomes);
    baselines = List.copyOf(baselines);
  }

  /**
   * @param nSigmaRanks rank of the right answer in each faulty case
   */
  static SetResult of(String set, Track track, List<Outcome> outcomes, List<Integer> nSigmaRanks) {
    var faulty = outcomes.stream().filter(outcome -> !outcome.isClean()).toList();
    var baselines =
        List.of(
            Baseline.random(faulty),
            LabelPrior.score(faulty),
            Baseline.ofRanks("N-sigma", nSigmaRanks));
    return new SetResult(set, track, outcomes, Score.of(outcomes), baselines);
  }

  int faulty() {
    return score.accuracyAt1().of();
  }

  int clean() {
    return score.specificity().of();
  }
}
