package io.bridgewatch.scale.scenario;

import io.bridgewatch.numerics.Robust;
import io.bridgewatch.scale.LoadTrace;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A load cut into local days, each a profile of means of slots since its midnight. */
final class DaysOfLoad {

  static final int SLOT_MINUTES = 15;
  static final int SLOTS = 24 * 60 / SLOT_MINUTES;

  private static final double SEEN = 0.8;
  private static final int TREND_DAYS = 7;

  /**
   * One day.
   *
   * @param profile requests a second, mean of each slot; {@code NaN} where it was not seen
   * @param mean of the day
   * @param level median of the means of the days from a week before to a week after
   */
  record Day(LocalDate date, double[] profile, double mean, double level) {}

  private DaysOfLoad() {}

  /** Days of which at least four fifths of the slots were seen. */
  static List<Day> of(LoadTrace load, ZoneId zone) {
    var dates = new ArrayList<LocalDate>();
    var profiles = new ArrayList<double[]>();
    double[] rates = load.perSecond();
    LocalDate first = LocalDate.ofInstant(load.start(), zone);
    Instant end = load.start().plus(load.duration());
    for (LocalDate date = first;
        date.atStartOfDay(zone).toInstant().isBefore(end);
        date = date.plusDays(1)) {
      double[] profile = profile(load, rates, date.atStartOfDay(zone).toInstant());
      if (Robust.sorted(profile).length >= SEEN * SLOTS) {
        dates.add(date);
        profiles.add(profile);
      }
    }
    double[] means = profiles.stream().mapToDouble(DaysOfLoad::mean).toArray();
    var days = new ArrayList<Day>();
    for (int i = 0; i < means.length; i++) {
      double[] around = new double[means.length];
      for (int j = 0; j < means.length; j++) {
        long apart = Math.abs(dates.get(i).toEpochDay() - dates.get(j).toEpochDay());
        around[j] = apart <= TREND_DAYS ? means[j] : Double.NaN;
      }
      days.add(new Day(dates.get(i), profiles.get(i), means[i], Robust.median(around)));
    }
    return days;
  }

  private static double[] profile(LoadTrace load, double[] rates, Instant midnight) {
    double[] sums = new double[SLOTS];
    int[] seen = new int[SLOTS];
    long offset = load.start().getEpochSecond() - midnight.getEpochSecond();
    int from = (int) Math.max(0, Math.ceilDiv(-offset, load.stepSeconds()));
    for (int step = from; step < rates.length; step++) {
      long slot = (offset + (long) step * load.stepSeconds()) / (SLOT_MINUTES * 60);
      if (slot >= SLOTS) {
        break;
      }
      if (!Double.isNaN(rates[step])) {
        sums[(int) slot] += rates[step];
        seen[(int) slot]++;
      }
    }
    double[] profile = new double[SLOTS];
    for (int slot = 0; slot < SLOTS; slot++) {
      profile[slot] = seen[slot] == 0 ? Double.NaN : sums[slot] / seen[slot];
    }
    return profile;
  }

  private static double mean(double[] profile) {
    return Arrays.stream(profile)
        .filter(value -> !Double.isNaN(value))
        .average()
        .orElse(Double.NaN);
  }
}
