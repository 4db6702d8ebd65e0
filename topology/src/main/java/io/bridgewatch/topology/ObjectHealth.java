package io.bridgewatch.topology;

import static io.bridgewatch.topology.ObjectTimes.condition;
import static io.bridgewatch.topology.ObjectTimes.is;
import static io.bridgewatch.topology.ObjectTimes.textOr;
import static io.bridgewatch.topology.ObjectTimes.time;

import io.bridgewatch.model.Health;
import io.bridgewatch.model.Health.State;
import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.model.ObjectReason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How an object is doing by its own status. What its pods say comes on top: a workload that misses
 * replicas is on its way for as long as none of its pods is in trouble.
 *
 * <p>A kind without rules of its own, any custom resource above all, is judged by the conditions
 * that Kubernetes' API conventions and kstatus name, else by its phase; where it has neither,
 * nothing is known.
 */
final class ObjectHealth {

  private static final Duration BINDING = Duration.ofMinutes(2);
  private static final Duration SCALING = Duration.ofSeconds(60);

  /** Conditions that are true where all is well. */
  private static final List<String> GOOD =
      List.of("Ready", "Available", "Healthy", "Programmed", "Accepted", "Synced", "Established");

  /** Conditions that are true where something is wrong. */
  private static final List<String> BAD = List.of("Failed", "Degraded", "Stalled", "Error");

  /** Conditions that are true while something is being done. */
  private static final List<String> BUSY = List.of("Reconciling", "Progressing", "Upgrading");

  private static final Map<String, State> PHASES =
      Map.ofEntries(
          Map.entry("Failed", State.FAILING),
          Map.entry("Error", State.FAILING),
          Map.entry("Lost", State.FAILING),
          Map.entry("Degraded", State.DEGRADED),
          Map.entry("Pending", State.PROGRESSING),
          Map.entry("Creating", State.PROGRESSING),
          Map.entry("Terminating", State.PROGRESSING),
          Map.entry("Running", State.HEALTHY),
          Map.entry("Ready", State.HEALTHY),
          Map.entry("Active", State.HEALTHY),
          Map.entry("Bound", State.HEALTHY),
          Map.entry("Available", State.HEALTHY),
          Map.entry("Healthy", State.HEALTHY),
          Map.entry("Succeeded", State.COMPLETED),
          Map.entry("Completed", State.COMPLETED));

  /** Kinds that cannot be well or unwell by themselves. */
  private static final Set<String> PASSIVE =
      Set.of(
          "ConfigMap",
          "StorageClass",
          "LimitRange",
          "ResourceQuota",
          "NetworkPolicy",
          "Service",
          "Ingress");

  private ObjectHealth() {}

  /**
   * @param warning the last one reported about it, where it is a pod
   */
  static Judgement of(KubernetesObject object, Optional<Warning> warning, Instant now) {
    if (object.kind().equals("Pod")) {
      return PodHealth.of(object, warning, now);
    }
    Optional<Instant> deleting = ObjectTimes.deletionAsked(object);
    if (deleting.isPresent()) {
      return Judgement.of(State.PROGRESSING, "Terminating", "", deleting);
    }
    return switch (object.kind()) {
      case "Node" -> node(object);
      case "Deployment" -> deployment(object, now);
      case "StatefulSet" -> replicas(object, "spec.replicas", "readyReplicas", "updatedReplicas");
      case "ReplicaSet" -> replicas(object, "spec.replicas", "readyReplicas", "replicas");
      case "DaemonSet" ->
          replicas(
              object, "status.desiredNumberScheduled", "numberReady", "updatedNumberScheduled");
      case "Job" -> job(object);
      case "CronJob" ->
          is(object, "true", "spec", "suspend")
              ? Judgement.of(State.SUSPENDED, "Suspended", "", Optional.empty())
              : Judgement.of(Health.healthy());
      case "HorizontalPodAutoscaler" -> autoscaler(object);
      case "PersistentVolumeClaim" -> claim(object, now);
      case "PodDisruptionBudget" -> budget(object);
      default ->
          PASSIVE.contains(object.kind())
              ? Judgement.of(Health.healthy())
              : Judgement.of(byConditions(object));
    };
  }

  private static Judgement node(KubernetesObject node) {
    Optional<KubernetesObject> ready = condition(node, "Ready");
    if (ready.isEmpty()) {
      return Judgement.of(State.UNKNOWN, "", "", Optional.empty());
    }
    if (!is(ready.get(), "True", "status")) {
      return of(State.FAILING, ready.get());
    }
    for (KubernetesObject other : node.list("status", "conditions")) {
      String type = textOr(other, "", "type");
      if (!type.equals("Ready")
          && is(other, "True", "status")
          && ObjectReason.of(type).isPresent()) {
        return Judgement.of(
            State.DEGRADED, type, textOr(other, "", "message"), time(other, "lastTransitionTime"));
      }
    }
    return is(node, "true", "spec", "unschedulable")
        ? Judgement.of(
            State.SUSPENDED, ObjectReason.NODE_NOT_SCHEDULABLE.word(), "", Optional.empty())
        : Judgement.of(State.HEALTHY, "", "", time(ready.get(), "lastTransitionTime"));
  }

  /** A condition's own reason, words and time. */
  private static Judgement of(State state, KubernetesObject condition) {
    return Judgement.of(
        state,
        textOr(condition, textOr(condition, "", "type"), "reason"),
        textOr(condition, "", "message"),
        time(condition, "lastTransitionTime"));
  }

  private static Judgement deployment(KubernetesObject deployment, Instant now) {
    double desired = deployment.number("spec", "replicas").orElse(1.0);
    double available = deployment.number("status", "availableReplicas").orElse(0.0);
    boolean nothing = desired > 0 && available == 0;
    if (desired == 0) {
      return Judgement.of(State.SUSPENDED, "ScaledToZero", "", Optional.empty());
    }
    Optional<KubernetesObject> failure =
        condition(deployment, "ReplicaFailure").filter(c -> is(c, "True", "status"));
    if (failure.isPresent()) {
      return of(nothing ? State.FAILING : State.DEGRADED, failure.get()).servesNothing(nothing);
    }
    Optional<KubernetesObject> progressing = condition(deployment, "Progressing");
    if (progressing.filter(c -> is(c, "False", "status")).isPresent()) {
      return of(nothing ? State.FAILING : State.DEGRADED, progressing.get()).servesNothing(nothing);
    }
    boolean done =
        progressing.filter(c -> is(c, "NewReplicaSetAvailable", "reason")).isPresent()
            && !isBehind(deployment);
    Optional<KubernetesObject> unavailable =
        condition(deployment, "Available").filter(c -> is(c, "False", "status"));
    if (done && unavailable.isPresent()) { // which a scale-up is as well, for a moment
      Health bad = of(nothing ? State.FAILING : State.DEGRADED, unavailable.get()).health();
      Instant due = bad.since().orElse(Instant.EPOCH).plus(SCALING);
      Judgement judged =
          now.isBefore(due)
              ? Judgement.of(State.PROGRESSING, bad.reason(), bad.message(), bad.since()).again(due)
              : Judgement.of(bad);
      return judged.servesNothing(nothing);
    }
    if (is(deployment, "true", "spec", "paused")) {
      return Judgement.of(State.SUSPENDED, "Paused", "", Optional.empty());
    }
    if (!done || available < desired) {
      return Judgement.of(
              State.PROGRESSING,
              done ? ObjectReason.REPLICAS_NOT_READY.word() : "RollingOut",
              count(available, desired),
              progressing.flatMap(c -> time(c, "lastUpdateTime")))
          .servesNothing(nothing);
    }
    return Judgement.of(
        State.HEALTHY,
        "",
        "",
        condition(deployment, "Available").flatMap(c -> time(c, "lastTransitionTime")));
  }

  private static String count(double ready, double desired) {
    return "%d of %d replicas ready".formatted((long) ready, (long) desired);
  }

  /** Whether the controller has not yet acted on the newest spec. */
  private static boolean isBehind(KubernetesObject object) {
    return object.number("status", "observedGeneration").orElse(Double.MAX_VALUE)
        < object.number("metadata", "generation").orElse(0.0);
  }

  private static Judgement replicas(
      KubernetesObject object, String desiredPath, String readyField, String updatedField) {
    double desired = object.number(desiredPath.split("\\.")).orElse(1.0);
    double ready = object.number("status", readyField).orElse(0.0);
    double updated = object.number("status", updatedField).orElse(0.0);
    if (desired == 0) {
      return Judgement.of(State.SUSPENDED, "ScaledToZero", "", Optional.empty());
    }
    Optional<KubernetesObject> failure =
        condition(object, "ReplicaFailure").filter(c -> is(c, "True", "status"));
    if (failure.isPresent()) {
      return of(ready == 0 ? State.FAILING : State.DEGRADED, failure.get())
          .servesNothing(ready == 0);
    }
    if (isBehind(object) || updated < desired && !isPartitioned(object)) {
      return Judgement.of(State.PROGRESSING, "RollingOut", count(ready, desired), Optional.empty())
          .servesNothing(ready == 0);
    }
    return ready < desired
        ? Judgement.of(
                State.PROGRESSING,
                ObjectReason.REPLICAS_NOT_READY.word(),
                count(ready, desired),
                Optional.empty())
            .servesNothing(ready == 0)
        : Judgement.of(Health.healthy());
  }

  /** A StatefulSet may be asked to leave part of its pods as they are. */
  private static boolean isPartitioned(KubernetesObject object) {
    return object.number("spec", "updateStrategy", "rollingUpdate", "partition").orElse(0.0) > 0
        || is(object, "OnDelete", "spec", "updateStrategy", "type");
  }

  private static Judgement job(KubernetesObject job) {
    Optional<KubernetesObject> failed =
        condition(job, "Failed").filter(c -> is(c, "True", "status"));
    if (failed.isPresent()) {
      return of(State.FAILING, failed.get());
    }
    if (condition(job, "Complete").filter(c -> is(c, "True", "status")).isPresent()) {
      return Judgement.of(State.COMPLETED, "", "", time(job, "status", "completionTime"));
    }
    return is(job, "true", "spec", "suspend")
        ? Judgement.of(State.SUSPENDED, "Suspended", "", Optional.empty())
        : Judgement.of(State.HEALTHY, "", "", time(job, "status", "startTime"));
  }

  private static Judgement autoscaler(KubernetesObject hpa) {
    for (String type : List.of("AbleToScale", "ScalingActive")) {
      Optional<KubernetesObject> not = condition(hpa, type).filter(c -> is(c, "False", "status"));
      if (not.isPresent()) {
        boolean chosen = is(not.get(), "ScalingDisabled", "reason");
        return of(chosen ? State.SUSPENDED : State.DEGRADED, not.get());
      }
    }
    return condition(hpa, "ScalingLimited")
        .filter(c -> is(c, "True", "status"))
        .filter(c -> is(c, ObjectReason.TOO_MANY_REPLICAS.word(), "reason"))
        .map(c -> of(State.DEGRADED, c))
        .orElseGet(() -> Judgement.of(Health.healthy()));
  }

  private static Judgement claim(KubernetesObject claim, Instant now) {
    Optional<Instant> created = time(claim, "metadata", "creationTimestamp");
    return switch (textOr(claim, "", "status", "phase")) {
      case "Bound" -> Judgement.of(Health.healthy());
      case "Lost" ->
          Judgement.of(State.FAILING, ObjectReason.CLAIM_LOST.word(), "", Optional.empty());
      default -> {
        Instant due = created.orElse(now).plus(BINDING);
        String reason = ObjectReason.CLAIM_PENDING.word();
        yield now.isBefore(due)
            ? Judgement.of(State.PROGRESSING, reason, "", created).again(due)
            : Judgement.of(State.DEGRADED, reason, "", created);
      }
    };
  }

  private static Judgement budget(KubernetesObject budget) {
    double healthy = budget.number("status", "currentHealthy").orElse(0.0);
    double desired = budget.number("status", "desiredHealthy").orElse(0.0);
    return healthy < desired
        ? Judgement.of(
            State.DEGRADED, "InsufficientPods", count(healthy, desired), Optional.empty())
        : Judgement.of(Health.healthy());
  }

  private static Health byConditions(KubernetesObject object) {
    Health worst = Health.unknown();
    for (KubernetesObject condition : object.list("status", "conditions")) {
      Optional<Health> told = told(condition);
      if (told.isPresent()) {
        worst =
            worst.state() == State.UNKNOWN && worst.reason().isEmpty()
                ? told.get()
                : worst.worse(told.get());
      }
    }
    if (worst.state() != State.UNKNOWN || !worst.reason().isEmpty()) {
      return worst;
    }
    String phase = textOr(object, "", "status", "phase");
    return Optional.ofNullable(PHASES.get(phase))
        .map(
            state ->
                Health.of(
                    state,
                    state == State.HEALTHY || state == State.COMPLETED ? "" : phase,
                    textOr(object, "", "status", "message"),
                    Optional.empty()))
        .orElse(worst);
  }

  private static Optional<Health> told(KubernetesObject condition) {
    String type = textOr(condition, "", "type");
    boolean holds = is(condition, "True", "status");
    boolean open = is(condition, "Unknown", "status");
    if (GOOD.contains(type)) {
      State state = holds ? State.HEALTHY : open ? State.PROGRESSING : State.DEGRADED;
      return Optional.of(
          holds
              ? Health.of(state, "", "", time(condition, "lastTransitionTime"))
              : of(state, condition).health());
    }
    if (BAD.contains(type) && holds) {
      return Optional.of(of(State.DEGRADED, condition).health());
    }
    return BUSY.contains(type) && holds
        ? Optional.of(of(State.PROGRESSING, condition).health())
        : Optional.empty();
  }
}
