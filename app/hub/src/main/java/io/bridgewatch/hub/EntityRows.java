package io.bridgewatch.hub;

import io.bridgewatch.adapter.report.Language;
import io.bridgewatch.adapter.report.Vocabulary;
import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Entity;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.EntityType;
import io.bridgewatch.model.Health;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Entities as the API shows them. */
final class EntityRows {

  static final String CREATED = "k8s.object.created";
  static final String APPLICATION = "bridgewatch.application";
  static final String TEAM = "bridgewatch.team";

  private EntityRows() {}

  static ClusterApi.EntityRow row(String cluster, Entity entity, Language language) {
    var ref = entity.ref();
    var attributes = entity.attributes();
    return new ClusterApi.EntityRow(
        EntityId.of(ref),
        cluster,
        ref.type().id(),
        Vocabulary.type(ref.type(), language),
        identity(ref, AttributeNames.OBJECT_KIND),
        namespace(ref),
        pod(ref),
        ref.name(),
        health(entity.health()),
        time(attributes.getOr(CREATED, "")),
        attributes.get(APPLICATION).orElse(null),
        attributes.get(TEAM).orElse(null),
        entity.allAttributes().asMap());
  }

  static ClusterApi.EntityHead head(
      String cluster, EntityRef ref, Health health, Language language) {
    return new ClusterApi.EntityHead(
        EntityId.of(ref),
        cluster,
        ref.type().id(),
        Vocabulary.type(ref.type(), language),
        identity(ref, AttributeNames.OBJECT_KIND),
        namespace(ref),
        pod(ref),
        ref.name(),
        health(health));
  }

  static ClusterApi.HealthState health(Health health) {
    return new ClusterApi.HealthState(
        health.state().id(), health.reason(), health.message(), health.since().orElse(null));
  }

  /** The namespace it lives in; a namespace lives in none. */
  static @Nullable String namespace(EntityRef ref) {
    return ref.type() == EntityType.K8S_NAMESPACE ? null : identity(ref, AttributeNames.NAMESPACE);
  }

  private static @Nullable String pod(EntityRef ref) {
    return ref.type() == EntityType.CONTAINER ? identity(ref, AttributeNames.POD) : null;
  }

  private static @Nullable String identity(EntityRef ref, String name) {
    return ref.identity().get(name).orElse(null);
  }

  private static @Nullable Instant time(String text) {
    try {
      return text.isEmpty() ? null : Instant.parse(text);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
