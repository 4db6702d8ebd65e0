package io.bridgewatch.topology;

import java.time.Instant;

/** The last warning that was reported about a pod. */
record Warning(Instant time, String reason, String message) {}
