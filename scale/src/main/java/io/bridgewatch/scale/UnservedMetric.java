package io.bridgewatch.scale;

/**
 * A metric that an autoscaler would not get: it would hold instead of scaling down, and know
 * nothing of what the metric was chosen to tell.
 *
 * @param owner namespace and name of the service that serves the group; empty if nobody does, or it
 *     is not known
 * @param why it is not known; empty if it is
 */
public record UnservedMetric(
    String metric, MetricsApis.Group group, Reason reason, String owner, String why) {

  /** Why an autoscaler would not get it. */
  public enum Reason {
    /** No server is registered for the group. */
    NOBODY,
    /** We are, and the API server does not reach us. */
    OURS_UNREACHABLE,
    /** We are, and know no such metric. */
    NOT_OF_OURS,
    /** Another is, and the API server does not reach it. */
    OWNER_UNREACHABLE,
    /** Another is, and does not serve this metric of ours. */
    NOT_OF_OWNER,
    OWNER_UNKNOWN
  }
}
