package io.bridgewatch.detect;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.EntityType;
import io.bridgewatch.model.KubernetesObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads what the rules need out of API objects; what is absent or malformed reads as absent. */
final class KubernetesFields {

  private KubernetesFields() {}

  /** The RFC 3339 time at a path. */
  static Optional<Instant> time(KubernetesObject object, String... path) {
    return object.text(path).flatMap(KubernetesFields::parse);
  }

  private static Optional<Instant> parse(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException malformed) {
      return Optional.empty();
    }
  }

  static Instant created(KubernetesObject object, Instant otherwise) {
    return time(object, "metadata", "creationTimestamp").orElse(otherwise);
  }

  static int integer(KubernetesObject object, int otherwise, String... path) {
    return object.number(path).map(Double::intValue).orElse(otherwise);
  }

  static Optional<KubernetesObject> condition(KubernetesObject object, String type) {
    return object.list("status", "conditions").stream()
        .filter(condition -> is(condition, type, "type"))
        .findFirst();
  }

  static boolean is(KubernetesObject object, String value, String... path) {
    return object.text(path).filter(value::equals).isPresent();
  }

  static String textOr(KubernetesObject object, String otherwise, String... path) {
    return object.text(path).orElse(otherwise);
  }

  /** The owner that manages the object. */
  static Optional<KubernetesObject> controller(KubernetesObject object) {
    return object.list("metadata", "ownerReferences").stream()
        .filter(owner -> is(owner, "true", "controller"))
        .findFirst();
  }

  static Optional<String> controllerUid(KubernetesObject object) {
    return controller(object).flatMap(owner -> owner.text("uid"));
  }

  /**
   * When somebody asked for the object to be deleted; empty while nobody has. The API sets {@code
   * deletionTimestamp} ahead by the grace period.
   */
  static Optional<Instant> deletionAsked(KubernetesObject object) {
    return time(object, "metadata", "deletionTimestamp")
        .map(at -> at.minusSeconds(integer(object, 0, "metadata", "deletionGracePeriodSeconds")));
  }

  static EntityRef pod(KubernetesObject pod) {
    return namespaced(EntityType.POD, pod.namespace(), pod.name());
  }

  /** The entity of that type and name. */
  static EntityRef namespaced(EntityType type, String namespace, String name) {
    return new EntityRef(
        type, Attributes.of(type.nameAttribute(), name, AttributeNames.NAMESPACE, namespace));
  }

  static Instant earliest(Instant first, Collection<Instant> others) {
    return Stream.concat(Stream.of(first), others.stream()).min(Instant::compareTo).orElse(first);
  }

  static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }
}
