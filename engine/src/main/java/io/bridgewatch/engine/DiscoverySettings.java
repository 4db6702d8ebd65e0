package io.bridgewatch.engine;

import io.bridgewatch.topology.Ownership;
import java.time.Duration;

/**
 * How clusters are watched.
 *
 * @param ownership by which labels things belong to teams, applications and pools
 * @param queueCapacity observations that may wait before the feed must
 * @param batch observations folded before the result is shown and kept
 * @param recent for how long what became of objects is held in memory
 * @param recentEvents how many events at most
 * @param retry pause before a store that refused is asked again
 * @param patienceAtEnd how long a discovery that is closed may take to fold what it heard
 */
public record DiscoverySettings(
    Ownership ownership,
    int queueCapacity,
    int batch,
    Duration recent,
    int recentEvents,
    Duration retry,
    Duration patienceAtEnd) {

  /**
   * @throws IllegalArgumentException if a number or duration is not positive
   */
  public DiscoverySettings {
    if (queueCapacity < 1 || batch < 1) {
      throw new IllegalArgumentException(
          "queue capacity and batch must be positive: " + queueCapacity + ", " + batch);
    }
    if (!recent.isPositive() || recentEvents < 1) {
      throw new IllegalArgumentException(
          "something recent must be held: " + recent + ", " + recentEvents);
    }
    if (patienceAtEnd.isNegative()) {
      throw new IllegalArgumentException("patience must not be negative: " + patienceAtEnd);
    }
  }

  /** 10,000 may wait, 1,000 a batch. */
  public static DiscoverySettings usual() {
    return new DiscoverySettings(
        Ownership.usual(),
        10_000,
        1_000,
        Duration.ofMinutes(30),
        10_000,
        Duration.ofSeconds(1),
        Duration.ofSeconds(10));
  }

  public DiscoverySettings with(Ownership other) {
    return new DiscoverySettings(
        other, queueCapacity, batch, recent, recentEvents, retry, patienceAtEnd);
  }
}
