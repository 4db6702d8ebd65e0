package io.bridgewatch.scale;

/**
 * What happens to a workload under a number of replicas: a queue in front of equal pods, fluid but
 * for its randomness.
 *
 * @param capacity requests a second that one warm replica serves
 * @param cpu what its work costs
 * @param startSeconds from the decision until a new replica serves
 * @param windowSeconds over which a metric is averaged
 * @param lagSeconds from the end of that window until the controller sees it
 * @param syncSeconds between two looks of the controller
 * @param hurtSeconds a request that waits longer is hurt
 * @param longestWaitSeconds a request that would wait longer is dropped, and hurt
 * @param serviceSeconds time of a request that waits for nothing, for in-flight concurrency
 * @param randomness of arrivals and of service times, half the sum of their squared coefficients of
 *     variation: one where customers come by themselves and times are exponential; zero for a fluid
 * @param warming of replicas that have just begun to serve
 * @param downstreamReplicas how many replicas what they call bears, at least 1: those beyond get
 *     none of its connections, and serve nothing; {@link #ANY} where that is not known
 */
public record PlantSettings(
    double capacity,
    CpuDemand cpu,
    int startSeconds,
    int windowSeconds,
    int lagSeconds,
    int syncSeconds,
    double hurtSeconds,
    double longestWaitSeconds,
    double serviceSeconds,
    double randomness,
    Warming warming,
    int downstreamReplicas) {

  /** What is called bears any number of replicas. */
  public static final int ANY = Integer.MAX_VALUE;

  public PlantSettings {
    if (!(randomness >= 0) || Double.isInfinite(randomness)) {
      throw new IllegalArgumentException(
          "randomness must be finite and at least 0, was " + randomness);
    }
    if (downstreamReplicas < 1) {
      throw new IllegalArgumentException(
          "what is called must bear at least 1 replica, was " + downstreamReplicas);
    }
    if (!(capacity > 0) || syncSeconds < 1 || startSeconds < 0) {
      throw new IllegalArgumentException(
          "capacity must be above 0, sync at least 1 s, start at least 0 s; were %s, %d, %d"
              .formatted(capacity, syncSeconds, startSeconds));
    }
  }

  /**
   * A fluid; metrics of 15 s, 15 s late, looked at every 15 s; hurt beyond half a second; CPU is
   * used up where the capacity ends.
   */
  public static PlantSettings standard(double capacity, int startSeconds) {
    return new PlantSettings(
        capacity,
        CpuDemand.of(capacity),
        startSeconds,
        15,
        15,
        15,
        0.5,
        10,
        0.1,
        0,
        Warming.NONE,
        ANY);
  }

  /** From the decision until a new replica serves as much as others. */
  public int coldStartSeconds() {
    return startSeconds + warming.seconds();
  }

  /** The same with metrics that are seen so late. */
  public PlantSettings withLag(int otherLagSeconds) {
    return new PlantSettings(
        capacity,
        cpu,
        startSeconds,
        windowSeconds,
        otherLagSeconds,
        syncSeconds,
        hurtSeconds,
        longestWaitSeconds,
        serviceSeconds,
        randomness,
        warming,
        downstreamReplicas);
  }

  /** The same where what is called bears so many replicas. */
  public PlantSettings bearing(int replicas) {
    return new PlantSettings(
        capacity,
        cpu,
        startSeconds,
        windowSeconds,
        lagSeconds,
        syncSeconds,
        hurtSeconds,
        longestWaitSeconds,
        serviceSeconds,
        randomness,
        warming,
        replicas);
  }

  /** Requests a second that what is called lets all replicas serve. */
  double mostServed() {
    return downstreamReplicas == ANY ? Double.POSITIVE_INFINITY : downstreamReplicas * capacity;
  }

  /** The most CPU that a replica uses, of what it requests: all of that, or more if it may. */
  double mostCpu() {
    return Math.max(1, cpu.use(capacity));
  }

  /** Use of CPU by a replica that serves all that it can, percent of what it requests. */
  public int cpuPercentAtCapacity() {
    return Math.max(1, (int) Math.round(100 * cpu.use(capacity)));
  }

  /**
   * Requests that are served at a time, those in line left out.
   *
   * @param busy CPU in use, in replicas' requests
   * @param ready replicas that serve
   */
  double inService(double busy, double ready) {
    double working = Math.max(0, busy - ready * cpu.idle());
    return Math.min(working * cpu.capacity(), ready * capacity) * serviceSeconds;
  }
}
