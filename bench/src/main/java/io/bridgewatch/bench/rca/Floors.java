package io.bridgewatch.bench.rca;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * The scores that must be held: by track, set and measure.
 *
 * <pre>{"given": {"SET": {"ac1": 0.8, "ac3": 0.9, "wrongAndConfident": 0.05}}, "not-given": {}}
 * </pre>
 *
 * {@code ac1}, {@code ac3}, {@code ac5}, {@code mrr} and {@code specificity} are least values;
 * {@code wrongAndConfident}, {@code abstained}, {@code calibrationError} and {@code failed} are
 * greatest ones.
 */
final class Floors {

  /** How far below a floor still counts as on it: floors are written with two or three digits. */
  private static final double ROUNDING = 0.0005;

  private final Map<String, Map<String, Map<String, Double>>> bySetByTrack = new TreeMap<>();

  static Floors read(Path file) throws IOException {
    var floors = new Floors();
    try {
      JsonNode tree = new ObjectMapper().readTree(Files.readAllBytes(file));
      tree.forEachEntry(
          (track, sets) ->
              sets.forEachEntry(
                  (set, measures) ->
                      measures.forEachEntry(
                          (measure, value) ->
                              floors
                                  .bySetByTrack
                                  .computeIfAbsent(track, t -> new TreeMap<>())
                                  .computeIfAbsent(set, s -> new TreeMap<>())
                                  .put(measure, value.asDouble()))));
    } catch (JacksonException e) {
      throw new IOException("cannot read " + file + ": " + e.getMessage(), e);
    }
    return floors;
  }

  /**
   * One sentence for each score that is not held, or that has no such measure.
   *
   * @param notRun told each set that has a floor and was not run
   */
  List<String> broken(List<SetResult> results, List<String> notRun) {
    var broken = new ArrayList<String>();
    bySetByTrack.forEach(
        (track, sets) ->
            sets.forEach(
                (set, measures) -> {
                  Optional<SetResult> result =
                      results.stream()
                          .filter(r -> r.track().id().equals(track) && r.set().equals(set))
                          .findFirst();
                  if (result.isEmpty()) {
                    notRun.add(set + " (" + track + ")");
                  } else {
                    measures.forEach(
                        (measure, floor) ->
                            brokenBy(result.get(), measure, floor).ifPresent(broken::add));
                  }
                }));
    return broken;
  }

  private static Optional<String> brokenBy(SetResult result, String measure, double floor) {
    Score score = result.score();
    return switch (measure) {
      case "ac1" -> least(result, measure, score.accuracyAt1().value(), floor);
      case "ac3" -> least(result, measure, score.accuracyAt3().value(), floor);
      case "ac5" -> least(result, measure, score.accuracyAt5().value(), floor);
      case "mrr" -> least(result, measure, score.meanReciprocalRank(), floor);
      case "specificity" -> least(result, measure, score.specificity().value(), floor);
      case "wrongAndConfident" ->
          greatest(result, measure, score.wrongAndConfident().value(), floor);
      case "abstained" -> greatest(result, measure, score.abstained().value(), floor);
      case "calibrationError" -> greatest(result, measure, score.calibrationError(), floor);
      case "failed" -> greatest(result, measure, score.errors(), floor);
      default -> Optional.of("the floors name a measure that is not counted: " + measure);
    };
  }

  private static Optional<String> least(
      SetResult result, String measure, double seen, double wanted) {
    return seen >= wanted - ROUNDING
        ? Optional.empty()
        : Optional.of(sentence(result, measure, seen, "at least", wanted));
  }

  private static Optional<String> greatest(
      SetResult result, String measure, double seen, double wanted) {
    return seen <= wanted + ROUNDING
        ? Optional.empty()
        : Optional.of(sentence(result, measure, seen, "at most", wanted));
  }

  private static String sentence(
      SetResult result, String measure, double seen, String bound, double wanted) {
    return String.format(
        Locale.ROOT,
        "%s of %s (%s) is %.3f, wanted %s %.3f",
        measure,
        result.set(),
        result.track().id(),
        seen,
        bound,
        wanted);
  }
}
