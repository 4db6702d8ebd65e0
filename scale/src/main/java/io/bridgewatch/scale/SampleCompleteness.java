package io.bridgewatch.scale;

import io.bridgewatch.model.Series;
import io.bridgewatch.scale.Readiness.Completeness;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * How complete a metric of living pods is.
 *
 * <ol>
 *   <li>The interval is the median distance between neighbouring samples of all series.
 *   <li>Each series owes one sample an interval, from the begin of the window, or from two
 *       intervals after its pod's start, up to an interval before the end.
 *   <li>A pod without any series owes what one series would.
 * </ol>
 */
public final class SampleCompleteness {

  private SampleCompleteness() {}

  /**
   * @param metric its name
   * @param starts when each living pod started, by its name
   * @param seriesByPod of that metric; pods that are not living are passed over
   * @param from of the window
   * @param to of the window
   * @return empty where no interval can be told, for there are no two samples of one series
   */
  public static Optional<Completeness> of(
      String metric,
      Map<String, Instant> starts,
      Map<String, List<Series>> seriesByPod,
      Instant from,
      Instant to) {
    long[] distances =
        seriesByPod.values().stream()
            .flatMap(Collection::stream)
            .flatMapToLong(SampleCompleteness::distances)
            .sorted()
            .toArray();
    if (distances.length == 0) {
      return Optional.empty();
    }
    Duration interval = Duration.ofMillis(Math.max(1, distances[distances.length / 2]));
    long expected = 0;
    long seen = 0;
    for (var pod : starts.entrySet()) {
      Instant begin = pod.getValue().plus(interval.multipliedBy(2));
      begin = begin.isBefore(from) ? from : begin;
      long owed = Duration.between(begin, to).toMillis() / interval.toMillis() - 1;
      if (owed <= 0) {
        continue;
      }
      List<Series> series = seriesByPod.getOrDefault(pod.getKey(), List.of());
      expected += owed * Math.max(1, series.size());
      for (Series one : series) {
        long until = to.toEpochMilli();
        long first = begin.toEpochMilli();
        long there =
            Arrays.stream(one.times()).filter(time -> time >= first && time <= until).count();
        seen += Math.min(owed, there);
      }
    }
    return expected == 0 ? Optional.empty() : Optional.of(new Completeness(metric, expected, seen));
  }

  private static LongStream distances(Series series) {
    return LongStream.range(1, series.size())
        .map(i -> series.time((int) i) - series.time((int) i - 1));
  }
}
