package io.bridgewatch.scale.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.scale.Backtest;
import io.bridgewatch.scale.FloorLearner;
import io.bridgewatch.scale.LearnedPolicy;
import io.bridgewatch.scale.LoadTrace;
import io.bridgewatch.scale.OperatingPoint;
import io.bridgewatch.scale.PlantSettings;
import io.bridgewatch.scale.PolicyLearner;
import io.bridgewatch.scale.PolicyRules;
import io.bridgewatch.scale.ScalingEffect;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ScenarioFloorLearnerTest {

  private static final PlantSettings PLANT = PlantSettings.standard(10, 60);
  private static final int DAYS = 20;
  private static final int HALF = DAYS / 2 * 86_400 / 60;

  /**
   * Sales that begin on each working day, at another hour each time: only a calendar knows when.
   */
  private static BusinessCalendar sales() {
    var sales = new ArrayList<EventWindow>();
    for (int day = 0; day < DAYS; day++) {
      LocalDate date = BusinessLoads.FIRST.plusDays(day);
      if (date.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) <= 0) {
        Instant from =
            date.atTime(1 + (day * 7) % 21, 0).atZone(BusinessLoads.SHANGHAI).toInstant();
        sales.add(new EventWindow("sale", EventKind.FLASH_SALE, from, from.plusSeconds(1800)));
      }
    }
    return BusinessLoads.calendar(sales.toArray(EventWindow[]::new));
  }

  private final BusinessCalendar calendar = sales();
  private final LoadTrace load = load(calendar);

  private static LoadTrace load(BusinessCalendar calendar) {
    var random = new SplittableRandom(3);
    Instant start = BusinessLoads.FIRST.atStartOfDay(BusinessLoads.SHANGHAI).toInstant();
    double[] minutes = new double[2 * HALF];
    for (int minute = 0; minute < minutes.length; minute++) {
      Instant now = start.plusSeconds(60L * minute);
      boolean sale = !calendar.eventsBetween(now, now.plusSeconds(1)).isEmpty();
      minutes[minute] = (sale ? 300 : 50) * Math.exp(0.03 * random.nextGaussian());
    }
    return new LoadTrace(start, 60, minutes);
  }

  private LearnedPolicy learned(List<? extends FloorLearner> floors) {
    var points =
        List.of(
            new OperatingPoint(1, 0, 0.5, 120),
            new OperatingPoint(3, 0.1, 0.5, 120),
            new OperatingPoint(6, 0.2, 0.8, 300));
    return PolicyLearner.of(
            load.slice(0, HALF),
            PLANT,
            new PolicyLearner.Settings(
                3,
                points,
                2,
                1e-4,
                1,
                PolicyRules.upTo(200),
                List.copyOf(floors),
                Optional.empty()))
        .atMost(0);
  }

  private ScalingEffect judged(LearnedPolicy policy) {
    LoadTrace rest = load.slice(HALF, load.steps());
    return Backtest.run(rest, PLANT, policy.replay(load, HALF), 10, 120);
  }

  @Test
  void whatOnlyACalendarKnowsIsProvidedFor() {
    LearnedPolicy with = learned(ScenarioFloorLearner.by(calendar, PLANT, 200));
    assertThat(with.kept()).isPresent();
    assertThat(with.displayName()).contains("floors by calendar");
    double without = judged(learned(List.of())).hurt();
    assertThat(without).isPositive();
    assertThat(judged(with).hurt()).isLessThan(without / 4);
  }

  @Test
  void aFloorThatIsNoBetterThanNoneIsLeftOut() {
    double[] flat = new double[HALF];
    Arrays.fill(flat, 100);
    var points = List.of(new OperatingPoint(1, 0, 0.5, 120));
    var calm = new LoadTrace(load.start(), 60, flat);
    var settings =
        new PolicyLearner.Settings(
            3,
            points,
            2,
            1e-4,
            1,
            PolicyRules.upTo(200),
            List.copyOf(ScenarioFloorLearner.by(calendar, PLANT, 200)),
            Optional.empty());
    assertThat(PolicyLearner.of(calm, PLANT, settings).atMost(0.001).kept()).isEmpty();
  }

  @Test
  void withoutACalendarDaysOfTheWeekGetTheFloorsOfTheirKind() {
    var quiet = BusinessLoads.calendar();
    LoadTrace weeks = BusinessLoads.of(quiet, 28, 5);
    var floors =
        ScenarioFloorLearner.by(BusinessLoads.SHANGHAI, PLANT, 200)
            .getFirst()
            .learn(weeks, weeks.end())
            .orElseThrow();
    Instant monday =
        BusinessLoads.FIRST.plusDays(28).atTime(12, 0).atZone(BusinessLoads.SHANGHAI).toInstant();
    Instant sunday = monday.minusSeconds(86_400);
    assertThat(floors.at(monday)).isBetween(10, 12);
    assertThat(floors.at(sunday)).isBetween(3, 4);
    assertThat(floors.reason(monday).orElseThrow().scenario())
        .isNotEqualTo(floors.reason(sunday).orElseThrow().scenario());
  }

  @Test
  void daysOfTheWeekThatAreNotMostlyOfOneKindHaveNoFloor() {
    var mixed =
        new DayGroups(
            List.of(
                new DayGroups.Group(
                    List.of(LocalDate.parse("2026-03-02"), LocalDate.parse("2026-03-03")),
                    LocalDate.parse("2026-03-02")),
                new DayGroups.Group(
                    List.of(LocalDate.parse("2026-03-09"), LocalDate.parse("2026-03-10")),
                    LocalDate.parse("2026-03-09"))),
            List.of(),
            OptionalDouble.of(0.5));
    assertThat(ScenarioFloorLearner.weekdays(mixed, BusinessLoads.SHANGHAI).kinds()).isEmpty();
  }

  @Test
  void whatWasSeenTooSeldomIsTold() {
    ScenarioFloorLearner way = ScenarioFloorLearner.by(calendar, PLANT, 200).getFirst();
    assertThat(way.tooFew(load, load.end()))
        .extracting(ScenarioPlan.TooFew::scenario)
        .containsExactly(new Scenario.CalendarDay(DayKind.PAY_DAY));
  }

  @Test
  void tooFewDaysGiveNoFloor() {
    LoadTrace two = load.slice(0, 2 * 1440);
    assertThat(
            ScenarioFloorLearner.by(BusinessLoads.SHANGHAI, PLANT, 200)
                .getFirst()
                .learn(two, two.end()))
        .isEmpty();
  }
}
