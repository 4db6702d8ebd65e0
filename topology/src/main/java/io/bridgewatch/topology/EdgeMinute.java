package io.bridgewatch.topology;

import io.bridgewatch.numerics.QuantileSketch;
import java.time.Instant;

/**
 * The calls on an edge that began within a minute, or a part of them: two of the same edge and
 * minute add up.
 *
 * @param minute when it began
 * @param calls how many there were
 * @param errors how many of them failed, on either side
 * @param latency of the calls in seconds, as the caller saw them where it did, else as the callee
 * @param gap the caller's time less the callee's in seconds, of the calls that both sides told of
 */
public record EdgeMinute(
    CallEdge edge,
    Instant minute,
    long calls,
    long errors,
    QuantileSketch latency,
    QuantileSketch gap) {

  /** Both parts together; they must be of one edge and minute. */
  public EdgeMinute plus(EdgeMinute other) {
    if (!edge.equals(other.edge) || !minute.equals(other.minute)) {
      throw new IllegalArgumentException(
          "cannot add up " + edge + " at " + minute + " and " + other.edge + " at " + other.minute);
    }
    return new EdgeMinute(
        edge,
        minute,
        calls + other.calls,
        errors + other.errors,
        latency.merge(other.latency),
        gap.merge(other.gap));
  }
}
