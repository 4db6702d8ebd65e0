package io.bridgewatch.telemetry;

import io.bridgewatch.model.Exemplar;
import io.bridgewatch.model.LogRecord;
import io.bridgewatch.model.SeriesKey;
import io.bridgewatch.model.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Keeps what a message delivers; histograms as the samples they become. */
final class Collected implements TelemetrySink<RuntimeException> {

  static final TimeRange TIMES =
      new TimeRange(Instant.parse("2020-01-01T00:00:00Z"), Instant.parse("2040-01-01T00:00:00Z"));

  record Sample(SeriesKey key, long epochMillis, double value) {}

  final List<Sample> samples = new ArrayList<>();
  final List<Exemplar> exemplars = new ArrayList<>();
  final List<Span> spans = new ArrayList<>();
  final List<LogRecord> logs = new ArrayList<>();
  final Map<Rejection, Long> rejected = new EnumMap<>(Rejection.class);
  private final HistogramMemory memory = new HistogramMemory(1_000);

  Collected add(TelemetryMessage message) {
    message.deliver(TIMES, new Pool(), this);
    return this;
  }

  @Override
  public void sample(SeriesKey key, long epochMillis, double value) {
    samples.add(new Sample(key, epochMillis, value));
  }

  @Override
  public void histogram(Histograms.Key key, Histograms.Point point) {
    memory.add(key, point, this);
  }

  @Override
  public void exemplar(Exemplar exemplar) {
    exemplars.add(exemplar);
  }

  @Override
  public void span(Span span) {
    spans.add(span);
  }

  @Override
  public void log(LogRecord record) {
    logs.add(record);
  }

  @Override
  public void reject(Rejection reason, long count) {
    rejected.merge(reason, count, Long::sum);
  }

  /** Values of the samples whose point attributes say so. */
  double[] values(String attribute, String value) {
    return samples.stream()
        .filter(sample -> sample.key.point().getOr(attribute, "").equals(value))
        .mapToDouble(Sample::value)
        .toArray();
  }
}
