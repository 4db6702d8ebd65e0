package io.bridgewatch.scale.plant;

import io.bridgewatch.scale.CpuDemand;

/**
 * What requests cost in CPU: a regression of the cores that a replica uses on its load.
 *
 * @param perRequest core seconds of one request
 * @param idleCores that a replica uses without any
 * @param cores that a replica may use
 * @param basis what gives it them
 * @param requestedCores of which an autoscaler counts the use: what is requested, else the limit
 * @param capacity requests a second of one replica that uses all of them
 */
public record CpuCost(
    Interval perRequest,
    double idleCores,
    double cores,
    Basis basis,
    double requestedCores,
    Interval capacity) {

  /** What says how much CPU a replica may use. */
  public enum Basis {
    /** It is throttled there. */
    LIMIT,
    /** It is sure to get that much; more while its node has some to spare. */
    REQUEST
  }

  /** In terms of the cores requested. */
  public CpuDemand demand() {
    return new CpuDemand(requestedCores / perRequest.value(), idleCores / requestedCores);
  }
}
