package io.bridgewatch.scale.plant;

import java.util.OptionalDouble;

/**
 * Latency of a replica under load: a floor, and a wait that grows towards its capacity and, beyond
 * it, with the time that the overload lasts. The wait is the time-dependent form of Kimber and
 * Hollis (1979) and Akçelik (1991), with the exponent of Sakasegawa (1977) for replicas that serve
 * several requests at once:
 *
 * <pre>
 * u = load / capacity
 * latency = floor + lasting/4 · (u − 1 + √((u − 1)² + 8 · spread · u^exponent / (capacity · lasting)))
 * </pre>
 *
 * <p>Far below capacity that is the steady state {@code floor + spread · u^exponent / (capacity ·
 * (1 − u))}: M/M/1 with a spread and an exponent of one.
 *
 * @param measure which latency
 * @param floorSeconds without any wait
 * @param capacity requests a second of one replica
 * @param spread of arrivals and of service times: one where both are random, less where even
 * @param exponent one for a single server, √(2k + 2) − 1 for k
 * @param lastingSeconds how long an overload lasts
 */
public record LatencyCurve(
    Measure measure,
    double floorSeconds,
    double capacity,
    double spread,
    double exponent,
    double lastingSeconds) {

  private static final int HALVINGS = 60;
  private static final double FURTHEST = 4;

  /** Seconds at that load per replica. */
  public double at(double loadPerReplica) {
    return latency(
        loadPerReplica / capacity, floorSeconds, capacity, spread, exponent, lastingSeconds);
  }

  static double latency(
      double use,
      double floorSeconds,
      double capacity,
      double spread,
      double exponent,
      double lastingSeconds) {
    double over = use - 1;
    double randomness =
        8 * spread * Math.pow(Math.max(0, use), exponent) / (capacity * lastingSeconds);
    double root = Math.sqrt(over * over + randomness);
    // below capacity the difference of nearly equal numbers is rewritten as a quotient
    double wait = over < 0 ? randomness / (root - over) : over + root;
    return floorSeconds + lastingSeconds / 4 * wait;
  }

  /**
   * The load per replica at which latency reaches that many seconds.
   *
   * @return empty where it is above it even without load, or not within four capacities
   */
  public OptionalDouble loadAt(double seconds) {
    if (!(seconds > floorSeconds) || at(FURTHEST * capacity) < seconds) {
      return OptionalDouble.empty();
    }
    double low = 0;
    double high = FURTHEST * capacity;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (at(middle) < seconds) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return OptionalDouble.of(high);
  }
}
