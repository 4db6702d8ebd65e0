package io.bridgewatch.bench.rca;

import io.bridgewatch.model.Bundle;
import io.bridgewatch.model.MetricKind;
import io.bridgewatch.model.Series;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * N-sigma without topology: entities ranked by the largest deviation of any of their series.
 *
 * <ol>
 *   <li>Counters become differences between neighbouring samples.
 *   <li>The onset is what the bundle reports. Where it reports none it is guessed: the time of the
 *       sample that deviates most from the mean of its whole series, in standard deviations; half
 *       of the window where no series varies.
 *   <li>Mean and standard deviation of each series before the onset are set against its samples
 *       from the onset on; the largest |z| counts. A series that stood still before has scale 1, as
 *       in the published method.
 * </ol>
 *
 * <p>It always answers: it cannot find that nothing is wrong.
 */
final class NSigma {

  private static final int LEAST_BEFORE = 2;

  private NSigma() {}

  /** Who deviates most, first. */
  static List<Blamed> ranked(Bundle bundle, Kinship kinship) {
    var series = bundle.series().stream().map(NSigma::level).toList();
    long onset =
        bundle.reportedAt().map(Instant::toEpochMilli).orElse(guessedOnset(bundle, series));
    Map<Blamed, Double> deviations = new HashMap<>();
    for (Series one : series) {
      double deviation = deviation(one, onset);
      if (!Double.isNaN(deviation)) {
        Blamed whose = Blamed.of(one.key().resource(), kinship).label();
        deviations.merge(whose, deviation, Math::max);
      }
    }
    var ranked = new ArrayList<>(deviations.keySet());
    ranked.sort(
        Comparator.comparingDouble((Blamed who) -> -deviations.getOrDefault(who, 0.0))
            .thenComparing(Blamed::shown));
    return Blamed.distinct(ranked);
  }

  private static Series level(Series series) {
    if (series.key().kind() != MetricKind.CUMULATIVE || series.size() < 2) {
      return series;
    }
    var times = new long[series.size() - 1];
    var values = new double[series.size() - 1];
    for (int i = 1; i < series.size(); i++) {
      double step = series.value(i) - series.value(i - 1);
      times[i - 1] = series.time(i);
      values[i - 1] = step >= 0 ? step : series.value(i); // counting began anew
    }
    return new Series(series.key(), times, values);
  }

  private static long guessedOnset(Bundle bundle, List<Series> all) {
    long at = bundle.window().from().plus(bundle.window().length().dividedBy(2)).toEpochMilli();
    double largest = 0;
    for (Series series : all) {
      double mean = mean(series, series.size());
      double scale = deviationFrom(mean, series, series.size());
      for (int i = 0; i < series.size() && scale > 0; i++) {
        double z = Math.abs(series.value(i) - mean) / scale;
        if (z > largest) {
          largest = z;
          at = series.time(i);
        }
      }
    }
    return at;
  }

  /** The largest |z| from the onset on; {@code NaN} if there is too little on either side. */
  private static double deviation(Series series, long onset) {
    int before = series.firstAtOrAfter(onset);
    if (before < LEAST_BEFORE || before == series.size()) {
      return Double.NaN;
    }
    double mean = mean(series, before);
    double scale = deviationFrom(mean, series, before);
    double largest = 0;
    for (int i = before; i < series.size(); i++) {
      largest = Math.max(largest, Math.abs(series.value(i) - mean) / (scale > 0 ? scale : 1));
    }
    return largest;
  }

  private static double mean(Series series, int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += series.value(i);
    }
    return sum / count;
  }

  private static double deviationFrom(double mean, Series series, int count) {
    double squares = 0;
    for (int i = 0; i < count; i++) {
      squares += (series.value(i) - mean) * (series.value(i) - mean);
    }
    return Math.sqrt(squares / count);
  }
}
