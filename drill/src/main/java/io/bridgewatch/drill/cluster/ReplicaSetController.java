package io.bridgewatch.drill.cluster;

import io.bridgewatch.kubernetes.server.ObjectChange;
import io.bridgewatch.kubernetes.server.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Keeps as many pods as a ReplicaSet asks for. */
final class ReplicaSetController extends Controller {
  private static final Recorder.Source SOURCE = Recorder.Source.controller("replicaset-controller");
  private static final int MOST_AT_ONCE = 500;

  ReplicaSetController(World world) {
    super(world);
  }

  @Override
  void seen(ObjectChange change) {
    if (change.kind().equals("ReplicaSet") || change.kind().equals("Pod")) {
      enqueueSelfOrOwner(change, "ReplicaSet");
    }
  }

  @Override
  void reconcile(String namespace, String name) {
    var found = world.cache().find("ReplicaSet", namespace, name);
    if (found.isEmpty() || Trees.isTerminating(found.get())) {
      return;
    }
    var set = found.get();
    var active = active(set);
    var wanted = Trees.at(set, "spec", "replicas").asInt(1);
    var failure = Optional.<Refusal>empty();
    if (active.size() < wanted) {
      failure = create(set, Math.min(wanted - active.size(), MOST_AT_ONCE));
    } else if (active.size() > wanted) {
      delete(set, active, active.size() - wanted);
    }
    writeStatus(set, failure);
    if (failure.isPresent()) {
      throw failure.get();
    }
  }

  private List<Pod> active(ObjectNode set) {
    return world.cache().podsOf(Trees.uid(set)).stream().filter(Pod::isActive).toList();
  }

  private Optional<Refusal> create(ObjectNode set, int count) {
    for (var i = 0; i < count; i++) {
      try {
        var pod =
            world.objects().create(Templates.pod(set, Trees.name(set) + "-"), World.CONTROLLERS);
        world.recorder().normal(SOURCE, set, "SuccessfulCreate", "Created pod: " + Trees.name(pod));
      } catch (Refusal refusal) {
        world
            .recorder()
            .warning(SOURCE, set, "FailedCreate", "Error creating: " + refusal.getMessage());
        return Optional.of(refusal);
      }
    }
    return Optional.empty();
  }

  private void delete(ObjectNode set, List<Pod> active, int count) {
    var perNode = new HashMap<String, Integer>();
    active.forEach(pod -> perNode.merge(pod.nodeName(), 1, Integer::sum));
    var ranked = new ArrayList<>(active);
    ranked.sort(firstToGo(perNode));
    for (var pod : ranked.subList(0, count)) {
      world.delete(pod.objectName(), Optional.empty());
      world.recorder().normal(SOURCE, set, "SuccessfulDelete", "Deleted pod: " + pod.name());
    }
  }

  /** The real controller's order: what serves least goes first. */
  private Comparator<Pod> firstToGo(Map<String, Integer> perNode) {
    Comparator<Pod> assigned = Comparator.comparing(pod -> !pod.nodeName().isEmpty());
    return assigned
        .thenComparing(pod -> pod.phase().equals("Running"))
        .thenComparing(Pod::isReady)
        .thenComparing(ReplicaSetController::deletionCost)
        .thenComparing(pod -> -perNode.getOrDefault(pod.nodeName(), 0))
        .thenComparing(pod -> pod.readySince().orElse(Instant.MAX), Comparator.reverseOrder())
        .thenComparing(pod -> -pod.restarts())
        .thenComparing(Pod::created, Comparator.reverseOrder());
  }

  private static long deletionCost(Pod pod) {
    var cost = Trees.annotation(pod.tree(), "controller.kubernetes.io/pod-deletion-cost");
    return cost.isEmpty() ? 0 : Long.parseLong(cost);
  }

  private void writeStatus(ObjectNode set, Optional<Refusal> failure) {
    var pods = world.cache().podsOf(Trees.uid(set));
    var minReady = Trees.at(set, "spec", "minReadySeconds").asInt(0);
    var labels = Trees.labels(Trees.at(set, "spec", "template", "metadata", "labels"));
    var active = pods.stream().filter(Pod::isActive).toList();
    var ready = active.stream().filter(Pod::isReady).toList();
    var available = ready.stream().filter(pod -> pod.isAvailable(minReady, world.now())).count();
    var labelled =
        active.stream()
            .filter(pod -> pod.labels().entrySet().containsAll(labels.entrySet()))
            .count();
    var status = Trees.object().put("replicas", active.size());
    Trees.putUnlessZero(status, "fullyLabeledReplicas", (int) labelled);
    Trees.putUnlessZero(status, "readyReplicas", ready.size());
    Trees.putUnlessZero(status, "availableReplicas", (int) available);
    status.put(
        "terminatingReplicas",
        (int) pods.stream().filter(pod -> pod.isTerminating() && !pod.isFinished()).count());
    status.put("observedGeneration", Trees.generation(set));
    failure.ifPresent(refusal -> fail(set, status, refusal));
    world.setStatus(set, status);
    if (available < ready.size()) {
      enqueueAfter(Trees.key(set), Duration.ofSeconds(Math.max(1, minReady)));
    }
  }

  /** As it was first told: a message that names each pod anew would be a change each time. */
  private void fail(ObjectNode set, ObjectNode status, Refusal refusal) {
    status
        .putArray("conditions")
        .add(
            Trees.condition(set, "ReplicaFailure")
                .<JsonNode>map(JsonNode::deepCopy)
                .orElseGet(
                    () ->
                        Trees.object()
                            .put("type", "ReplicaFailure")
                            .put("status", "True")
                            .put("lastTransitionTime", world.time())
                            .put("reason", "FailedCreate")
                            .put("message", refusal.getMessage())));
  }
}
