package io.bridgewatch.adapter.prometheus;

import java.util.Locale;

/** How a page of metrics is written. */
public enum ExpositionFormat {
  /** Prometheus text 0.0.4 and 1.0.0: times in milliseconds. */
  TEXT,
  /** OpenMetrics 1.0: times in seconds, exemplars, {@code # EOF} at the end. */
  OPEN_METRICS,
  /**
   * {@code io.prometheus.client.MetricFamily} messages, each with its length before it: the one
   * format that has native histograms.
   */
  PROTOBUF;

  /** What to ask for where protobuf is not wanted: OpenMetrics first, then text. */
  public static final String ACCEPT_TEXT =
      "application/openmetrics-text;version=1.0.0;q=0.6,"
          + "text/plain;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.4,*/*;q=0.1";

  /** What to ask for: protobuf first, then OpenMetrics, then text. */
  public static final String ACCEPT =
      "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;"
          + "encoding=delimited;q=0.7,"
          + ACCEPT_TEXT;

  /**
   * @param contentType the header of that name; empty or unknown ones mean text
   */
  public static ExpositionFormat of(String contentType) {
    var type = contentType.strip().toLowerCase(Locale.ROOT);
    if (type.startsWith("application/openmetrics-text")) {
      return OPEN_METRICS;
    }
    return type.startsWith("application/vnd.google.protobuf") && type.contains("delimited")
        ? PROTOBUF
        : TEXT;
  }
}
