package io.bridgewatch.drill.score;

import io.bridgewatch.drill.score.RunScore.Outcome;
import io.bridgewatch.drill.score.Scorecard.Estimate;
import io.bridgewatch.drill.score.Scorecard.Totals;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What changed from one scorecard to the next, over the runs (name and seed) that both have.
 *
 * @param runs that both have
 * @param found faults that are detected now and were not, as {@code name#seed}
 * @param lost faults that were detected and are not now
 * @param righter faults whose cause is now named first and was not
 * @param wronger the other way round
 * @param differences of totals over those runs, later less earlier, by their names
 */
public record Comparison(
    String before,
    String after,
    int runs,
    List<String> found,
    List<String> lost,
    List<String> righter,
    List<String> wronger,
    Map<String, Double> differences) {

  public Comparison {
    found = List.copyOf(found);
    lost = List.copyOf(lost);
    righter = List.copyOf(righter);
    wronger = List.copyOf(wronger);
    differences = Collections.unmodifiableMap(new LinkedHashMap<>(differences));
  }

  private static final Map<String, Function<Totals, Optional<Estimate>>> NUMBERS = numbers();

  public static Comparison of(Scorecard before, Scorecard after) {
    Map<String, RunScore> earlier = byKey(before);
    Map<String, RunScore> later = byKey(after);
    earlier.keySet().retainAll(later.keySet());
    later.keySet().retainAll(earlier.keySet());
    return new Comparison(
        before.version(),
        after.version(),
        later.size(),
        turned(earlier, later, Outcome::isDetected),
        turned(later, earlier, Outcome::isDetected),
        turned(earlier, later, outcome -> outcome.isRightAt(1)),
        turned(later, earlier, outcome -> outcome.isRightAt(1)),
        later.isEmpty() ? Map.of() : differences(again(before, earlier), again(after, later)));
  }

  private static Scorecard again(Scorecard card, Map<String, RunScore> runs) {
    return Scorecard.of(card.version(), card.suite(), card.scoredAt(), List.copyOf(runs.values()));
  }

  private static Map<String, Double> differences(Scorecard before, Scorecard after) {
    var differences = new LinkedHashMap<String, Double>();
    NUMBERS.forEach(
        (name, number) -> {
          var earlier = number.apply(before.totals());
          var later = number.apply(after.totals());
          if (earlier.isPresent() && later.isPresent()) {
            differences.put(name, later.get().value() - earlier.get().value());
          }
        });
    return differences;
  }

  private static Map<String, Function<Totals, Optional<Estimate>>> numbers() {
    var numbers = new LinkedHashMap<String, Function<Totals, Optional<Estimate>>>();
    numbers.put("detected", Totals::detected);
    numbers.put("rightAt1", Totals::rightAt1);
    numbers.put("rightAt3", Totals::rightAt3);
    numbers.put("rightAt5", Totals::rightAt5);
    numbers.put("layerRight", Totals::layerRight);
    numbers.put("kindRight", Totals::kindRight);
    numbers.put("medianDetectionSeconds", Totals::medianDetectionSeconds);
    numbers.put("medianDiagnosisSeconds", Totals::medianDiagnosisSeconds);
    numbers.put("incidentsPerFault", Totals::incidentsPerFault);
    numbers.put("falsePerDay", Totals::falsePerDay);
    numbers.put("strayPerDay", Totals::strayPerDay);
    return numbers;
  }

  private static Map<String, RunScore> byKey(Scorecard card) {
    return card.runs().stream()
        .collect(
            Collectors.toMap(
                run -> run.name() + "#" + run.seed(),
                run -> run,
                (first, second) -> first,
                LinkedHashMap::new));
  }

  /** Runs of which it holds in the second but not in the first. */
  private static List<String> turned(
      Map<String, RunScore> first, Map<String, RunScore> second, Predicate<Outcome> what) {
    return second.entrySet().stream()
        .filter(entry -> entry.getValue().outcome().filter(what).isPresent())
        .map(Map.Entry::getKey)
        .filter(
            key ->
                Optional.ofNullable(first.get(key))
                    .flatMap(RunScore::outcome)
                    .filter(what)
                    .isEmpty())
        .toList();
  }
}
