package io.bridgewatch.model;

/** What an alarm or a person said is wrong: which entity, which metric. */
public record SymptomHint(Attributes entity, String metric) {}
