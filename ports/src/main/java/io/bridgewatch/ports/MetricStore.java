package io.bridgewatch.ports;

import io.bridgewatch.model.MetricKind;
import io.bridgewatch.model.SampleBatch;
import io.bridgewatch.model.Series;
import io.bridgewatch.model.SeriesKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Samples of series, by time. Safe for use by several threads.
 *
 * <p>Samples may come late and out of order, up to {@link #MOST_LATE}. Of two samples of one series
 * and time the first counts; the same value again is accepted and changes nothing.
 */
public interface MetricStore {

  /** How much older than the newest sample of its series one may be. */
  Duration MOST_LATE = Duration.ofHours(1);

  /** How far ahead of the clock a sample's time may be. */
  Duration MOST_AHEAD = Duration.ofMinutes(10);

  /**
   * Keeps what can be kept; when this has returned, that survives a crash.
   *
   * @throws StoreException if nothing could be kept at present
   */
  Appended append(SampleBatch batch);

  /**
   * Keeps samples of a time that is long over, however far their series has gone on since: as
   * {@link #append}, but for {@link #MOST_LATE}. For history that is written afterwards: a batch
   * with many samples of each of its series, in any order, costs least.
   *
   * @throws StoreException if not all could be kept at present; the same again does no harm
   */
  Appended appendPast(SampleBatch batch);

  /**
   * The samples from inclusive, to exclusive, of every series that has any, in the order of their
   * keys. Stale markers are told as {@link SampleBatch#STALE}.
   *
   * @param mostSeries beyond which the query is refused rather than cut
   * @throws QueryTooWideException if more series match and have samples
   */
  List<Series> select(MetricSelector selector, Instant from, Instant to, int mostSeries);

  /**
   * Series that had samples between the times, in the order of their keys.
   *
   * @throws QueryTooWideException if there are more
   */
  List<SeriesKey> series(MetricSelector selector, Instant from, Instant to, int most);

  /** The metrics that match, by name. */
  List<Metric> metrics(MetricSelector selector);

  /** The values of an attribute in the series that match, in their order; the first ones. */
  List<String> values(String attribute, MetricSelector selector, int most);

  /** Forgets what is older, for good: what comes of that time later is too old. */
  void forgetBefore(Instant time);

  /** What is kept. */
  Extent extent();

  /**
   * @param rejected how many were not kept, by reason
   */
  record Appended(int accepted, Map<Rejection, Integer> rejected) {
    public Appended {
      rejected = Map.copyOf(rejected);
    }
  }

  /** Why a sample is not kept. */
  enum Rejection {
    /** Another value is known of that time. */
    DUPLICATE,
    /**
     * Later than {@link #MOST_LATE} where that counts, before what was forgotten, or before 1970.
     */
    TOO_OLD,
    /** Further in the future than clocks differ. */
    TOO_FAR_AHEAD,
    /** There are as many series as may be. */
    TOO_MANY_SERIES
  }

  /**
   * @param series how many there are of it
   */
  record Metric(String name, String unit, MetricKind kind, long series) {}

  /**
   * @param series how many are known
   * @param samples how many are kept
   * @param bytes on disk
   * @param oldest the oldest sample's time; {@link Instant#MAX} if there is none
   */
  record Extent(long series, long samples, long bytes, Instant oldest) {}
}
