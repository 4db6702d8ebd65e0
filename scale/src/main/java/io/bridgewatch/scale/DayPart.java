package io.bridgewatch.scale;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * What lies of one day in one fold of a history.
 *
 * @param from step, inclusive
 * @param to step, exclusive
 * @param day since 1970
 * @param kind of the day; empty for none
 */
record DayPart(int fold, int from, int to, long day, String kind) {

  /**
   * @param cuts steps at which folds begin, and the end of the last
   */
  static List<DayPart> of(LoadTrace history, DayKinds kinds, int[] cuts) {
    var parts = new ArrayList<DayPart>();
    for (int fold = 0; fold + 1 < cuts.length; fold++) {
      int from = cuts[fold];
      while (from < cuts[fold + 1]) {
        LocalDate day = LocalDate.ofInstant(moment(history, from), kinds.zone());
        Instant next = day.plusDays(1).atStartOfDay(kinds.zone()).toInstant();
        long seconds = next.getEpochSecond() - history.start().getEpochSecond();
        int to =
            (int) Math.min(cuts[fold + 1], Math.ceilDiv(seconds, (long) history.stepSeconds()));
        parts.add(new DayPart(fold, from, to, day.toEpochDay(), kinds.kindOf(day).orElse("")));
        from = to;
      }
    }
    return parts;
  }

  private static Instant moment(LoadTrace history, int step) {
    return history.start().plusSeconds((long) step * history.stepSeconds());
  }
}
