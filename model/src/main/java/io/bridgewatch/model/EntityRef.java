package io.bridgewatch.model;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The identity of an entity: its type and its identifying attributes.
 *
 * <p>Two references are the same entity exactly when both are equal. Descriptive attributes, which
 * may change, belong to {@link Entity}.
 */
public record EntityRef(EntityType type, Attributes identity) implements Comparable<EntityRef> {

  private static final List<EntityType> EMITTERS =
      List.of(
          EntityType.POD,
          EntityType.DEPLOYMENT,
          EntityType.STATEFULSET,
          EntityType.DAEMONSET,
          EntityType.JOB,
          EntityType.SERVICE,
          EntityType.DEVICE,
          EntityType.NODE);

  /**
   * @throws IllegalArgumentException if the naming attribute of the type is missing
   */
  public EntityRef {
    if (!identity.has(type.nameAttribute())) {
      throw new IllegalArgumentException(
          "cannot refer to a " + type.id() + " without " + type.nameAttribute() + ": " + identity);
    }
  }

  public static EntityRef service(String name) {
    return new EntityRef(EntityType.SERVICE, Attributes.of(AttributeNames.SERVICE, name));
  }

  public static EntityRef node(String name) {
    return new EntityRef(EntityType.NODE, Attributes.of(AttributeNames.NODE, name));
  }

  /** The entity of that type which these attributes describe; empty if they do not name one. */
  public static Optional<EntityRef> from(EntityType type, Attributes attributes) {
    if (!attributes.has(type.nameAttribute())) {
      return Optional.empty();
    }
    var identity = new TreeMap<String, String>();
    attributes.get(type.nameAttribute()).ifPresent(v -> identity.put(type.nameAttribute(), v));
    for (String scope : type.scope()) {
      attributes.get(scope).ifPresent(v -> identity.put(scope, v));
    }
    attributes.get(AttributeNames.CLUSTER).ifPresent(v -> identity.put(AttributeNames.CLUSTER, v));
    return Optional.of(new EntityRef(type, Attributes.of(identity)));
  }

  /**
   * The most specific thing that emits telemetry under these attributes: a pod before its workload,
   * that before its service, a node where none of them is named.
   */
  public static Optional<EntityRef> emitter(Attributes resource) {
    for (EntityType type : EMITTERS) {
      var found = from(type, resource);
      if (found.isPresent()) {
        return found;
      }
    }
    return resource
        .get(AttributeNames.HOST)
        .map(host -> new EntityRef(EntityType.NODE, Attributes.of(AttributeNames.NODE, host)));
  }

  /** Comes before all others of that type, and names none of them. */
  static EntityRef least(EntityType type) {
    // no attribute's name sorts before the empty one
    return new EntityRef(type, Attributes.ofSorted("", "", type.nameAttribute(), ""));
  }

  /** What a person calls it, without its scope. */
  public String name() {
    return identity.getOr(type.nameAttribute(), "");
  }

  public Layer layer() {
    return type.layer();
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // a short cut: what is not the same is compared
  public int compareTo(EntityRef other) {
    if (this == other) {
      return 0;
    }
    int byType = type.compareTo(other.type);
    return byType != 0 ? byType : identity.compareTo(other.identity);
  }

  @Override
  public String toString() {
    return type.id() + identity;
  }
}
