package io.bridgewatch.drill.cluster;

import io.bridgewatch.kubernetes.server.ObjectChange;
import io.bridgewatch.kubernetes.server.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Runs pods until as many as a Job asks for have succeeded, or too many have failed. */
final class JobController extends Controller {
  private static final Recorder.Source SOURCE = Recorder.Source.controller("job-controller");
  private static final Duration FIRST_BACK_OFF = Duration.ofSeconds(10);
  private static final Duration LONGEST_BACK_OFF = Duration.ofMinutes(10);

  JobController(World world) {
    super(world);
  }

  @Override
  void seen(ObjectChange change) {
    if (change.kind().equals("Job") || change.kind().equals("Pod")) {
      enqueueSelfOrOwner(change, "Job");
    }
  }

  /** How many of a Job's pods are how. */
  private record Counts(List<Pod> active, int succeeded, int failed, int terminating) {}

  @Override
  void reconcile(String namespace, String name) {
    var found = world.cache().find("Job", namespace, name);
    if (found.isEmpty() || Trees.isTerminating(found.get())) {
      return;
    }
    var job = found.get();
    if (Trees.isTrue(job, "Complete") || Trees.isTrue(job, "Failed")) {
      return;
    }
    var counts = counts(job);
    var wanted = Trees.at(job, "spec", "completions").asInt(1);
    var start = Trees.instant(job, "status", "startTime").orElse(world.now());
    var deadline = Trees.at(job, "spec", "activeDeadlineSeconds");
    var isLate = deadline.isNumber() && !start.plusSeconds(deadline.asLong()).isAfter(world.now());
    if (counts.succeeded >= wanted) {
      end(
          job,
          counts,
          "Complete",
          "CompletionsReached",
          "Reached expected number of succeeded pods");
      world.recorder().normal(SOURCE, job, "Completed", "Job completed");
    } else if (isLate) {
      fail(job, counts, "DeadlineExceeded", "Job was active longer than specified deadline");
    } else if (counts.failed > Trees.at(job, "spec", "backoffLimit").asInt(6)) {
      fail(job, counts, "BackoffLimitExceeded", "Job has reached the specified backoff limit");
    } else {
      create(job, counts, wanted);
      writeStatus(job, counts(job), Optional.empty());
      if (deadline.isNumber()) {
        var left = Duration.between(world.now(), start.plusSeconds(deadline.asLong()));
        enqueueAfter(namespace + "/" + name, left.plusMillis(1));
      }
    }
  }

  private Counts counts(ObjectNode job) {
    var pods = world.cache().podsOf(Trees.uid(job));
    var restarts = pods.stream().filter(pod -> !pod.isFinished()).mapToInt(Pod::restarts).sum();
    return new Counts(
        pods.stream().filter(Pod::isActive).toList(),
        (int) pods.stream().filter(pod -> pod.phase().equals("Succeeded")).count(),
        (int) pods.stream().filter(pod -> pod.phase().equals("Failed")).count() + restarts,
        (int) pods.stream().filter(pod -> pod.isTerminating() && !pod.isFinished()).count());
  }

  /** After failures only when some time has passed. */
  private void create(ObjectNode job, Counts counts, int wanted) {
    if (Trees.at(job, "spec", "suspend").asBoolean(false)) {
      counts.active.forEach(pod -> world.delete(pod.objectName(), Optional.empty()));
      return;
    }
    var most = Math.min(Trees.at(job, "spec", "parallelism").asInt(1), wanted - counts.succeeded);
    var missing = most - counts.active.size();
    if (missing <= 0) {
      return;
    }
    var wait = backOff(job, counts.failed);
    if (!wait.isZero()) {
      enqueueAfter(Trees.key(job), wait);
      return;
    }
    for (var i = 0; i < missing; i++) {
      try {
        var pod =
            world.objects().create(Templates.pod(job, Trees.name(job) + "-"), World.CONTROLLERS);
        world.recorder().normal(SOURCE, job, "SuccessfulCreate", "Created pod: " + Trees.name(pod));
      } catch (Refusal refusal) {
        world
            .recorder()
            .warning(SOURCE, job, "FailedCreate", "Error creating: " + refusal.getMessage());
        retry(Trees.key(job));
        return;
      }
    }
  }

  private Duration backOff(ObjectNode job, int failed) {
    if (failed == 0) {
      return Duration.ZERO;
    }
    var last =
        world.cache().podsOf(Trees.uid(job)).stream()
            .filter(pod -> pod.phase().equals("Failed"))
            .flatMap(pod -> Trees.condition(pod.tree(), "Ready").stream())
            .flatMap(condition -> Trees.instant(condition, "lastTransitionTime").stream())
            .max(Instant::compareTo);
    if (last.isEmpty()) {
      return Duration.ZERO;
    }
    var wait = FIRST_BACK_OFF.multipliedBy(1L << Math.min(failed - 1, 6));
    var shortest = wait.compareTo(LONGEST_BACK_OFF) > 0 ? LONGEST_BACK_OFF : wait;
    var left = Duration.between(world.now(), last.get().plus(shortest));
    return left.isNegative() ? Duration.ZERO : left;
  }

  private void fail(ObjectNode job, Counts counts, String reason, String message) {
    counts.active.forEach(pod -> world.delete(pod.objectName(), Optional.empty()));
    end(job, counts, "Failed", reason, message);
    world.recorder().warning(SOURCE, job, reason, message);
  }

  private void end(ObjectNode job, Counts counts, String type, String reason, String message) {
    var conditions = Trees.object().putArray("conditions");
    var first = type.equals("Complete") ? "SuccessCriteriaMet" : "FailureTarget";
    for (var one : List.of(first, type)) {
      conditions
          .addObject()
          .put("type", one)
          .put("status", "True")
          .put("lastProbeTime", world.time())
          .put("lastTransitionTime", world.time())
          .put("reason", reason)
          .put("message", message);
    }
    var ended = Trees.object();
    ended.set("conditions", conditions);
    if (type.equals("Complete")) {
      ended.put("completionTime", world.time());
    }
    writeStatus(job, counts, Optional.of(ended));
  }

  private void writeStatus(ObjectNode job, Counts counts, Optional<ObjectNode> end) {
    var status = Trees.object();
    end.ifPresent(found -> status.set("conditions", found.get("conditions")));
    var start = Trees.text(job, "status", "startTime");
    status.put("startTime", start.isEmpty() ? world.time() : start);
    end.filter(found -> found.has("completionTime"))
        .ifPresent(found -> status.set("completionTime", found.get("completionTime")));
    Trees.putUnlessZero(status, "active", end.isPresent() ? 0 : counts.active.size());
    Trees.putUnlessZero(status, "succeeded", counts.succeeded);
    Trees.putUnlessZero(status, "failed", counts.failed);
    status.put("terminating", counts.terminating).putObject("uncountedTerminatedPods");
    status.put(
        "ready", end.isPresent() ? 0 : (int) counts.active.stream().filter(Pod::isReady).count());
    world.setStatus(job, status);
  }
}
