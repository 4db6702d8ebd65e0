package io.bridgewatch.detect;

import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.Fact;
import io.bridgewatch.model.Finding;
import io.bridgewatch.model.MachineSign;
import io.bridgewatch.model.MetricKind;
import io.bridgewatch.model.Series;
import io.bridgewatch.model.SeriesKey;
import io.bridgewatch.model.Signal;
import io.bridgewatch.numerics.Robust;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Series whose level after a moment is not the level before it.
 *
 * <ol>
 *   <li>Counters become rates; a fall of a counter is a restart of counting, not a change.
 *   <li>The samples after the moment are smoothed by a running median over a few samples, so that
 *       one wild sample says nothing and a fault of a few samples still shows.
 *   <li>The largest distance of that median from the median before, in robust standard deviations,
 *       is the size of the shift. The deviation is the interquartile range of the time before,
 *       floored by a share of the level, by a share of the plain standard deviation, by the step of
 *       the measurement and by what is negligible in the unit at hand, so that a constant series
 *       neither screams at its first wiggle nor stays silent when it moves.
 * </ol>
 */
public final class SeriesShifts {

  private static final int LEAST_BEFORE = 3;
  private static final double RELATIVE_FLOOR = 0.05;

  /** How many steps that nobody notices make what nobody cares about. */
  private static final double LEAST_STEPS = 10;

  private static final double LEAST_LOG_SIGMA = 0.2;
  private static final int ENOUGH_TO_OVERLOOK_ONE = 20;
  private static final int LEAST_FOR_DRIFT = 6;

  private SeriesShifts() {}

  /** Counters as rates a second, everything else as it is. */
  static List<Series> levels(List<Series> series) {
    return series.stream()
        .map(s -> s.key().kind() == MetricKind.CUMULATIVE ? rates(s) : s)
        .toList();
  }

  /**
   * Every series that moved the harmful way at that time, as a finding on what it measures.
   *
   * @param levels as {@link #levels} gives them
   * @param endMillis later samples are not looked at
   */
  static List<Finding> at(
      List<Series> levels,
      Volume volume,
      long splitMillis,
      long endMillis,
      double leastDeviations) {
    var findings = new ArrayList<Finding>();
    for (Series s : levels) {
      var entity = EntityRef.emitter(s.key().resource());
      if (entity.isEmpty()) {
        continue;
      }
      shift(s, splitMillis, endMillis)
          .map(shift -> trusted(shift, s, volume, splitMillis, endMillis))
          .filter(shift -> Math.abs(shift.deviations) >= leastDeviations)
          .filter(shift -> harmful(s.key(), shift))
          .ifPresent(
              shift ->
                  findings.add(
                      new Finding(
                          entity.get(),
                          Instant.ofEpochMilli(shift.sinceMillis),
                          Math.abs(shift.deviations),
                          new Fact.LevelShift(
                              Metrics.signal(s.key()),
                              s.key(),
                              shift.before,
                              shift.after,
                              shift.deviations))));
    }
    return findings;
  }

  /** The median of a level from a time on; empty where it has no values there. */
  static OptionalDouble typical(List<Series> levels, SeriesKey key, long sinceMillis) {
    double[] values =
        levels.stream()
            .filter(level -> level.key().equals(key))
            .flatMapToDouble(
                level -> Arrays.stream(level.values()).skip(level.firstAtOrAfter(sinceMillis)))
            .filter(value -> !Double.isNaN(value))
            .toArray();
    return values.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(Robust.median(values));
  }

  private static Shift trusted(
      Shift shift, Series s, Volume volume, long splitMillis, long endMillis) {
    Signal signal = Metrics.signal(s.key());
    if (signal != Signal.LATENCY && signal != Signal.ERRORS) {
      return shift;
    }
    double trust = volume.trust(s, splitMillis, endMillis);
    return new Shift(shift.before, shift.after, shift.deviations * trust, shift.sinceMillis);
  }

  private static boolean harmful(SeriesKey key, Shift shift) {
    return switch (Metrics.harm(key)) {
      case UP -> shift.deviations > 0;
      case DOWN -> shift.deviations < 0;
      case BOTH -> true;
    };
  }

  /**
   * @param before median before, and what it would have drifted to
   * @param after the smoothed value farthest from it
   * @param deviations signed distance, dimensionless
   * @param sinceMillis the first sample of the stretch that lies beyond half of the distance
   */
  record Shift(double before, double after, double deviations, long sinceMillis) {}

  static Optional<Shift> shift(Series rate, long splitMillis, long endMillis) {
    int split = rate.firstAtOrAfter(splitMillis);
    int end = Math.max(split, rate.firstAtOrAfter(endMillis));
    int after = end - split;
    if (split < LEAST_BEFORE || after < 1) {
      return Optional.empty();
    }
    double[] values = rate.values();
    double[] before = Robust.sorted(Arrays.copyOfRange(values, 0, split));
    if (before.length < LEAST_BEFORE) {
      return Optional.empty();
    }
    double centre = Robust.quantile(before, 0.5);
    double scale = Math.max(scale(rate.key(), before, centre), ofCounts(rate, end));
    int width = width(after);
    double drift = drift(rate, split);
    double farthest = 0;
    double level = centre;
    double expected = centre;
    for (int i = split; i + width <= end; i++) {
      double smooth = Robust.median(Arrays.copyOfRange(values, i, i + width));
      double usual = centre + drift * (rate.time(i + width / 2) - rate.time(split / 2));
      if (!Double.isNaN(smooth) && Math.abs(smooth - usual) > Math.abs(farthest)) {
        farthest = smooth - usual;
        level = smooth;
        expected = usual;
      }
    }
    long since = rate.time(Math.min(split, rate.size() - 1));
    for (int i = split; i < end; i++) {
      if ((values[i] - expected) * Math.signum(farthest) >= Math.abs(farthest) / 2) {
        since = rate.time(i);
        break;
      }
    }
    double deviations = farthest / scale;
    if (Metrics.signal(rate.key()) == Signal.LATENCY && centre > 0 && level > 0) {
      deviations =
          Math.copySign(Math.min(Math.abs(deviations), inLogarithms(before, level)), farthest);
    }
    deviations =
        Math.copySign(
            Math.min(Math.abs(deviations), seenBefore(values, split, centre, level)), deviations);
    return Optional.of(new Shift(expected, level, deviations, since));
  }

  /**
   * By how much a millisecond memory rose anyway before the moment, from its first to its last
   * third: a heap rises until it is collected. Zero for what fell, and for everything else.
   */
  private static double drift(Series level, int split) {
    if (Metrics.signal(level.key()) != Signal.MEMORY || split < LEAST_FOR_DRIFT) {
      return 0;
    }
    int third = split / 3;
    double first = Robust.median(Arrays.copyOfRange(level.values(), 0, third));
    double last = Robust.median(Arrays.copyOfRange(level.values(), split - third, split));
    double rise = (last - first) / (level.time(split - 1 - third / 2) - level.time(third / 2));
    return rise > 0 ? rise : 0;
  }

  /**
   * The most deviations a level can claim that was reached before without harm: 1 if in a tenth of
   * the samples, 2 if in a fiftieth, 3 if ever; once among many is a wild sample and says nothing.
   * The last samples before the moment do not count, for what is wrong may have begun with them.
   */
  private static double seenBefore(double[] values, int split, double centre, double level) {
    int end = split - Math.max(2, split / 20);
    int seen = 0;
    int beyond = 0;
    for (int i = 0; i < end; i++) {
      if (!Double.isNaN(values[i])) {
        seen++;
        if ((values[i] - level) * Math.signum(level - centre) >= 0) {
          beyond++;
        }
      }
    }
    if (beyond == 0 || (beyond == 1 && seen >= ENOUGH_TO_OVERLOOK_ONE)) {
      return Double.MAX_VALUE;
    }
    double share = (beyond + 0.5) / (seen + 1);
    return share >= 0.1 ? 1 : share >= 0.02 ? 2 : 3;
  }

  /**
   * Distance in logarithms: latencies jitter in proportion to their level, and at light load a
   * quantile rests on a few requests, so a doubling has to be no more than a few deviations.
   */
  private static double inLogarithms(double[] before, double level) {
    double[] logs = Arrays.stream(before).filter(v -> v > 0).map(Math::log).toArray();
    double sigma =
        Math.max(
            Math.max(Robust.sigma(logs), 0.3 * Robust.standardDeviation(logs)), LEAST_LOG_SIGMA);
    return Math.abs(Math.log(level) - Robust.quantile(logs, 0.5)) / sigma;
  }

  static double scale(SeriesKey key, double[] before, double centre) {
    double spread = Robust.sigma(before);
    double plain = Robust.standardDeviation(withoutOutermost(before));
    double scale = Math.max(spread, 0.3 * plain);
    scale = Math.max(scale, RELATIVE_FLOOR * Math.abs(isShare(key) ? 1 - centre : centre));
    scale = Math.max(scale, Robust.step(before) / 2);
    return Math.max(scale, negligible(key));
  }

  /**
   * What a number of things at hand, such as busy threads, wavers by itself: as a Poisson process
   * does by the root of its mean, and by one at least. Zero for what is no such number.
   */
  private static double ofCounts(Series level, int end) {
    if (Metrics.signal(level.key()) != Signal.SATURATION
        || level.key().kind() == MetricKind.CUMULATIVE) {
      return 0;
    }
    double sum = 0;
    for (int i = 0; i < end; i++) {
      double value = level.value(i);
      if (value != Math.rint(value)) {
        return 0;
      }
      sum += Math.abs(value);
    }
    return Math.sqrt(Math.max(1, sum / end));
  }

  /** Ascending samples without the least and the greatest, where there are enough of them. */
  private static double[] withoutOutermost(double[] sorted) {
    return sorted.length >= ENOUGH_TO_OVERLOOK_ONE
        ? Arrays.copyOfRange(sorted, 1, sorted.length - 1)
        : sorted;
  }

  /** A share of successes: what matters is what is missing to one. */
  private static boolean isShare(SeriesKey key) {
    return key.unit().equals("1")
        && Metrics.signal(key) == Signal.ERRORS
        && Metrics.harm(key) == Metrics.Harm.DOWN;
  }

  /** A difference that nobody would care about, in the unit of the series. */
  private static double negligible(SeriesKey key) {
    var ofMachine = MachineSign.of(key.metric());
    if (ofMachine.isPresent() && !ofMachine.get().isShare()) {
      return ofMachine.get().least() / LEAST_STEPS;
    }
    return switch (key.unit()) {
      case "s" -> 0.001;
      case "ms" -> 1;
      case "1" -> 0.005;
      case "%" -> 0.5;
      case "By" -> 1 << 20;
      case "By/s" -> 1 << 10;
      case "{cpu}" -> 0.005;
      default -> Metrics.signal(key) == Signal.TRAFFIC ? 0.1 : 1e-6;
    };
  }

  private static int width(int after) {
    return Math.min(after, Math.max(2, Math.min(30, after / 8)));
  }

  private static Series rates(Series counter) {
    int n = Math.max(0, counter.size() - 1);
    var times = new long[n];
    var values = new double[n];
    for (int i = 0; i < n; i++) {
      times[i] = counter.time(i + 1);
      double seconds = (counter.time(i + 1) - counter.time(i)) / 1000.0;
      double grown = counter.value(i + 1) - counter.value(i);
      values[i] = (grown < 0 ? counter.value(i + 1) : grown) / seconds;
    }
    return new Series(counter.key(), times, values);
  }
}
