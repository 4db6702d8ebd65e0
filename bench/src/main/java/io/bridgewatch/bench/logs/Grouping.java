package io.bridgewatch.bench.logs;

import io.bridgewatch.numerics.LogTemplates;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * How well lines are grouped.
 *
 * @param accuracy share of lines whose group holds exactly the lines of their statement (Zhu et
 *     al., ICSE-SEIP 2019)
 * @param statements how many there are
 * @param groups how many were made
 */
record Grouping(String name, double accuracy, int statements, int groups) {

  static Grouping of(LabelledLines lines, double similarity, int mostTemplates) {
    var templates = new LogTemplates(similarity, mostTemplates);
    Map<String, Set<Integer>> wanted = new HashMap<>();
    Map<Integer, Set<Integer>> made = new HashMap<>();
    var madeOf = new int[lines.bodies().size()];
    for (int i = 0; i < madeOf.length; i++) {
      madeOf[i] = templates.learn(lines.bodies().get(i));
      made.computeIfAbsent(madeOf[i], id -> new HashSet<>()).add(i);
      wanted.computeIfAbsent(lines.statements().get(i), text -> new HashSet<>()).add(i);
    }
    int right = 0;
    for (Set<Integer> group : wanted.values()) {
      if (group.equals(made.get(madeOf[group.iterator().next()]))) {
        right += group.size();
      }
    }
    return new Grouping(
        lines.name(), (double) right / Math.max(1, madeOf.length), wanted.size(), made.size());
  }
}
