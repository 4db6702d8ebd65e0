package io.bridgewatch.bench.rca;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Answers without looking: the culprits of the other faulty cases of the set, most frequent first,
 * in the order of their names where they are equally frequent.
 */
final class LabelPrior {

  private LabelPrior() {}

  static Baseline score(List<Outcome> faulty) {
    var ranks = new ArrayList<Integer>(faulty.size());
    for (Outcome outcome : faulty) {
      var others = faulty.stream().filter(other -> other != outcome).toList();
      ranks.add(outcome.hitRank(ranked(others)));
    }
    return Baseline.ofRanks("label prior", ranks);
  }

  private static List<Blamed> ranked(List<Outcome> others) {
    var counts = new TreeMap<String, Integer>();
    var labels = new TreeMap<String, Blamed>();
    for (Outcome other : others) {
      for (Blamed guilty : other.truth()) {
        Blamed label = guilty.label();
        counts.merge(label.shown(), 1, Integer::sum);
        labels.put(label.shown(), label);
      }
    }
    return counts.entrySet().stream()
        .sorted(
            Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .map(entry -> Objects.requireNonNull(labels.get(entry.getKey())))
        .toList();
  }
}
