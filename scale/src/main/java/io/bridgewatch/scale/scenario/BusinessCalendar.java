package io.bridgewatch.scale.scenario;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What a business knows of its days.
 *
 * <p>A pay day or the end of a month that falls on a day off moves to the working day before.
 *
 * @param zone in which days begin
 * @param weekend days of the week that are off
 * @param holidays days that are off besides
 * @param swapped days of a weekend that are worked, in exchange for a holiday
 * @param payDays days of the month, 1 to 31; in a shorter month its last day
 * @param monthEndDays how many working days at the end of a month are apart, 0 for none
 * @param events that happen once
 * @param daily that happen each day
 */
public record BusinessCalendar(
    ZoneId zone,
    Set<DayOfWeek> weekend,
    Set<LocalDate> holidays,
    Set<LocalDate> swapped,
    Set<Integer> payDays,
    int monthEndDays,
    List<EventWindow> events,
    List<DailyWindow> daily) {

  public BusinessCalendar {
    weekend = Set.copyOf(weekend);
    holidays = Set.copyOf(holidays);
    swapped = Set.copyOf(swapped);
    payDays = Set.copyOf(payDays);
    events = List.copyOf(events);
    daily = List.copyOf(daily);
    for (int day : payDays) {
      if (day < 1 || day > 31) {
        throw new IllegalArgumentException("a pay day must be from 1 to 31, was " + day);
      }
    }
    if (monthEndDays < 0 || weekend.size() == 7) {
      throw new IllegalArgumentException(
          "needs at least one day a week that is worked and at least 0 days at the end of a month,"
              + " had %s and %d".formatted(weekend, monthEndDays));
    }
    for (LocalDate day : swapped) {
      if (holidays.contains(day)) {
        throw new IllegalArgumentException(day + " is both a holiday and worked in exchange");
      }
    }
  }

  /** Saturdays and Sundays are off, and nothing else is known. */
  public static BusinessCalendar weeks(ZoneId zone) {
    return new BusinessCalendar(
        zone,
        EnumSet.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY),
        Set.of(),
        Set.of(),
        Set.of(),
        0,
        List.of(),
        List.of());
  }

  public boolean worked(LocalDate day) {
    return swapped.contains(day)
        || !holidays.contains(day) && !weekend.contains(day.getDayOfWeek());
  }

  public DayKind kindOf(LocalDate day) {
    if (payDay(day)) {
      return DayKind.PAY_DAY;
    }
    if (monthEnd(day)) {
      return DayKind.MONTH_END;
    }
    if (holidays.contains(day)) {
      return DayKind.HOLIDAY;
    }
    return worked(day) ? DayKind.WORKDAY : DayKind.WEEKEND;
  }

  private boolean payDay(LocalDate day) {
    var month = YearMonth.from(day);
    return payDays.stream()
        .map(wanted -> workedUpTo(month.atDay(Math.min(wanted, month.lengthOfMonth()))))
        .anyMatch(day::equals);
  }

  private boolean monthEnd(LocalDate day) {
    LocalDate end = YearMonth.from(day).atEndOfMonth();
    for (int i = 0; i < monthEndDays; i++) {
      end = workedUpTo(end);
      if (end.equals(day)) {
        return true;
      }
      end = end.minusDays(1);
    }
    return false;
  }

  /** That day, or the last one before it in its month that is worked; the day itself if none is. */
  private LocalDate workedUpTo(LocalDate day) {
    for (LocalDate before = day;
        before.getMonth() == day.getMonth();
        before = before.minusDays(1)) {
      if (worked(before)) {
        return before;
      }
    }
    return day;
  }

  LocalDate dayOf(Instant moment) {
    return LocalDate.ofInstant(moment, zone);
  }

  /** All windows that reach into a stretch of time, those of each day included, by their begin. */
  public List<EventWindow> eventsBetween(Instant from, Instant to) {
    var found = new ArrayList<EventWindow>(events);
    for (DailyWindow window : daily) {
      LocalDate last = dayOf(to);
      for (LocalDate day = dayOf(from).minusDays(1); !day.isAfter(last); day = day.plusDays(1)) {
        if (!window.workingDaysOnly() || worked(day)) {
          LocalDate ends = window.to().isAfter(window.from()) ? day : day.plusDays(1);
          Instant begin = day.atTime(window.from()).atZone(zone).toInstant();
          Instant end = ends.atTime(window.to()).atZone(zone).toInstant();
          if (begin.isBefore(end)) { // not where clocks jump over it
            found.add(new EventWindow(window.name(), window.kind(), begin, end));
          }
        }
      }
    }
    found.removeIf(event -> !event.from().isBefore(to) || !event.to().isAfter(from));
    found.sort(Comparator.comparing(EventWindow::from).thenComparing(EventWindow::name));
    return found;
  }
}
