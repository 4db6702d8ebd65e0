package io.bridgewatch.drill.cluster;

import static io.bridgewatch.drill.cluster.DeploymentController.count;
import static io.bridgewatch.drill.cluster.DeploymentController.wanted;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** What a Deployment tells of itself: counts, whether it is available, whether it gets on. */
final class DeploymentStatus {
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final World world;
  private final ObjectNode deployment;
  private final Optional<ObjectNode> fresh;
  private final List<ObjectNode> sets;

  DeploymentStatus(
      World world, ObjectNode deployment, Optional<ObjectNode> fresh, List<ObjectNode> sets) {
    this.world = world;
    this.deployment = deployment;
    this.fresh = fresh;
    this.sets = sets;
  }

  /** How its conditions look: type, status, reason, message. */
  private record State(String type, boolean isTrue, String reason, String message) {}

  void write() {
    var replicas = sum("replicas");
    var ready = sum("readyReplicas");
    var available = sum("availableReplicas");
    var updated = fresh.map(set -> count(set, "replicas")).orElse(0);
    var status = Trees.object().put("observedGeneration", Trees.generation(deployment));
    Trees.putUnlessZero(status, "replicas", replicas);
    Trees.putUnlessZero(status, "updatedReplicas", updated);
    Trees.putUnlessZero(status, "readyReplicas", ready);
    Trees.putUnlessZero(status, "availableReplicas", available);
    Trees.putUnlessZero(
        status,
        "unavailableReplicas",
        Math.max(0, sets.stream().mapToInt(s -> wanted(s)).sum() - available));
    status.put("terminatingReplicas", sum("terminatingReplicas"));
    var states = new ArrayList<State>();
    var enough = available >= wanted(deployment) - DeploymentController.unavailable(deployment);
    states.add(
        enough
            ? new State(
                "Available",
                true,
                "MinimumReplicasAvailable",
                "Deployment has minimum availability.")
            : new State(
                "Available",
                false,
                "MinimumReplicasUnavailable",
                "Deployment does not have minimum availability."));
    states.add(progress(replicas, updated, available));
    sets.stream()
        .flatMap(set -> Trees.condition(set, "ReplicaFailure").stream())
        .findFirst()
        .ifPresent(
            failure ->
                states.add(
                    new State(
                        "ReplicaFailure",
                        true,
                        Trees.text(failure, "reason"),
                        Trees.text(failure, "message"))));
    conditions(status, states);
    world.setStatus(deployment, status);
  }

  private State progress(int replicas, int updated, int available) {
    if (Trees.at(deployment, "spec", "paused").asBoolean(false)) {
      return new State("Progressing", true, "DeploymentPaused", "Deployment is paused");
    }
    var name = fresh.map(Trees::name).orElse("");
    // what was said of an earlier ReplicaSet is no measure of this one
    var before =
        Trees.condition(deployment, "Progressing")
            .filter(c -> Trees.text(c, "message").contains("\"" + name + "\""));
    var isComplete = updated == wanted(deployment) && replicas == updated && available == updated;
    var wasComplete =
        before.filter(c -> Trees.text(c, "reason").equals("NewReplicaSetAvailable")).isPresent();
    if (isComplete || wasComplete) {
      return new State(
          "Progressing",
          true,
          "NewReplicaSetAvailable",
          "ReplicaSet \"%s\" has successfully progressed.".formatted(name));
    }
    var wasLate =
        before.filter(c -> Trees.text(c, "reason").equals("ProgressDeadlineExceeded")).isPresent();
    if ((wasLate || isLate(before.map(c -> Trees.text(c, "lastUpdateTime")).orElse("")))
        && !hasMoved()) {
      return new State(
          "Progressing",
          false,
          "ProgressDeadlineExceeded",
          "ReplicaSet \"%s\" has timed out progressing.".formatted(name));
    }
    return new State(
        "Progressing",
        true,
        "ReplicaSetUpdated",
        "ReplicaSet \"%s\" is progressing.".formatted(name));
  }

  private boolean isLate(String since) {
    return !since.isEmpty() && !Instant.parse(since).plus(allowed()).isAfter(world.now());
  }

  private Duration allowed() {
    return Duration.ofSeconds(Trees.at(deployment, "spec", "progressDeadlineSeconds").asInt(600));
  }

  /** Whether more pods are new, ready or available than the status says, or fewer are old. */
  private boolean hasMoved() {
    var before = deployment.path("status");
    var updated = fresh.map(set -> count(set, "replicas")).orElse(0);
    var old = sum("replicas") - updated;
    var oldBefore = before.path("replicas").asInt(0) - before.path("updatedReplicas").asInt(0);
    return updated > before.path("updatedReplicas").asInt(0)
        || old < oldBefore
        || sum("readyReplicas") > before.path("readyReplicas").asInt(0)
        || sum("availableReplicas") > before.path("availableReplicas").asInt(0);
  }

  private void conditions(ObjectNode status, List<State> states) {
    var conditions = status.putArray("conditions");
    for (var state : states) {
      var before = Trees.condition(deployment, state.type);
      var text = state.isTrue ? "True" : "False";
      var isSame = before.filter(c -> Trees.text(c, "status").equals(text)).isPresent();
      var isUntouched =
          isSame
              && before.filter(c -> Trees.text(c, "reason").equals(state.reason)).isPresent()
              && before.filter(c -> Trees.text(c, "message").equals(state.message)).isPresent()
              && !(state.reason.equals("ReplicaSetUpdated") && hasMoved());
      conditions
          .addObject()
          .put("type", state.type)
          .put("status", text)
          .put(
              "lastUpdateTime",
              isUntouched ? Trees.text(before.orElseThrow(), "lastUpdateTime") : world.time())
          .put(
              "lastTransitionTime",
              isSame ? Trees.text(before.orElseThrow(), "lastTransitionTime") : world.time())
          .put("reason", state.reason)
          .put("message", state.message);
    }
  }

  /** When to look whether it is too late; absent when nothing is awaited. */
  Optional<Duration> deadline() {
    var before = Trees.condition(deployment, "Progressing");
    if (before.filter(c -> Trees.text(c, "reason").equals("ReplicaSetUpdated")).isEmpty()) {
      return Optional.empty();
    }
    var since = Trees.instant(before.get(), "lastUpdateTime").orElse(world.now());
    var left = Duration.between(world.now(), since.plus(allowed())).plus(AGAIN);
    return left.isNegative() ? Optional.empty() : Optional.of(left);
  }

  private int sum(String field) {
    return sets.stream().mapToInt(set -> count(set, field)).sum();
  }
}
