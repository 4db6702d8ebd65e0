package io.bridgewatch.scale.scenario;

import io.bridgewatch.scale.ReplicaFloor;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How many replicas the scenarios of a workload keep at a moment. */
public final class ScenarioFloors implements ReplicaFloor {

  private final ScenarioDays days;
  private final double quantile;
  private final List<ScenarioPlan.Learned> plans;
  private final Map<Scenario, FloorSchedule> floors = new HashMap<>();
  private final int longestLeadSeconds;

  /**
   * @param quantile of the days that the plans were learned with, 0 to 1
   * @param plans of the scenarios that were learned
   */
  public ScenarioFloors(ScenarioDays days, double quantile, List<ScenarioPlan.Learned> plans) {
    this.days = days;
    this.quantile = quantile;
    this.plans = List.copyOf(plans);
    int longest = 0;
    for (ScenarioPlan.Learned plan : plans) {
      floors.put(plan.scenario(), plan.floor());
      longest = Math.max(longest, plan.floor().leadSeconds());
    }
    longestLeadSeconds = longest;
  }

  public ScenarioDays days() {
    return days;
  }

  public double quantile() {
    return quantile;
  }

  public List<ScenarioPlan.Learned> plans() {
    return plans;
  }

  /**
   * What keeps the most replicas at a moment.
   *
   * @param replicas at least 1
   */
  public record Floor(Scenario scenario, int replicas) {}

  @Override
  public int at(Instant moment) {
    return reason(moment).map(Floor::replicas).orElse(0);
  }

  /** Empty where no scenario that was learned holds at that moment. */
  public Optional<Floor> reason(Instant moment) {
    LocalDate day = LocalDate.ofInstant(moment, days.zone());
    long sinceMidnight = moment.getEpochSecond() - day.atStartOfDay(days.zone()).toEpochSecond();
    Optional<Floor> best = ofDay(day, sinceMidnight);
    for (EventWindow window :
        days.eventsBetween(moment, moment.plusSeconds(longestLeadSeconds + 1L))) {
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

  private Optional<Floor> ofDay(LocalDate day, long sinceMidnight) {
    return days.of(day)
        .flatMap(
            scenario ->
                Optional.ofNullable(floors.get(scenario))
                    .map(schedule -> new Floor(scenario, schedule.at(sinceMidnight))));
  }

  @Override
  public String displayName() {
    return String.format(
        Locale.ROOT,
        "floors by %s q%.2f",
        switch (days) {
          case ScenarioDays.ByCalendar _ -> "calendar";
          case ScenarioDays.ByWeekday _ -> "weekday";
        },
        quantile);
  }
}
