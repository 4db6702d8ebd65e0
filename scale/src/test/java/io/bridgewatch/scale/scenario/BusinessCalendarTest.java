package io.bridgewatch.scale.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BusinessCalendarTest {

  private static BusinessCalendar calendar(
      ZoneId zone, Set<Integer> payDays, int monthEndDays, DailyWindow... daily) {
    return new BusinessCalendar(
        zone,
        Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY),
        Set.of(LocalDate.parse("2026-10-01"), LocalDate.parse("2026-10-02")),
        Set.of(LocalDate.parse("2026-10-10")),
        payDays,
        monthEndDays,
        List.of(),
        List.of(daily));
  }

  private static DayKind kind(BusinessCalendar calendar, String day) {
    return calendar.kindOf(LocalDate.parse(day));
  }

  @Test
  void holidaysAreOffAndSwappedDaysAreWorked() {
    BusinessCalendar calendar = calendar(BusinessLoads.SHANGHAI, Set.of(), 0);
    assertThat(kind(calendar, "2026-10-01")).isEqualTo(DayKind.HOLIDAY);
    assertThat(kind(calendar, "2026-10-03")).isEqualTo(DayKind.WEEKEND);
    assertThat(kind(calendar, "2026-10-10")).isEqualTo(DayKind.WORKDAY); // a Saturday
    assertThat(kind(calendar, "2026-10-12")).isEqualTo(DayKind.WORKDAY);
  }

  @Test
  void aPayDayOnADayOffMovesToTheWorkingDayBefore() {
    BusinessCalendar calendar = calendar(BusinessLoads.SHANGHAI, Set.of(4, 31), 0);
    assertThat(kind(calendar, "2026-09-04")).isEqualTo(DayKind.PAY_DAY);
    // the fourth of October is a Sunday after two holidays: nothing of the month before is worked
    assertThat(kind(calendar, "2026-10-04")).isEqualTo(DayKind.PAY_DAY);
    assertThat(kind(calendar, "2026-07-03")).isEqualTo(DayKind.PAY_DAY); // for a Saturday
    assertThat(kind(calendar, "2026-07-04")).isEqualTo(DayKind.WEEKEND);
    assertThat(kind(calendar, "2026-02-27")).isEqualTo(DayKind.PAY_DAY); // for the 28th
  }

  @Test
  void theEndOfAMonthAreItsLastWorkingDays() {
    BusinessCalendar calendar = calendar(BusinessLoads.SHANGHAI, Set.of(), 2);
    assertThat(kind(calendar, "2026-05-31")).isEqualTo(DayKind.WEEKEND);
    assertThat(kind(calendar, "2026-05-29")).isEqualTo(DayKind.MONTH_END);
    assertThat(kind(calendar, "2026-05-28")).isEqualTo(DayKind.MONTH_END);
    assertThat(kind(calendar, "2026-05-27")).isEqualTo(DayKind.WORKDAY);
  }

  @Test
  void aWindowMayReachIntoTheNextDayAndKeepsLocalTimeWhenClocksChange() {
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    var batch =
        new DailyWindow(
            "batch", EventKind.BATCH_WINDOW, LocalTime.of(22, 0), LocalTime.of(4, 0), false);
    BusinessCalendar calendar = calendar(berlin, Set.of(), 0, batch);
    Instant evening = LocalDate.parse("2026-03-28").atTime(12, 0).atZone(berlin).toInstant();
    List<EventWindow> windows = calendar.eventsBetween(evening, evening.plusSeconds(36 * 3600));
    assertThat(windows).hasSize(2);
    assertThat(Duration.between(windows.getFirst().from(), windows.getFirst().to()))
        .isEqualTo(Duration.ofHours(5)); // clocks go forward that night
    Instant night = LocalDate.parse("2026-03-29").atTime(3, 30).atZone(berlin).toInstant();
    assertThat(calendar.eventsBetween(night, night.plusSeconds(1)))
        .containsExactly(windows.getFirst());
  }

  @Test
  void aWindowOfWorkingDaysDoesNotOpenOnHolidays() {
    var market =
        new DailyWindow(
            "market", EventKind.MARKET_OPEN, LocalTime.of(9, 30), LocalTime.of(11, 30), true);
    BusinessCalendar calendar = calendar(BusinessLoads.SHANGHAI, Set.of(), 0, market);
    Instant from = LocalDate.parse("2026-09-28").atStartOfDay(BusinessLoads.SHANGHAI).toInstant();
    assertThat(calendar.eventsBetween(from, from.plus(Duration.ofDays(14))))
        .extracting(window -> calendar.dayOf(window.from()).getDayOfMonth())
        .containsExactly(28, 29, 30, 5, 6, 7, 8, 9, 10);
  }

  @Test
  void whatCannotBeIsRefused() {
    assertThatThrownBy(() -> calendar(BusinessLoads.SHANGHAI, Set.of(32), 0))
        .hasMessageContaining("1 to 31, was 32");
    Instant now = Instant.EPOCH;
    assertThatThrownBy(() -> new EventWindow("sale", EventKind.FLASH_SALE, now, now))
        .hasMessageContaining("must end after it begins");
  }
}
