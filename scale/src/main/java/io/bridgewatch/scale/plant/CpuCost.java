package io.bridgewatch.scale.plant;

/**
 * What requests cost in CPU: a regression of the cores that a replica uses on its load.
 *
 * @param perRequest core seconds of one request
 * @param idleCores that a replica uses without any
 * @param cores that a replica may use
 * @param basis what gives it them
 * @param capacity requests a second of one replica that uses all of them
 */
public record CpuCost(
    Interval perRequest, double idleCores, double cores, Basis basis, Interval capacity) {

  /** What says how much CPU a replica may use. */
  public enum Basis {
    /** It is throttled there. */
    LIMIT,
    /** It is sure to get that much; more while its node has some to spare. */
    REQUEST
  }
}
