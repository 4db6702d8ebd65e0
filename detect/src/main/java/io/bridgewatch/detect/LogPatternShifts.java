package io.bridgewatch.detect;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.EntityType;
import io.bridgewatch.model.Fact;
import io.bridgewatch.model.Finding;
import io.bridgewatch.model.Series;
import io.bridgewatch.model.Severity;
import io.bridgewatch.model.Window;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Kinds of log line that speak of trouble and came to be written after a moment, or more often than
 * before.
 *
 * <ol>
 *   <li>Lines are counted by the minute over the window; a minute without a sample had none.
 *   <li>Lines from the moment on are weighed against as many minutes at the rate before it: the
 *       signed root of the Poisson deviance, divided by the root of the index of dispersion of the
 *       minutes before, so that what comes in bursts has to come in a larger one.
 *   <li>What was never written before needs few lines. What is known to have been written before
 *       the window, or is not known to be new, is expected a little even where the window has none.
 *   <li>A rate that was reached in a minute before is no change.
 * </ol>
 */
final class LogPatternShifts {

  private static final long MINUTE_MILLIS = 60_000;
  private static final int LEAST_MINUTES_BEFORE = 3;
  private static final double LEAST_DEVIATIONS = 3;

  /** Lines that are expected of a pattern that was never seen, and of one that was. */
  private static final double EXPECTED_NEW = 0.5;

  private static final double EXPECTED_KNOWN = 2;

  private final List<Counted> patterns;

  /**
   * @param firstMinute number of the first minute since 1970-01-01T00:00Z
   * @param counts lines of each minute
   */
  private record Counted(
      EntityRef entity,
      Attributes point,
      Severity severity,
      Instant firstSeen,
      long firstMinute,
      double[] counts) {}

  private LogPatternShifts(List<Counted> patterns) {
    this.patterns = patterns;
  }

  /**
   * @param series as {@link LogPatternSeries} makes them
   */
  static LogPatternShifts over(Window window, List<Series> series) {
    var patterns = new ArrayList<Counted>();
    for (Series one : series) {
      counted(window, one).ifPresent(patterns::add);
    }
    return new LogPatternShifts(patterns);
  }

  private static Optional<Counted> counted(Window window, Series series) {
    Attributes point = series.key().point();
    Attributes resource = series.key().resource();
    var entity = EntityRef.emitter(resource).or(() -> EntityRef.from(EntityType.CRONJOB, resource));
    var severity = severity(point.getOr(AttributeNames.LOG_SEVERITY, ""));
    if (entity.isEmpty() || severity.isEmpty() || !LogPatternSeries.isTrouble(severity.get())) {
      return Optional.empty();
    }
    long first = minute(window.from().toEpochMilli());
    var counts = new double[Math.toIntExact(minute(window.to().toEpochMilli()) - first + 1)];
    for (int i = 0; i < series.size(); i++) {
      long at = minute(series.time(i) - 1) - first; // at its end a minute is over
      if (at >= 0 && at < counts.length && series.value(i) > 0) {
        counts[(int) at] += series.value(i);
      }
    }
    return Optional.of(
        new Counted(entity.get(), point, severity.get(), firstSeen(point), first, counts));
  }

  private static long minute(long millis) {
    return Math.floorDiv(millis, MINUTE_MILLIS);
  }

  private static Optional<Severity> severity(String name) {
    return Arrays.stream(Severity.values()).filter(one -> one.name().equals(name)).findFirst();
  }

  /** {@link Instant#MIN} where it is not known. */
  private static Instant firstSeen(Attributes point) {
    try {
      return point
          .get(AttributeNames.LOG_PATTERN_FIRST_SEEN)
          .map(Instant::parse)
          .orElse(Instant.MIN);
    } catch (DateTimeException e) {
      return Instant.MIN;
    }
  }

  /**
   * @param endMillis minutes that begin then or later are not looked at
   */
  List<Finding> at(long splitMillis, long endMillis) {
    var findings = new ArrayList<Finding>();
    for (Counted one : patterns) {
      shift(one, splitMillis, endMillis).ifPresent(findings::add);
    }
    return findings;
  }

  private static Optional<Finding> shift(Counted one, long splitMillis, long endMillis) {
    int split = Math.clamp(minute(splitMillis) - one.firstMinute, 0, one.counts.length);
    int end = Math.clamp(minute(endMillis - 1) - one.firstMinute + 1, split, one.counts.length);
    if (split < LEAST_MINUTES_BEFORE || end == split) {
      return Optional.empty();
    }
    double[] before = Arrays.copyOf(one.counts, split);
    double[] after = Arrays.copyOfRange(one.counts, split, end);
    double mean = Arrays.stream(before).average().orElse(0);
    double most = Arrays.stream(before).max().orElse(0);
    double peak = Arrays.stream(after).max().orElse(0);
    if (peak <= most) {
      return Optional.empty();
    }
    boolean isNew = !one.firstSeen.isBefore(Instant.ofEpochMilli(splitMillis));
    double seen = Arrays.stream(after).sum();
    double expected = Math.max(mean * after.length, isNew ? EXPECTED_NEW : EXPECTED_KNOWN);
    double deviations = deviations(seen, expected) / Math.sqrt(dispersion(before, mean));
    if (deviations < LEAST_DEVIATIONS) {
      return Optional.empty();
    }
    int onset = 0;
    while (after[onset] <= most) {
      onset++;
    }
    long onsetMillis = Math.max(splitMillis, (one.firstMinute + split + onset) * MINUTE_MILLIS);
    return Optional.of(
        new Finding(
            one.entity,
            Instant.ofEpochMilli(onsetMillis),
            deviations,
            new Fact.LogPatternChanged(
                one.severity,
                one.point.getOr(AttributeNames.LOG_PATTERN, ""),
                mean,
                seen / after.length,
                one.point.getOr(AttributeNames.LOG_PATTERN_SAMPLE, ""),
                deviations)));
  }

  /** How unlikely so many are where so many are expected, in standard deviations; 0 if fewer. */
  private static double deviations(double seen, double expected) {
    return seen <= expected
        ? 0
        : Math.sqrt(2 * (seen * Math.log(seen / expected) - (seen - expected)));
  }

  /** Variance over mean, at least 1. */
  private static double dispersion(double[] counts, double mean) {
    if (mean <= 0) {
      return 1;
    }
    double squares = 0;
    for (double count : counts) {
      squares += (count - mean) * (count - mean);
    }
    return Math.max(1, squares / counts.length / mean);
  }
}
