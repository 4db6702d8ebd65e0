package io.bridgewatch.engine;

import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.MetricKind;
import io.bridgewatch.model.SampleBatch;
import io.bridgewatch.model.SeriesKey;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** The page of metrics of an application that has one histogram of its requests, scraped. */
final class HistogramPage {

  static final String BASE = "http_server_requests_seconds";
  private static final double[] BOUNDS = {
    0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, Double.POSITIVE_INFINITY
  };

  private final Attributes resource;
  private final Map<SeriesKey, Double> counters = new TreeMap<>();

  HistogramPage(Attributes resource) {
    this.resource = resource;
  }

  /** Counts requests that took that long. */
  void requests(int count, double seconds, String status) {
    Attributes point = Attributes.of(Map.of("status", status, "uri", "/orders"));
    for (double bound : BOUNDS) {
      String text = Double.isInfinite(bound) ? "+Inf" : Double.toString(bound);
      add("_bucket", point.with("le", text), seconds <= bound ? count : 0);
    }
    add("_count", point, count);
    add("_sum", point, count * seconds);
  }

  private void add(String suffix, Attributes point, double value) {
    counters.merge(
        new SeriesKey(resource, BASE + suffix, "", MetricKind.CUMULATIVE, point),
        value,
        Double::sum);
  }

  void scrape(Instant time, SampleBatch.Builder to) {
    counters.forEach((key, value) -> to.add(key, time.toEpochMilli(), value));
  }
}
