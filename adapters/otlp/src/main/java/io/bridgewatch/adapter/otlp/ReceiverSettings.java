package io.bridgewatch.adapter.otlp;

import io.bridgewatch.telemetry.TelemetryLimits;
import java.time.Duration;

/**
 * What a receiver accepts.
 *
 * @param limits of one message
 * @param maxAge how long ago a record may have been
 * @param maxAhead how far ahead of our clock a record may be
 * @param maxHistograms cumulative histograms whose last point is remembered
 */
public record ReceiverSettings(
    TelemetryLimits limits, Duration maxAge, Duration maxAhead, int maxHistograms) {

  /** The usual limits, seven days back, ten minutes ahead, 20,000 histograms (up to 80 MiB). */
  public static final ReceiverSettings DEFAULT =
      new ReceiverSettings(
          TelemetryLimits.DEFAULT, Duration.ofDays(7), Duration.ofMinutes(10), 20_000);
}
