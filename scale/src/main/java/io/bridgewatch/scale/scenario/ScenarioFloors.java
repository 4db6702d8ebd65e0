package io.bridgewatch.scale.scenario;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How many replicas the scenarios of a calendar keep at a moment. */
public final class ScenarioFloors {

  private final BusinessCalendar calendar;
  private final Map<Scenario, FloorSchedule> floors = new HashMap<>();
  private final int longestLeadSeconds;

  /**
   * @param plans those learned count
   */
  public ScenarioFloors(BusinessCalendar calendar, List<ScenarioPlan> plans) {
    this.calendar = calendar;
    int longest = 0;
    for (ScenarioPlan plan : plans) {
      if (plan instanceof ScenarioPlan.Learned learned) {
        floors.put(learned.scenario(), learned.floor());
        longest = Math.max(longest, learned.floor().leadSeconds());
      }
    }
    longestLeadSeconds = longest;
  }

  /**
   * What keeps the most replicas at a moment.
   *
   * @param replicas at least 1
   */
  public record Floor(Scenario scenario, int replicas) {}

  /** Empty where no scenario that was learned holds at that moment. */
  public Optional<Floor> at(Instant moment) {
    LocalDate day = LocalDate.ofInstant(moment, calendar.zone());
    var ofDay = new Scenario.CalendarDay(calendar.kindOf(day));
    FloorSchedule daily = floors.get(ofDay);
    Optional<Floor> best =
        daily == null
            ? Optional.empty()
            : Optional.of(
                new Floor(
                    ofDay,
                    daily.at(
                        moment.getEpochSecond()
                            - day.atStartOfDay(calendar.zone()).toEpochSecond())));
    for (EventWindow window :
        calendar.eventsBetween(moment, moment.plusSeconds(longestLeadSeconds + 1L))) {
      var event = new Scenario.Event(window.name(), window.kind());
      FloorSchedule schedule = floors.get(event);
      if (schedule == null || moment.isBefore(window.from().minusSeconds(schedule.leadSeconds()))) {
        continue;
      }
      int replicas = schedule.at(moment.getEpochSecond() - window.from().getEpochSecond());
      if (best.isEmpty() || replicas > best.get().replicas()) {
        best = Optional.of(new Floor(event, replicas));
      }
    }
    return best;
  }
}
