package io.bridgewatch.scale;

import java.time.Instant;

/**
 * What an autoscaler in shadow remembers between two looks.
 *
 * @param at when it looked last
 * @param inForce replicas that were asked for then, by whoever is in force
 * @param wanted replicas that it would have asked for
 * @param history its recommendations, and the changes of the replicas in force
 */
public record ShadowMemory(Instant at, int inForce, int wanted, HpaHistory history) {}
