package io.bridgewatch.detect;

import io.bridgewatch.model.ObjectReason;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One trouble of one object from its first sign to its end.
 *
 * @param sign as last seen, with the most telling reason seen so far
 * @param onset earliest of its signs
 * @param since earliest of its signs
 * @param until when it ended; empty while it lasts
 * @param removed whether it ended because the object was taken away rather than cured
 * @param told whether a step has reported it
 */
record KubernetesTrouble(
    KubernetesSign sign,
    Instant onset,
    Instant since,
    Optional<Instant> until,
    boolean removed,
    boolean told) {

  /** A container that runs ready for so long is over its restarts. */
  private static final Duration SETTLED = Duration.ofSeconds(60);

  /** What was over sooner hurt nobody for long. */
  private static final Duration MEMORABLE = Duration.ofSeconds(60);

  static KubernetesTrouble begin(KubernetesSign sign) {
    return new KubernetesTrouble(sign, sign.onset(), sign.since(), Optional.empty(), false, false);
  }

  KubernetesTrouble seenAgain(KubernetesSign next) {
    KubernetesSign telling =
        rank(next.reason()) < rank(sign.reason()) ? next.withReason(sign.reason()) : next;
    return new KubernetesTrouble(
        telling.withSeverity(Math.max(sign.severity(), next.severity())),
        KubernetesFields.earlier(onset, next.onset()),
        KubernetesFields.earlier(since, next.since()),
        Optional.empty(),
        false,
        told);
  }

  KubernetesTrouble ended(Instant at, boolean byRemoval) {
    return until.isPresent()
        ? this
        : new KubernetesTrouble(
            sign,
            onset,
            since,
            Optional.of(KubernetesFields.later(at, since)),
            byRemoval && sign.over().isEmpty(),
            told);
  }

  KubernetesTrouble asTold() {
    return new KubernetesTrouble(sign, onset, since, until, removed, true);
  }

  /** When it ended, as far as is known at that time; empty while it lasts. */
  Optional<Instant> endedBy(Instant now) {
    if (until.isPresent()) {
      return sign.over().or(() -> until);
    }
    return sign.over().filter(over -> !over.plus(SETTLED).isAfter(now));
  }

  boolean recoveredBy(Instant now) {
    return !removed && endedBy(now).isPresent();
  }

  /** Whether it has lasted longer than normal operation would. */
  boolean establishedBy(Instant now) {
    Instant end = endedBy(now).orElse(now);
    return Duration.between(since, end).compareTo(sign.grace()) >= 0;
  }

  /** Whether it lasted long enough to matter after it was over. */
  boolean memorableBy(Instant now) {
    Instant end = endedBy(now).orElse(now);
    return Duration.between(since, end).compareTo(MEMORABLE) >= 0;
  }

  /** How much a reason tells of why, within its family; more is better. */
  private static int rank(String word) {
    return ObjectReason.of(word)
        .map(
            reason ->
                switch (reason) {
                  case OOM_KILLED -> 4;
                  case UNHEALTHY -> 3;
                  case CRASH_LOOP_BACK_OFF, IMAGE_PULL_BACK_OFF, INVALID_IMAGE_NAME -> 2;
                  default -> 1;
                })
        .orElse(0);
  }
}
