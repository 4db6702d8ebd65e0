package io.bridgewatch.telemetry;

/** The records of a message that was read whole, not yet judged one by one. */
public interface TelemetryMessage {

  /**
   * Hands out what can be used, in the order in which it stood, and tells what cannot.
   *
   * @param times when records may lie
   * @throws X as the sink does; what comes after is not handed out
   */
  <X extends Exception> void deliver(TimeRange times, Pool pool, TelemetrySink<X> sink) throws X;
}
