package io.bridgewatch.detect;

import static io.bridgewatch.detect.KubernetesFields.integer;
import static io.bridgewatch.detect.KubernetesFields.is;
import static io.bridgewatch.detect.KubernetesFields.textOr;
import static io.bridgewatch.detect.KubernetesFields.time;

import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.model.ObjectReason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a pod says is wrong with it.
 *
 * <ol>
 *   <li>A pod that is being deleted or has succeeded says nothing.
 *   <li>A pod thrown out or refused by a node says so in its phase.
 *   <li>A pod that no node takes says so in {@code PodScheduled}.
 *   <li>A container that waits says why; one that ended says how. An end that the kubelet brought
 *       about because a probe failed is the probe's, so exit code 137 means lack of memory only
 *       where the reason is {@code OOMKilled}.
 *   <li>A container that runs and is not ready after its start-up time fails its probe.
 *   <li>A pod that cannot start tells of its volumes or its network through events.
 *   <li>A pod whose containers are all ready and which is not was written off with its node.
 * </ol>
 */
final class KubernetesPodSigns {

  private static final Duration SCHEDULING = Duration.ofSeconds(15);
  private static final Duration MOUNTING = Duration.ofSeconds(20);
  private static final Duration READY_AGAIN = Duration.ofSeconds(10);
  private static final Duration FIRST_READY = Duration.ofSeconds(30);
  private static final Duration KILLING = Duration.ofSeconds(5);
  private static final Duration GATES = Duration.ofSeconds(60);

  private KubernetesPodSigns() {}

  static List<KubernetesSign> of(KubernetesObject pod, List<KubernetesEvent> events, Instant now) {
    if (time(pod, "metadata", "deletionTimestamp").isPresent()
        || is(pod, "Succeeded", "status", "phase")) {
      return List.of();
    }
    var signs = new ArrayList<KubernetesSign>();
    phase(pod, now).ifPresent(signs::add);
    scheduling(pod, now).ifPresent(signs::add);
    List<KubernetesObject> statuses = containerStatuses(pod);
    for (KubernetesObject status : statuses) {
      signs.addAll(container(pod, status, events, now));
    }
    starting(pod, statuses, events).ifPresent(signs::add);
    writtenOff(pod, statuses, now).ifPresent(signs::add);
    return signs;
  }

  private static List<KubernetesObject> containerStatuses(KubernetesObject pod) {
    return Stream.concat(
            pod.list("status", "initContainerStatuses").stream(),
            pod.list("status", "containerStatuses").stream())
        .toList();
  }

  private static Optional<KubernetesSign> phase(KubernetesObject pod, Instant now) {
    Optional<String> reason = pod.text("status", "reason");
    if (!is(pod, "Failed", "status", "phase") || reason.isEmpty()) {
      return Optional.empty();
    }
    Instant since =
        KubernetesFields.condition(pod, "DisruptionTarget")
            .or(() -> KubernetesFields.condition(pod, "Ready"))
            .flatMap(condition -> time(condition, "lastTransitionTime"))
            .orElse(KubernetesFields.created(pod, now));
    String message = textOr(pod, "", "status", "message");
    return Optional.of(
        sign(pod, "phase", reason.get(), message, since, Duration.ZERO, KubernetesSign.FAILING)
            .asOutcome());
  }

  private static Optional<KubernetesSign> scheduling(KubernetesObject pod, Instant now) {
    return KubernetesFields.condition(pod, "PodScheduled")
        .filter(condition -> is(condition, "False", "status"))
        .filter(condition -> is(condition, "Unschedulable", "reason"))
        .map(
            condition ->
                sign(
                    pod,
                    "scheduling",
                    ObjectReason.UNSCHEDULABLE.word(),
                    KubernetesSchedulerMessage.shorten(textOr(condition, "", "message")),
                    time(condition, "lastTransitionTime")
                        .orElse(KubernetesFields.created(pod, now)),
                    SCHEDULING,
                    KubernetesSign.DOWN));
  }

  private static List<KubernetesSign> container(
      KubernetesObject pod, KubernetesObject status, List<KubernetesEvent> events, Instant now) {
    String name = textOr(status, "", "name");
    Optional<String> waiting = status.text("state", "waiting", "reason");
    Optional<ObjectReason> reason = waiting.flatMap(ObjectReason::of);
    if (reason.isPresent() && reason.get() != ObjectReason.CRASH_LOOP_BACK_OFF) {
      return List.of(cannotStart(pod, status, name, reason.get(), events, now));
    }
    Optional<KubernetesSign> ended = ended(pod, status, name, events, now);
    Optional<KubernetesSign> unready =
        ended.isPresent() && !is(status, "true", "ready") && !hasFailedProbe(ended.get())
            ? Optional.empty() // why it ends says why it is not ready
            : unready(pod, status, name, events, now);
    return Stream.of(ended, unready).flatMap(Optional::stream).toList();
  }

  private static boolean hasFailedProbe(KubernetesSign sign) {
    return sign.reason().equals(ObjectReason.UNHEALTHY.word());
  }

  /** A container that waits because its image or its configuration is not to be had. */
  private static KubernetesSign cannotStart(
      KubernetesObject pod,
      KubernetesObject status,
      String container,
      ObjectReason reason,
      List<KubernetesEvent> events,
      Instant now) {
    String message = textOr(status, "", "state", "waiting", "message");
    Instant since =
        events.stream()
            .filter(KubernetesEvent::warning)
            .filter(event -> event.container().equals(container) && event.reason().equals("Failed"))
            .map(KubernetesEvent::first)
            .min(Instant::compareTo)
            .or(
                () ->
                    KubernetesFields.condition(pod, "PodReadyToStartContainers")
                        .filter(condition -> is(condition, "True", "status"))
                        .flatMap(condition -> time(condition, "lastTransitionTime")))
            .orElse(now);
    return sign(
        pod,
        "start/" + container,
        reason.word(),
        message,
        since,
        Duration.ZERO,
        KubernetesSign.DOWN);
  }

  /** A container that ended badly and was or will be started again. */
  private static Optional<KubernetesSign> ended(
      KubernetesObject pod,
      KubernetesObject status,
      String container,
      List<KubernetesEvent> events,
      Instant now) {
    boolean backingOff =
        is(status, ObjectReason.CRASH_LOOP_BACK_OFF.word(), "state", "waiting", "reason");
    Optional<KubernetesObject> last =
        status
            .object("state", "terminated")
            .or(() -> status.object("lastState", "terminated"))
            .filter(end -> backingOff || integer(end, 0, "exitCode") != 0);
    if (last.isEmpty()) {
      return Optional.empty();
    }
    KubernetesObject end = last.get();
    Instant finished = time(end, "finishedAt").orElse(now);
    boolean outOfMemory = is(end, ObjectReason.OOM_KILLED.word(), "reason");
    Optional<KubernetesEvent> killedByProbe =
        outOfMemory ? Optional.empty() : probeKill(pod, container, finished, events);
    ObjectReason reason =
        outOfMemory
            ? ObjectReason.OOM_KILLED
            : killedByProbe.isPresent()
                ? ObjectReason.UNHEALTHY
                : backingOff
                    ? ObjectReason.CRASH_LOOP_BACK_OFF
                    : ObjectReason.of(textOr(end, "", "reason")).orElse(ObjectReason.ERROR);
    List<Instant> earlier =
        events.stream()
            .filter(event -> event.container().equals(container))
            .filter(event -> event.reason().equals("BackOff") || isProbeKill(event))
            .map(KubernetesEvent::first)
            .toList();
    Optional<Instant> over =
        is(status, "true", "ready")
            ? time(status, "state", "running", "startedAt")
            : Optional.empty();
    return Optional.of(
        sign(
                pod,
                "end/" + container,
                reason.word(),
                killedByProbe
                    .map(KubernetesEvent::message)
                    .orElseGet(() -> endMessage(container, status, end)),
                KubernetesFields.earliest(finished, earlier),
                Duration.ZERO,
                backingOff || reason == ObjectReason.UNHEALTHY
                    ? KubernetesSign.DOWN
                    : KubernetesSign.FAILING)
            .withOver(over));
  }

  /** The kubelet's word that it ended the container then because a probe failed. */
  private static Optional<KubernetesEvent> probeKill(
      KubernetesObject pod, String container, Instant finished, List<KubernetesEvent> events) {
    int grace = integer(pod, 30, "spec", "terminationGracePeriodSeconds");
    Instant soonest = finished.minusSeconds(grace).minus(KILLING);
    return events.stream()
        .filter(KubernetesPodSigns::isProbeKill)
        .filter(event -> event.container().equals(container))
        .filter(event -> !event.last().isBefore(soonest))
        .filter(event -> !event.first().isAfter(finished.plus(KILLING)))
        .findFirst();
  }

  private static boolean isProbeKill(KubernetesEvent event) {
    return event.reason().equals("Killing")
        && (event.message().contains("failed liveness probe")
            || event.message().contains("failed startup probe"));
  }

  private static String endMessage(
      String container, KubernetesObject status, KubernetesObject end) {
    int code = integer(end, 0, "exitCode");
    var text = new StringBuilder("container ").append(container);
    text.append(" exited with code ").append(code);
    if (code > 128) {
      text.append(" (signal ").append(code - 128).append(')');
    }
    int restarts = integer(status, 0, "restartCount");
    if (restarts > 0) {
      text.append(", restarts: ").append(restarts);
    }
    end.text("message").map(String::strip).ifPresent(said -> text.append(": ").append(said));
    return text.toString();
  }

  /** A running container that stays unready after the time its probes allow for starting up. */
  private static Optional<KubernetesSign> unready(
      KubernetesObject pod,
      KubernetesObject status,
      String container,
      List<KubernetesEvent> events,
      Instant now) {
    Optional<Instant> started = time(status, "state", "running", "startedAt");
    if (started.isEmpty() || is(status, "true", "ready") || isFinishedInit(pod, container)) {
      return Optional.empty();
    }
    Optional<Instant> lost =
        KubernetesFields.condition(pod, "Ready")
            .flatMap(ready -> time(ready, "lastTransitionTime"))
            .filter(at -> at.isAfter(started.get()));
    Instant since = lost.orElse(started.get());
    Duration grace =
        lost.isPresent()
            ? READY_AGAIN
            : startUp(pod, status, container, Duration.between(started.get(), now));
    String message =
        events.stream()
            .filter(event -> event.reason().equals("Unhealthy"))
            .filter(event -> event.container().equals(container))
            .filter(event -> !event.last().isBefore(since))
            .max(Comparator.comparing(KubernetesEvent::last))
            .map(KubernetesEvent::message)
            .orElse("container " + container + " runs and is not ready");
    return Optional.of(
        sign(
            pod,
            "probe/" + container,
            ObjectReason.UNHEALTHY.word(),
            message,
            since,
            grace,
            KubernetesSign.DEGRADED));
  }

  private static boolean isFinishedInit(KubernetesObject pod, String container) {
    return pod.list("status", "initContainerStatuses").stream()
        .anyMatch(status -> is(status, container, "name"));
  }

  /**
   * How long it may take until it is ready, from when it runs. What starting up has taken is known
   * when its startup probe has passed; only then does the readiness probe begin.
   *
   * @param running for how long it has run by then
   */
  private static Duration startUp(
      KubernetesObject pod, KubernetesObject status, String container, Duration running) {
    Optional<KubernetesObject> spec =
        pod.list("spec", "containers").stream()
            .filter(candidate -> is(candidate, container, "name"))
            .findFirst();
    Duration allowed =
        spec.flatMap(c -> c.object("readinessProbe"))
            .map(KubernetesPodSigns::patience)
            .orElse(FIRST_READY);
    if (allowed.compareTo(FIRST_READY) < 0) {
      allowed = FIRST_READY;
    }
    Optional<Duration> startUp =
        spec.flatMap(c -> c.object("startupProbe")).map(KubernetesPodSigns::patience);
    if (startUp.isEmpty() || running.isNegative()) {
      return allowed;
    }
    return allowed.plus(is(status, "true", "started") ? running : startUp.get());
  }

  private static Duration patience(KubernetesObject probe) {
    int period = integer(probe, 10, "periodSeconds");
    int failures = integer(probe, 3, "failureThreshold");
    return Duration.ofSeconds(integer(probe, 0, "initialDelaySeconds") + (long) period * failures);
  }

  /** A pod whose containers wait to be created, and what events say holds them. */
  private static Optional<KubernetesSign> starting(
      KubernetesObject pod, List<KubernetesObject> statuses, List<KubernetesEvent> events) {
    boolean waits =
        is(pod, "Pending", "status", "phase")
            && statuses.stream()
                .map(status -> status.text("state", "waiting", "reason").orElse(""))
                .anyMatch(w -> w.equals("ContainerCreating") || w.equals("PodInitializing"));
    return events.stream()
        .filter(event -> waits && event.warning())
        .filter(event -> isStartReason(event.reason()))
        .max(Comparator.comparing(KubernetesEvent::last))
        .map(
            event ->
                sign(
                    pod,
                    "volume",
                    event.reason(),
                    event.message(),
                    event.first(),
                    MOUNTING,
                    KubernetesSign.DOWN));
  }

  private static boolean isStartReason(String reason) {
    return Stream.of(
            ObjectReason.FAILED_MOUNT,
            ObjectReason.FAILED_ATTACH_VOLUME,
            ObjectReason.FAILED_MAP_VOLUME,
            ObjectReason.FAILED_CREATE_POD_SANDBOX)
        .anyMatch(known -> known.word().equals(reason));
  }

  /** A pod that is not ready although its containers are: its node or a gate says no. */
  private static Optional<KubernetesSign> writtenOff(
      KubernetesObject pod, List<KubernetesObject> statuses, Instant now) {
    Optional<KubernetesObject> ready =
        KubernetesFields.condition(pod, "Ready").filter(r -> is(r, "False", "status"));
    boolean containersReady =
        KubernetesFields.condition(pod, "ContainersReady")
                .filter(c -> is(c, "True", "status"))
                .isPresent()
            && !statuses.isEmpty();
    if (ready.isEmpty() || !containersReady) {
      return Optional.empty();
    }
    boolean gated = is(ready.get(), ObjectReason.READINESS_GATES_NOT_READY.word(), "reason");
    Instant since = time(ready.get(), "lastTransitionTime").orElse(now);
    return Optional.of(
        sign(
            pod,
            "written-off",
            (gated ? ObjectReason.READINESS_GATES_NOT_READY : ObjectReason.NODE_GONE).word(),
            textOr(ready.get(), "", "message"),
            since,
            gated ? GATES : READY_AGAIN,
            KubernetesSign.DEGRADED));
  }

  private static KubernetesSign sign(
      KubernetesObject pod,
      String family,
      String reason,
      String message,
      Instant since,
      Duration grace,
      double severity) {
    return KubernetesSign.sign(
        family, KubernetesFields.pod(pod), pod, reason, message, since, grace, severity);
  }
}
