package io.bridgewatch.detect;

import static io.bridgewatch.detect.KubernetesFields.condition;
import static io.bridgewatch.detect.KubernetesFields.integer;
import static io.bridgewatch.detect.KubernetesFields.is;
import static io.bridgewatch.detect.KubernetesFields.textOr;
import static io.bridgewatch.detect.KubernetesFields.time;
import static io.bridgewatch.detect.KubernetesSign.sign;

import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.EntityType;
import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.model.ObjectReason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What workloads, autoscalers and claims say is wrong with them. */
final class KubernetesWorkloadSigns {

  /** Family of a rollout whose new pods do not become ready; its pods may establish it early. */
  static final String ROLLOUT = "rollout";

  private static final Duration UNAVAILABLE = Duration.ofSeconds(30);
  private static final Duration ROLLING_OUT = Duration.ofSeconds(120);
  private static final Duration NOT_READY = Duration.ofSeconds(60);
  private static final Duration SCALING = Duration.ofSeconds(60);
  private static final Duration BINDING = Duration.ofSeconds(30);
  private static final Duration CREATING = Duration.ofSeconds(5);

  private KubernetesWorkloadSigns() {}

  static List<KubernetesSign> deployment(KubernetesObject deployment, Instant now) {
    EntityRef entity = entity(EntityType.DEPLOYMENT, deployment);
    Optional<KubernetesSign> stuck =
        condition(deployment, "Progressing")
            .filter(c -> is(c, "False", "status"))
            .filter(c -> is(c, ObjectReason.PROGRESS_DEADLINE_EXCEEDED.word(), "reason"))
            .map(
                c ->
                    sign(
                        "progress",
                        entity,
                        deployment,
                        ObjectReason.PROGRESS_DEADLINE_EXCEEDED.word(),
                        textOr(c, "", "message"),
                        transition(c, now),
                        Duration.ZERO,
                        KubernetesSign.FAILING));
    Optional<KubernetesSign> unavailable =
        condition(deployment, "Available")
            .filter(c -> is(c, "False", "status"))
            .map(
                c ->
                    sign(
                        "available",
                        entity,
                        deployment,
                        textOr(c, ObjectReason.MINIMUM_REPLICAS_UNAVAILABLE.word(), "reason"),
                        textOr(c, "", "message"),
                        transition(c, now),
                        UNAVAILABLE,
                        KubernetesSign.DEGRADED));
    return Stream.of(stuck, unavailable).flatMap(Optional::stream).toList();
  }

  static List<KubernetesSign> replicaSet(
      KubernetesObject replicaSet, List<KubernetesEvent> events, Instant now) {
    EntityRef entity = owner(replicaSet).orElse(entity(EntityType.REPLICASET, replicaSet));
    return Stream.of(
            failedCreate(replicaSet, entity, events, "replicas"),
            neverReady(replicaSet, entity, now))
        .flatMap(Optional::stream)
        .toList();
  }

  /** A ReplicaSet that replaces an older one and has not one ready pod. */
  private static Optional<KubernetesSign> neverReady(
      KubernetesObject replicaSet, EntityRef entity, Instant now) {
    int revision =
        replicaSet
            .text("metadata", "annotations", "deployment.kubernetes.io/revision")
            .map(KubernetesWorkloadSigns::number)
            .orElse(1);
    boolean replaces = revision > 1 && entity.type() == EntityType.DEPLOYMENT;
    int wanted = integer(replicaSet, 0, "spec", "replicas");
    if (!replaces || wanted == 0 || integer(replicaSet, 0, "status", "readyReplicas") > 0) {
      return Optional.empty();
    }
    return Optional.of(
        sign(
            ROLLOUT,
            entity,
            replicaSet,
            ObjectReason.NEW_REPLICA_SET_UNAVAILABLE.word(),
            "revision " + revision + ": no pod of ReplicaSet " + replicaSet.name() + " is ready",
            KubernetesFields.created(replicaSet, now),
            ROLLING_OUT,
            KubernetesSign.FAILING));
  }

  /** A ReplicaSet that was given up: it wants no pods any more. */
  static boolean isEmptied(KubernetesObject object) {
    return object.kind().equals("ReplicaSet") && integer(object, 1, "spec", "replicas") == 0;
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException malformed) {
      return 1;
    }
  }

  static List<KubernetesSign> statefulSet(
      KubernetesObject set, List<KubernetesEvent> events, Instant now) {
    EntityRef entity = entity(EntityType.STATEFULSET, set);
    int wanted = integer(set, 1, "spec", "replicas");
    int ready = integer(set, 0, "status", "readyReplicas");
    return Stream.of(
            failedCreate(set, entity, events, "replicas"),
            notReady(set, entity, wanted, ready, now))
        .flatMap(Optional::stream)
        .toList();
  }

  static List<KubernetesSign> daemonSet(
      KubernetesObject set, List<KubernetesEvent> events, Instant now) {
    EntityRef entity = entity(EntityType.DAEMONSET, set);
    int wanted = integer(set, 0, "status", "desiredNumberScheduled");
    int ready = integer(set, 0, "status", "numberReady");
    return Stream.of(
            failedCreate(set, entity, events, "currentNumberScheduled"),
            notReady(set, entity, wanted, ready, now))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<KubernetesSign> notReady(
      KubernetesObject set, EntityRef entity, int wanted, int ready, Instant now) {
    return ready >= wanted
        ? Optional.empty()
        : Optional.of(
            sign(
                "ready",
                entity,
                set,
                ObjectReason.REPLICAS_NOT_READY.word(),
                ready + " of " + wanted + " ready",
                now,
                NOT_READY,
                KubernetesSign.DEGRADED));
  }

  /** Pods that may not be created, as condition or event tell; over once all are there. */
  private static Optional<KubernetesSign> failedCreate(
      KubernetesObject workload, EntityRef entity, List<KubernetesEvent> events, String count) {
    boolean complete =
        integer(workload, 0, "status", count) >= integer(workload, 1, "spec", "replicas");
    Optional<KubernetesSign> byCondition =
        condition(workload, "ReplicaFailure")
            .filter(c -> is(c, "True", "status"))
            .flatMap(
                c ->
                    time(c, "lastTransitionTime")
                        .map(
                            since ->
                                failedCreate(workload, entity, textOr(c, "", "message"), since)));
    return byCondition.or(
        () ->
            events.stream()
                .filter(event -> !complete && event.warning())
                .filter(event -> event.reason().equals(ObjectReason.FAILED_CREATE.word()))
                .findFirst()
                .map(event -> failedCreate(workload, entity, event.message(), event.first())));
  }

  private static KubernetesSign failedCreate(
      KubernetesObject workload, EntityRef entity, String message, Instant since) {
    return sign(
        "create",
        entity,
        workload,
        ObjectReason.FAILED_CREATE.word(),
        message,
        since,
        CREATING,
        KubernetesSign.FAILING);
  }

  static List<KubernetesSign> job(KubernetesObject job, List<KubernetesEvent> events, Instant now) {
    EntityRef entity = entity(EntityType.JOB, job);
    Optional<KubernetesSign> failed =
        condition(job, "Failed")
            .filter(c -> is(c, "True", "status"))
            .map(
                c ->
                    sign(
                            "job",
                            entity,
                            job,
                            textOr(c, "Failed", "reason"),
                            textOr(c, "", "message"),
                            transition(c, now),
                            Duration.ZERO,
                            KubernetesSign.FAILING)
                        .asOutcome());
    Optional<KubernetesSign> create =
        integer(job, 0, "status", "active") > 0 || isFinished(job)
            ? Optional.empty()
            : failedCreate(job, entity, events, "active");
    return Stream.of(failed, create).flatMap(Optional::stream).toList();
  }

  private static boolean isFinished(KubernetesObject job) {
    return isComplete(job)
        || condition(job, "Failed").filter(c -> is(c, "True", "status")).isPresent();
  }

  /** Whether a job did what it was to do, whatever its attempts met on the way. */
  static boolean isComplete(KubernetesObject job) {
    return condition(job, "Complete").filter(c -> is(c, "True", "status")).isPresent();
  }

  static List<KubernetesSign> autoscaler(KubernetesObject hpa, Instant now) {
    EntityRef entity = entity(EntityType.HPA, hpa);
    Stream<KubernetesSign> unable =
        Stream.of("AbleToScale", "ScalingActive")
            .flatMap(
                type ->
                    condition(hpa, type)
                        .filter(c -> is(c, "False", "status"))
                        // somebody scaled the target to 0, which is how an HPA is switched off
                        .filter(c -> !is(c, "ScalingDisabled", "reason"))
                        .map(c -> scaling(hpa, entity, type, c, now))
                        .stream());
    Stream<KubernetesSign> limited =
        condition(hpa, "ScalingLimited")
            .filter(c -> is(c, "True", "status"))
            .filter(c -> is(c, ObjectReason.TOO_MANY_REPLICAS.word(), "reason"))
            .map(c -> scaling(hpa, entity, "ScalingLimited", c, now))
            .stream();
    return Stream.concat(unable, limited).toList();
  }

  private static KubernetesSign scaling(
      KubernetesObject hpa, EntityRef entity, String type, KubernetesObject c, Instant now) {
    return sign(
        type,
        entity,
        hpa,
        textOr(c, type, "reason"),
        textOr(c, "", "message"),
        transition(c, now),
        SCALING,
        KubernetesSign.WARNING);
  }

  static List<KubernetesSign> claim(
      KubernetesObject claim, List<KubernetesEvent> events, Instant now) {
    EntityRef entity = entity(EntityType.PERSISTENT_VOLUME_CLAIM, claim);
    String phase = textOr(claim, "", "status", "phase");
    if (phase.equals("Lost")) {
      return List.of(
          sign(
              "claim",
              entity,
              claim,
              ObjectReason.CLAIM_LOST.word(),
              "",
              now,
              Duration.ZERO,
              KubernetesSign.DOWN));
    }
    boolean waitsForPod =
        events.stream().anyMatch(event -> event.reason().equals("WaitForFirstConsumer"));
    Optional<KubernetesEvent> failed =
        events.stream()
            .filter(event -> event.reason().equals(ObjectReason.PROVISIONING_FAILED.word()))
            .findFirst();
    if (!phase.equals("Pending") || (waitsForPod && failed.isEmpty())) {
      return List.of();
    }
    return List.of(
        sign(
            "claim",
            entity,
            claim,
            failed.map(KubernetesEvent::reason).orElse(ObjectReason.CLAIM_PENDING.word()),
            failed.map(KubernetesEvent::message).orElse(""),
            failed.map(KubernetesEvent::first).orElse(KubernetesFields.created(claim, now)),
            BINDING,
            KubernetesSign.WARNING));
  }

  /** The Deployment that owns a ReplicaSet, by its owner reference. */
  private static Optional<EntityRef> owner(KubernetesObject replicaSet) {
    return KubernetesFields.controller(replicaSet)
        .filter(owner -> is(owner, "Deployment", "kind"))
        .map(
            owner ->
                KubernetesFields.namespaced(
                    EntityType.DEPLOYMENT, replicaSet.namespace(), textOr(owner, "", "name")));
  }

  private static EntityRef entity(EntityType type, KubernetesObject object) {
    return KubernetesFields.namespaced(type, object.namespace(), object.name());
  }

  private static Instant transition(KubernetesObject condition, Instant now) {
    return time(condition, "lastTransitionTime").orElse(now);
  }
}
