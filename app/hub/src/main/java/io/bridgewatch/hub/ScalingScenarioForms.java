package io.bridgewatch.hub;

import io.bridgewatch.hub.ScalingLearningApi.ScalingMargin;
import io.bridgewatch.hub.ScalingLearningApi.ScalingScenario;
import io.bridgewatch.hub.ScalingLearningApi.ScalingScenarioName;
import io.bridgewatch.hub.ScalingLearningApi.ScalingScenarioUnlearned;
import io.bridgewatch.hub.ScalingLearningApi.ScalingScenarios;
import io.bridgewatch.scale.OperatingPoint;
import io.bridgewatch.scale.OperatingPoints;
import io.bridgewatch.scale.scenario.BusinessCalendar;
import io.bridgewatch.scale.scenario.FloorSchedule;
import io.bridgewatch.scale.scenario.Scenario;
import io.bridgewatch.scale.scenario.ScenarioDays;
import io.bridgewatch.scale.scenario.ScenarioFloors;
import io.bridgewatch.scale.scenario.ScenarioPlan;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes documents of the floors of scenarios, and floors of documents. */
final class ScalingScenarioForms {
  private ScalingScenarioForms() {}

  /**
   * @param used whether the learned policy keeps them
   * @param tooFew scenarios that were seen too seldom
   * @param points of the policy
   */
  static ScalingScenarios form(
      ScenarioFloors floors,
      boolean used,
      List<ScenarioPlan.TooFew> tooFew,
      OperatingPoints points) {
    ScenarioDays days = floors.days();
    return new ScalingScenarios(
        used,
        days.zone().getId(),
        floors.quantile(),
        switch (days) {
          case ScenarioDays.ByCalendar by -> BusinessCalendars.form(by.calendar(), false);
          case ScenarioDays.ByWeekday _ -> null;
        },
        floors.plans().stream().map(plan -> scenario(plan, days, points)).toList(),
        tooFew.stream()
            .map(
                plan ->
                    new ScalingScenarioUnlearned(
                        name(plan.scenario(), days), plan.seen(), plan.wanted()))
            .toList());
  }

  private static ScalingScenario scenario(
      ScenarioPlan.Learned plan, ScenarioDays days, OperatingPoints points) {
    FloorSchedule floor = plan.floor();
    return new ScalingScenario(
        name(plan.scenario(), days),
        plan.restsOn(),
        floor.slotMinutes(),
        Arrays.stream(floor.replicas()).boxed().toList(),
        floor.leadSeconds(),
        plan.peakPerSecond(),
        plan.check().enough(),
        plan.check().cost(),
        margin(plan.scenario(), points));
  }

  /** Null for events: these have the point of their day. */
  private static @Nullable ScalingMargin margin(Scenario scenario, OperatingPoints points) {
    if (scenario instanceof Scenario.Event) {
      return null;
    }
    var own = points.ofKinds().get(ScenarioDays.word(scenario));
    OperatingPoint point = own == null ? points.usual() : own;
    return new ScalingMargin(
        point.errors(),
        point.leastRise(),
        Double.isInfinite(point.mostRise()) ? null : point.mostRise(),
        own != null);
  }

  static ScalingScenarioName name(Scenario scenario, ScenarioDays days) {
    return switch (scenario) {
      case Scenario.CalendarDay day ->
          new ScalingScenarioName(day.kind(), null, null, null, null, List.of());
      case Scenario.Event event ->
          new ScalingScenarioName(null, event.name(), event.kind(), null, null, List.of());
      case Scenario.RecognisedDay day ->
          new ScalingScenarioName(
              null, null, null, day.group(), day.example(), weekdays(days, day));
    };
  }

  private static List<DayOfWeek> weekdays(ScenarioDays days, Scenario scenario) {
    return switch (days) {
      case ScenarioDays.ByCalendar _ -> List.of();
      case ScenarioDays.ByWeekday by ->
          by.kinds().entrySet().stream()
              .filter(entry -> entry.getValue().equals(scenario))
              .map(Map.Entry::getKey)
              .sorted()
              .toList();
    };
  }

  /**
   * The floors of a document.
   *
   * @param now the calendar that holds; where none is set, that of the document
   */
  static ScenarioFloors floors(ScalingScenarios form, Optional<BusinessCalendar> now) {
    return new ScenarioFloors(
        days(form, now),
        form.quantile(),
        form.learned().stream()
            .map(
                one ->
                    new ScenarioPlan.Learned(
                        scenario(one.name()),
                        one.restsOn(),
                        new FloorSchedule(
                            one.slotMinutes(),
                            one.replicas().stream().mapToInt(Integer::intValue).toArray(),
                            one.leadSeconds()),
                        one.peakPerSecond(),
                        new ScenarioPlan.HeldOut(one.enough(), one.cost())))
            .toList());
  }

  private static ScenarioDays days(ScalingScenarios form, Optional<BusinessCalendar> now) {
    var then = form.calendar();
    if (then != null) {
      return new ScenarioDays.ByCalendar(now.orElseGet(() -> BusinessCalendars.calendar(then)));
    }
    var kinds = new EnumMap<DayOfWeek, Scenario.RecognisedDay>(DayOfWeek.class);
    for (ScalingScenario one : form.learned()) {
      if (scenario(one.name()) instanceof Scenario.RecognisedDay day) {
        one.name().weekdays().forEach(weekday -> kinds.put(weekday, day));
      }
    }
    return new ScenarioDays.ByWeekday(ZoneId.of(form.zone()), kinds);
  }

  private static Scenario scenario(ScalingScenarioName name) {
    var day = name.day();
    if (day != null) {
      return new Scenario.CalendarDay(day);
    }
    var event = name.event();
    var kind = name.eventKind();
    if (event != null && kind != null) {
      return new Scenario.Event(event, kind);
    }
    var group = name.group();
    var example = name.example();
    if (group != null && example != null) {
      return new Scenario.RecognisedDay(group, example);
    }
    throw new IllegalArgumentException(
        "cannot read the scenario %s; learn the policy again".formatted(name));
  }
}
