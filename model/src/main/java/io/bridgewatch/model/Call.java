package io.bridgewatch.model;

/** A call edge known by other means than traces. */
public record Call(Attributes caller, Attributes callee) {}
