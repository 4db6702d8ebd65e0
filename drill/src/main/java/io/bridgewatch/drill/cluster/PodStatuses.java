package io.bridgewatch.drill.cluster;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a kubelet says of a pod. */
final class PodStatuses {
  private PodStatuses() {}

  /**
   * What is known of a pod's state.
   *
   * @param podIp empty as long as it has no network
   * @param evicted why it was evicted by its node
   */
  record Known(
      Pod pod,
      String hostIp,
      String podIp,
      String startTime,
      boolean hasSandbox,
      List<ContainerWorker> containers,
      Optional<String> evicted) {}

  /** Writes the whole status; times of conditions that stay are kept. */
  static void write(ObjectNode live, Known known, String now) {
    var before = live.path("status").deepCopy();
    var phase = phase(known);
    var status = Trees.object();
    status.put("observedGeneration", Trees.generation(live)).put("phase", phase);
    known.evicted.ifPresent(message -> status.put("message", message).put("reason", "Evicted"));
    conditions(status.putArray("conditions"), before, known, phase, now, Trees.generation(live));
    status.put("hostIP", known.hostIp);
    status.putArray("hostIPs").addObject().put("ip", known.hostIp);
    if (!known.podIp.isEmpty()) {
      status.put("podIP", known.podIp);
      status.putArray("podIPs").addObject().put("ip", known.podIp);
    }
    status.put("startTime", known.startTime);
    var list = status.putArray("containerStatuses");
    known.containers.forEach(container -> list.add(container.status()));
    status.put("qosClass", Trees.text(before, "qosClass"));
    totals(status, live);
    live.set("status", status);
  }

  static String phase(Known known) {
    if (known.evicted.isPresent()) {
      return "Failed";
    }
    var states = known.containers;
    var ended = states.stream().filter(ContainerWorker::isOver).count();
    if (ended == states.size()) {
      return states.stream().allMatch(ContainerWorker::isSuccess) ? "Succeeded" : "Failed";
    }
    return states.stream().anyMatch(ContainerWorker::wasNeverStarted) ? "Pending" : "Running";
  }

  private static void conditions(
      tools.jackson.databind.node.ArrayNode list,
      JsonNode before,
      Known known,
      String phase,
      String now,
      long generation) {
    var isOver = phase.equals("Succeeded") || phase.equals("Failed");
    var unready =
        known.containers.stream()
            .filter(container -> !container.isReady())
            .map(ContainerWorker::name)
            .collect(Collectors.joining(" "));
    var isReady = unready.isEmpty() && !isOver;
    var reason =
        isReady
            ? ""
            : switch (phase) {
              case "Succeeded" -> "PodCompleted";
              case "Failed" -> "PodFailed";
              default -> "ContainersNotReady";
            };
    var message =
        reason.equals("ContainersNotReady")
            ? "containers with unready status: [" + unready + "]"
            : "";
    var writer = new ConditionWriter(list, before, now, generation);
    if (known.evicted.isPresent()) {
      writer.add("DisruptionTarget", true, "TerminationByKubelet", known.evicted.get());
    }
    writer.add("PodReadyToStartContainers", known.hasSandbox && !isOver, "", "");
    writer.add("Initialized", true, phase.equals("Succeeded") ? "PodCompleted" : "", "");
    writer.add("Ready", isReady, reason, message);
    writer.add("ContainersReady", isReady, reason, message);
    writer.add("PodScheduled", true, "", "");
  }

  /** Adds conditions in a pod's form. */
  private record ConditionWriter(
      tools.jackson.databind.node.ArrayNode list, JsonNode before, String now, long generation) {
    void add(String type, boolean isTrue, String reason, String message) {
      var text = isTrue ? "True" : "False";
      var since = now;
      for (var known : before.path("conditions")) {
        if (Trees.text(known, "type").equals(type) && Trees.text(known, "status").equals(text)) {
          since = Trees.text(known, "lastTransitionTime");
        }
      }
      var condition = list.addObject().put("type", type).put("observedGeneration", generation);
      condition.put("status", text).putNull("lastProbeTime").put("lastTransitionTime", since);
      if (!reason.isEmpty()) {
        condition.put("reason", reason);
      }
      if (!message.isEmpty()) {
        condition.put("message", message);
      }
    }
  }

  /** Requests and limits of all containers together. */
  private static void totals(ObjectNode status, ObjectNode live) {
    var resources = Trees.object();
    for (var where : List.of("limits", "requests")) {
      for (var resource : List.of("cpu", "memory")) {
        var amounts =
            Trees.at(live, "spec", "containers")
                .valueStream()
                .map(container -> Trees.text(container, "resources", where, resource))
                .toList();
        if (amounts.stream().allMatch(text -> !text.isEmpty())) {
          Trees.child(resources, where).put(resource, sum(resource, amounts.stream()));
        }
      }
    }
    if (resources.has("requests")) {
      status.set("allocatedResources", resources.get("requests").deepCopy());
    }
    if (!resources.isEmpty()) {
      status.set("resources", resources);
    }
  }

  private static String sum(String resource, Stream<String> amounts) {
    return resource.equals("cpu")
        ? Quantities.ofMilli(amounts.mapToLong(Quantities::milli).sum())
        : Quantities.ofBytes(amounts.mapToLong(Quantities::whole).sum());
  }
}
