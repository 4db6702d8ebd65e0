package io.bridgewatch.scale.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.scale.LoadTrace;
import io.bridgewatch.scale.scenario.ScenarioPlan.Learned;
import io.bridgewatch.scale.scenario.ScenarioPlan.TooFew;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScenarioLearnerTest {

  private static final ScenarioLearner.Settings SETTINGS =
      ScenarioLearner.Settings.standard(10, 120, 2, 100);

  private final EventWindow first = BusinessLoads.sale("2026-03-11");
  private final EventWindow second = BusinessLoads.sale("2026-03-25");
  private final EventWindow coming = BusinessLoads.sale("2026-04-08");
  private final BusinessCalendar calendar = BusinessLoads.calendar(first, second, coming);
  private final LoadTrace load = BusinessLoads.of(calendar, 35, 7);
  private final List<ScenarioPlan> plans =
      ScenarioLearner.byCalendar(load, calendar, SETTINGS, load.end());

  private ScenarioFloors floors() {
    return new ScenarioFloors(
        new ScenarioDays.ByCalendar(calendar),
        0.5,
        plans.stream().filter(Learned.class::isInstance).map(Learned.class::cast).toList());
  }

  private ScenarioPlan of(Scenario scenario) {
    return plans.stream()
        .filter(plan -> plan.scenario().equals(scenario))
        .findFirst()
        .orElseThrow();
  }

  private Learned learned(Scenario scenario) {
    assertThat(of(scenario)).isInstanceOf(Learned.class);
    return (Learned) of(scenario);
  }

  @Test
  void eachKindOfDayGetsItsOwnFloor() {
    Learned work = learned(new Scenario.CalendarDay(DayKind.WORKDAY));
    Learned weekend = learned(new Scenario.CalendarDay(DayKind.WEEKEND));
    assertThat(work.restsOn()).hasSize(25).contains(LocalDate.parse("2026-03-28"));
    assertThat(weekend.restsOn()).hasSize(9);
    assertThat(work.floor().at(12 * 3600)).isBetween(10, 12);
    assertThat(work.floor().at(3 * 3600)).isBetween(2, 3);
    assertThat(weekend.floor().at(12 * 3600)).isEqualTo(4);
    assertThat(work.check().enough()).isGreaterThan(0.85);
    assertThat(work.check().cost()).isBetween(1.0, 1.4);
  }

  @Test
  void theFloorIsThereBeforeTheRiseOfTheMorning() {
    FloorSchedule floor = learned(new Scenario.CalendarDay(DayKind.WORKDAY)).floor();
    assertThat(floor.at(9 * 3600 - 60)).isGreaterThanOrEqualTo(10);
    assertThat(floor.at(8 * 3600)).isLessThanOrEqualTo(3);
  }

  @Test
  void tooFewDaysAreRefusedWithTheirNumber() {
    assertThat(of(new Scenario.CalendarDay(DayKind.PAY_DAY)))
        .isEqualTo(
            new TooFew(
                new Scenario.CalendarDay(DayKind.PAY_DAY),
                List.of(LocalDate.parse("2026-03-13")),
                3));
  }

  @Test
  void anEventsFloorRestsOnThoseSeenAndBeginsBeforeTheNext() {
    var sale = new Scenario.Event("sale", EventKind.FLASH_SALE);
    Learned learned = learned(sale);
    assertThat(learned.restsOn())
        .containsExactly(LocalDate.parse("2026-03-11"), LocalDate.parse("2026-03-25"));
    assertThat(learned.floor().highest()).isBetween(6, 8); // 60 a second, three times the usual
    var floors = floors();
    Instant begin = coming.from();
    assertThat(floors.reason(begin.minusSeconds(121)).orElseThrow().scenario())
        .isEqualTo(new Scenario.CalendarDay(DayKind.WORKDAY));
    assertThat(floors.reason(begin.minusSeconds(120)).orElseThrow().scenario()).isEqualTo(sale);
    assertThat(floors.reason(begin.plusSeconds(3599)).orElseThrow().scenario()).isEqualTo(sale);
    assertThat(floors.reason(begin.plusSeconds(3600)).orElseThrow().scenario())
        .isEqualTo(new Scenario.CalendarDay(DayKind.WORKDAY));
  }

  @Test
  void aDayWhoseKindWasNotLearnedHasNoFloor() {
    var floors = floors();
    Instant holiday =
        LocalDate.parse("2026-04-06").atTime(12, 0).atZone(BusinessLoads.SHANGHAI).toInstant();
    assertThat(floors.reason(holiday)).isEmpty();
  }

  @Test
  void aLoadThatGrowsIsPlannedForAtItsPresentLevel() {
    double[] growing = load.perSecond();
    for (int step = 0; step < growing.length; step++) {
      growing[step] *= Math.exp(Math.log(2) * step / growing.length);
    }
    var grown = new LoadTrace(load.start(), load.stepSeconds(), growing);
    var work = new Scenario.CalendarDay(DayKind.WORKDAY);
    Learned learned =
        (Learned)
            ScenarioLearner.byCalendar(grown, calendar, SETTINGS, grown.end()).stream()
                .filter(plan -> plan.scenario().equals(work))
                .findFirst()
                .orElseThrow();
    assertThat(learned.floor().at(12 * 3600)).isBetween(18, 24);
  }

  @Test
  void withoutACalendarDaysAreToldApartByTheirLoad() {
    List<ScenarioPlan> recognised =
        ScenarioLearner.byLoad(load, BusinessLoads.SHANGHAI, SETTINGS, load.end());
    assertThat(recognised).hasSize(2).allMatch(Learned.class::isInstance);
    assertThat(((Learned) recognised.getFirst()).floor().at(12 * 3600)).isBetween(10, 12);
    assertThat(((Learned) recognised.getLast()).floor().at(12 * 3600)).isEqualTo(4);
  }

  @Test
  void whatWasNotSeenChangesLittle() {
    double[] rates = load.perSecond();
    for (int step = 0; step < rates.length; step += 7) {
      rates[step] = Double.NaN;
    }
    Arrays.fill(rates, 10 * 288, 11 * 288, Double.NaN);
    var sick = new LoadTrace(load.start(), load.stepSeconds(), rates);
    var work = new Scenario.CalendarDay(DayKind.WORKDAY);
    Learned learned =
        (Learned)
            ScenarioLearner.byCalendar(sick, calendar, SETTINGS, load.end()).stream()
                .filter(plan -> plan.scenario().equals(work))
                .findFirst()
                .orElseThrow();
    assertThat(learned.restsOn()).hasSize(24);
    assertThat(learned.floor().at(12 * 3600)).isBetween(10, 12);
  }
}
