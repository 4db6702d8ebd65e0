package io.bridgewatch.scale.trigger;

import java.util.Optional;

/**
 * Between how many replicas, and how slowly down.
 *
 * @param minReplicas so many that after the loss the others bear the quiet hours and the rise until
 *     new ones serve
 * @param maxReplicas so many that after the loss the others bear the highest load seen and half as
 *     much again, or what is useful by a limit downstream
 * @param cappedBy the limit downstream that makes more replicas useless
 * @param downWindowSeconds for which a higher recommendation holds the replicas up: the longest
 *     that costs little
 */
public record ReplicaRange(
    int minReplicas, int maxReplicas, Optional<String> cappedBy, int downWindowSeconds) {}
