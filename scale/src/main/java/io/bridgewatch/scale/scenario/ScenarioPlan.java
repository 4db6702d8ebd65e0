package io.bridgewatch.scale.scenario;

import java.time.LocalDate;
import java.util.List;

/** What a history says of one scenario. */
public sealed interface ScenarioPlan {

  Scenario scenario();

  /**
   * Replicas to keep.
   *
   * @param restsOn the days it was learned from; of an event those on which it began
   * @param peakPerSecond median of the highest loads of these days, at the present level
   * @param check each day against a schedule learned from the others
   */
  record Learned(
      Scenario scenario,
      List<LocalDate> restsOn,
      FloorSchedule floor,
      double peakPerSecond,
      HeldOut check)
      implements ScenarioPlan {
    public Learned {
      restsOn = List.copyOf(restsOn);
    }
  }

  /** There were too few days to learn from. */
  record TooFew(Scenario scenario, List<LocalDate> seen, int wanted) implements ScenarioPlan {
    public TooFew {
      seen = List.copyOf(seen);
    }
  }

  /**
   * What a schedule would have done on days that it was not learned from.
   *
   * @param enough share of the time in which the schedule alone had enough replicas, 0 to 1
   * @param cost pod-hours of the schedule over those that the load needed
   */
  record HeldOut(double enough, double cost) {}
}
