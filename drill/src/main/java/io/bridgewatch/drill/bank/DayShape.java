package io.bridgewatch.drill.bank;

import io.bridgewatch.drill.plan.TransactionPlan.Shape;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * How much customers want at a moment, against the height of an ordinary working day: 1 there. Days
 * are those of China; on the 10th and 25th wages are paid, the last two days of a month are for
 * closing the books, and on Fridays at ten a fund is sold.
 */
final class DayShape {

  private static final ZoneOffset ZONE = ZoneOffset.ofHours(8);
  private static final double FLASH_FACTOR = 5;
  private static final Duration FLASH = Duration.ofMinutes(12);

  /** Share of the height, by hour of the day; between two hours it is a straight line. */
  private static final double[] RETAIL = {
    .18, .10, .07, .06, .06, .09, .20, .42, .68, .92, 1.0, .93, .85, .80, .84, .92, .95, .88, .80,
    .82, .88, .80, .58, .34
  };

  private static final double[] SHOPPING = {
    .12, .07, .05, .04, .04, .07, .20, .45, .55, .58, .65, .88, 1.0, .80, .60, .58, .62, .78, .97,
    .95, .82, .64, .42, .22
  };

  private static final double[] OFFICE = {
    .02, .02, .02, .02, .02, .02, .04, .12, .50, .95, 1.0, .88, .55, .62, .92, .96, .80, .38, .16,
    .12, .10, .08, .05, .03
  };

  private static final double[] MARKET = {
    .04, .03, .03, .03, .03, .03, .06, .14, .36, .90, 1.0, .88, .42, .84, .95, .60, .30, .22, .24,
    .30, .34, .26, .14, .07
  };

  private static final double[] MACHINE = {
    .62, .58, .56, .55, .56, .60, .68, .78, .88, .96, 1.0, .98, .96, .94, .96, .98, .96, .92, .90,
    .90, .88, .82, .74, .67
  };

  private DayShape() {}

  static double at(Instant moment, Shape shape) {
    LocalDateTime local = LocalDateTime.ofInstant(moment, ZONE);
    double hours = local.getHour() + local.getMinute() / 60.0 + local.getSecond() / 3_600.0;
    return between(curve(shape), hours)
        * day(local.toLocalDate(), shape, hours)
        * flash(local, shape);
  }

  private static double[] curve(Shape shape) {
    return switch (shape) {
      case RETAIL -> RETAIL;
      case SHOPPING -> SHOPPING;
      case OFFICE -> OFFICE;
      case MARKET -> MARKET;
      case MACHINE -> MACHINE;
    };
  }

  private static double between(double[] curve, double hours) {
    int hour = (int) hours;
    double part = hours - hour;
    return curve[hour] * (1 - part) + curve[(hour + 1) % 24] * part;
  }

  private static double day(LocalDate date, Shape shape, double hours) {
    boolean isWeekend =
        date.getDayOfWeek() == DayOfWeek.SATURDAY || date.getDayOfWeek() == DayOfWeek.SUNDAY;
    double factor =
        switch (shape) {
          case RETAIL, MACHINE -> isWeekend ? 0.75 : 1;
          case SHOPPING -> isWeekend ? 1.15 : 1;
          case OFFICE -> isWeekend ? 0.12 : 1;
          case MARKET -> isWeekend ? 0.15 : 1;
        };
    boolean isPayDay = date.getDayOfMonth() == 10 || date.getDayOfMonth() == 25;
    if (isPayDay && shape == Shape.RETAIL && hours >= 8) {
      factor *= 1.5;
    }
    boolean closesMonth = date.getDayOfMonth() >= date.lengthOfMonth() - 1;
    if (closesMonth && (shape == Shape.OFFICE || shape == Shape.MACHINE)) {
      factor *= 1.4;
    }
    return factor;
  }

  private static double flash(LocalDateTime local, Shape shape) {
    if (shape != Shape.MARKET || local.getDayOfWeek() != DayOfWeek.FRIDAY) {
      return 1;
    }
    LocalDateTime begin = local.toLocalDate().atTime(10, 0);
    boolean isOn = !local.isBefore(begin) && local.isBefore(begin.plus(FLASH));
    return isOn ? FLASH_FACTOR : 1;
  }
}
