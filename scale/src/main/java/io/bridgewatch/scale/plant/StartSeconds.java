package io.bridgewatch.scale.plant;

/**
 * How long a replica took from being created to being ready.
 *
 * @param pods of which it is known
 */
public record StartSeconds(int pods, double p50, double p90, double longest) {}
