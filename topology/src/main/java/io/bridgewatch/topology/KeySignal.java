package io.bridgewatch.topology;

/**
 * A metric that matters of a kind of software.
 *
 * @param metric as exporters and OpenTelemetry spell it; a histogram's without its suffix
 * @param tells which of the golden signals it is
 */
public record KeySignal(String metric, Golden tells) {

  /** What to look at first, in this order. */
  public enum Golden {
    /** Whether it is there at all. */
    AVAILABILITY,
    ERRORS,
    LATENCY,
    SATURATION,
    TRAFFIC
  }

  /** Whether a metric of that name is it, or a part of it. */
  public boolean isOf(String name) {
    if (!name.startsWith(metric)) {
      return false;
    }
    return switch (name.substring(metric.length())) {
      case "", "_bucket", "_count", "_sum", "_total" -> true;
      default -> false;
    };
  }
}
