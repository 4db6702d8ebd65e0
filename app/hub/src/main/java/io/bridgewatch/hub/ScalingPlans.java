package io.bridgewatch.hub;

import io.bridgewatch.adapter.report.Language;
import io.bridgewatch.hub.ScalingPolicies.Known;
import io.bridgewatch.hub.UnservedMetrics.Unserved;
import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.ports.AuditEntry.Action;
import io.bridgewatch.ports.AutoscalerWriter;
import io.bridgewatch.ports.AutoscalerWriter.Answer;
import io.bridgewatch.ports.AutoscalerWriter.How;
import io.bridgewatch.ports.AutoscalerWriter.Looked;
import io.bridgewatch.ports.AutoscalerWriter.Refused;
import io.bridgewatch.ports.ScalingStore;
import io.bridgewatch.ports.ScalingStore.Plan;
import io.bridgewatch.ports.ScalingStore.State;
import io.bridgewatch.scale.ManifestDiff;
import io.bridgewatch.scale.ManifestDiff.FieldChange;
import io.bridgewatch.scale.ScalingConflict;
import io.bridgewatch.scale.ScalingMode;
import io.bridgewatch.scale.UnservedMetric;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * The one path on which this hub changes a cluster: a policy becomes a plan, a person sees it and
 * confirms it, and what was seen is applied.
 *
 * <ol>
 *   <li>A plan is made only of a policy whose mode allows it and whose workload nobody else scales.
 *       The API server tries it first; the plan holds what would change, field by field, or who
 *       owns what it would change, and which metrics the autoscaler would not get and why.
 *   <li>Confirming makes no choices: it applies the plan's manifest, if the policy, the other
 *       scalers and the autoscaler are what they were when the plan was made; else the plan is
 *       stale. The version of the autoscaler that was compared goes with the apply.
 *   <li>The audit log has the plan, who confirmed it, before anything is written, and what came of
 *       it.
 * </ol>
 */
@Component
final class ScalingPlans {

  private static final Duration LONGEST_OPEN = Duration.ofHours(1);
  private static final int TRIES = 3;
  private static final int MOST_UNFINISHED = 1_000;

  private final ScalingStore store;
  private final ScalingPolicies policies;
  private final ScalingSubjects subjects;
  private final UnservedMetrics unserved;
  private final Watch watch;
  private final Audit audit;
  private final JsonMapper json;
  private final InstantSource clock;

  ScalingPlans(
      ScalingStore store,
      ScalingPolicies policies,
      ScalingSubjects subjects,
      UnservedMetrics unserved,
      ClusterParts parts,
      Audit audit,
      JsonMapper json,
      InstantSource clock) {
    this.store = store;
    this.policies = policies;
    this.subjects = subjects;
    this.unserved = unserved;
    this.watch = parts.watch();
    this.audit = audit;
    this.json = json;
    this.clock = clock;
    endUnfinished();
  }

  /** Who acts, and from where. */
  record Actor(String user, String address) {}

  /** What a hub that was stopped while it applied leaves behind. */
  private void endUnfinished() {
    var unfinished =
        new ScalingStore.Query(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(State.APPLYING),
            MOST_UNFINISHED);
    for (Plan plan : store.plans(unfinished)) {
      store.replace(
          with(
              plan,
              State.FAILED,
              content(plan)
                  .because(
                      "HubStopped",
                      "the hub stopped while it applied this; a new plan shows what came of it")),
          State.APPLYING);
    }
  }

  ScalingPlanContent content(Plan plan) {
    return json.readValue(plan.document(), ScalingPlanContent.class);
  }

  // Making

  /**
   * Makes a plan of a policy and lets the API server try it.
   *
   * @throws HubProblem if the policy may not be applied
   */
  Plan make(Known policy, Actor actor) {
    mayBeApplied(policy);
    var manifest = policy.policy().manifest();
    Plan plan;
    try (var writer = writer(policy.cluster())) {
      plan = tried(policy, manifest, writer, actor);
    } catch (InterruptedException e) {
      throw stopping();
    }
    store.add(plan);
    audit.note(
        actor.user(),
        Action.SCALING_PLANNED,
        actor.address(),
        "%s: %s, %s".formatted(plan.id(), what(policy), plan.state()));
    return plan;
  }

  private void mayBeApplied(Known policy) {
    if (policy.policy().mode().compareTo(ScalingMode.APPROVE) < 0) {
      throw new HubProblem(
          HttpStatus.CONFLICT,
          "ModeTooLow",
          "the policy %s is in mode %s; a plan needs mode Approve"
              .formatted(policy.policy().name(), policy.policy().mode().word()));
    }
    var others = blocking(policy);
    if (!others.isEmpty()) {
      throw new HubProblem(HttpStatus.CONFLICT, "ScaledByOthers", scaledBy(policy, others));
    }
  }

  private List<ScalingConflict> blocking(Known policy) {
    var cluster = subjects.of(policy.cluster());
    var workload =
        cluster
            .workload(policy.policy().target())
            .orElseThrow(
                () ->
                    HubProblem.notFound(
                        "there is no %s in cluster %s any more"
                            .formatted(policy.policy().target(), policy.cluster())));
    return cluster.conflicts(workload, Optional.of(policy.policy())).stream()
        .filter(ScalingConflict::blocking)
        .toList();
  }

  private static String scaledBy(Known policy, List<ScalingConflict> others) {
    return "%s is scaled by %s too; only one may do so"
        .formatted(
            policy.policy().target(),
            others.stream().map(ScalingConflict::owner).collect(Collectors.joining(", ")));
  }

  private Plan tried(Known policy, KubernetesObject manifest, AutoscalerWriter writer, Actor actor)
      throws InterruptedException {
    var nothing = ScalingPlanContent.of(manifest, unserved.asked(policy));
    return switch (writer.find(manifest.namespace(), manifest.name())) {
      case Refused refused ->
          plan(policy, State.REFUSED, nothing.because(refused.reason(), refused.message()), actor);
      case Looked.Found(var before) -> {
        var known = nothing.after(before);
        yield switch (writer.apply(manifest, How.DRY_RUN)) {
          case Answer.Accepted(var after) ->
              plan(
                  policy,
                  State.PLANNED,
                  known.changing(
                      ManifestDiff.of(before, after).stream().map(ScalingPlans::change).toList()),
                  actor);
          case Answer.FieldsOwned(var owners) ->
              plan(policy, State.CONFLICTED, known.ownedBy(owned(owners)), actor);
          case Answer.Stale() -> throw new IllegalStateException("a try names no version");
          case Refused refused ->
              plan(
                  policy, State.REFUSED, known.because(refused.reason(), refused.message()), actor);
        };
      }
    };
  }

  private static ScalingApi.PlannedChange change(FieldChange change) {
    return new ScalingApi.PlannedChange(
        change.field(), change.before().orElse(null), change.after().orElse(null));
  }

  private static List<ScalingApi.OwnedField> owned(List<AutoscalerWriter.FieldOwner> owners) {
    return owners.stream()
        .map(one -> new ScalingApi.OwnedField(one.field(), one.manager()))
        .toList();
  }

  private Plan plan(Known policy, State state, ScalingPlanContent content, Actor actor) {
    return new Plan(
        UUID.randomUUID().toString(),
        policy.cluster(),
        policy.policy().target().namespace(),
        policy.policy().name(),
        state,
        actor.user(),
        now(),
        Optional.empty(),
        Optional.empty(),
        json.writeValueAsString(content));
  }

  // Deciding

  /**
   * The plan of that id.
   *
   * @throws HubProblem if there is none
   */
  Plan find(String id) {
    return store.plan(id).orElseThrow(() -> HubProblem.notFound("there is no plan " + id));
  }

  Plan cancel(String id, Actor actor) {
    var plan = find(id);
    mustBeOpen(plan);
    var cancelled = decided(plan, State.CANCELLED, content(plan), actor);
    taken(store.replace(cancelled, State.PLANNED), plan);
    audit.note(actor.user(), Action.SCALING_PLAN_CANCELLED, actor.address(), id);
    return cancelled;
  }

  /** Applies a plan, if all it rests on is as it was; what came of it is in the plan's state. */
  Plan confirm(String id, Actor actor) {
    var plan = find(id);
    mustBeOpen(plan);
    var content = content(plan);
    var applying = decided(plan, State.APPLYING, content, actor);
    taken(store.replace(applying, State.PLANNED), plan);
    Plan ended =
        with(applying, State.FAILED, content.because("InternalError", "see the hub's log"));
    try {
      audit.note(actor.user(), Action.SCALING_PLAN_CONFIRMED, actor.address(), what(plan));
      ended = stale(plan, content).map(why -> with(applying, State.STALE, why)).orElse(ended);
      if (ended.state() != State.STALE) {
        ended = applied(applying, content);
      }
    } finally {
      store.replace(ended, State.APPLYING);
      audit.note(
          actor.user(),
          ended.state() == State.APPLIED ? Action.SCALING_APPLIED : Action.SCALING_NOT_APPLIED,
          actor.address(),
          what(ended) + ", " + ended.state());
    }
    return ended;
  }

  private static void mustBeOpen(Plan plan) {
    if (plan.state() != State.PLANNED) {
      throw new HubProblem(
          HttpStatus.CONFLICT,
          "PlanNotOpen",
          "the plan %s is %s; make a new one".formatted(plan.id(), plan.state()));
    }
  }

  private static void taken(boolean was, Plan plan) {
    if (!was) {
      throw new HubProblem(
          HttpStatus.CONFLICT,
          "PlanNotOpen",
          "somebody else decided about the plan %s just now".formatted(plan.id()));
    }
  }

  /** Why the plan rests on what is not so any more; the autoscaler itself is looked at later. */
  private Optional<ScalingPlanContent> stale(Plan plan, ScalingPlanContent content) {
    if (plan.createdAt().plus(LONGEST_OPEN).isBefore(now())) {
      return Optional.of(content.because("PlanTooOld", "it is older than an hour; make a new one"));
    }
    Known policy;
    try {
      policy = policies.named(plan.cluster(), plan.namespace(), plan.policy());
      mayBeApplied(policy);
    } catch (HubProblem changed) {
      return Optional.of(content.because(changed.reason(), changed.detail()));
    }
    var planned = Optional.of(KubernetesObject.of(content.manifest()));
    if (!ManifestDiff.of(planned, policy.policy().manifest()).isEmpty()) {
      return Optional.of(
          content.because("PolicyChanged", "the policy was changed since; make a new plan"));
    }
    return lost(policy, content)
        .map(
            metric ->
                content.because(
                    "MetricUnserved",
                    MetricsWords.text(metric, Language.EN) + "; make a new plan"));
  }

  /** A metric that the autoscaler would not get any more, unlike what the plan showed. */
  private Optional<UnservedMetric> lost(Known policy, ScalingPlanContent content) {
    var shown =
        content.unservedMetrics().stream()
            .map(one -> one.metric().metric())
            .collect(Collectors.toSet());
    return unserved.asked(policy).stream()
        .map(Unserved::metric)
        .filter(one -> one.reason() != UnservedMetric.Reason.OWNER_UNKNOWN)
        .filter(one -> !shown.contains(one.metric()))
        .findFirst();
  }

  private Plan applied(Plan plan, ScalingPlanContent content) {
    try (var writer = writer(plan.cluster())) {
      for (int i = 0; i < TRIES; i++) {
        var ended = tryToApply(plan, content, writer);
        if (ended.isPresent()) {
          return ended.get();
        }
      }
      return with(
          plan,
          State.FAILED,
          content.because(
              "Busy", "the autoscaler kept changing while it was applied; confirm a new plan"));
    } catch (InterruptedException e) {
      throw stopping();
    }
  }

  /** Empty if the autoscaler got another version in between: its status, most likely. */
  private Optional<Plan> tryToApply(Plan plan, ScalingPlanContent content, AutoscalerWriter writer)
      throws InterruptedException {
    var manifest = KubernetesObject.of(content.manifest());
    Optional<KubernetesObject> live;
    switch (writer.find(manifest.namespace(), manifest.name())) {
      case Refused refused -> {
        return Optional.of(failed(plan, content, refused));
      }
      case Looked.Found(var object) -> live = object;
    }
    var before = Optional.ofNullable(content.before()).map(KubernetesObject::of);
    boolean same =
        live.isPresent() == before.isPresent()
            && live.map(KubernetesObject::uid).equals(before.map(KubernetesObject::uid))
            && live.map(object -> ManifestDiff.of(before, object).isEmpty()).orElse(true);
    if (!same) {
      return Optional.of(
          with(
              plan,
              State.STALE,
              content.because(
                  "AutoscalerChanged",
                  "the autoscaler was changed since the plan was made; make a new one")));
    }
    var exactly =
        live.flatMap(object -> object.text("metadata", "resourceVersion"))
            .map(version -> at(manifest, version))
            .orElse(manifest);
    return switch (writer.apply(exactly, How.FOR_GOOD)) {
      case Answer.Accepted accepted -> Optional.of(with(plan, State.APPLIED, content));
      case Answer.FieldsOwned(var owners) ->
          Optional.of(with(plan, State.FAILED, content.ownedBy(owned(owners))));
      case Answer.Stale() -> Optional.empty();
      case Refused refused -> Optional.of(failed(plan, content, refused));
    };
  }

  private static KubernetesObject at(KubernetesObject manifest, String version) {
    var tree = new LinkedHashMap<String, @Nullable Object>(manifest.tree());
    var metadata = new LinkedHashMap<String, @Nullable Object>();
    manifest.object("metadata").ifPresent(old -> metadata.putAll(old.tree()));
    metadata.put("resourceVersion", version);
    tree.put("metadata", metadata);
    return KubernetesObject.of(tree);
  }

  private Plan failed(Plan plan, ScalingPlanContent content, Refused refused) {
    return with(plan, State.FAILED, content.because(refused.reason(), refused.message()));
  }

  private AutoscalerWriter writer(String cluster) {
    return watch
        .autoscalers(cluster)
        .orElseThrow(() -> HubProblem.notFound("the cluster " + cluster + " is not watched"))
        .get();
  }

  private Plan decided(Plan plan, State state, ScalingPlanContent content, Actor actor) {
    return new Plan(
        plan.id(),
        plan.cluster(),
        plan.namespace(),
        plan.policy(),
        state,
        plan.createdBy(),
        plan.createdAt(),
        Optional.of(actor.user()),
        Optional.of(now()),
        json.writeValueAsString(content));
  }

  private Plan with(Plan plan, State state, ScalingPlanContent content) {
    return new Plan(
        plan.id(),
        plan.cluster(),
        plan.namespace(),
        plan.policy(),
        state,
        plan.createdBy(),
        plan.createdAt(),
        plan.decidedBy(),
        plan.decidedAt(),
        json.writeValueAsString(content));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  private static HubProblem stopping() {
    Thread.currentThread().interrupt();
    return new HubProblem(
        HttpStatus.SERVICE_UNAVAILABLE, "Stopping", "this hub is stopping; try again later");
  }

  private static String what(Known policy) {
    return "policy %s of %s in %s"
        .formatted(policy.policy().name(), policy.policy().target(), policy.cluster());
  }

  private static String what(Plan plan) {
    return "%s: policy %s/%s in %s"
        .formatted(plan.id(), plan.namespace(), plan.policy(), plan.cluster());
  }
}
