package io.bridgewatch.adapter.bundle;

import io.bridgewatch.model.Exemplar;
import io.bridgewatch.model.LogRecord;
import io.bridgewatch.model.SeriesKey;
import io.bridgewatch.model.Span;
import io.bridgewatch.telemetry.Histograms;
import io.bridgewatch.telemetry.Rejection;
import io.bridgewatch.telemetry.TelemetrySink;

/** Takes what one line holds, and remembers where it stood. Exemplars are not kept. */
record IntakeSink(Intake intake, Place place) implements TelemetrySink<BundleException> {

  @Override
  public void sample(SeriesKey key, long epochMillis, double value) throws BundleException {
    intake.sample(key, epochMillis, value, place);
  }

  @Override
  public void histogram(Histograms.Key key, Histograms.Point point) throws BundleException {
    intake.histogram(key, point, place);
  }

  @Override
  public void exemplar(Exemplar exemplar) {}

  @Override
  public void span(Span span) throws BundleException {
    intake.span(span, place);
  }

  @Override
  public void log(LogRecord record) throws BundleException {
    intake.log(record, place);
  }

  @Override
  public void reject(Rejection reason, long count) {
    intake.reject(place, reason.id(), count);
  }
}
