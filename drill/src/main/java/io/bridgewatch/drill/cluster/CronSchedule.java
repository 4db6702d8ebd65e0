package io.bridgewatch.drill.cluster;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;

/**
 * When a CronJob runs, in the five fields of cron: minute, hour, day of month, month, day of week;
 * with stars, lists, ranges and steps, in UTC. Where both days are given, either of them will do.
 */
final class CronSchedule {
  private static final int LOOKED_AHEAD_DAYS = 366 * 4;

  private final BitSet minutes;
  private final BitSet hours;
  private final BitSet daysOfMonth;
  private final BitSet months;
  private final BitSet daysOfWeek;
  private final boolean isAnyDay;

  /**
   * @throws IllegalArgumentException if it has not five fields of numbers
   */
  CronSchedule(String text) {
    var fields = text.strip().split("\\s+");
    if (fields.length != 5) {
      throw new IllegalArgumentException(
          "a schedule has five fields, \"%s\" has %d".formatted(text, fields.length));
    }
    minutes = field(fields[0], 0, 59);
    hours = field(fields[1], 0, 23);
    daysOfMonth = field(fields[2], 1, 31);
    months = field(fields[3], 1, 12);
    daysOfWeek = field(fields[4], 0, 7);
    if (daysOfWeek.get(7)) {
      daysOfWeek.set(0);
    }
    isAnyDay = fields[2].equals("*") || fields[4].equals("*");
  }

  private static BitSet field(String text, int least, int most) {
    var set = new BitSet();
    for (var part : text.split(",", -1)) {
      var slash = part.indexOf('/');
      var step = slash < 0 ? 1 : Integer.parseInt(part.substring(slash + 1));
      var range = slash < 0 ? part : part.substring(0, slash);
      var dash = range.indexOf('-');
      int from;
      int to;
      if (range.equals("*")) {
        from = least;
        to = most;
      } else if (dash > 0) {
        from = Integer.parseInt(range.substring(0, dash));
        to = Integer.parseInt(range.substring(dash + 1));
      } else {
        from = Integer.parseInt(range);
        to = slash < 0 ? from : most;
      }
      for (var value = from; value <= to; value += step) {
        set.set(value);
      }
    }
    return set;
  }

  /** The first time after the given one; the end of time where there is none. */
  Instant next(Instant after) {
    var time = after.atOffset(ZoneOffset.UTC).truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
    var end = time.plusDays(LOOKED_AHEAD_DAYS);
    while (time.isBefore(end)) {
      if (!months.get(time.getMonthValue())
          || !isDay(time.getDayOfMonth(), time.getDayOfWeek().getValue() % 7)) {
        time = time.truncatedTo(ChronoUnit.DAYS).plusDays(1);
      } else if (!hours.get(time.getHour())) {
        time = time.truncatedTo(ChronoUnit.HOURS).plusHours(1);
      } else if (!minutes.get(time.getMinute())) {
        time = time.plusMinutes(1);
      } else {
        return time.toInstant();
      }
    }
    return Instant.MAX;
  }

  private boolean isDay(int dayOfMonth, int dayOfWeek) {
    var ofMonth = daysOfMonth.get(dayOfMonth);
    var ofWeek = daysOfWeek.get(dayOfWeek);
    return isAnyDay ? ofMonth && ofWeek : ofMonth || ofWeek;
  }
}
