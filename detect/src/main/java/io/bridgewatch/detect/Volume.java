package io.bridgewatch.detect;

import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.MetricKind;
import io.bridgewatch.model.Series;
import io.bridgewatch.model.Signal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How many requests stand behind a sample of a latency or an error share.
 *
 * <p>A quantile over three requests moves by itself; what rests on few requests counts less. Where
 * no series counts the requests, nothing is known and nothing is taken off.
 */
final class Volume {

  /** Requests in a sample from which its statistic is taken at its word. */
  private static final double ENOUGH = 30;

  private final Map<Attributes, Series> byResource = new HashMap<>();

  Volume(List<Series> levels) {
    for (Series s : levels) {
      if (Metrics.signal(s.key()) == Signal.TRAFFIC
          && s.key().unit().contains("request")
          && s.key().point().isEmpty()) {
        byResource.merge(s.key().resource(), s, Volume::later);
      }
    }
  }

  /**
   * The requests seen over those that are enough, for a share of them; its square root for a
   * quantile, which moves less. 0 to 1; 1 where nothing counts the requests.
   */
  double trust(Series series, long fromMillis, long toMillis) {
    Series counts = byResource.get(series.key().resource());
    if (counts == null || counts.size() < 2) {
      return 1;
    }
    double most = 0;
    for (int i = counts.firstAtOrAfter(fromMillis);
        i < counts.size() && counts.time(i) < toMillis;
        i++) {
      double seen = requests(counts, i);
      most = seen > most ? seen : most; // a count that was missed is not a number
    }
    double share = Math.min(1, most / ENOUGH);
    return Metrics.signal(series.key()) == Signal.ERRORS ? share : Math.sqrt(share);
  }

  /** The one whose key comes last, so that the order in which series come does not matter. */
  private static Series later(Series one, Series other) {
    return one.key().compareTo(other.key()) > 0 ? one : other;
  }

  private static double requests(Series counts, int i) {
    if (counts.key().kind() == MetricKind.DELTA) {
      return counts.value(i);
    }
    long interval = i > 0 ? counts.time(i) - counts.time(i - 1) : counts.time(1) - counts.time(0);
    return counts.value(i) * interval / 1000.0;
  }
}
