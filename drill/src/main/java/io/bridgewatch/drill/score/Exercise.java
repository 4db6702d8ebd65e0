package io.bridgewatch.drill.score;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One run: a world in which one thing was wrong, or nothing was, and all that the watch said.
 *
 * @param name of the fault, of the harmless look-alike, or of the clean day
 * @param seed of the world
 * @param begin from when on what is said counts: the watch has had its time to learn
 * @param truth empty if nothing was wrong
 * @param tellings in order of time
 */
public record Exercise(
    String name,
    long seed,
    Instant begin,
    Instant end,
    Optional<Truth> truth,
    List<Telling> tellings) {

  /**
   * @throws IllegalArgumentException if no time passed, or the fault begins outside of it
   */
  public Exercise {
    tellings = tellings.stream().sorted(Comparator.comparing(Telling::at)).toList();
    if (!begin.isBefore(end)) {
      throw new IllegalArgumentException(
          "the exercise %s ends at %s, not after it begins at %s".formatted(name, end, begin));
    }
    if (truth.isPresent()
        && (truth.get().onset().isBefore(begin) || !truth.get().onset().isBefore(end))) {
      throw new IllegalArgumentException(
          "the fault of %s begins at %s, outside of the exercise from %s to %s"
              .formatted(name, truth.get().onset(), begin, end));
    }
  }
}
