package io.bridgewatch.topology;

import io.bridgewatch.model.Entity;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.model.Relation;
import io.bridgewatch.model.RelationType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What one object of a watched cluster tells: what {@link KubernetesTopology} reads off any object,
 * and on top the figures of its kind, a pod's containers, a claim's volume and the services that
 * routes lead to.
 */
final class Tellings {

  private Tellings() {}

  static List<Entity> entities(
      KubernetesObject object, KubernetesTopology names, Ownership ownership) {
    if (object.kind().equals("EndpointSlice")) {
      return List.of();
    }
    Optional<EntityRef> self = names.ref(object);
    var entities = new ArrayList<Entity>();
    for (Entity entity : names.entities(object)) {
      boolean itself = self.filter(entity.ref()::equals).isPresent();
      entities.add(
          itself
              ? new Entity(
                  entity.ref(), entity.attributes().with(ObjectFacts.of(object, ownership)))
              : entity);
    }
    if (object.kind().equals("Pod")) {
      for (KubernetesObject status : statuses(object)) {
        String name = status.text("name").orElse("");
        if (!name.isEmpty()) {
          entities.add(
              new Entity(
                  names.container(object, name),
                  ObjectFacts.ofContainer(spec(object, name), status)));
        }
      }
    }
    return entities;
  }

  private static List<KubernetesObject> statuses(KubernetesObject pod) {
    return Stream.of("initContainerStatuses", "containerStatuses", "ephemeralContainerStatuses")
        .flatMap(list -> pod.list("status", list).stream())
        .toList();
  }

  private static KubernetesObject spec(KubernetesObject pod, String container) {
    return Stream.of("initContainers", "containers", "ephemeralContainers")
        .flatMap(list -> pod.list("spec", list).stream())
        .filter(one -> one.text("name").orElse("").equals(container))
        .findFirst()
        .orElseGet(() -> KubernetesObject.of(Map.of()));
  }

  static List<Relation> relations(KubernetesObject object, KubernetesTopology names) {
    var relations = new ArrayList<>(names.relations(object));
    Optional<EntityRef> self = names.ref(object);
    if (self.isEmpty()) {
      return relations;
    }
    EntityRef from = self.get();
    switch (object.kind()) {
      case "Pod" -> {
        for (KubernetesObject status : statuses(object)) {
          status
              .text("name")
              .filter(name -> !name.isEmpty())
              .map(name -> names.container(object, name))
              .ifPresent(c -> relations.add(new Relation(c, RelationType.OWNED_BY, from)));
        }
      }
      case "PersistentVolumeClaim" ->
          object
              .text("spec", "volumeName")
              .flatMap(name -> names.named("v1", "PersistentVolume", "", name))
              .ifPresent(v -> relations.add(new Relation(from, RelationType.MOUNTS, v)));
      case "Ingress" ->
          object.list("spec", "rules").stream()
              .flatMap(rule -> rule.list("http", "paths").stream())
              .flatMap(path -> path.text("backend", "service", "name").stream())
              .flatMap(name -> names.named("v1", "Service", object.namespace(), name).stream())
              .forEach(s -> relations.add(new Relation(from, RelationType.ROUTES_TO, s)));
      case "HTTPRoute", "GRPCRoute", "TCPRoute", "TLSRoute" ->
          object.list("spec", "rules").stream()
              .flatMap(rule -> rule.list("backendRefs").stream())
              .filter(back -> back.text("kind").orElse("Service").equals("Service"))
              .flatMap(
                  back ->
                      names
                          .named(
                              "v1",
                              "Service",
                              back.text("namespace").orElse(object.namespace()),
                              back.text("name").orElse(""))
                          .stream())
              .forEach(s -> relations.add(new Relation(from, RelationType.ROUTES_TO, s)));
      default -> {} // others hang together by owners alone
    }
    return relations.stream().distinct().toList();
  }
}
