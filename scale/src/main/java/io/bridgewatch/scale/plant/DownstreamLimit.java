package io.bridgewatch.scale.plant;

/**
 * What something that all replicas call can bear.
 *
 * @param name of what is called
 * @param perSecond calls a second that it can bear from this workload
 * @param callsPerRequest calls to it for one request of the workload, above 0
 */
public record DownstreamLimit(String name, double perSecond, double callsPerRequest) {

  public DownstreamLimit {
    if (!(perSecond > 0) || !(callsPerRequest > 0)) {
      throw new IllegalArgumentException(
          "limit of %s and calls per request must be above 0, were %s and %s"
              .formatted(name, perSecond, callsPerRequest));
    }
  }

  /** Requests a second of the workload that it can bear. */
  public double requestsPerSecond() {
    return perSecond / callsPerRequest;
  }
}
