package io.bridgewatch.drill.cluster;

import io.bridgewatch.kubernetes.server.LabelSelectors;
import io.bridgewatch.kubernetes.server.ObjectChange;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Counts how many pods a disruption budget still lets go. */
final class DisruptionController extends Controller {
  private static final Duration GONE_AFTER = Duration.ofMinutes(2);

  DisruptionController(World world) {
    super(world);
  }

  @Override
  void seen(ObjectChange change) {
    switch (change.kind()) {
      case "PodDisruptionBudget" -> enqueue(change.namespace() + "/" + change.name());
      case "Pod", "Deployment", "StatefulSet", "ReplicaSet" -> {
        for (var budget : world.cache().in("PodDisruptionBudget", change.namespace())) {
          enqueue(Trees.key(budget));
        }
      }
      default -> {}
    }
  }

  @Override
  void reconcile(String namespace, String name) {
    var found = world.cache().find("PodDisruptionBudget", namespace, name);
    if (found.isEmpty()) {
      return;
    }
    var budget = found.get();
    var selector = Trees.at(budget, "spec", "selector");
    var pods =
        world.cache().podsIn(namespace).stream()
            .filter(pod -> !pod.isFinished() && LabelSelectors.matches(selector, pod.labels()))
            .toList();
    var disrupted = disrupted(budget, pods);
    var healthy =
        (int)
            pods.stream()
                .filter(pod -> pod.isReady() && !pod.isTerminating() && !disrupted.has(pod.name()))
                .count();
    var expected = expected(pods);
    var desired = desired(budget, expected);
    var allowed = expected == 0 ? 0 : Math.max(0, healthy - desired);
    var status = Trees.object().put("observedGeneration", Trees.generation(budget));
    if (!disrupted.isEmpty()) {
      status.set("disruptedPods", disrupted);
    }
    status
        .put("disruptionsAllowed", allowed)
        .put("currentHealthy", healthy)
        .put("desiredHealthy", desired)
        .put("expectedPods", expected);
    condition(budget, status, allowed > 0);
    world.setStatus(budget, status);
  }

  /** Pods that were evicted and have not gone yet, as far as that was lately. */
  private ObjectNode disrupted(ObjectNode budget, List<Pod> pods) {
    var still = Trees.object();
    for (var one : Trees.at(budget, "status", "disruptedPods").properties()) {
      var since = Instant.parse(one.getValue().asString(""));
      var isThere =
          pods.stream().anyMatch(pod -> pod.name().equals(one.getKey()) && !pod.isTerminating());
      if (isThere && since.plus(GONE_AFTER).isAfter(world.now())) {
        still.set(one.getKey(), one.getValue());
        enqueueAfter(Trees.key(budget), GONE_AFTER);
      }
    }
    return still;
  }

  /** What the controllers of the pods ask for; pods without one count themselves. */
  private int expected(List<Pod> pods) {
    var owners = pods.stream().map(Pod::ownerUid).distinct().toList();
    var expected = 0;
    for (var owner : owners) {
      var own = pods.stream().filter(pod -> pod.ownerUid().equals(owner)).toList();
      expected += owner.isEmpty() ? own.size() : wantedBy(own.getFirst(), own.size());
    }
    return expected;
  }

  private int wantedBy(Pod pod, int present) {
    var owner = Trees.controller(pod.tree()).orElseThrow();
    return world
        .cache()
        .find(Trees.text(owner, "kind"), pod.namespace(), Trees.text(owner, "name"))
        .map(found -> Trees.at(found, "spec", "replicas"))
        .filter(JsonNode::isNumber)
        .map(JsonNode::asInt)
        .orElse(present);
  }

  private static int desired(JsonNode budget, int expected) {
    var spec = budget.path("spec");
    return spec.has("maxUnavailable")
        ? Math.max(0, expected - Shares.up(spec.path("maxUnavailable"), expected))
        : Shares.up(spec.path("minAvailable"), expected);
  }

  private void condition(ObjectNode budget, ObjectNode status, boolean isAllowed) {
    var text = isAllowed ? "True" : "False";
    var since =
        Trees.condition(budget, "DisruptionAllowed")
            .filter(before -> Trees.text(before, "status").equals(text))
            .map(before -> Trees.text(before, "lastTransitionTime"))
            .orElse(world.time());
    status
        .putArray("conditions")
        .addObject()
        .put("type", "DisruptionAllowed")
        .put("status", text)
        .put("observedGeneration", Trees.generation(budget))
        .put("lastTransitionTime", since)
        .put("reason", isAllowed ? "SufficientPods" : "InsufficientPods")
        .put("message", "");
  }
}
