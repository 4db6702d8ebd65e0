package io.bridgewatch.hub;

import io.bridgewatch.adapter.report.Language;
import io.bridgewatch.adapter.report.Vocabulary;
import io.bridgewatch.hub.Moments.Moment;
import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Entity;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.EntityType;
import io.bridgewatch.model.Health;
import io.bridgewatch.model.ObjectKind;
import io.bridgewatch.model.Relation;
import io.bridgewatch.model.Topology;
import io.bridgewatch.ports.ObjectStore;
import io.bridgewatch.topology.EntityQuery;
import io.bridgewatch.topology.EntitySearch;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What exists in the clusters: lists, and one entity with all that is known of it. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "entities")
final class EntityController {

  private static final int RELATIONS_SHOWN = 200;

  private final Moments moments;
  private final ObjectStore objects;

  EntityController(Moments moments, ClusterParts parts) {
    this.moments = moments;
    this.objects = parts.objects();
  }

  @GetMapping("/entities")
  @Operation(operationId = "entities", summary = "What exists, filtered, searched and ordered")
  ClusterApi.EntityPage entities(
      @Parameter(description = "name; all clusters if not given") @RequestParam(required = false)
          @Nullable String cluster,
      @Parameter(description = "such as pod; several with commas") @RequestParam(required = false)
          @Nullable String type,
      @RequestParam(required = false) @Nullable String namespace,
      @Parameter(
              description =
                  "words that must all occur, each in the name, the namespace, a label's value, an"
                      + " image, an address or the node's name")
          @RequestParam(required = false)
          @Nullable String q,
      @Parameter(description = "such as failing; several with commas")
          @RequestParam(required = false)
          @Nullable String health,
      @RequestParam(required = false) @Nullable String node,
      @RequestParam(required = false) @Nullable String team,
      @RequestParam(required = false) @Nullable String application,
      @Parameter(description = "key=value; several with commas") @RequestParam(required = false)
          @Nullable List<String> label,
      @Parameter(
              description = "the order; by cluster, type, namespace and name if not given",
              schema =
                  @Schema(
                      allowableValues = {
                        "name",
                        "-name",
                        "restarts",
                        "-restarts",
                        "created",
                        "-created",
                        "health",
                        "-health"
                      }))
          @RequestParam(required = false)
          @Nullable String sort,
      @Parameter(description = Parameters.AT) @RequestParam(required = false) @Nullable String at,
      @Parameter(description = "1 to 500") @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor,
      @Parameter(
              description = Parameters.LANGUAGE,
              schema = @Schema(allowableValues = {"zh", "en"}))
          @RequestParam(required = false)
          @Nullable String lang,
      HttpServletRequest request) {
    var language = Parameters.language(lang, request);
    var query =
        new EntityQuery(
            Parameters.list(type).stream().map(EntityId::typeOf).collect(Collectors.toSet()),
            Parameters.given(namespace),
            Parameters.words(q),
            Parameters.list(health).stream()
                .map(state -> Parameters.word(Health.State.class, "health", state))
                .collect(Collectors.toSet()),
            Parameters.given(node),
            Parameters.given(team),
            Parameters.given(application),
            Parameters.pairs("label", label));
    var order = EntityOrders.of(Parameters.given(sort));
    var from = moments.some(cluster, Parameters.time("at", at));
    var part =
        EntitySearch.find(
            from.stream().map(m -> new EntitySearch.Source(m.cluster(), m.topology())).toList(),
            query,
            order,
            Parameters.limit(limit),
            Parameters.given(cursor).map(text -> EntityOrders.place(text, order)),
            EntityController::onAllCores);
    return new ClusterApi.EntityPage(
        part.items().stream()
            .map(
                found ->
                    EntityRows.row(
                        found.source().cluster(),
                        found.source().topology(),
                        found.entity(),
                        language))
            .toList(),
        part.next().map(place -> EntityOrders.cursor(place, order)).orElse(null),
        part.total(),
        Moments.asOf(from).orElse(null));
  }

  /** A long search keeps all cores busy, for a few hundredths of a second. */
  private static void onAllCores(List<Runnable> tasks) {
    tasks.parallelStream().forEach(Runnable::run);
  }

  @GetMapping("/entities/summary")
  @Operation(operationId = "entitySummary", summary = "How many there are, by type and namespace")
  ClusterApi.EntitySummary summary(
      @Parameter(description = "name; all clusters if not given") @RequestParam(required = false)
          @Nullable String cluster,
      @RequestParam(required = false) @Nullable String namespace,
      @Parameter(description = Parameters.AT) @RequestParam(required = false) @Nullable String at,
      @Parameter(
              description = Parameters.LANGUAGE,
              schema = @Schema(allowableValues = {"zh", "en"}))
          @RequestParam(required = false)
          @Nullable String lang,
      HttpServletRequest request) {
    return EntityCounts.of(
        moments.some(cluster, Parameters.time("at", at)),
        Parameters.given(namespace),
        Parameters.language(lang, request));
  }

  @GetMapping("/entity")
  @Operation(operationId = "entity", summary = "One entity, with what it is related to")
  ClusterApi.EntityDetail entity(
      @Parameter(description = Parameters.CLUSTER) @RequestParam(required = false)
          @Nullable String cluster,
      @RequestParam String type,
      @RequestParam(required = false) @Nullable String namespace,
      @RequestParam String name,
      @Parameter(description = "of an object without a type of its own")
          @RequestParam(required = false)
          @Nullable String kind,
      @Parameter(description = "of a container") @RequestParam(required = false)
          @Nullable String pod,
      @Parameter(description = Parameters.AT) @RequestParam(required = false) @Nullable String at,
      @Parameter(
              description = Parameters.LANGUAGE,
              schema = @Schema(allowableValues = {"zh", "en"}))
          @RequestParam(required = false)
          @Nullable String lang,
      HttpServletRequest request) {
    var language = Parameters.language(lang, request);
    var moment = moments.one(cluster, Parameters.time("at", at));
    var entity =
        found(
            moment,
            EntityId.ref(moment.cluster(), EntityId.typeOf(type), name, namespace, pod, kind),
            namespace);
    var ref = entity.ref();
    var topology = moment.topology();
    return new ClusterApi.EntityDetail(
        EntityRows.row(moment.cluster(), topology, entity, language),
        new ClusterApi.Relations(
            related(moment, topology.relationsFrom(ref), true, language),
            related(moment, topology.relationsTo(ref), false, language)),
        ref.type() == EntityType.POD
            ? Neighbourhood.containers(topology, ref).stream()
                .map(container -> EntityRows.row(moment.cluster(), topology, container, language))
                .toList()
            : List.of(),
        moments.stretches(moment.cluster()),
        moment.asOf().orElse(Instant.EPOCH));
  }

  /**
   * The entity, which must exist at that moment. A service goes by its name where nothing else has
   * that name, whether its namespace is known or not.
   *
   * @param namespace empty or null where it is not known
   */
  static Entity found(Moment moment, EntityRef ref, @Nullable String namespace) {
    return moment
        .topology()
        .entity(ref)
        .or(() -> service(moment.topology(), ref, Parameters.given(namespace)))
        .orElseThrow(
            () ->
                HubProblem.notFound(
                    "there is no "
                        + EntityId.of(ref)
                        + " in cluster "
                        + moment.cluster()
                        + moment.asOf().map(time -> " at " + time).orElse("")));
  }

  private static Optional<Entity> service(
      Topology topology, EntityRef ref, Optional<String> namespace) {
    if (ref.type() != EntityType.SERVICE) {
      return Optional.empty();
    }
    var named = new ArrayList<Entity>();
    for (Entity one : topology.entities(EntityType.SERVICE)) {
      boolean elsewhere =
          namespace.isPresent()
              && one.ref().identity().get(AttributeNames.NAMESPACE).isPresent()
              && !one.ref().identity().get(AttributeNames.NAMESPACE).equals(namespace);
      if (one.ref().name().equals(ref.name()) && !elsewhere) {
        named.add(one);
      }
    }
    return named.size() == 1 ? Optional.of(named.getFirst()) : Optional.empty();
  }

  private static ClusterApi.RelationList related(
      Moment moment, Collection<Relation> relations, boolean outward, Language language) {
    return new ClusterApi.RelationList(
        relations.stream()
            .limit(RELATIONS_SHOWN)
            .map(
                relation -> {
                  var other = outward ? relation.to() : relation.from();
                  return new ClusterApi.RelatedEntity(
                      relation.type().id(),
                      Vocabulary.relation(relation.type(), language),
                      EntityRows.head(
                          moment.cluster(), other, health(moment.topology(), other), language));
                })
            .toList(),
        relations.size());
  }

  private static Health health(Topology topology, EntityRef ref) {
    return topology.entity(ref).map(Entity::health).orElse(Health.unknown());
  }

  @GetMapping("/entity/object")
  @Operation(
      operationId = "entityObject",
      summary = "The last known API object, trimmed and with suspicious values masked")
  Map<String, @Nullable Object> object(
      @Parameter(description = Parameters.CLUSTER) @RequestParam(required = false)
          @Nullable String cluster,
      @RequestParam String type,
      @RequestParam(required = false) @Nullable String namespace,
      @RequestParam String name,
      @Parameter(description = "of an object without a type of its own")
          @RequestParam(required = false)
          @Nullable String kind) {
    var live = moments.live(cluster);
    var kindOfObject = kind(EntityId.typeOf(type), Optional.ofNullable(kind));
    var resource =
        live.kinds().stream()
            .flatMap(status -> status.kind().stream())
            .filter(
                known -> qualified(known).equals(kindOfObject) || known.kind().equals(kindOfObject))
            .map(ObjectKind::resource)
            .findFirst()
            .orElseThrow(
                () ->
                    HubProblem.notFound(
                        "objects of kind " + kindOfObject + " are not read from " + live.name()));
    return objects
        .find(live.name(), resource, Parameters.given(namespace).orElse(""), name)
        .orElseThrow(
            () -> HubProblem.notFound("there is no " + resource + " " + name + " any more"))
        .tree();
  }

  private static String qualified(ObjectKind kind) {
    return kind.group().isEmpty() ? kind.kind() : kind.kind() + "." + kind.group();
  }

  /** The kind as the Kubernetes API spells it. */
  private static String kind(EntityType type, Optional<String> given) {
    return switch (type) {
      case DEPLOYMENT -> "Deployment";
      case STATEFULSET -> "StatefulSet";
      case DAEMONSET -> "DaemonSet";
      case REPLICASET -> "ReplicaSet";
      case JOB -> "Job";
      case CRONJOB -> "CronJob";
      case HPA -> "HorizontalPodAutoscaler";
      case KUBERNETES_SERVICE -> "Service";
      case CONFIGMAP -> "ConfigMap";
      case RESOURCE_QUOTA -> "ResourceQuota";
      case PERSISTENT_VOLUME_CLAIM -> "PersistentVolumeClaim";
      case PERSISTENT_VOLUME -> "PersistentVolume";
      case K8S_NAMESPACE -> "Namespace";
      case POD -> "Pod";
      case NODE -> "Node";
      case OBJECT -> given.orElseThrow(() -> HubProblem.invalid("kind is missing"));
      case TRANSACTION, SERVICE, CONTAINER, DEVICE, ZONE, CLUSTER ->
          throw HubProblem.notFound("the Kubernetes API has no object for a " + type.id());
    };
  }
}
