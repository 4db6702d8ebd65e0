package io.bridgewatch.scale.scenario;

import java.time.LocalDate;

/** What replicas are kept for. */
public sealed interface Scenario {

  /** Days of which the calendar says that they are of that kind. */
  record CalendarDay(DayKind kind) implements Scenario {}

  /**
   * Days that are alike by their load.
   *
   * @param group index in {@link DayGroups#groups}
   * @param example a day of them
   */
  record RecognisedDay(int group, LocalDate example) implements Scenario {}

  /** A window that the calendar names. */
  record Event(String name, EventKind kind) implements Scenario {}
}
