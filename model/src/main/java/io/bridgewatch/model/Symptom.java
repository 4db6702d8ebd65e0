package io.bridgewatch.model;

/** What hurts: an entity near the users and what is unusual about it. */
public record Symptom(EntityRef entity, Finding finding) {}
