package io.bridgewatch.detect;

import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.KubernetesObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What one version of an object says is wrong with it.
 *
 * @param family signs of one family on one object are one trouble seen again
 * @param entity what is in trouble
 * @param kind of the object that says so
 * @param name of the object that says so
 * @param onset when it began as far as the object tells
 * @param since when it was first seen so, by the object's own times; not before the onset
 * @param grace how long it has to last before it counts; what is shorter is normal operation
 * @param over since when it seems to be over, where the object still tells of it
 * @param once whether it is an outcome (a failed job) rather than a lasting state: an outcome from
 *     before a window is no news in it
 */
record KubernetesSign(
    String family,
    EntityRef entity,
    String kind,
    String name,
    String reason,
    String message,
    Instant onset,
    Instant since,
    Duration grace,
    Optional<Instant> over,
    boolean once,
    double severity) {

  /** Serves nothing until it is cured. */
  static final double DOWN = 10;

  /** Fails and comes back, or loses a part. */
  static final double FAILING = 7;

  /** Runs, but not as asked for. */
  static final double DEGRADED = 5;

  /** May hurt soon. */
  static final double WARNING = 3;

  /** Somebody's choice; worth knowing. */
  static final double NOTE = 1;

  /** A sign that tells one time. */
  static KubernetesSign sign(
      String family,
      EntityRef entity,
      KubernetesObject object,
      String reason,
      String message,
      Instant since,
      Duration grace,
      double severity) {
    return new KubernetesSign(
        family,
        entity,
        object.kind(),
        object.name(),
        reason,
        message,
        since,
        since,
        grace,
        Optional.empty(),
        false,
        severity);
  }

  KubernetesSign withReason(String word) {
    return new KubernetesSign(
        family, entity, kind, name, word, message, onset, since, grace, over, once, severity);
  }

  KubernetesSign withSeverity(double next) {
    return new KubernetesSign(
        family, entity, kind, name, reason, message, onset, since, grace, over, once, next);
  }

  KubernetesSign withOver(Optional<Instant> at) {
    return new KubernetesSign(
        family, entity, kind, name, reason, message, onset, since, grace, at, once, severity);
  }

  KubernetesSign withOnset(Instant at) {
    return new KubernetesSign(
        family, entity, kind, name, reason, message, at, since, grace, over, once, severity);
  }

  KubernetesSign asOutcome() {
    return new KubernetesSign(
        family, entity, kind, name, reason, message, onset, since, grace, over, true, severity);
  }
}
