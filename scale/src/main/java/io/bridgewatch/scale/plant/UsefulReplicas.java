package io.bridgewatch.scale.plant;

/**
 * How many replicas a limit downstream makes useful: more of them serve no more requests.
 *
 * @param limit which one
 * @param replicas at the capacity's value
 * @param atMost at the low end of the capacity
 */
public record UsefulReplicas(DownstreamLimit limit, int replicas, int atMost) {}
