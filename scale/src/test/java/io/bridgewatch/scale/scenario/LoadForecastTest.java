package io.bridgewatch.scale.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bridgewatch.scale.LoadTrace;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LoadForecastTest {

  private static final int DAY = 86_400 / BusinessLoads.STEP_SECONDS;

  private final BusinessCalendar calendar = BusinessLoads.calendar();

  @Test
  void whatComesLiesInTheIntervalAsOftenAsAskedFor() {
    int inside = 0;
    int all = 0;
    for (long seed = 1; seed <= 10; seed++) {
      LoadTrace load = BusinessLoads.of(calendar, 35, seed);
      for (int last = 26 * DAY + 31; last < 34 * DAY; last += 397) {
        List<LoadForecast.Step> steps =
            LoadForecast.of(load.slice(0, last), calendar, DAY / 2, 0.9);
        for (int i = 0; i < steps.size(); i++) {
          double truth = load.perSecond()[last + i];
          inside += truth >= steps.get(i).low() && truth <= steps.get(i).high() ? 1 : 0;
          all++;
        }
      }
    }
    assertThat((double) inside / all).isBetween(0.84, 0.97);
  }

  @Test
  void aCalendarTellsWeekendsAndWorkedSaturdaysApart() {
    double with = 0;
    double without = 0;
    BusinessCalendar plain = BusinessCalendar.weeks(BusinessLoads.SHANGHAI);
    for (long seed = 1; seed <= 5; seed++) {
      LoadTrace load = BusinessLoads.of(calendar, 28, seed);
      int saturday = 26 * DAY; // the 28th of March, which is worked
      with += error(load, calendar, saturday);
      without += error(load, plain, saturday);
    }
    assertThat(with / 5).isLessThan(0.15);
    assertThat(without / 5).isGreaterThan(3 * with / 5);
  }

  /** Mean error from seven to five in the morning of a day that begins there, over the mean. */
  private static double error(LoadTrace load, BusinessCalendar calendar, int midnight) {
    int last = midnight + 7 * 12;
    List<LoadForecast.Step> steps = LoadForecast.of(load.slice(0, last), calendar, 10 * 12, 0.8);
    double off = 0;
    double sum = 0;
    for (int i = 0; i < steps.size(); i++) {
      off += Math.abs(steps.get(i).expected() - load.perSecond()[last + i]);
      sum += load.perSecond()[last + i];
    }
    return off / sum;
  }

  @Test
  void stepsFollowTheHistoryAndAreOrdered() {
    LoadTrace load = BusinessLoads.of(calendar, 10, 1);
    List<LoadForecast.Step> steps = LoadForecast.of(load, calendar, 50, 0.8);
    assertThat(steps).hasSize(50);
    assertThat(steps.getFirst().at()).isEqualTo(load.start().plus(load.duration()));
    for (LoadForecast.Step step : steps) {
      assertThat(step.low()).isBetween(0.0, step.high());
      assertThat(step.expected()).isGreaterThanOrEqualTo(0);
    }
    assertThat(LoadForecast.of(load, calendar, 50, 0.8)).isEqualTo(steps);
  }

  @Test
  void gapsAreBridged() {
    LoadTrace load = BusinessLoads.of(calendar, 14, 2);
    var random = new SplittableRandom(2);
    double[] rates = load.perSecond();
    for (int step = 0; step < rates.length; step++) {
      rates[step] = random.nextInt(5) == 0 || step > rates.length - 4 ? Double.NaN : rates[step];
    }
    var sick = new LoadTrace(load.start(), load.stepSeconds(), rates);
    for (LoadForecast.Step step : LoadForecast.of(sick, calendar, 100, 0.8)) {
      assertThat(step.expected()).isFinite().isPositive();
      assertThat(step.high()).isFinite();
    }
  }

  @Test
  void aHistoryThatIsTooShortIsRefused() {
    LoadTrace load = BusinessLoads.of(calendar, 2, 2);
    assertThatThrownBy(() -> LoadForecast.of(load, calendar, 12, 0.8))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("give a longer history");
  }
}
