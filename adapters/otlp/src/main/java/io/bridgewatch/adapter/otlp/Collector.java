package io.bridgewatch.adapter.otlp;

import io.bridgewatch.model.Exemplar;
import io.bridgewatch.model.LogRecord;
import io.bridgewatch.model.SampleBatch;
import io.bridgewatch.model.SeriesKey;
import io.bridgewatch.model.Span;
import io.bridgewatch.telemetry.HistogramMemory;
import io.bridgewatch.telemetry.Histograms;
import io.bridgewatch.telemetry.Rejection;
import io.bridgewatch.telemetry.TelemetrySink;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Gathers what one message delivers. */
final class Collector implements TelemetrySink<RuntimeException> {

  private final HistogramMemory histograms;
  private final SampleBatch.Builder samples = SampleBatch.builder();
  private final List<Exemplar> exemplars = new ArrayList<>();
  private final List<Span> spans = new ArrayList<>();
  private final List<LogRecord> logs = new ArrayList<>();
  private final Map<String, Long> rejected = new HashMap<>();

  Collector(HistogramMemory histograms) {
    this.histograms = histograms;
  }

  @Override
  public void sample(SeriesKey key, long epochMillis, double value) {
    samples.add(key, epochMillis, value);
  }

  @Override
  public void histogram(Histograms.Key key, Histograms.Point point) {
    synchronized (histograms) { // shared by all messages
      histograms.add(key, point, this);
    }
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
    rejected.merge(reason.id(), count, Long::sum);
  }

  SampleBatch samples() {
    return samples.build();
  }

  List<Exemplar> exemplars() {
    return exemplars;
  }

  List<Span> spans() {
    return spans;
  }

  List<LogRecord> logs() {
    return logs;
  }

  Map<String, Long> rejected() {
    return rejected;
  }
}
