package io.bridgewatch.scale;

/**
 * An external metric that says how many replicas are needed, for an autoscaler to hold against a
 * target of one. As the most of all metrics counts, it can raise replicas and never lower them
 * below what another metric asks for.
 */
interface NeededReplicas {

  /** At that look; fractions count, zero says nothing, {@code NaN} is a metric that failed. */
  double at(ReplayPolicy.View view);
}
