package io.bridgewatch.hub;

import io.bridgewatch.ports.ScalingStore;
import io.bridgewatch.scale.Promotion;
import io.bridgewatch.scale.Readiness.Criterion;
import io.bridgewatch.scale.ScalingMode;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Documents about scaling: readiness of workloads, policies and plans. */
final class ScalingApi {
  private ScalingApi() {}

  // Workloads

  record ScalableWorkloads(
      @Schema(description = "by namespace and name") List<ScalableWorkload> items,
      @Schema(description = "that fit, shown or not") int total) {}

  record ScalableWorkload(
      String cluster,
      String namespace,
      @Schema(example = "Deployment") String kind,
      String name,
      int replicas,
      @Schema(description = "readiness to be autoscaled, 0 to 100") int score,
      @Schema(description = "what is missing, how many") int gaps,
      @Schema(description = "others that scale it too, by name") List<String> otherScalers,
      @Schema(description = "autoscalers in force") List<String> autoscalers,
      @Schema(description = "name of its policy; null without one") @Nullable String policy,
      @Schema(description = "of its policy; null without one") @Nullable ScalingMode mode) {}

  record ScalableWorkloadDetail(
      ScalableWorkload workload,
      @Schema(description = "each criterion, in their order") List<ReadinessCheck> checks,
      PodStarts starts,
      List<OtherScalerFound> conflicts,
      ScalingRoom room,
      @Nullable ScalingPolicyShown policy,
      @Schema(description = "metrics of its policy that an autoscaler would not get")
          List<ScalingMetricsDocuments.UnservedMetricShown> unservedMetrics,
      @Schema(description = "what the next mode needs; null without a policy")
          @Nullable ModeStep next,
      @Schema(description = "of its policy, the newest first, at most 20")
          List<ScalingPlanShown> plans) {}

  record ReadinessCheck(
      Criterion criterion,
      @Schema(description = "in the language that was asked for") String title,
      @Schema(description = "share of the score") int weight,
      boolean met,
      List<ReadinessGapShown> gaps) {}

  record ReadinessGapShown(
      @Schema(description = "what was seen, in the language that was asked for") String evidence,
      @Schema(description = "what helps, in the language that was asked for") String fix) {}

  @Schema(description = "how long pods took to be ready, measured over 30 days")
  record PodStarts(
      @Schema(description = "seen from created to ready") int pods,
      @Schema(description = "created and never ready") int neverReady,
      @Schema(description = "in their order, the whole last; those that were seen")
          List<StartPhase> phases) {}

  record StartPhase(
      @Schema(allowableValues = {"SCHEDULING", "PULLING", "STARTING", "WARMING", "TOTAL"})
          String phase,
      int pods,
      double p50Seconds,
      double p90Seconds,
      double longestSeconds) {}

  record OtherScalerFound(
      @Schema(description = "kind and name, or a field manager", example = "ScaledObject cart")
          String owner,
      @Schema(description = "whether it keeps a policy from being applied") boolean blocking,
      @Schema(description = "what it does, in the language that was asked for") String text) {}

  record ScalingRoom(
      @Schema(description = "replicas that there is room for, with those there are") int largest,
      @Schema(description = "further ones that fit on nodes") int moreByNodes,
      @Schema(description = "nodes that take such pods") int nodes,
      @Schema(description = "name of the quota that allows the fewest; null if none limits them")
          @Nullable String quota,
      @Schema(example = "requests.cpu") @Nullable String quotaResource,
      @Nullable Integer moreByQuota) {}

  // Policies

  record ScalingPolicyList(
      List<ScalingPolicyShown> items,
      @Schema(description = "that cannot be read") List<BrokenPolicy> broken) {}

  record BrokenPolicy(
      String cluster, String namespace, String name, ScalingPolicies.Source source, String error) {}

  record ScalingPolicyShown(
      String cluster,
      String namespace,
      String name,
      @Schema(description = "where it is kept and changed") ScalingPolicies.Source source,
      @Schema(example = "Deployment") String targetKind,
      String targetName,
      ScalingMode mode,
      @Schema(description = "null where it is not known") @Nullable Instant modeSince,
      @Schema(description = "null for one of the cluster") @Nullable String changedBy,
      @Schema(description = "whether it goes before similar workloads") boolean pilot,
      String hpaName,
      int minReplicas,
      int maxReplicas,
      List<ScalingDownstream> downstreams,
      @Schema(description = "the autoscaling/v2 object that it becomes")
          Map<String, @Nullable Object> manifest) {}

  record ScalingDownstream(
      @Schema(description = "what is called", example = "orders-db") String name,
      @Schema(
              description = "of all of it, such as connections",
              requiredMode = Schema.RequiredMode.NOT_REQUIRED)
          @Nullable Double capacity,
      @Schema(
              description = "what one replica may take of it",
              requiredMode = Schema.RequiredMode.NOT_REQUIRED)
          @Nullable Double perReplica) {}

  record NewScalingPolicy(
      @Schema(description = Parameters.CLUSTER, requiredMode = Schema.RequiredMode.NOT_REQUIRED)
          @Nullable String cluster,
      String namespace,
      @Schema(allowableValues = {"Deployment", "StatefulSet"}) String targetKind,
      String targetName,
      @Schema(
              description = "the target's unless given",
              requiredMode = Schema.RequiredMode.NOT_REQUIRED)
          @Nullable String name,
      @Schema(
              description = "of the autoscaler; the policy's unless given",
              requiredMode = Schema.RequiredMode.NOT_REQUIRED)
          @Nullable String hpaName,
      @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED) @Nullable Boolean pilot,
      @Schema(description = "1 unless given", requiredMode = Schema.RequiredMode.NOT_REQUIRED)
          @Nullable Integer minReplicas,
      int maxReplicas,
      @Schema(
              description = "as autoscaling/v2 has them; CPU at 80 % of the requests unless given",
              requiredMode = Schema.RequiredMode.NOT_REQUIRED)
          @Nullable List<Map<String, @Nullable Object>> metrics,
      @Schema(
              description = "as autoscaling/v2 has it",
              requiredMode = Schema.RequiredMode.NOT_REQUIRED)
          @Nullable Map<String, @Nullable Object> behavior,
      @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
          @Nullable List<ScalingDownstream> downstreams) {}

  record NewScalingMode(
      ScalingMode mode,
      @Schema(
              description =
                  "why to go on without the evidence that is missing; noted in the audit log. Not"
                      + " taken where somebody else scales the workload too.",
              requiredMode = Schema.RequiredMode.NOT_REQUIRED)
          @Nullable String reason) {}

  record ModeStep(
      ScalingMode from,
      @Schema(description = "null where there is none further") @Nullable ScalingMode to,
      @Schema(description = "whether the evidence allows it") boolean granted,
      List<ModeRequirement> requirements) {}

  record ModeRequirement(
      Promotion.Rule rule,
      @Schema(description = "in the language that was asked for") String title,
      boolean met,
      @Schema(description = "null where it was not measured") @Nullable Double seen,
      double wanted) {}

  // Plans

  record ScalingPlanList(@Schema(description = "the newest first") List<ScalingPlanShown> items) {}

  record NewScalingPlan(
      @Schema(description = Parameters.CLUSTER, requiredMode = Schema.RequiredMode.NOT_REQUIRED)
          @Nullable String cluster,
      String namespace,
      @Schema(description = "name of the policy") String policy) {}

  record ScalingPlanShown(
      String id,
      String cluster,
      String namespace,
      String policy,
      ScalingStore.State state,
      String createdBy,
      Instant createdAt,
      @Nullable String decidedBy,
      @Nullable Instant decidedAt,
      @Schema(description = "what is applied") Map<String, @Nullable Object> manifest,
      @Schema(description = "what the API server says would change, field by field")
          List<PlannedChange> changes,
      @Schema(description = "fields that others own with another value") List<OwnedField> owners,
      @Schema(description = "metrics that the autoscaler would not get, when it was planned")
          List<ScalingMetricsDocuments.UnservedMetricShown> unservedMetrics,
      @Schema(description = "word for what went wrong; empty if nothing did") String reason,
      @Schema(description = "what went wrong and what helps; empty if nothing did")
          String message) {}

  record PlannedChange(
      @Schema(example = "spec.maxReplicas") String field,
      @Schema(description = "null where it is not set") @Nullable String before,
      @Schema(description = "null where it is not set any more") @Nullable String after) {}

  record OwnedField(
      @Schema(example = ".spec.maxReplicas") String field,
      @Schema(description = "field manager", example = "kubectl") String owner) {}

  // Waves

  record ScalingWaveGroups(List<ScalingWaveGroup> items) {}

  @Schema(description = "workloads that are similar enough to share what one of them teaches")
  record ScalingWaveGroup(
      @Schema(description = "such as java; empty if unknown") String platform,
      WaveMember pilot,
      @Schema(description = "in their order, after the pilot") List<List<WaveMember>> waves) {}

  record WaveMember(
      String namespace,
      String kind,
      String name,
      int replicas,
      @Schema(description = "readiness, 0 to 100") int score,
      @Nullable ScalingMode mode) {}
}
