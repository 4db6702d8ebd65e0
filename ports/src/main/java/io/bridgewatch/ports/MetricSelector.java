package io.bridgewatch.ports;

import io.bridgewatch.model.AttributeMatch;
import io.bridgewatch.model.SeriesKey;
import java.util.List;
import java.util.Optional;

/**
 * Which series are meant.
 *
 * @param metric its exact name; empty for all
 * @param matches all of which must hold, of the resource's or the point's attributes
 */
public record MetricSelector(Optional<String> metric, List<AttributeMatch> matches) {
  public MetricSelector {
    matches = List.copyOf(matches);
  }

  public static MetricSelector of(String metric, AttributeMatch... matches) {
    return new MetricSelector(Optional.of(metric), List.of(matches));
  }

  public boolean accepts(SeriesKey key) {
    if (metric.isPresent() && !metric.get().equals(key.metric())) {
      return false;
    }
    for (AttributeMatch match : matches) {
      if (!match.matches(key.point(), key.resource())) {
        return false;
      }
    }
    return true;
  }
}
