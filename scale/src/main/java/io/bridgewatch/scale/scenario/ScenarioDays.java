package io.bridgewatch.scale.scenario;

import io.bridgewatch.scale.DayKinds;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which scenario a day is of, and which events there are. */
public sealed interface ScenarioDays extends DayKinds {

  /** Empty where it is of none. */
  Optional<Scenario> of(LocalDate day);

  /** A word for its scenario. */
  @Override
  default Optional<String> kindOf(LocalDate day) {
    return of(day).map(ScenarioDays::word);
  }

  /** By which points of days of that scenario are kept. */
  static String word(Scenario scenario) {
    return switch (scenario) {
      case Scenario.CalendarDay day -> day.kind().name();
      case Scenario.RecognisedDay day -> "GROUP_" + day.group();
      case Scenario.Event event -> event.name();
    };
  }

  /** All windows that reach into a stretch of time, by their begin. */
  List<EventWindow> eventsBetween(Instant from, Instant to);

  /** As people say. */
  record ByCalendar(BusinessCalendar calendar) implements ScenarioDays {

    @Override
    public ZoneId zone() {
      return calendar.zone();
    }

    @Override
    public Optional<Scenario> of(LocalDate day) {
      return Optional.of(new Scenario.CalendarDay(calendar.kindOf(day)));
    }

    @Override
    public List<EventWindow> eventsBetween(Instant from, Instant to) {
      return calendar.eventsBetween(from, to);
    }
  }

  /**
   * As days of the week were alike by their load.
   *
   * @param kinds of the days of the week that are mostly of one kind
   */
  record ByWeekday(ZoneId zone, Map<DayOfWeek, Scenario.RecognisedDay> kinds)
      implements ScenarioDays {

    public ByWeekday {
      kinds = Map.copyOf(kinds);
    }

    @Override
    public Optional<Scenario> of(LocalDate day) {
      return Optional.ofNullable(kinds.get(day.getDayOfWeek()));
    }

    @Override
    public List<EventWindow> eventsBetween(Instant from, Instant to) {
      return List.of();
    }
  }
}
