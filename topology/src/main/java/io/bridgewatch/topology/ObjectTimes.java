package io.bridgewatch.topology;

import io.bridgewatch.model.KubernetesObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** Reads times and conditions off objects; what is malformed is absent. */
final class ObjectTimes {

  private ObjectTimes() {}

  static Optional<Instant> time(KubernetesObject object, String... path) {
    return object.text(path).flatMap(ObjectTimes::parse);
  }

  static Optional<Instant> parse(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException malformed) {
      return Optional.empty();
    }
  }

  static boolean is(KubernetesObject object, String value, String... path) {
    return object.text(path).filter(value::equals).isPresent();
  }

  static String textOr(KubernetesObject object, String otherwise, String... path) {
    return object.text(path).orElse(otherwise);
  }

  static Optional<KubernetesObject> condition(KubernetesObject object, String type) {
    return object.list("status", "conditions").stream()
        .filter(condition -> is(condition, type, "type"))
        .findFirst();
  }

  static Optional<Instant> deletionAsked(KubernetesObject object) {
    long grace =
        object.number("metadata", "deletionGracePeriodSeconds").map(Double::longValue).orElse(0L);
    return time(object, "metadata", "deletionTimestamp").map(at -> at.minusSeconds(grace));
  }
}
