package io.bridgewatch.hub;

import io.bridgewatch.adapter.report.Language;
import io.bridgewatch.hub.ScalingCluster.Judged;
import io.bridgewatch.hub.ScalingMetricsDocuments.UnservedMetricShown;
import io.bridgewatch.hub.ScalingPolicies.Known;
import io.bridgewatch.hub.UnservedMetrics.Unserved;
import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.ports.ScalingStore;
import io.bridgewatch.scale.ClusterRoom;
import io.bridgewatch.scale.Promotion;
import io.bridgewatch.scale.Readiness;
import io.bridgewatch.scale.ScaleTarget;
import io.bridgewatch.scale.ScalingConflict;
import io.bridgewatch.scale.ScalingWaves;
import io.bridgewatch.scale.ScalingWaves.Candidate;
import io.bridgewatch.scale.StartTimes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Scaling as the API shows it. */
final class ScalingForms {

  /** What a workload without a policy is taken to be scaled by. */
  private static final List<String> USUAL = List.of("cpu");

  private ScalingForms() {}

  static ScalingApi.ScalableWorkload workload(
      ScalingCluster here, Judged judged, Optional<Known> policy) {
    var object = judged.workload();
    return new ScalingApi.ScalableWorkload(
        here.name(),
        object.namespace(),
        object.kind(),
        object.name(),
        judged.room().replicas(),
        judged.readiness().score(),
        judged.readiness().gaps().size(),
        judged.conflicts().stream()
            .filter(ScalingConflict::blocking)
            .map(ScalingConflict::owner)
            .toList(),
        here.autoscalers(object),
        policy.map(one -> one.policy().name()).orElse(null),
        policy.map(one -> one.policy().mode()).orElse(null));
  }

  static List<ScalingApi.ReadinessCheck> checks(Readiness readiness, Language language) {
    return readiness.checks().stream()
        .map(
            check ->
                new ScalingApi.ReadinessCheck(
                    check.criterion(),
                    ScalingWords.title(check.criterion(), language),
                    check.criterion().weight(),
                    check.met(),
                    check.gaps().stream()
                        .map(
                            gap ->
                                new ScalingApi.ReadinessGapShown(
                                    ScalingWords.evidence(gap, language),
                                    ScalingWords.fix(gap, language)))
                        .toList()))
        .toList();
  }

  static ScalingApi.PodStarts starts(StartTimes starts) {
    var phases = new ArrayList<ScalingApi.StartPhase>();
    phase("SCHEDULING", starts.scheduling(), phases);
    phase("PULLING", starts.pulling(), phases);
    phase("STARTING", starts.starting(), phases);
    phase("WARMING", starts.warming(), phases);
    phase("TOTAL", starts.total(), phases);
    return new ScalingApi.PodStarts(starts.pods(), starts.neverReady(), phases);
  }

  private static void phase(
      String name, Optional<StartTimes.Phase> phase, List<ScalingApi.StartPhase> phases) {
    phase.ifPresent(
        one ->
            phases.add(
                new ScalingApi.StartPhase(name, one.pods(), one.p50(), one.p90(), one.longest())));
  }

  static ScalingApi.OtherScalerFound other(ScalingConflict conflict, Language language) {
    return new ScalingApi.OtherScalerFound(
        conflict.owner(), conflict.blocking(), ScalingWords.conflict(conflict, language));
  }

  static ScalingApi.ScalingRoom room(ClusterRoom room) {
    var quota = room.quota();
    return new ScalingApi.ScalingRoom(
        room.largest(),
        room.moreByNodes(),
        room.nodes(),
        quota.map(ClusterRoom.Quota::name).orElse(null),
        quota.map(ClusterRoom.Quota::resource).orElse(null),
        quota.map(ClusterRoom.Quota::more).orElse(null));
  }

  static ScalingApi.ScalingPolicyShown policy(Known known) {
    var policy = known.policy();
    var spec = policy.spec();
    return new ScalingApi.ScalingPolicyShown(
        known.cluster(),
        policy.target().namespace(),
        policy.name(),
        known.source(),
        policy.target().kind(),
        policy.target().name(),
        policy.mode(),
        known.modeSince().equals(Instant.EPOCH) ? null : known.modeSince(),
        known.changedBy().isEmpty() ? null : known.changedBy(),
        policy.pilot(),
        policy.hpaName(),
        spec.minReplicas(),
        spec.maxReplicas(),
        policy.downstreams().stream()
            .map(
                one ->
                    new ScalingApi.ScalingDownstream(
                        one.name(), number(one.capacity()), number(one.perReplica())))
            .toList(),
        policy.manifest().tree());
  }

  private static @Nullable Double number(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }

  static ScalingApi.ModeStep step(Promotion step, Language language) {
    return new ScalingApi.ModeStep(
        step.from(),
        step.to().orElse(null),
        step.granted(),
        step.requirements().stream()
            .map(
                one ->
                    new ScalingApi.ModeRequirement(
                        one.rule(),
                        ScalingWords.title(one.rule(), language),
                        one.met(),
                        one.seen().orElse(null),
                        one.wanted()))
            .toList());
  }

  static List<UnservedMetricShown> unserved(
      List<Unserved> metrics, ScaleTarget target, Language language) {
    return metrics.stream().map(one -> MetricsWords.shown(one, target, language)).toList();
  }

  static ScalingApi.ScalingPlanShown plan(
      ScalingStore.Plan plan, ScalingPlanContent content, Language language) {
    return new ScalingApi.ScalingPlanShown(
        plan.id(),
        plan.cluster(),
        plan.namespace(),
        plan.policy(),
        plan.state(),
        plan.createdBy(),
        plan.createdAt(),
        plan.decidedBy().orElse(null),
        plan.decidedAt().orElse(null),
        content.manifest(),
        content.changes(),
        content.owners(),
        unserved(content.unservedMetrics(), content.target(), language),
        content.reason(),
        content.message());
  }

  // Waves

  static ScalingApi.ScalingWaveGroups waves(
      ScalingCluster here, List<Known> known, Optional<String> namespace) {
    var candidates = new ArrayList<Candidate>();
    for (KubernetesObject workload : here.workloads()) {
      if (namespace.filter(space -> !space.equals(workload.namespace())).isEmpty()) {
        candidates.add(candidate(here, workload, policyOf(here, known, workload)));
      }
    }
    return new ScalingApi.ScalingWaveGroups(
        ScalingWaves.of(candidates).groups().stream()
            .map(
                group ->
                    new ScalingApi.ScalingWaveGroup(
                        group.platform(),
                        member(here, known, group.pilot()),
                        group.waves().stream()
                            .map(
                                wave -> wave.stream().map(one -> member(here, known, one)).toList())
                            .toList()))
            .toList());
  }

  private static Optional<Known> policyOf(
      ScalingCluster here, List<Known> known, KubernetesObject workload) {
    return ScalingPolicies.of(known, here.name(), ScaleTarget.of(workload));
  }

  private static Candidate candidate(
      ScalingCluster here, KubernetesObject workload, Optional<Known> policy) {
    var judged = here.judge(workload, policy.map(Known::policy));
    return new Candidate(
        ScaleTarget.of(workload),
        here.platform(workload),
        policy.map(Known::policy).map(ScalingEvidence::metrics).orElse(USUAL),
        Candidate.requestMilliCpu(workload),
        judged.starts().total().map(StartTimes.Phase::p50).orElse(0.0),
        judged.room().replicas(),
        judged.readiness().score());
  }

  private static ScalingApi.WaveMember member(
      ScalingCluster here, List<Known> known, Candidate candidate) {
    var target = candidate.target();
    return new ScalingApi.WaveMember(
        target.namespace(),
        target.kind(),
        target.name(),
        candidate.replicas(),
        candidate.score(),
        ScalingPolicies.of(known, here.name(), target)
            .map(one -> one.policy().mode())
            .orElse(null));
  }
}
