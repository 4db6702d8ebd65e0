package io.bridgewatch.scale.scenario;

import io.bridgewatch.scale.LoadTrace;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** Loads of a made-up bank in Shanghai, whose days are what a calendar says. */
final class BusinessLoads {

  static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
  static final LocalDate FIRST = LocalDate.parse("2026-03-02"); // a Monday
  static final int STEP_SECONDS = 300;

  private BusinessLoads() {}

  static BusinessCalendar calendar(EventWindow... events) {
    return new BusinessCalendar(
        SHANGHAI,
        EnumSet.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY),
        Set.of(LocalDate.parse("2026-04-06")),
        Set.of(LocalDate.parse("2026-03-28")),
        Set.of(15),
        0,
        List.of(events),
        List.of());
  }

  /**
   * Busy from nine to five on working days, half as much on others, and a busy morning on pay days;
   * events bring three times as much.
   */
  static LoadTrace of(BusinessCalendar calendar, int days, long seed) {
    var random = new SplittableRandom(seed);
    Instant start = FIRST.atStartOfDay(calendar.zone()).toInstant();
    double[] rates = new double[days * 86_400 / STEP_SECONDS];
    double noise = 0;
    for (int step = 0; step < rates.length; step++) {
      Instant now = start.plusSeconds((long) step * STEP_SECONDS);
      var local = now.atZone(calendar.zone());
      double hour = local.getHour() + local.getMinute() / 60.0;
      DayKind kind = calendar.kindOf(local.toLocalDate());
      boolean open = hour >= 9 && hour < 17;
      double rate =
          switch (kind) {
            case WORKDAY, MONTH_END -> open ? 100 : 20;
            case PAY_DAY -> open ? hour < 12 ? 220 : 110 : 20;
            case WEEKEND, HOLIDAY -> open ? 35 : 15;
          };
      if (!calendar.eventsBetween(now, now.plusSeconds(1)).isEmpty()) {
        rate *= 3;
      }
      noise = 0.9 * noise + 0.03 * random.nextGaussian();
      rates[step] = rate * Math.exp(noise);
    }
    return new LoadTrace(start, STEP_SECONDS, rates);
  }

  static EventWindow sale(String day) {
    Instant from = LocalDate.parse(day).atTime(20, 0).atZone(SHANGHAI).toInstant();
    return new EventWindow("sale", EventKind.FLASH_SALE, from, from.plusSeconds(3600));
  }
}
