package io.bridgewatch.telemetry;

/** How many records of a message may still be read, and how many were turned away. */
final class Room {

  private int left;
  private long turnedAway;

  Room(TelemetryLimits limits) {
    left = limits.maxRecords();
  }

  /** Whether one more record may be read. */
  boolean take() {
    if (left == 0) {
      turnedAway++;
      return false;
    }
    left--;
    return true;
  }

  void tell(TelemetrySink<?> sink) {
    if (turnedAway > 0) {
      sink.reject(Rejection.TOO_MANY_RECORDS, turnedAway);
    }
  }
}
