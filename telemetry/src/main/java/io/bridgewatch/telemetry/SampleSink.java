package io.bridgewatch.telemetry;

import io.bridgewatch.model.SeriesKey;

/**
 * Takes samples of series.
 *
 * @param <X> what it throws when it can take no more
 */
public interface SampleSink<X extends Exception> {

  /**
   * @param epochMillis since 1970-01-01T00:00Z
   * @param value finite
   */
  void sample(SeriesKey key, long epochMillis, double value) throws X;
}
