package io.bridgewatch.drill.cluster;

import io.bridgewatch.kubernetes.server.KubernetesServer.ObjectName;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the cluster's parts look at in a pod, read once for each of its versions.
 *
 * @param tree the whole object, to be read only
 * @param ownerUid of its controller; empty without one
 * @param nodeName empty until it is scheduled
 * @param cpuMilli and {@code memoryBytes}: requested, over all containers
 */
record Pod(
    ObjectNode tree,
    String namespace,
    String name,
    String uid,
    String ownerUid,
    Map<String, String> labels,
    String nodeName,
    String phase,
    boolean isReady,
    boolean isTerminating,
    Instant created,
    long cpuMilli,
    long memoryBytes) {

  static Pod of(ObjectNode tree) {
    var cpu = 0L;
    var memory = 0L;
    for (var container : Trees.at(tree, "spec", "containers")) {
      cpu += Quantities.milli(Trees.text(container, "resources", "requests", "cpu"));
      memory += Quantities.whole(Trees.text(container, "resources", "requests", "memory"));
    }
    return new Pod(
        tree,
        Trees.namespace(tree),
        Trees.name(tree),
        Trees.uid(tree),
        Trees.controller(tree).map(owner -> Trees.text(owner, "uid")).orElse(""),
        Trees.labels(Trees.at(tree, "metadata", "labels")),
        Trees.text(tree, "spec", "nodeName"),
        Trees.text(tree, "status", "phase"),
        Trees.isTrue(tree, "Ready"),
        Trees.isTerminating(tree),
        Trees.instant(tree, "metadata", "creationTimestamp").orElse(Instant.EPOCH),
        cpu,
        memory);
  }

  String key() {
    return namespace + "/" + name;
  }

  ObjectName objectName() {
    return new ObjectName("v1", "Pod", namespace, name);
  }

  boolean isFinished() {
    return phase.equals("Succeeded") || phase.equals("Failed");
  }

  /** Whether it counts as a replica. */
  boolean isActive() {
    return !isTerminating && !isFinished();
  }

  Optional<Instant> readySince() {
    return Trees.condition(tree, "Ready")
        .filter(condition -> Trees.text(condition, "status").equals("True"))
        .flatMap(condition -> Trees.instant(condition, "lastTransitionTime"));
  }

  /** Whether it has been ready for as long as its workload asks. */
  boolean isAvailable(int minReadySeconds, Instant now) {
    return isReady
        && (minReadySeconds == 0
            || readySince()
                .filter(since -> !since.plusSeconds(minReadySeconds).isAfter(now))
                .isPresent());
  }

  int restarts() {
    var restarts = 0;
    for (var status : Trees.at(tree, "status", "containerStatuses")) {
      restarts += status.path("restartCount").asInt(0);
    }
    return restarts;
  }

  @Override
  public String toString() {
    return "%s on %s, %s%s%s"
        .formatted(
            key(), nodeName, phase, isReady ? ", ready" : "", isTerminating ? ", going" : "");
  }

  JsonNode spec() {
    return tree.path("spec");
  }
}
