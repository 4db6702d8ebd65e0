package io.bridgewatch.scale;

/**
 * What happens to a workload under a number of replicas: a fluid queue in front of equal pods.
 *
 * @param capacity requests a second that one warm replica serves, CPU at its limit
 * @param startSeconds from the decision until a new replica serves
 * @param windowSeconds over which a metric is averaged
 * @param lagSeconds from the end of that window until the controller sees it
 * @param syncSeconds between two looks of the controller
 * @param hurtSeconds a request that waits longer is hurt
 * @param longestWaitSeconds a request that would wait longer is dropped, and hurt
 * @param serviceSeconds time of a request that waits for nothing, for in-flight concurrency
 */
public record PlantSettings(
    double capacity,
    int startSeconds,
    int windowSeconds,
    int lagSeconds,
    int syncSeconds,
    double hurtSeconds,
    double longestWaitSeconds,
    double serviceSeconds) {

  public PlantSettings {
    if (!(capacity > 0) || syncSeconds < 1 || startSeconds < 0) {
      throw new IllegalArgumentException(
          "capacity must be above 0, sync at least 1 s, start at least 0 s; were %s, %d, %d"
              .formatted(capacity, syncSeconds, startSeconds));
    }
  }

  /** Metrics of 15 s, 15 s late, looked at every 15 s; hurt beyond half a second. */
  public static PlantSettings standard(double capacity, int startSeconds) {
    return new PlantSettings(capacity, startSeconds, 15, 15, 15, 0.5, 10, 0.1);
  }
}
