package io.bridgewatch.hub;

import io.bridgewatch.adapter.report.Language;
import io.bridgewatch.adapter.report.Vocabulary;
import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Entity;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.EntityType;
import io.bridgewatch.model.Health;
import io.bridgewatch.model.Topology;
import io.bridgewatch.topology.FactNames;
import io.bridgewatch.topology.Owners;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Entities as the API shows them. */
final class EntityRows {

  private EntityRows() {}

  /** An entity; its team and application are those of what keeps it where it names none itself. */
  static ClusterApi.EntityRow row(
      String cluster, Topology topology, Entity entity, Language language) {
    var ref = entity.ref();
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
        time(entity.attributes().getOr(FactNames.CREATED, "")),
        Owners.application(topology, entity).orElse(null),
        Owners.team(topology, entity).orElse(null),
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
