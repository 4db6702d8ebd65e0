package io.bridgewatch.scale.scenario;

import io.bridgewatch.scale.FloorLearner;
import io.bridgewatch.scale.LoadTrace;
import io.bridgewatch.scale.PlantSettings;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;

/**
 * Floors of a workload's scenarios: by a calendar, or where there is none by the days of the week,
 * as far as those are mostly of one kind by their load.
 */
public final class ScenarioFloorLearner implements FloorLearner {

  /** Of the days of a kind, those whose load is provided for: half, and most of them. */
  private static final List<Double> QUANTILES = List.of(0.5, 0.9);

  private static final int LEAST_WEEKS = 2;

  /** Of the days of a name in the week, how many must be of one kind. */
  private static final double MOSTLY = 2.0 / 3;

  private final ZoneId zone;
  private final Optional<BusinessCalendar> calendar;
  private final ScenarioLearner.Settings settings;

  private ScenarioFloorLearner(
      ZoneId zone, Optional<BusinessCalendar> calendar, ScenarioLearner.Settings settings) {
    this.zone = zone;
    this.calendar = calendar;
    this.settings = settings;
  }

  /** Ways by a calendar: one that provides for the usual such day, and one for most of them. */
  public static List<ScenarioFloorLearner> by(
      BusinessCalendar calendar, PlantSettings plant, int maxReplicas) {
    return all(calendar.zone(), Optional.of(calendar), plant, maxReplicas);
  }

  /** The same where nobody has said what days there are. */
  public static List<ScenarioFloorLearner> by(ZoneId zone, PlantSettings plant, int maxReplicas) {
    return all(zone, Optional.empty(), plant, maxReplicas);
  }

  private static List<ScenarioFloorLearner> all(
      ZoneId zone, Optional<BusinessCalendar> calendar, PlantSettings plant, int maxReplicas) {
    int ahead = plant.lagSeconds() + plant.syncSeconds() + plant.coldStartSeconds();
    var ways = new ArrayList<ScenarioFloorLearner>();
    for (double quantile : QUANTILES) {
      var settings = ScenarioLearner.Settings.standard(plant.capacity(), ahead, 1, maxReplicas);
      ways.add(new ScenarioFloorLearner(zone, calendar, settings.of(quantile)));
    }
    return ways;
  }

  @Override
  public Optional<ScenarioFloors> learn(LoadTrace seen, Instant present) {
    ScenarioDays days = days(seen);
    var learned = plans(ScenarioPlan.Learned.class, seen, days, present);
    return learned.isEmpty()
        ? Optional.empty()
        : Optional.of(new ScenarioFloors(days, settings.quantile(), learned));
  }

  /** Scenarios that were seen, and too seldom to learn from. */
  public List<ScenarioPlan.TooFew> tooFew(LoadTrace seen, Instant present) {
    return plans(ScenarioPlan.TooFew.class, seen, days(seen), present);
  }

  private <P extends ScenarioPlan> List<P> plans(
      Class<P> sort, LoadTrace seen, ScenarioDays days, Instant present) {
    List<ScenarioPlan> all =
        switch (days) {
          case ScenarioDays.ByCalendar by ->
              ScenarioLearner.byCalendar(seen, by.calendar(), settings, present);
          case ScenarioDays.ByWeekday by ->
              ScenarioLearner.byLoad(seen, by.zone(), settings, present);
        };
    return all.stream().filter(sort::isInstance).map(sort::cast).toList();
  }

  /** What days there are, by the calendar or by what was seen. */
  public ScenarioDays days(LoadTrace seen) {
    return calendar
        .<ScenarioDays>map(ScenarioDays.ByCalendar::new)
        .orElseGet(() -> weekdays(DayGroups.of(seen, zone), zone));
  }

  /** What the days of the week mostly are. */
  static ScenarioDays.ByWeekday weekdays(DayGroups recognised, ZoneId zone) {
    var dates = new ArrayList<LocalDate>(recognised.odd());
    recognised.groups().forEach(group -> dates.addAll(group.days()));
    var kinds = new EnumMap<DayOfWeek, Scenario.RecognisedDay>(DayOfWeek.class);
    for (DayOfWeek name : DayOfWeek.values()) {
      long all = dates.stream().filter(date -> date.getDayOfWeek() == name).count();
      for (int i = 0; i < recognised.groups().size(); i++) {
        DayGroups.Group group = recognised.groups().get(i);
        long alike = group.days().stream().filter(date -> date.getDayOfWeek() == name).count();
        boolean only = recognised.groups().size() == 1;
        if (alike > 0 && alike >= MOSTLY * all && (only || all >= LEAST_WEEKS)) {
          kinds.put(name, new Scenario.RecognisedDay(i, group.example()));
        }
      }
    }
    return new ScenarioDays.ByWeekday(zone, kinds);
  }
}
