package io.bridgewatch.hub;

import io.bridgewatch.model.FeedStatus;
import io.bridgewatch.ports.Retained;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The documents of the HTTP API that tell of watched clusters; as {@link Api}, in all else. */
final class ClusterApi {

  private ClusterApi() {}

  /** Where the hub knows a cluster from. */
  enum Source {
    KUBECONFIG,
    IN_CLUSTER,
    REGISTERED
  }

  record ClusterList(List<Cluster> items) {}

  record Cluster(
      String name,
      FeedStatus.State state,
      @Schema(description = "PascalCase word; empty while all is well", example = "Unauthorized")
          String reason,
      @Schema(description = "what was seen and what helps; empty while all is well") String detail,
      Instant since,
      @Schema(description = "how new what is known of it is") @Nullable Instant asOf,
      Source source,
      String apiUrl,
      List<KindState> kinds,
      ClusterCounts counts,
      Pipeline pipeline,
      @Schema(description = "entities that are degraded or failing, containers aside") int troubles,
      @Schema(
              description =
                  "whether there is a token by which its API server delivers audit events")
          boolean auditWebhook) {}

  @Schema(description = "how well one kind of objects can be heard")
  record KindState(
      @Schema(example = "deployments.apps") String resource,
      FeedStatus.State state,
      String reason,
      String detail,
      Instant since) {}

  record ClusterCounts(int nodes, int pods, int workloads, int services, int namespaces) {}

  @Schema(description = "what was heard since the hub began to listen, and what became of it")
  record Pipeline(
      long observed,
      long changes,
      long rejected,
      int queued,
      int queueCapacity,
      @Schema(description = "from hearing to knowing") double lagSeconds,
      List<Rejected> rejections,
      @Schema(description = "why what is known cannot be kept at present; null if it can")
          @Nullable String storeTrouble) {}

  record Rejected(
      @Schema(example = "pods") String subject,
      @Schema(example = "NotAnObject") String reason,
      String detail,
      long count,
      Instant last) {}

  @Schema(
      description =
          "a cluster and what opens it: a token, or a client certificate and its key; none of it is"
              + " ever given back")
  record ClusterRegistration(
      @Schema(minLength = 1, maxLength = 63) String name,
      @Schema(example = "https://10.0.0.1:6443") String apiUrl,
      @Schema(
              description = "PEM; without it what the machine trusts",
              requiredMode = Schema.RequiredMode.NOT_REQUIRED)
          @Nullable String certificateAuthority,
      @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED) @Nullable String token,
      @Schema(description = "PEM", requiredMode = Schema.RequiredMode.NOT_REQUIRED)
          @Nullable String clientCertificate,
      @Schema(description = "PEM", requiredMode = Schema.RequiredMode.NOT_REQUIRED)
          @Nullable String clientKey) {
    @Override
    public String toString() {
      return name + " at " + apiUrl;
    }
  }

  record RegisteredCluster(
      String name,
      String apiUrl,
      @Schema(allowableValues = {"token", "client-certificate"}) String credential,
      String registeredBy,
      Instant registeredAt) {}

  record ClusterCheck(
      boolean reachable,
      @Schema(example = "v1.36.2") @Nullable String version,
      List<String> readable,
      @Schema(description = "kinds that the cluster does not let us read") List<String> denied,
      @Nullable String error) {}

  @Schema(description = "where the API server may send its audit events")
  record AuditWebhook(
      @Schema(example = "/api/v1/clusters/prod/audit-events") String path,
      @Schema(description = "bearer token, shown only here") String token) {}

  @Schema(description = "audit.k8s.io/v1 EventList")
  record AuditEvents(
      @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
          @Nullable List<Map<String, Object>> items) {}

  record AuditTaken(
      @Schema(description = "requests that changed something") int taken,
      @Schema(description = "items that are no audit events") long rejected) {}

  record ClusterHistory(
      @Schema(description = "when the cluster was heard, oldest first") List<Api.Window> stretches,
      int retentionDays) {}

  record Retention(
      @Schema(description = "when it was looked at last") Instant asOf,
      List<RetainedKind> kept,
      @Schema(description = "that all together may take; null if there is no limit")
          @Nullable Long budgetBytes,
      @Schema(description = "free on the disk") long usableBytes,
      @Schema(description = "that is to stay free on the disk") long leastUsableBytes,
      @Schema(description = "what could not be done about the room") @Nullable String trouble) {}

  record RetainedKind(
      Retained.Kind kind,
      @Schema(description = "whether it takes room in another system, not on the hub's disk")
          boolean external,
      long bytes,
      @Nullable Instant oldest,
      int keepDays,
      @Schema(description = "until when it was given up for want of room")
          @Nullable Instant givenUp) {}

  record HealthState(
      @Schema(
              allowableValues = {
                "healthy",
                "completed",
                "suspended",
                "unknown",
                "progressing",
                "degraded",
                "failing"
              })
          String state,
      @Schema(example = "CrashLoopBackOff") String reason,
      String message,
      @Nullable Instant since) {}

  record EntityPage(
      List<EntityRow> items,
      @Nullable String next,
      @Schema(description = "how many match in all") long total,
      @Schema(description = "how new the answer is; the oldest where several clusters answer")
          @Nullable Instant asOf) {}

  @Schema(description = "what exists: identity, health, and all that is known of it")
  record EntityRow(
      @Schema(example = "pod/shop/cart-7f9") String id,
      String cluster,
      @Schema(example = "pod") String type,
      @Schema(example = "Pod") String typeText,
      @Schema(
              description = "of an object without a type of its own",
              example = "Kafka.kafka.strimzi.io")
          @Nullable String kind,
      @Nullable String namespace,
      @Schema(description = "of a container") @Nullable String pod,
      String name,
      HealthState health,
      @Nullable Instant created,
      @Nullable String application,
      @Nullable String team,
      @Schema(description = "OpenTelemetry attributes, identifying and descriptive")
          Map<String, String> attributes) {}

  @Schema(description = "an entity in few words")
  record EntityHead(
      @Schema(example = "pod/shop/cart-7f9") String id,
      String cluster,
      String type,
      String typeText,
      @Nullable String kind,
      @Nullable String namespace,
      @Nullable String pod,
      String name,
      HealthState health) {}

  record EntitySummary(
      long total,
      List<TypeCount> types,
      @Schema(description = "those with most trouble first, at most 200")
          List<NamespaceCount> namespaces,
      @Nullable Instant asOf) {}

  record TypeCount(
      String type,
      String typeText,
      long total,
      @Schema(description = "by health's state") Map<String, Long> health) {}

  record NamespaceCount(String cluster, String namespace, long total, long troubles) {}

  record EntityDetail(
      EntityRow entity,
      Relations relations,
      @Schema(description = "of a pod") List<EntityRow> containers,
      @Schema(description = "when its cluster was heard, oldest first") List<Api.Window> stretches,
      Instant asOf) {}

  record Relations(RelationList out, RelationList in) {}

  record RelationList(
      @Schema(description = "at most 200") List<RelatedEntity> items,
      @Schema(description = "how many there are in all") int total) {}

  record RelatedEntity(
      @Schema(example = "runs-on") String type,
      @Schema(example = "runs on") String typeText,
      EntityHead entity) {}

  record NeighbourMap(
      List<NeighbourNode> nodes,
      List<Api.MapEdge> edges,
      @Schema(description = "whether something was left out because there is too much of it")
          boolean cut,
      Instant asOf) {}

  record NeighbourNode(
      @Schema(description = "goes into expand", example = "pod/shop/cart-7f9") String id,
      String type,
      String typeText,
      String name,
      @Nullable String namespace,
      HealthState health,
      String layer,
      @Schema(description = "null where the node stands for several") @Nullable EntityHead entity,
      @Schema(description = "how many entities the node stands for; 1 for one") int size,
      More more) {}

  @Schema(description = "neighbours that are not on the map")
  record More(int out, int in) {}

  record HappeningPage(List<HappeningRow> items, @Nullable String next) {}

  @Schema(description = "something that happened; what does not apply is null")
  record HappeningRow(
      String id,
      Instant time,
      @Schema(allowableValues = {"change", "lifecycle", "event", "health"}) String what,
      EntityHead entity,
      String sentence,
      @Schema(
              description = "of a change",
              allowableValues = {
                "deploy",
                "rollback",
                "commit",
                "config",
                "flag",
                "scale",
                "hpa",
                "restart",
                "node",
                "delete",
                "infra",
                "other"
              })
          @Nullable String kind,
      @Nullable String kindText,
      @Nullable String summary,
      @Schema(description = "which fields differ, a line each") @Nullable String diff,
      @Schema(description = "field manager or user agent of a change") @Nullable String manager,
      @Schema(description = "by the audit log") @Nullable String user,
      @Nullable String author,
      @Schema(
              description = "of a pod's or container's life",
              allowableValues = {
                "created",
                "scheduled",
                "pulling",
                "pulled",
                "started",
                "ready",
                "unready",
                "terminated",
                "restarted",
                "evicted",
                "deleting",
                "gone"
              })
          @Nullable String stage,
      @Nullable String stageText,
      @Nullable String reason,
      @Nullable String message,
      @Nullable Integer exitCode,
      @Schema(description = "how often an event was seen") @Nullable Long count,
      @Schema(description = "whether an event is a warning") @Nullable Boolean warning,
      @Schema(description = "component that reported an event") @Nullable String reporter,
      @Nullable String healthBefore,
      @Nullable HealthState health) {}

  record Resources(
      @Schema(description = "cores") double cpu,
      @Schema(description = "bytes") double memory,
      double pods) {}

  record PoolList(List<Pool> items, @Nullable Instant asOf) {}

  @Schema(description = "nodes that belong together, and what runs on them")
  record Pool(
      String cluster,
      @Schema(description = "empty for nodes that carry no such value") String name,
      int nodes,
      @Schema(description = "nodes that are healthy and take pods") int readyNodes,
      Resources capacity,
      Resources allocatable,
      Resources requests,
      Resources limits,
      int pods,
      @Schema(description = "pods that do not ask for CPU or not for memory") int unrequested,
      @Schema(description = "workloads and bare pods in trouble") int troubled) {}

  record OwnerList(List<Owner> items, @Nullable Instant asOf) {}

  @Schema(description = "what belongs to one team, application or namespace")
  record Owner(
      String cluster,
      @Schema(description = "empty for what belongs to none") String name,
      @Schema(description = "that its pods run on") int nodes,
      Resources requests,
      Resources limits,
      int pods,
      @Schema(description = "pods that do not ask for CPU or not for memory") int unrequested,
      @Schema(description = "workloads and bare pods in trouble") int troubled) {}

  record Placement(
      @Schema(description = "how many such pods fit in all") long fits,
      List<PoolPlacement> items,
      @Nullable Instant asOf) {}

  record PoolPlacement(
      String cluster,
      @Schema(description = "empty for nodes that carry no such value") String pool,
      @Schema(description = "how many such pods fit") long fits,
      @Schema(description = "nodes that take at least one") int nodes,
      @Schema(description = "why the other nodes take none") List<Refusal> refusals,
      @Schema(description = "what the roomiest nodes have left") Resources largest) {}

  record Refusal(@Schema(example = "TooLittleCpu") String reason, String reasonText, int nodes) {}
}
