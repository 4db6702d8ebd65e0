package io.bridgewatch.model;

import java.time.Instant;

/**
 * A fact that speaks for a cause, where it was seen and since when.
 *
 * @param weight share of the cause's score that rests on it, 0 to 1
 */
public record Evidence(EntityRef entity, Instant since, Fact fact, double weight) {}
