package io.bridgewatch.adapter.prometheus;

import java.util.Locale;

/** How a page of metrics is written. */
public enum ExpositionFormat {
  /** Prometheus text 0.0.4 and 1.0.0: times in milliseconds. */
  TEXT,
  /** OpenMetrics 1.0: times in seconds, exemplars, {@code # EOF} at the end. */
  OPEN_METRICS;

  /** What to ask for: OpenMetrics first, then text. */
  public static final String ACCEPT =
      "application/openmetrics-text;version=1.0.0;q=0.6,"
          + "text/plain;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.4,*/*;q=0.1";

  /**
   * @param contentType the header of that name; empty or unknown ones mean text
   */
  public static ExpositionFormat of(String contentType) {
    return contentType.strip().toLowerCase(Locale.ROOT).startsWith("application/openmetrics-text")
        ? OPEN_METRICS
        : TEXT;
  }
}
