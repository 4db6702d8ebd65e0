package io.bridgewatch.scale.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.scale.LoadTrace;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DayGroupsTest {

  @Test
  void weekendsAndSwappedDaysAreRecognisedByTheirLoad() {
    for (long seed = 1; seed <= 20; seed++) {
      BusinessCalendar calendar = BusinessLoads.calendar();
      LoadTrace load = BusinessLoads.of(calendar, 35, seed);
      DayGroups found = DayGroups.of(load, BusinessLoads.SHANGHAI);
      assertThat(found.groups()).as("seed %d", seed).hasSize(2);
      assertThat(found.groups().getFirst().days())
          .as("seed %d", seed)
          .hasSize(25)
          .contains(LocalDate.parse("2026-03-28"))
          .allMatch(calendar::worked);
      assertThat(found.groups().getLast().days())
          .hasSize(9)
          .allMatch(day -> day.getDayOfWeek().getValue() >= DayOfWeek.SATURDAY.getValue());
      assertThat(found.odd()).containsExactly(LocalDate.parse("2026-03-13")); // paid for the 15th
    }
  }

  @Test
  void daysThatAreAllAlikeAreOneGroup() {
    for (long seed = 1; seed <= 20; seed++) {
      var random = new SplittableRandom(seed);
      double[] rates = new double[21 * 288];
      double noise = 0;
      for (int step = 0; step < rates.length; step++) {
        noise = 0.95 * noise + 0.05 * random.nextGaussian();
        rates[step] =
            (100 + 60 * Math.sin(2 * Math.PI * step / 288))
                * Math.exp(noise)
                * Math.exp(0.01 * step / 288);
      }
      var start = BusinessLoads.FIRST.atStartOfDay(BusinessLoads.SHANGHAI).toInstant();
      DayGroups found = DayGroups.of(new LoadTrace(start, 300, rates), BusinessLoads.SHANGHAI);
      assertThat(found.groups()).as("seed %d", seed).hasSize(1);
      assertThat(found.separation()).isEmpty();
    }
  }

  @Test
  void aDayOfWhichTooLittleWasSeenIsLeftOut() {
    LoadTrace load = BusinessLoads.of(BusinessLoads.calendar(), 14, 3);
    double[] rates = load.perSecond();
    Arrays.fill(rates, 288, 288 + 100, Double.NaN);
    var sick = new LoadTrace(load.start(), load.stepSeconds(), rates);
    DayGroups found = DayGroups.of(sick, BusinessLoads.SHANGHAI);
    assertThat(found.groupOf(BusinessLoads.FIRST.plusDays(1))).isEmpty();
    assertThat(found.groupOf(BusinessLoads.FIRST)).isPresent();
    assertThat(DayGroups.of(load.slice(0, 3 * 288), BusinessLoads.SHANGHAI).groups()).isEmpty();
  }
}
