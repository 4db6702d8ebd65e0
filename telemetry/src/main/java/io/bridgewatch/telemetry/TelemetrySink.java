package io.bridgewatch.telemetry;

import io.bridgewatch.model.Exemplar;
import io.bridgewatch.model.LogRecord;
import io.bridgewatch.model.SeriesKey;
import io.bridgewatch.model.Span;

/**
 * Takes the records of a message one by one.
 *
 * @param <X> what it throws when it can take no more
 */
public interface TelemetrySink<X extends Exception> extends SampleSink<X> {

  @Override
  void sample(SeriesKey key, long epochMillis, double value) throws X;

  /** One point of a histogram, to be turned into samples by {@link HistogramSeries}. */
  void histogram(Histograms.Key key, Histograms.Point point) throws X;

  /** A single measured value that leads to a trace. */
  void exemplar(Exemplar exemplar) throws X;

  void span(Span span) throws X;

  void log(LogRecord record) throws X;

  /** So many records are not used. */
  void reject(Rejection reason, long count);
}
