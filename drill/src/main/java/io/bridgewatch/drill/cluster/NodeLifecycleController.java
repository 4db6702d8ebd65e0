package io.bridgewatch.drill.cluster;

import io.bridgewatch.kubernetes.server.KubernetesServer.ObjectName;
import io.bridgewatch.kubernetes.server.ObjectChange;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Watches nodes: one whose lease has not been renewed for 50 s is unknown, its pods are not ready,
 * and it is tainted; pods leave tainted nodes when their tolerations are over. Conditions and
 * cordons become taints.
 */
final class NodeLifecycleController extends Controller {
  private static final Recorder.Source SOURCE = Recorder.Source.controller("node-controller");
  private static final Recorder.Source EVICTIONS =
      Recorder.Source.controller("taint-eviction-controller");
  private static final Duration LOOK = Duration.ofSeconds(5);
  private static final Duration GRACE = Duration.ofSeconds(50);
  private static final String PREFIX = "node.kubernetes.io/";

  private static final List<String> OURS =
      List.of(
          "unschedulable",
          "unreachable",
          "not-ready",
          "memory-pressure",
          "disk-pressure",
          "pid-pressure");

  private final Map<String, ClusterClock.Task> evictions = new HashMap<>();
  private int podCidrs;

  NodeLifecycleController(World world) {
    super(world);
    world.clock().every(LOOK, this::lookAtLeases);
  }

  @Override
  void seen(ObjectChange change) {
    if (change.kind().equals("Node") && change.type() != ObjectChange.Type.DELETED) {
      enqueue("/" + change.name());
    }
    if (change.kind().equals("Pod")) {
      var key = change.namespace() + "/" + change.name();
      if (change.type() == ObjectChange.Type.DELETED) {
        Optional.ofNullable(evictions.remove(key)).ifPresent(ClusterClock.Task::cancel);
      } else {
        var node = Trees.text(change.object(), "spec", "nodeName");
        world.cache().find("Node", "", node).ifPresent(known -> planEvictions(known, List.of(key)));
      }
    }
  }

  // ------------------------------------------------------------------ leases

  private void lookAtLeases() {
    if (!world.clock().isLive()) {
      return;
    }
    for (var node : world.cache().all("Node")) {
      var renewed =
          world
              .cache()
              .find("Lease", "kube-node-lease", Trees.name(node))
              .flatMap(lease -> Trees.instant(lease, "spec", "renewTime"));
      if (renewed.isPresent()
          && renewed.get().plus(GRACE).isBefore(world.now())
          && !isUnknown(node)) {
        lose(node);
      }
    }
  }

  private static boolean isUnknown(JsonNode node) {
    return Trees.condition(node, "Ready")
        .filter(condition -> Trees.text(condition, "status").equals("Unknown"))
        .isPresent();
  }

  private void lose(ObjectNode node) {
    world.change(
        Trees.named(node),
        World.CONTROLLERS,
        "status",
        live -> {
          for (var one : Trees.at(live, "status", "conditions")) {
            var condition = (ObjectNode) one;
            condition.put("status", "Unknown").put("lastTransitionTime", world.time());
            condition.put("reason", "NodeStatusUnknown");
            condition.put("message", "Kubelet stopped posting node status.");
          }
        });
    var name = Trees.name(node);
    world
        .recorder()
        .normal(
            SOURCE, node, "NodeNotReady", "Node %s status is now: NodeNotReady".formatted(name));
  }

  // ------------------------------------------------------------------ taints

  @Override
  void reconcile(String namespace, String name) {
    var found = world.cache().find("Node", "", name);
    if (found.isEmpty()) {
      return;
    }
    var node = found.get();
    if (!Trees.at(node, "spec").has("podCIDR")) {
      welcome(node);
    }
    setTaints(node, wantedTaints(node));
    if (!isReady(node)) {
      unready(node);
    }
    planEvictions(
        world.cache().find("Node", "", name).orElse(node),
        world.cache().podsOn(name).stream().map(Pod::key).toList());
  }

  private void welcome(ObjectNode node) {
    podCidrs++;
    var range = "10.201.%d.0/24".formatted(podCidrs);
    world.change(
        Trees.named(node),
        World.CONTROLLERS,
        "",
        live -> {
          var spec = Trees.child(live, "spec").put("podCIDR", range);
          spec.putArray("podCIDRs").add(range);
          Trees.child(Trees.child(live, "metadata"), "annotations")
              .put("node.alpha.kubernetes.io/ttl", "0");
        });
    var name = Trees.name(node);
    world
        .recorder()
        .normal(
            SOURCE,
            node,
            "RegisteredNode",
            "Node %s event: Registered Node %s in Controller".formatted(name, name));
  }

  private static boolean isReady(JsonNode node) {
    return Trees.isTrue(node, "Ready");
  }

  /** Ours by key and effect; those of others stay as they are. */
  private static Map<String, List<String>> wantedTaints(JsonNode node) {
    var wanted = new LinkedHashMap<String, List<String>>();
    if (Trees.at(node, "spec", "unschedulable").asBoolean(false)) {
      wanted.put("unschedulable", List.of("NoSchedule"));
    }
    if (isUnknown(node)) {
      wanted.put("unreachable", List.of("NoSchedule", "NoExecute"));
    } else if (!isReady(node)) {
      wanted.put("not-ready", List.of("NoSchedule", "NoExecute"));
    }
    for (var pressure : List.of("Memory", "Disk", "PID")) {
      if (Trees.isTrue(node, pressure + "Pressure")) {
        wanted.put(pressure.toLowerCase(Locale.ROOT) + "-pressure", List.of("NoSchedule"));
      }
    }
    return wanted;
  }

  private void setTaints(ObjectNode node, Map<String, List<String>> wanted) {
    var taints = Trees.object().putArray("taints");
    for (var taint : Trees.at(node, "spec", "taints")) {
      var key = Trees.text(taint, "key");
      var isOurs = key.startsWith(PREFIX) && OURS.contains(key.substring(PREFIX.length()));
      if (!isOurs
          || wanted
              .getOrDefault(key.substring(PREFIX.length()), List.of())
              .contains(Trees.text(taint, "effect"))) {
        taints.add(taint.deepCopy());
      }
    }
    wanted.forEach(
        (word, effects) ->
            effects.forEach(
                effect -> {
                  var isThere =
                      taints
                          .valueStream()
                          .anyMatch(
                              taint ->
                                  Trees.text(taint, "key").equals(PREFIX + word)
                                      && Trees.text(taint, "effect").equals(effect));
                  if (!isThere) {
                    taints
                        .addObject()
                        .put("key", PREFIX + word)
                        .put("effect", effect)
                        .put("timeAdded", world.time());
                  }
                }));
    if (taints.equals(Trees.at(node, "spec", "taints"))
        || (taints.isEmpty() && !Trees.at(node, "spec").has("taints"))) {
      return;
    }
    world.change(
        Trees.named(node),
        World.CONTROLLERS,
        "",
        live -> {
          if (taints.isEmpty()) {
            Trees.child(live, "spec").remove("taints");
          } else {
            Trees.child(live, "spec").set("taints", taints);
          }
        });
  }

  /** Pods of a node that nobody hears of are not ready, as far as anybody knows. */
  private void unready(ObjectNode node) {
    for (var pod : world.cache().podsOn(Trees.name(node))) {
      if (!pod.isReady()) {
        continue;
      }
      world.change(
          pod.objectName(),
          World.CONTROLLERS,
          "status",
          live -> {
            for (var one : Trees.at(live, "status", "conditions")) {
              if (Trees.text(one, "type").equals("Ready")) {
                ((ObjectNode) one).put("status", "False").put("lastTransitionTime", world.time());
              }
            }
          });
      world.recorder().warning(SOURCE, pod.tree(), "NodeNotReady", "Node is not ready");
    }
  }

  // ------------------------------------------------------------------ evictions by taint

  private void planEvictions(ObjectNode node, List<String> pods) {
    for (var key : pods) {
      var slash = key.indexOf('/');
      world
          .cache()
          .pod(key.substring(0, slash), key.substring(slash + 1))
          .ifPresent(pod -> planEviction(node, pod));
    }
  }

  private void planEviction(ObjectNode node, Pod pod) {
    var allowed = allowedSeconds(node, pod);
    var planned = evictions.get(pod.key());
    if (allowed.isEmpty()) {
      if (planned != null) {
        planned.cancel();
        evictions.remove(pod.key());
        tell(pod, "Cancelling deletion of Pod " + pod.key());
      }
      return;
    }
    if (planned == null && !pod.isTerminating()) {
      evictions.put(
          pod.key(), world.clock().after(Duration.ofSeconds(allowed.get()), () -> evict(pod)));
    }
  }

  /** For how long it stays; absent when nothing makes it go. */
  private static Optional<Long> allowedSeconds(JsonNode node, Pod pod) {
    var allowed = Optional.<Long>empty();
    for (var taint : Trees.at(node, "spec", "taints")) {
      if (!Trees.text(taint, "effect").equals("NoExecute")) {
        continue;
      }
      var toleration = Fits.toleration(pod.spec(), taint);
      if (toleration.isEmpty()) {
        return Optional.of(0L);
      }
      var seconds = toleration.get().path("tolerationSeconds");
      if (seconds.isNumber()) {
        allowed = Optional.of(Math.min(allowed.orElse(Long.MAX_VALUE), seconds.asLong()));
      }
    }
    return allowed;
  }

  private void evict(Pod planned) {
    evictions.remove(planned.key());
    var pod =
        world
            .cache()
            .pod(planned.namespace(), planned.name())
            .filter(known -> known.uid().equals(planned.uid()) && !known.isTerminating());
    if (pod.isEmpty()) {
      return;
    }
    tell(pod.get(), "Marking for deletion Pod " + planned.key());
    world.change(
        pod.get().objectName(),
        World.CONTROLLERS,
        "status",
        live ->
            Trees.list(Trees.child(live, "status"), "conditions")
                .addObject()
                .put("type", "DisruptionTarget")
                .put("observedGeneration", Trees.generation(live))
                .put("status", "True")
                .putNull("lastProbeTime")
                .put("lastTransitionTime", world.time())
                .put("reason", "DeletionByTaintManager")
                .put("message", "Taint manager: deleting due to NoExecute taint"));
    world.delete(
        new ObjectName("v1", "Pod", planned.namespace(), planned.name()), Optional.empty());
  }

  private void tell(Pod pod, String message) {
    world.recorder().normal(EVICTIONS, pod.tree(), "TaintManagerEviction", message);
  }
}
