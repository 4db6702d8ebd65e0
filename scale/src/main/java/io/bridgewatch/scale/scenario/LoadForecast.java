package io.bridgewatch.scale.scenario;

import io.bridgewatch.numerics.LeastSquares;
import io.bridgewatch.numerics.Robust;
import io.bridgewatch.scale.LoadTrace;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What load is expected in the next steps, and between what it will lie.
 *
 * <ol>
 *   <li>The season of a step is the median of the logarithms of the load at this local time on the
 *       last five days. Of a kind of which two days were seen, and whose days were told better in
 *       the past by their own kind than by the last days, those of its kind count.
 *   <li>What comes after so many steps is a regression over earlier moments of the history,
 *       foretold from what was known then: on how far the season moves, on how far the season, the
 *       last day and the last step lie above the last quarter of an hour.
 *   <li>The interval are quantiles of the errors of these.
 * </ol>
 *
 * <p>Steps are as long as the history's. The same history and calendar give the same forecast.
 */
public final class LoadForecast {

  private static final int DAYS = 5;
  private static final int FEWEST_OF_KIND = 2;
  private static final int AROUND_SECONDS = 300;
  private static final int[] NOW_SECONDS = {900, 3600, 86_400};
  private static final int DAY_SECONDS = 86_400;
  private static final int MOST_MOMENTS = 500;
  private static final int FEWEST_MOMENTS = 30;
  private static final double FLOOR = 0.02;
  private static final double RIDGE = 0.01;
  private static final int MOVES = 4;
  private static final int MOST_LOOKS = 3000;
  private static final int LEAST_EVIDENCE_SECONDS = 72_000;
  private static final double BETTER = 0.97;

  /**
   * One step.
   *
   * @param at its begin
   * @param expected requests a second
   * @param low that it is not below, with the confidence asked for
   * @param high that it is not above
   */
  public record Step(Instant at, double expected, double low, double high) {}

  /** What moves a load within so many steps, and how wrong that was in the past. */
  private record Horizon(int steps, double[] weights, double[] errors) {}

  private final LoadTrace history;
  private final double floor;
  private final double[] levels;

  /** Of the levels that were seen, and how many, up to each step. */
  private final double[] sums;

  private final double[] seenSums;
  private final int[] midnights;
  private final DayKind[] kinds;
  private final Set<DayKind> trusted;

  private LoadForecast(LoadTrace history, BusinessCalendar calendar, int steps) {
    this.history = history;
    midnights = midnights(history, calendar, history.steps() + steps);
    LocalDate first = calendar.dayOf(history.start());
    kinds = new DayKind[midnights.length];
    Arrays.setAll(kinds, day -> calendar.kindOf(first.plusDays(day)));
    double[] rates = history.perSecond();
    double mean = Arrays.stream(rates).filter(rate -> !Double.isNaN(rate)).average().orElse(0);
    floor = Math.max(1e-9, FLOOR * mean);
    levels = Arrays.stream(rates).map(rate -> Math.log(rate + floor)).toArray();
    sums = new double[levels.length + 1];
    seenSums = new double[levels.length + 1];
    for (int step = 0; step < levels.length; step++) {
      boolean seen = !Double.isNaN(levels[step]);
      sums[step + 1] = sums[step] + (seen ? levels[step] : 0);
      seenSums[step + 1] = seenSums[step] + (seen ? 1 : 0);
    }
    trusted = trusted();
  }

  /**
   * @param steps how many, at least 1
   * @param confidence that a step lies in its interval, above 0 and below 1
   * @throws IllegalArgumentException if the history is shorter than two days and the steps to come,
   *     or nothing was seen of its last day
   */
  public static List<Step> of(
      LoadTrace history, BusinessCalendar calendar, int steps, double confidence) {
    if (steps < 1 || !(confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException(
          "needs at least 1 step and a confidence between 0 and 1, had %d and %s"
              .formatted(steps, confidence));
    }
    return new LoadForecast(history, calendar, steps).next(steps, confidence);
  }

  private List<Step> next(int steps, double confidence) {
    if (Double.isNaN(present(levels.length))) {
      throw new IllegalArgumentException(
          "cannot foretell a load of which nothing was seen for a day; give a newer history");
    }
    int perDay = Math.max(1, DAY_SECONDS / history.stepSeconds());
    List<Horizon> horizons = horizons(steps, perDay);
    int last = levels.length;
    double outside = (1 - confidence) / 2;
    var found = new ArrayList<Step>();
    int at = 0;
    for (int ahead = 1; ahead <= steps; ahead++) {
      while (at + 1 < horizons.size() && horizons.get(at + 1).steps <= ahead) {
        at++;
      }
      Horizon from = horizons.get(at);
      Horizon to = horizons.get(Math.min(at + 1, horizons.size() - 1));
      double share =
          to.steps == from.steps ? 0 : (double) (ahead - from.steps) / (to.steps - from.steps);
      double[] moves = moves(last, last - 1 + ahead);
      double now = present(last);
      double level = now + mix(product(from.weights, moves), product(to.weights, moves), share);
      found.add(
          new Step(
              history.start().plusSeconds((long) (last - 1 + ahead) * history.stepSeconds()),
              rate(level),
              rate(level + mix(from, to, share, outside)),
              rate(level + mix(from, to, share, 1 - outside))));
    }
    return found;
  }

  private double rate(double level) {
    return Math.max(0, Math.exp(level) - floor);
  }

  private static double mix(double from, double to, double share) {
    return from * (1 - share) + to * share;
  }

  private static double mix(Horizon from, Horizon to, double share, double q) {
    return mix(Robust.quantile(from.errors, q), Robust.quantile(to.errors, q), share);
  }

  // How far the past was right

  /** For 1, 2, 4 and so on steps ahead, and the last. */
  private List<Horizon> horizons(int steps, int perDay) {
    var found = new ArrayList<Horizon>();
    for (int ahead = 1; ahead < steps; ahead *= 2) {
      found.add(horizon(ahead, perDay));
    }
    found.add(horizon(steps, perDay));
    return found;
  }

  private Horizon horizon(int ahead, int perDay) {
    int first = 2 * perDay;
    int moments = levels.length - ahead - first;
    if (moments < FEWEST_MOMENTS) {
      throw tooShort(ahead);
    }
    int stride = Math.ceilDiv(moments, MOST_MOMENTS);
    double[][] moves = new double[moments / stride][];
    double[] rises = new double[moves.length];
    var squares = new LeastSquares(MOVES);
    for (int i = 0; i < moves.length; i++) {
      int last = first + i * stride; // the first step that is not known
      moves[i] = moves(last, last - 1 + ahead);
      rises[i] = levels[last - 1 + ahead] - present(last);
      if (!Double.isNaN(rises[i])) {
        squares.add(moves[i], rises[i]);
      }
    }
    if (squares.rows() < FEWEST_MOMENTS) {
      throw tooShort(ahead);
    }
    double[] weights = squares.solve(RIDGE);
    double[] errors = new double[rises.length];
    for (int i = 0; i < errors.length; i++) {
      errors[i] = rises[i] - product(weights, moves[i]);
    }
    return new Horizon(ahead, weights, Robust.sorted(errors));
  }

  private IllegalArgumentException tooShort(int ahead) {
    return new IllegalArgumentException(
        ("cannot foretell %d steps of %d s from %d: needs two days and the steps to come, seen most"
                + " of the time; give a longer history or ask for fewer steps")
            .formatted(ahead, history.stepSeconds(), levels.length));
  }

  private static double product(double[] left, double[] right) {
    double sum = 0;
    for (int i = 0; i < left.length; i++) {
      sum += left[i] * right[i];
    }
    return sum;
  }

  /**
   * What is known at a step of what will move the load until another; zero where it is not known.
   *
   * @param last first step that is not known
   */
  private double[] moves(int last, int target) {
    double now = present(last);
    double season = season(last - 1, last);
    return new double[] {
      known(season(target, last) - season),
      known(season - now),
      known(around(last, DAY_SECONDS) - now),
      known(levels[last - 1] - now)
    };
  }

  /** Mean of the last quarter of an hour; where nothing was seen of it, of the last hour or day. */
  private double present(int before) {
    for (int seconds : NOW_SECONDS) {
      double mean = around(before, seconds);
      if (!Double.isNaN(mean)) {
        return mean;
      }
    }
    return Double.NaN;
  }

  private static double known(double value) {
    return Double.isNaN(value) ? 0 : value;
  }

  /** Mean of the seconds before a step. */
  private double around(int before, int seconds) {
    int from = Math.max(0, before - Math.max(1, seconds / history.stepSeconds()));
    double seen = seenSums[before] - seenSums[from];
    return seen == 0 ? Double.NaN : (sums[before] - sums[from]) / seen;
  }

  // Season

  /** The first step of each local day, from the first one of the history on; may be before it. */
  private static int[] midnights(LoadTrace history, BusinessCalendar calendar, int steps) {
    LocalDate first = calendar.dayOf(history.start());
    Instant end = history.start().plusSeconds((long) steps * history.stepSeconds());
    int count = (int) (calendar.dayOf(end).toEpochDay() - first.toEpochDay()) + 1;
    int[] midnights = new int[count];
    for (int day = 0; day < count; day++) {
      long midnight = first.plusDays(day).atStartOfDay(calendar.zone()).toEpochSecond();
      midnights[day] =
          (int) Math.floorDiv(midnight - history.start().getEpochSecond(), history.stepSeconds());
    }
    return midnights;
  }

  private int dayOf(int step) {
    int found = Arrays.binarySearch(midnights, step);
    return found >= 0 ? found : -found - 2;
  }

  /**
   * Kinds of days whose own past has told more of them than the last days of any kind.
   *
   * <p>A kind needs a whole day of evidence on which two earlier days of it were known.
   */
  private Set<DayKind> trusted() {
    var errors = new EnumMap<DayKind, double[]>(DayKind.class);
    int stride = Math.ceilDiv(levels.length, MOST_LOOKS);
    for (int step = 0; step < levels.length; step += stride) {
      double byKind = season(step, step, true);
      double byAny = season(step, step, false);
      if (!Double.isNaN(levels[step]) && !Double.isNaN(byKind) && !Double.isNaN(byAny)) {
        double[] sums = errors.computeIfAbsent(kinds[dayOf(step)], _ -> new double[3]);
        sums[0] += Math.abs(levels[step] - byKind);
        sums[1] += Math.abs(levels[step] - byAny);
        sums[2] += (double) stride * history.stepSeconds();
      }
    }
    var found = EnumSet.noneOf(DayKind.class);
    errors.forEach(
        (kind, sums) -> {
          if (sums[2] >= LEAST_EVIDENCE_SECONDS && sums[0] < BETTER * sums[1]) {
            found.add(kind);
          }
        });
    return found;
  }

  /** By the days of its kind where they are trusted, else by the last days. */
  private double season(int step, int known) {
    if (trusted.contains(kinds[dayOf(step)])) {
      double byKind = season(step, known, true);
      if (!Double.isNaN(byKind)) {
        return byKind;
      }
    }
    return season(step, known, false);
  }

  /**
   * @param step may be after the history's end
   * @param known steps from here on are not looked at
   * @return NaN where too few such days are known
   */
  private double season(int step, int known, boolean ofItsKind) {
    int day = dayOf(step);
    int sinceMidnight = step - midnights[day];
    double[] found = new double[DAYS];
    int count = 0;
    for (int earlier = day - 1; earlier >= 0 && count < DAYS; earlier--) {
      if (!ofItsKind || kinds[earlier] == kinds[day]) {
        double level = near(midnights[earlier] + sinceMidnight, known);
        if (!Double.isNaN(level)) {
          found[count++] = level;
        }
      }
    }
    return count == 0 || ofItsKind && count < FEWEST_OF_KIND
        ? Double.NaN
        : Robust.median(Arrays.copyOf(found, count));
  }

  /** Mean of the steps some minutes around one, as far as they are known. */
  private double near(int step, int known) {
    int reach = AROUND_SECONDS / 2 / history.stepSeconds();
    int from = Math.max(0, step - reach);
    int to = Math.min(known, step + reach + 1);
    if (from >= to) {
      return Double.NaN;
    }
    double seen = seenSums[to] - seenSums[from];
    return seen == 0 ? Double.NaN : (sums[to] - sums[from]) / seen;
  }
}
