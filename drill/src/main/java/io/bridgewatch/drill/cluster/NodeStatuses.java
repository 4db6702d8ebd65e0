package io.bridgewatch.drill.cluster;

import io.bridgewatch.drill.plan.NodePlan;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What kubelets say of their nodes. */
final class NodeStatuses {
  private static final long MEMORY_RESERVED = 1L << 30;
  private static final long MEMORY_EVICTION_BYTES = 100L << 20;
  private static final double DISK_EVICTION_SHARE = 0.1;
  private static final double PROCESS_EVICTION_SHARE = 0.95;
  private static final int CPU_RESERVED_MILLI = 100;
  private static final int DISK_KIBIBYTES = 264_212_084;

  private NodeStatuses() {}

  /** One condition. */
  record Condition(boolean isTrue, String reason, String message) {
    String status() {
      return isTrue ? "True" : "False";
    }
  }

  /** What the kubelet finds now, by type, in the real order. */
  static Map<String, Condition> conditions(NodeHealth health) {
    var conditions = new LinkedHashMap<String, Condition>();
    conditions.put(
        "MemoryPressure",
        isShortOfMemory(health)
            ? new Condition(
                true, "KubeletHasInsufficientMemory", "kubelet has insufficient memory available")
            : new Condition(
                false, "KubeletHasSufficientMemory", "kubelet has sufficient memory available"));
    conditions.put(
        "DiskPressure",
        isShortOfDisk(health)
            ? new Condition(true, "KubeletHasDiskPressure", "kubelet has disk pressure")
            : new Condition(false, "KubeletHasNoDiskPressure", "kubelet has no disk pressure"));
    conditions.put(
        "PIDPressure",
        health.processShare() > PROCESS_EVICTION_SHARE
            ? new Condition(
                true, "KubeletHasInsufficientPID", "kubelet has insufficient PID available")
            : new Condition(
                false, "KubeletHasSufficientPID", "kubelet has sufficient PID available"));
    conditions.put("Ready", new Condition(true, "KubeletReady", "kubelet is posting ready status"));
    return conditions;
  }

  static boolean isShortOfMemory(NodeHealth health) {
    return health.memoryAvailableBytes() < MEMORY_EVICTION_BYTES;
  }

  static boolean isShortOfDisk(NodeHealth health) {
    return health.diskAvailableShare() < DISK_EVICTION_SHARE;
  }

  /** Why a pod must go; absent when nothing is short. */
  static Optional<String> evictionMessage(NodeHealth health) {
    if (isShortOfMemory(health)) {
      return Optional.of(
          "The node was low on resource: memory. Threshold quantity: 100Mi, available: %dKi. "
              .formatted(health.memoryAvailableBytes() / 1024));
    }
    if (isShortOfDisk(health)) {
      return Optional.of(
          "The node was low on resource: ephemeral-storage. Threshold quantity: %d, available: %dKi. "
              .formatted(
                  (long) (DISK_KIBIBYTES * 1024L * DISK_EVICTION_SHARE),
                  (long) (DISK_KIBIBYTES * health.diskAvailableShare())));
    }
    return Optional.empty();
  }

  /** The event that tells of a condition's change. */
  static String event(String type, boolean isTrue) {
    return switch (type) {
      case "MemoryPressure" -> isTrue ? "NodeHasInsufficientMemory" : "NodeHasSufficientMemory";
      case "DiskPressure" -> isTrue ? "NodeHasDiskPressure" : "NodeHasNoDiskPressure";
      case "PIDPressure" -> isTrue ? "NodeHasInsufficientPID" : "NodeHasSufficientPID";
      default -> isTrue ? "NodeReady" : "NodeNotReady";
    };
  }

  /** Writes the conditions into a node's status, keeping the times of what stays. */
  static void write(ObjectNode node, Map<String, Condition> conditions, String now) {
    var before = node.deepCopy();
    var list = Trees.child(node, "status").putArray("conditions");
    conditions.forEach(
        (type, condition) -> {
          var known = Trees.condition(before, type);
          var isSame =
              known.filter(c -> Trees.text(c, "status").equals(condition.status())).isPresent();
          list.addObject()
              .put("type", type)
              .put("status", condition.status())
              .put("lastHeartbeatTime", now)
              .put(
                  "lastTransitionTime",
                  isSame ? Trees.text(known.orElseThrow(), "lastTransitionTime") : now)
              .put("reason", condition.reason())
              .put("message", condition.message());
        });
  }

  /** The node as its kubelet registers it. */
  static ObjectNode node(NodePlan plan) {
    var node = Trees.object().put("kind", "Node").put("apiVersion", "v1");
    var metadata = node.putObject("metadata").put("name", plan.name());
    metadata
        .putObject("labels")
        .put("beta.kubernetes.io/arch", "amd64")
        .put("beta.kubernetes.io/os", "linux")
        .put("kubernetes.io/arch", "amd64")
        .put("kubernetes.io/hostname", plan.name())
        .put("kubernetes.io/os", "linux")
        .put("topology.kubernetes.io/zone", plan.zone());
    metadata
        .putObject("annotations")
        .put("volumes.kubernetes.io/controller-managed-attach-detach", "true");
    node.putObject("spec");
    return node;
  }

  /**
   * Its first status.
   *
   * @param id 32 hex digits
   */
  static void describe(ObjectNode node, NodePlan plan, String address, String id, String bootId) {
    var status = Trees.child(node, "status");
    capacity(status.putObject("capacity"), plan.cores() * 1000L, plan.memoryBytes())
        .put("ephemeral-storage", DISK_KIBIBYTES + "Ki");
    capacity(
            status.putObject("allocatable"),
            plan.cores() * 1000L - CPU_RESERVED_MILLI,
            plan.memoryBytes() - MEMORY_RESERVED)
        .put("ephemeral-storage", Long.toString(DISK_KIBIBYTES * 1024L * 9 / 10));
    status
        .putArray("addresses")
        .add(Trees.object().put("type", "InternalIP").put("address", address))
        .add(Trees.object().put("type", "Hostname").put("address", plan.name()));
    status.putObject("daemonEndpoints").putObject("kubeletEndpoint").put("Port", 10250);
    status
        .putObject("nodeInfo")
        .put("machineID", id)
        .put("systemUUID", id)
        .put("bootID", bootId)
        .put("kernelVersion", "6.12.48-generic")
        .put("osImage", "Debian GNU/Linux 13 (trixie)")
        .put("containerRuntimeVersion", "containerd://2.1.9")
        .put("kubeletVersion", "v1.36.2")
        .put("kubeProxyVersion", "")
        .put("operatingSystem", "linux")
        .put("architecture", "amd64");
    var handlers = status.putArray("runtimeHandlers");
    for (var name : new String[] {"", "runc"}) {
      handlers
          .addObject()
          .put("name", name)
          .putObject("features")
          .put("recursiveReadOnlyMounts", true)
          .put("userNamespaces", true);
    }
    status.putObject("features").put("supplementalGroupsPolicy", true);
    status
        .putArray("declaredFeatures")
        .add("ExtendWebSocketsToKubelet")
        .add("InPlacePodLevelResourcesVerticalScaling")
        .add("InPlacePodVerticalScalingInitContainers")
        .add("RestartAllContainersOnContainerExits");
    status.putArray("images");
  }

  /** Adds an image to those that the node tells of. */
  static void addImage(ObjectNode node, String image) {
    var images = Trees.list(Trees.child(node, "status"), "images");
    for (JsonNode known : images) {
      if (Trees.texts(known.path("names")).contains(image)) {
        return;
      }
    }
    var added = images.addObject();
    added.putArray("names").add(image);
    added.put("sizeBytes", Images.BYTES);
  }

  private static ObjectNode capacity(ObjectNode of, long cpuMilli, long memoryBytes) {
    return of.put("cpu", Quantities.ofMilli(cpuMilli))
        .put("hugepages-1Gi", "0")
        .put("hugepages-2Mi", "0")
        .put("memory", memoryBytes / 1024 + "Ki")
        .put("pods", "110");
  }
}
