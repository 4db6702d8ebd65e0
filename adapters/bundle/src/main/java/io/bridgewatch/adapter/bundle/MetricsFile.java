package io.bridgewatch.adapter.bundle;

import io.bridgewatch.model.Bundle;
import io.bridgewatch.model.Series;
import io.bridgewatch.model.SeriesKey;
import java.io.IOException;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/**
 * Writes series as OTLP metrics: a {@code gauge}, or a {@code sum} with its temporality, of one
 * point a sample.
 */
final class MetricsFile {

  private static final int DELTA = 1;
  private static final int CUMULATIVE = 2;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final JsonLines lines;
  private final JsonGenerator json;
  private final OtlpRequests requests;
  private Optional<SeriesKey> open = Optional.empty();

  private MetricsFile(JsonLines lines) {
    this.lines = lines;
    this.json = lines.json();
    this.requests = new OtlpRequests(lines, "resourceMetrics", "scopeMetrics", "metrics");
  }

  static void write(Bundle bundle, JsonLines lines) throws IOException {
    var file = new MetricsFile(lines);
    for (Series series : bundle.series()) {
      file.series(series);
    }
    file.endMetric();
    file.requests.end();
  }

  private void series(Series series) throws IOException {
    SeriesKey key = series.key();
    for (int i = 0; i < series.size(); i++) {
      if (!Double.isNaN(series.value(i))) { // what was not measured is absent
        if (lines.isFull() || !isOpenFor(key)) {
          endMetric();
          requests.next(key.resource());
          startMetric(key);
        }
        point(key, series.time(i), series.value(i));
      }
    }
  }

  /** Series that differ in nothing but the attributes of their points are one metric. */
  private boolean isOpenFor(SeriesKey key) {
    return open.isPresent()
        && open.get().kind() == key.kind()
        && open.get().metric().equals(key.metric())
        && open.get().unit().equals(key.unit())
        && open.get().resource().equals(key.resource());
  }

  private void startMetric(SeriesKey key) {
    json.writeStartObject();
    json.writeStringProperty("name", key.metric());
    if (!key.unit().isEmpty()) {
      json.writeStringProperty("unit", key.unit());
    }
    switch (key.kind()) {
      case GAUGE -> json.writeObjectPropertyStart("gauge");
      case DELTA -> startSum(DELTA);
      case CUMULATIVE -> startSum(CUMULATIVE);
    }
    json.writeArrayPropertyStart("dataPoints");
    open = Optional.of(key);
  }

  private void startSum(int temporality) {
    json.writeObjectPropertyStart("sum");
    json.writeNumberProperty("aggregationTemporality", temporality);
    json.writeBooleanProperty("isMonotonic", true);
  }

  private void endMetric() {
    if (open.isPresent()) {
      json.writeEndArray();
      json.writeEndObject();
      json.writeEndObject();
      open = Optional.empty();
    }
  }

  private void point(SeriesKey key, long epochMillis, double value) {
    json.writeStartObject();
    OtlpRequests.attributes(json, key.point());
    json.writeStringProperty("timeUnixNano", Long.toString(nanos(epochMillis)));
    json.writeNumberProperty("asDouble", value); // an infinite one as a string, as OTLP wants it
    json.writeEndObject();
  }

  /** The latest or earliest nanosecond where a time lies beyond what 64 bits can tell. */
  private static long nanos(long epochMillis) {
    long most = Long.MAX_VALUE / NANOS_PER_MILLI;
    return Math.clamp(epochMillis, -most, most) * NANOS_PER_MILLI;
  }
}
