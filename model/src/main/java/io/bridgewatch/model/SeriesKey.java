package io.bridgewatch.model;

import java.util.Comparator;

/**
 * What a series of samples measures.
 *
 * @param resource attributes of the thing measured, such as {@code k8s.pod.name}
 * @param metric OpenTelemetry or source name, such as {@code container.cpu.usage}
 * @param unit UCUM, such as {@code s}, {@code By}, {@code {request}/s}; empty if not stated
 * @param point attributes of the samples, such as {@code quantile}
 */
public record SeriesKey(
    Attributes resource, String metric, String unit, MetricKind kind, Attributes point)
    implements Comparable<SeriesKey> {

  private static final Comparator<SeriesKey> ORDER =
      Comparator.comparing(SeriesKey::resource)
          .thenComparing(SeriesKey::metric)
          .thenComparing(SeriesKey::point)
          .thenComparing(SeriesKey::unit)
          .thenComparing(SeriesKey::kind);

  @Override
  public int compareTo(SeriesKey other) {
    return ORDER.compare(this, other);
  }
}
