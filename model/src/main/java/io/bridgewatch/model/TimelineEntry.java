package io.bridgewatch.model;

import java.time.Instant;

/** One moment of an incident's story. */
public record TimelineEntry(Instant time, EntityRef entity, Fact fact) {}
