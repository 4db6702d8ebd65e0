package io.bridgewatch.drill.score;

import io.bridgewatch.model.Layer;
import java.util.List;
import java.util.Optional;

/**
 * How the watch did in one exercise.
 *
 * @param name of the fault, the look-alike or the clean day
 * @param simulatedSeconds how long it was watched
 * @param falseIncidents that had nothing to do with the fault, or came though nothing was wrong
 * @param outcome empty if nothing was wrong
 * @param claims one of each incident that named a cause
 */
public record RunScore(
    String name,
    long seed,
    double simulatedSeconds,
    int falseIncidents,
    Optional<Outcome> outcome,
    List<Claim> claims) {
  public RunScore {
    claims = List.copyOf(claims);
  }

  /**
   * What became of a fault.
   *
   * @param layer it truly is on, such as {@code node}
   * @param detectedAfterSeconds from its onset; empty if it was missed
   * @param incidents that were opened because of it; one is best
   * @param rank of the right cause in the diagnosis, 1 being the likeliest; empty if it is not
   *     among the causes
   * @param diagnosedAfterSeconds from its onset until the right cause was named first and stayed so
   * @param layerRight whether the likeliest cause is on its layer
   * @param kindRight whether the likeliest cause is of a kind that says what it is
   * @param confidence in the likeliest cause, 0 to 1; empty if none was named
   */
  public record Outcome(
      String layer,
      Optional<Double> detectedAfterSeconds,
      int incidents,
      Optional<Integer> rank,
      Optional<Double> diagnosedAfterSeconds,
      boolean layerRight,
      boolean kindRight,
      Optional<Double> confidence) {

    static Outcome missed(Layer layer) {
      return new Outcome(
          layer.id(),
          Optional.empty(),
          0,
          Optional.empty(),
          Optional.empty(),
          false,
          false,
          Optional.empty());
    }

    boolean isDetected() {
      return detectedAfterSeconds.isPresent();
    }

    boolean isRightAt(int ranks) {
      return rank.filter(r -> r <= ranks).isPresent();
    }
  }

  /**
   * @param confidence in the likeliest cause of an incident, 0 to 1
   * @param right whether it was the cause
   */
  public record Claim(double confidence, boolean right) {}
}
