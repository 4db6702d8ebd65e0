package io.bridgewatch.scale.trigger;

import io.bridgewatch.scale.plant.Interval;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What was found of a metric; absent where the history does not show it.
 *
 * @param completeness share of the steps in which it was seen, 0 to 1
 * @param correlation with load per replica, Spearman's, −1 to 1
 * @param relief how much of it goes when replicas come at like load below the knee: one if it
 *     halves where replicas double, zero if it stays
 * @param replicaChanges how often replicas changed in the history so that before and after could be
 *     compared
 * @param reliefBeforeAfter the same as the relief, from these comparisons alone
 * @param leadSeconds median time by which it was beyond its threshold before users suffered; zero
 *     where it was not
 * @param troubles how often users began to suffer
 * @param foresight how often it was higher at a moment before trouble than at another busy moment,
 *     0.5 is chance, 1 always
 * @param plot value of a replica against the number of replicas, at like load
 */
public record TriggerEvidence(
    double completeness,
    OptionalDouble correlation,
    Optional<Interval> relief,
    int replicaChanges,
    OptionalDouble reliefBeforeAfter,
    OptionalDouble leadSeconds,
    int troubles,
    OptionalDouble foresight,
    Plot plot) {

  /**
   * The points that show whether a metric falls when replicas rise.
   *
   * @param lowestLoad requests a second of the whole workload in the steps taken
   * @param points by number of replicas, ascending
   */
  public record Plot(double lowestLoad, double highestLoad, List<Point> points) {

    /** Nothing to be seen. */
    public static final Plot EMPTY = new Plot(0, 0, List.of());

    public Plot {
      points = List.copyOf(points);
    }
  }

  /**
   * @param value median of a replica
   * @param steps of which it is the median
   */
  public record Point(int replicas, double value, int steps) {}
}
