package io.bridgewatch.scale;

/**
 * What a replica's work costs in CPU, in terms of the CPU that it requests, as an autoscaler counts
 * its use.
 *
 * @param capacity requests a second of one replica that cost as much CPU as it requests, above 0;
 *     below what it serves where it may use more than it requests, above where requests begin to
 *     wait before the CPU is used up
 * @param idle share of the CPU requested that a replica uses without any request, at least 0
 */
public record CpuDemand(double capacity, double idle) {

  public CpuDemand {
    if (!(capacity > 0) || !(idle >= 0) || Double.isInfinite(capacity + idle)) {
      throw new IllegalArgumentException(
          "CPU needs a finite capacity above 0 and an idle share of at least 0, had %s and %s"
              .formatted(capacity, idle));
    }
  }

  /** Nothing is used without requests. */
  public static CpuDemand of(double capacity) {
    return new CpuDemand(capacity, 0);
  }

  /** Use of a replica that gets so many requests a second, of the CPU that it requests. */
  double use(double requests) {
    return idle + requests / capacity;
  }
}
