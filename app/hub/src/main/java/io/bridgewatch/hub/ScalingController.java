package io.bridgewatch.hub;

import io.bridgewatch.adapter.report.Language;
import io.bridgewatch.hub.ScalingPolicies.Known;
import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.ports.AuditEntry.Action;
import io.bridgewatch.ports.ScalingStore;
import io.bridgewatch.scale.Promotion;
import io.bridgewatch.scale.Readiness.Criterion;
import io.bridgewatch.scale.ReadinessGap.Downstream;
import io.bridgewatch.scale.ScaleTarget;
import io.bridgewatch.scale.ScalingMode;
import io.bridgewatch.scale.ScalingPolicy;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Which workloads may be scaled, and by which policies. */
@RestController
@RequestMapping("/api/v1/scaling")
@Tag(name = "scaling")
final class ScalingController {

  private static final int PLANS_SHOWN = 20;
  private static final int LONGEST_REASON = 500;

  private final ScalingSubjects subjects;
  private final ScalingPolicies policies;
  private final ScalingEvidence evidence;
  private final UnservedMetrics unserved;
  private final ScalingStore store;
  private final ScalingPlans plans;
  private final QueryLimits limits;
  private final Audit audit;

  ScalingController(
      ScalingSubjects subjects,
      ScalingPolicies policies,
      ScalingEvidence evidence,
      UnservedMetrics unserved,
      ScalingStore store,
      ScalingPlans plans,
      QueryLimits limits,
      Audit audit) {
    this.subjects = subjects;
    this.policies = policies;
    this.evidence = evidence;
    this.unserved = unserved;
    this.store = store;
    this.plans = plans;
    this.limits = limits;
    this.audit = audit;
  }

  @GetMapping("/workloads")
  @Operation(
      operationId = "scalableWorkloads",
      summary = "Workloads, how ready each is to be autoscaled, and its policy")
  ScalingApi.ScalableWorkloads workloads(
      @Parameter(description = Parameters.CLUSTER) @RequestParam(required = false)
          @Nullable String cluster,
      @RequestParam(required = false) @Nullable String namespace,
      @Parameter(description = "words that must all occur in the name or the namespace")
          @RequestParam(required = false)
          @Nullable String q,
      @Parameter(description = "1 to 500") @RequestParam(defaultValue = "50") int limit) {
    int most = Parameters.limit(limit);
    var words = Parameters.words(q);
    var space = Parameters.given(namespace);
    return limits.answer(
        () -> {
          var known = policies.all().known();
          var here = subjects.of(cluster);
          var fitting =
              here.workloads().stream()
                  .filter(one -> space.filter(s -> !s.equals(one.namespace())).isEmpty())
                  .filter(one -> words.stream().allMatch(word -> text(one).contains(word)))
                  .toList();
          return new ScalingApi.ScalableWorkloads(
              fitting.stream()
                  .limit(most)
                  .map(
                      one -> {
                        var policy = ScalingPolicies.of(known, here.name(), ScaleTarget.of(one));
                        var judged = here.judge(one, policy.map(Known::policy));
                        return ScalingForms.workload(here, judged, policy);
                      })
                  .toList(),
              fitting.size());
        });
  }

  private static String text(KubernetesObject object) {
    return (object.namespace() + "/" + object.name()).toLowerCase(Locale.ROOT);
  }

  @GetMapping("/workload")
  @Operation(
      operationId = "scalableWorkload",
      summary = "One workload: each gap with what helps, who else scales it, its policy and plans")
  ScalingApi.ScalableWorkloadDetail workload(
      @Parameter(description = Parameters.CLUSTER) @RequestParam(required = false)
          @Nullable String cluster,
      @RequestParam String namespace,
      @Parameter(schema = @Schema(allowableValues = {"Deployment", "StatefulSet"})) @RequestParam
          String kind,
      @RequestParam String name,
      @Parameter(
              description = Parameters.LANGUAGE,
              schema = @Schema(allowableValues = {"zh", "en"}))
          @RequestParam(required = false)
          @Nullable String lang,
      HttpServletRequest request) {
    var language = Parameters.language(lang, request);
    var target = target(namespace, kind, name);
    return limits.answer(
        () -> {
          var here = subjects.of(cluster);
          var known = policies.all().known();
          var policy = ScalingPolicies.of(known, here.name(), target);
          var judged = here.judge(found(here, target), policy.map(Known::policy));
          return new ScalingApi.ScalableWorkloadDetail(
              ScalingForms.workload(here, judged, policy),
              ScalingForms.checks(judged.readiness(), language),
              ScalingForms.starts(judged.starts()),
              judged.conflicts().stream().map(one -> ScalingForms.other(one, language)).toList(),
              ScalingForms.room(judged.room()),
              policy.map(ScalingForms::policy).orElse(null),
              policy
                  .map(one -> ScalingForms.unserved(unserved.of(one), target, language))
                  .orElse(List.of()),
              policy
                  .map(one -> evidence.next(here, known, one, judged.readiness()))
                  .map(step -> ScalingForms.step(step, language))
                  .orElse(null),
              policy.map(one -> plansOf(one, language)).orElse(List.of()));
        });
  }

  private List<ScalingApi.ScalingPlanShown> plansOf(Known policy, Language language) {
    return store
        .plans(
            new ScalingStore.Query(
                Optional.of(policy.cluster()),
                Optional.of(policy.policy().target().namespace()),
                Optional.of(policy.policy().name()),
                Optional.empty(),
                PLANS_SHOWN))
        .stream()
        .map(plan -> ScalingForms.plan(plan, plans.content(plan), language))
        .toList();
  }

  static KubernetesObject found(ScalingCluster here, ScaleTarget target) {
    return here.workload(target)
        .orElseThrow(
            () -> HubProblem.notFound("there is no %s in %s".formatted(target, here.name())));
  }

  static ScaleTarget target(String namespace, @Nullable String kind, String name) {
    var known =
        Parameters.given(kind)
            .filter(word -> word.equals("Deployment") || word.equals("StatefulSet"))
            .orElseThrow(
                () ->
                    HubProblem.invalid("kind is '" + kind + "', wanted Deployment or StatefulSet"));
    try {
      return new ScaleTarget("apps/v1", known, namespace, name);
    } catch (IllegalArgumentException e) {
      throw HubProblem.invalid(String.valueOf(e.getMessage()));
    }
  }

  @GetMapping("/waves")
  @Operation(
      operationId = "scalingWaves",
      summary = "In which order similar workloads would get a policy: a pilot, then waves")
  ScalingApi.ScalingWaveGroups waves(
      @Parameter(description = Parameters.CLUSTER) @RequestParam(required = false)
          @Nullable String cluster,
      @RequestParam(required = false) @Nullable String namespace) {
    return limits.answer(
        () ->
            ScalingForms.waves(
                subjects.of(cluster), policies.all().known(), Parameters.given(namespace)));
  }

  // Policies

  @GetMapping("/policies")
  @Operation(
      operationId = "scalingPolicies",
      summary = "Scaling policies: those set here, and those that stand in the clusters")
  ScalingApi.ScalingPolicyList policies() {
    var all = policies.all();
    return new ScalingApi.ScalingPolicyList(
        all.known().stream().map(ScalingForms::policy).toList(),
        all.broken().stream()
            .map(
                one ->
                    new ScalingApi.BrokenPolicy(
                        one.cluster(), one.namespace(), one.name(), one.source(), one.error()))
            .toList());
  }

  @PutMapping("/policy")
  @Operation(
      operationId = "setScalingPolicy",
      summary = "Set a policy; a new one begins by observing, a known one keeps its mode")
  ScalingApi.ScalingPolicyShown set(
      @RequestBody ScalingApi.NewScalingPolicy wanted, HttpServletRequest request) {
    var here = subjects.of(wanted.cluster());
    var policy = policy(wanted);
    found(here, policy.target());
    var set = policies.set(here.name(), policy, Caller.current().name());
    note(Action.SCALING_POLICY_SET, set, "", request);
    return ScalingForms.policy(set);
  }

  private static ScalingPolicy policy(ScalingApi.NewScalingPolicy wanted) {
    var rules = new LinkedHashMap<String, @Nullable Object>();
    rules.put("minReplicas", Optional.ofNullable(wanted.minReplicas()).orElse(1));
    rules.put("maxReplicas", wanted.maxReplicas());
    Optional.ofNullable(wanted.metrics()).ifPresent(some -> rules.put("metrics", some));
    Optional.ofNullable(wanted.behavior()).ifPresent(some -> rules.put("behavior", some));
    var target =
        target(
            text("namespace", wanted.namespace()),
            wanted.targetKind(),
            text("targetName", wanted.targetName()));
    var name = Parameters.given(wanted.name()).orElse(target.name());
    try {
      return new ScalingPolicy(
          name,
          target,
          ScalingMode.OBSERVE,
          Parameters.given(wanted.hpaName()).orElse(name),
          KubernetesObject.of(rules),
          Optional.ofNullable(wanted.downstreams()).orElse(List.of()).stream()
              .map(
                  one ->
                      new Downstream(
                          text("downstreams.name", one.name()),
                          number(one.capacity()),
                          number(one.perReplica())))
              .toList(),
          Boolean.TRUE.equals(wanted.pilot()));
    } catch (IllegalArgumentException e) {
      throw HubProblem.invalid(String.valueOf(e.getMessage()));
    }
  }

  static String text(String field, @Nullable String value) {
    return Parameters.given(value).orElseThrow(() -> HubProblem.invalid(field + " is missing"));
  }

  private static OptionalDouble number(@Nullable Double value) {
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  @DeleteMapping("/policy")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(
      operationId = "removeScalingPolicy",
      summary = "Forget a policy; an autoscaler that was applied stays in the cluster")
  void remove(
      @Parameter(description = Parameters.CLUSTER) @RequestParam(required = false)
          @Nullable String cluster,
      @RequestParam String namespace,
      @RequestParam String name,
      HttpServletRequest request) {
    var policy = policies.named(subjects.of(cluster).name(), namespace, name);
    policies.remove(policy);
    note(Action.SCALING_POLICY_REMOVED, policy, "", request);
  }

  @PutMapping("/policy/mode")
  @Operation(
      operationId = "setScalingMode",
      summary = "Move a policy one mode on, as the evidence allows or for a reason, or back",
      description = "Auto is not offered: plans are confirmed by a person.")
  ScalingApi.ScalingPolicyShown move(
      @Parameter(description = Parameters.CLUSTER) @RequestParam(required = false)
          @Nullable String cluster,
      @RequestParam String namespace,
      @RequestParam String name,
      @RequestBody ScalingApi.NewScalingMode wanted,
      HttpServletRequest request) {
    var here = subjects.of(cluster);
    var policy = policies.named(here.name(), namespace, name);
    @Nullable ScalingMode mode = wanted.mode();
    if (mode == null) {
      throw HubProblem.invalid("mode is missing");
    }
    var reason = Parameters.given(wanted.reason()).map(String::strip).orElse("");
    if (reason.length() > LONGEST_REASON) {
      throw HubProblem.invalid("reason has more than " + LONGEST_REASON + " characters");
    }
    if (mode.compareTo(policy.policy().mode()) > 0) {
      mayMoveOn(here, policy, mode, reason);
    }
    var moved = policies.move(policy, mode, Caller.current().name());
    note(
        Action.SCALING_MODE_CHANGED,
        moved,
        ", from %s to %s%s"
            .formatted(
                policy.policy().mode().word(),
                mode.word(),
                reason.isEmpty() ? "" : ", because: " + reason),
        request);
    return ScalingForms.policy(moved);
  }

  private void mayMoveOn(ScalingCluster here, Known policy, ScalingMode mode, String reason) {
    if (mode == ScalingMode.AUTO) {
      throw new HubProblem(
          HttpStatus.CONFLICT,
          "AutoNotOffered",
          "this release applies only plans that a person confirms; Approve is the last mode");
    }
    if (mode.ordinal() != policy.policy().mode().ordinal() + 1) {
      throw new HubProblem(
          HttpStatus.CONFLICT,
          "ModeTooFar",
          "from %s a policy goes one mode on at a time, not to %s"
              .formatted(policy.policy().mode().word(), mode.word()));
    }
    var judged = here.judge(found(here, policy.policy().target()), Optional.of(policy.policy()));
    var step = evidence.next(here, policies.all().known(), policy, judged.readiness());
    if (step.granted()) {
      return;
    }
    if (judged.readiness().missingFor(mode).contains(Criterion.ONE_SCALER)) {
      throw new HubProblem(
          HttpStatus.CONFLICT,
          "ScaledByOthers",
          "somebody else scales %s too; only one may do so".formatted(policy.policy().target()));
    }
    if (reason.isEmpty()) {
      throw new HubProblem(
          HttpStatus.CONFLICT,
          "EvidenceMissing",
          "the evidence does not allow %s yet: %s; wait for it, or give a reason"
              .formatted(
                  mode.word(),
                  step.requirements().stream()
                      .filter(one -> !one.met())
                      .map(Promotion.Requirement::rule)
                      .toList()));
    }
  }

  private void note(Action action, Known policy, String more, HttpServletRequest request) {
    audit.note(
        Caller.current().name(),
        action,
        request.getRemoteAddr(),
        "%s of %s in %s%s"
            .formatted(policy.policy().name(), policy.policy().target(), policy.cluster(), more));
  }
}
