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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a pod is doing.
 *
 * <ol>
 *   <li>What is being deleted is on its way; what has ended says how in its phase.
 *   <li>What no node takes within {@link #SCHEDULING} fails.
 *   <li>A container that waits for more than to be created fails with the reason for which it
 *       waits; one that keeps ending, with the reason for which it ended, for that tells more.
 *   <li>A container that came back less than {@link #SETTLING} ago after a failure is not well yet.
 *   <li>A container that runs and is not ready fails its probe once the probe's own delays are
 *       over; until then it is starting.
 *   <li>A pod whose containers are all ready and which is not was written off with its node.
 * </ol>
 */
final class PodHealth {

  private static final Duration SCHEDULING = Duration.ofSeconds(15);
  private static final Duration SETTLING = Duration.ofMinutes(2);
  private static final Duration FIRST_READY = Duration.ofSeconds(30);

  /** From a failed probe to the end of the grace period at the longest. */
  private static final Duration KILLING = Duration.ofSeconds(90);

  private static final Duration CREATING = Duration.ofSeconds(60);

  private final KubernetesObject pod;
  private final Optional<Warning> warning;
  private final Instant now;

  private PodHealth(KubernetesObject pod, Optional<Warning> warning, Instant now) {
    this.pod = pod;
    this.warning = warning;
    this.now = now;
  }

  /**
   * @param warning the last one reported about the pod
   */
  static Judgement of(KubernetesObject pod, Optional<Warning> warning, Instant now) {
    return new PodHealth(pod, warning, now).judge();
  }

  private Judgement judge() {
    Optional<Instant> deleting = ObjectTimes.deletionAsked(pod);
    if (deleting.isPresent()) {
      return Judgement.of(State.PROGRESSING, "Terminating", "", deleting);
    }
    switch (textOr(pod, "", "status", "phase")) {
      case "Succeeded" -> {
        return Judgement.of(State.COMPLETED, "", "", endOf(condition(pod, "Ready")));
      }
      case "Failed" -> {
        return failed();
      }
      default -> {} // what runs or is to run is looked at below
    }
    Optional<Judgement> unscheduled = scheduling();
    if (unscheduled.isPresent()) {
      return unscheduled.get();
    }
    Judgement worst = containers();
    if (worst.health().state() != State.HEALTHY) {
      return worst;
    }
    Optional<KubernetesObject> ready = condition(pod, "Ready");
    if (ready.filter(c -> is(c, "True", "status")).isPresent()) {
      return Judgement.of(State.HEALTHY, "", "", endOf(ready));
    }
    if (ready.isEmpty() || statuses().isEmpty() || !statuses().stream().allMatch(this::isReady)) {
      return Judgement.of(
          State.PROGRESSING, "Pending", "", time(pod, "metadata", "creationTimestamp"));
    }
    ObjectReason reason =
        pod.list("spec", "readinessGates").isEmpty()
            ? ObjectReason.NODE_GONE
            : ObjectReason.READINESS_GATES_NOT_READY;
    return Judgement.of(
        State.FAILING, reason.word(), textOr(ready.get(), "", "message"), endOf(ready));
  }

  private boolean isReady(KubernetesObject status) {
    return is(status, "true", "ready");
  }

  private static Optional<Instant> endOf(Optional<KubernetesObject> condition) {
    return condition.flatMap(c -> time(c, "lastTransitionTime"));
  }

  private Judgement failed() {
    String reason =
        pod.text("status", "reason")
            .or(
                () ->
                    statuses().stream()
                        .flatMap(s -> s.text("state", "terminated", "reason").stream())
                        .filter(r -> !r.equals("Completed"))
                        .findFirst())
            .orElse(ObjectReason.ERROR.word());
    return Judgement.of(
        State.FAILING,
        reason,
        textOr(pod, "", "status", "message"),
        endOf(condition(pod, "Ready")).or(() -> time(pod, "metadata", "creationTimestamp")));
  }

  private Optional<Judgement> scheduling() {
    Optional<KubernetesObject> scheduled =
        condition(pod, "PodScheduled").filter(c -> is(c, "False", "status"));
    if (scheduled.isEmpty()) {
      return Optional.empty();
    }
    Instant since = endOf(scheduled).orElse(now);
    String reason = textOr(scheduled.get(), "", "reason");
    if (reason.equals("SchedulingGated")) {
      return Optional.of(Judgement.of(State.SUSPENDED, reason, "", Optional.of(since)));
    }
    String message = textOr(scheduled.get(), "", "message");
    return Optional.of(
        late(since.plus(SCHEDULING), State.FAILING, reason, message, Optional.of(since)));
  }

  /** That state once the time has come, on its way before. */
  private Judgement late(
      Instant due, State state, String reason, String message, Optional<Instant> since) {
    return now.isBefore(due)
        ? Judgement.of(State.PROGRESSING, reason, message, since).again(due)
        : Judgement.of(state, reason, message, since);
  }

  private List<KubernetesObject> statuses() {
    return pod.list("status", "containerStatuses");
  }

  private Judgement containers() {
    var all = new ArrayList<Judgement>();
    List<KubernetesObject> specs =
        Stream.concat(
                pod.list("spec", "initContainers").stream(),
                pod.list("spec", "containers").stream())
            .toList();
    for (KubernetesObject status : pod.list("status", "initContainerStatuses")) {
      all.add(container(status, specs, true));
    }
    for (KubernetesObject status : statuses()) {
      all.add(container(status, specs, false));
    }
    Judgement worst = Judgement.of(Health.healthy());
    boolean noneReady = statuses().stream().noneMatch(s -> is(s, "true", "ready"));
    for (Judgement one : all) {
      if (one.health().state().compareTo(worst.health().state()) > 0) {
        worst = one.again().isEmpty() ? one.servesNothing(noneReady) : one;
      }
    }
    return worst;
  }

  private Judgement container(
      KubernetesObject status, List<KubernetesObject> specs, boolean initial) {
    Optional<KubernetesObject> waiting = status.object("state", "waiting");
    if (waiting.isPresent()) {
      return waiting(status, waiting.get());
    }
    Optional<KubernetesObject> ended = status.object("state", "terminated");
    if (ended.isPresent()) {
      return ended(status, ended.get());
    }
    Optional<Instant> started = time(status, "state", "running", "startedAt");
    if (started.isEmpty()) {
      return Judgement.of(State.PROGRESSING, "Pending", "", Optional.empty());
    }
    Optional<Judgement> recovering = recovering(status, started.get());
    if (recovering.isPresent()) {
      return recovering.get();
    }
    if (is(status, "true", "ready") || initial && !is(status, "false", "started")) {
      return Judgement.of(Health.healthy());
    }
    KubernetesObject spec =
        specs.stream()
            .filter(one -> one.text("name").equals(status.text("name")))
            .findFirst()
            .orElse(status);
    Optional<Instant> unready =
        endOf(condition(pod, "ContainersReady").filter(c -> is(c, "False", "status")));
    Instant since = unready.filter(at -> at.isAfter(started.get())).orElse(started.get());
    boolean wasReady = unready.filter(at -> at.isAfter(started.get())).isPresent();
    Instant due = wasReady ? since : started.get().plus(startUp(spec));
    String message = probeFailure().map(Warning::message).orElse("");
    return late(due, State.FAILING, ObjectReason.UNHEALTHY.word(), message, Optional.of(since));
  }

  private Judgement waiting(KubernetesObject status, KubernetesObject waiting) {
    String reason = textOr(waiting, "", "reason");
    String message = textOr(waiting, "", "message");
    if (reason.equals(ObjectReason.CRASH_LOOP_BACK_OFF.word())) {
      Optional<KubernetesObject> last = status.object("lastState", "terminated");
      return Judgement.of(
          State.FAILING,
          last.map(l -> reasonOf(status, l)).filter(r -> !isVague(r)).orElse(reason),
          last.map(this::ending).orElse(message),
          last.flatMap(l -> time(l, "finishedAt")));
    }
    if (!reason.isEmpty() && ObjectReason.of(reason).isPresent()) {
      return Judgement.of(
          State.FAILING, reason, message, time(pod, "metadata", "creationTimestamp"));
    }
    Optional<Instant> created = time(pod, "metadata", "creationTimestamp");
    Instant due = created.orElse(now).plus(CREATING);
    return warning
        .filter(w -> ObjectReason.of(w.reason()).isPresent())
        .map(w -> late(due, State.FAILING, w.reason(), w.message(), Optional.of(w.time())))
        .orElseGet(() -> Judgement.of(State.PROGRESSING, reason, message, created));
  }

  private Judgement ended(KubernetesObject status, KubernetesObject ended) {
    if (is(ended, "0", "exitCode")) {
      return Judgement.of(Health.healthy());
    }
    return Judgement.of(
        State.FAILING, reasonOf(status, ended), ending(ended), time(ended, "finishedAt"));
  }

  private static boolean isVague(String reason) {
    return reason.equals(ObjectReason.ERROR.word());
  }

  /** Why a run ended: by a probe where the kubelet said so, again and again where it did before. */
  private String reasonOf(KubernetesObject status, KubernetesObject ended) {
    String reason = textOr(ended, ObjectReason.ERROR.word(), "reason");
    if (!isVague(reason)) {
      return reason;
    }
    if (wasKilledByProbe(ended)) {
      return ObjectReason.UNHEALTHY.word();
    }
    return status.number("restartCount").orElse(0.0) >= 2
        ? ObjectReason.CRASH_LOOP_BACK_OFF.word()
        : reason;
  }

  /** Ended by a signal at about the time when its probe failed. */
  private boolean wasKilledByProbe(KubernetesObject ended) {
    boolean signalled = is(ended, "137", "exitCode") || is(ended, "143", "exitCode");
    Optional<Instant> end = time(ended, "finishedAt");
    return signalled
        && end.isPresent()
        && probeFailure()
            .filter(w -> Duration.between(w.time(), end.get()).abs().compareTo(KILLING) <= 0)
            .isPresent();
  }

  private Optional<Warning> probeFailure() {
    return warning.filter(w -> w.reason().equals(ObjectReason.UNHEALTHY.word()));
  }

  private String ending(KubernetesObject ended) {
    if (wasKilledByProbe(ended)) {
      return probeFailure().map(Warning::message).orElse("");
    }
    String message = textOr(ended, "", "message");
    String code = "exit code " + textOr(ended, "?", "exitCode");
    return message.isEmpty() ? code : code + ": " + message;
  }

  private Optional<Judgement> recovering(KubernetesObject status, Instant started) {
    Instant settled = started.plus(SETTLING);
    return status
        .object("lastState", "terminated")
        .filter(last -> !is(last, "0", "exitCode") && now.isBefore(settled))
        .map(
            last ->
                Judgement.of(
                        State.DEGRADED,
                        reasonOf(status, last),
                        ending(last),
                        time(last, "finishedAt"))
                    .again(settled));
  }

  /** How long a container may take to become ready for the first time by its own probes. */
  private static Duration startUp(KubernetesObject container) {
    double seconds = 0;
    for (String probe : List.of("startupProbe", "readinessProbe")) {
      Optional<KubernetesObject> one = container.object(probe);
      if (one.isPresent()) {
        seconds +=
            one.get().number("initialDelaySeconds").orElse(0.0)
                + one.get().number("periodSeconds").orElse(10.0)
                    * one.get().number("failureThreshold").orElse(3.0);
      }
    }
    Duration told = Duration.ofSeconds((long) seconds);
    return told.compareTo(FIRST_READY) > 0 ? told : FIRST_READY;
  }
}
