package io.bridgewatch.drill.cluster;

import io.bridgewatch.kubernetes.server.LabelSelectors;
import io.bridgewatch.kubernetes.server.ObjectChange;
import io.bridgewatch.kubernetes.server.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gives pods their nodes: of the nodes that fit, the one with the best score. Without one, the pod
 * says why in the real scheduler's words, and is looked at again when something changes.
 *
 * <p>The score prefers nodes with room, zones and nodes with fewer pods of the same controller, and
 * lets chance decide between equals.
 */
final class Scheduler extends Controller {
  private static final Duration LOOKED_AT_AGAIN = Duration.ofMinutes(1);
  private static final Duration AFTER_CHANGE = Duration.ofSeconds(1);
  private static final String ZONE = "topology.kubernetes.io/zone";

  private final RandomGenerator random;
  private final TreeSet<String> waiting = new TreeSet<>();
  private boolean isLookingAgain;

  Scheduler(World world) {
    super(world);
    this.random = world.random().apply("cluster/scheduler");
    world.clock().every(LOOKED_AT_AGAIN, () -> waiting.forEach(this::enqueue));
  }

  @Override
  void seen(ObjectChange change) {
    if (change.kind().equals("Pod")) {
      var key = change.namespace() + "/" + change.name();
      if (change.type() == ObjectChange.Type.ADDED) {
        enqueue(key);
      }
      if (change.type() == ObjectChange.Type.DELETED) {
        waiting.remove(key);
        lookAgain();
      }
    } else if (change.kind().equals("Node") && change.type() != ObjectChange.Type.DELETED
        || change.kind().equals("PersistentVolumeClaim")) {
      lookAgain();
    }
  }

  private void lookAgain() {
    if (waiting.isEmpty() || isLookingAgain) {
      return;
    }
    isLookingAgain = true;
    world
        .clock()
        .after(
            AFTER_CHANGE,
            () -> {
              isLookingAgain = false;
              waiting.forEach(this::enqueue);
            });
  }

  @Override
  void reconcile(String namespace, String name) {
    var key = namespace + "/" + name;
    var found = world.cache().pod(namespace, name);
    if (found.isEmpty() || !found.get().nodeName().isEmpty() || found.get().isTerminating()) {
      waiting.remove(key);
      return;
    }
    var pod = found.get();
    if (!Trees.text(pod.spec(), "schedulerName").equals("default-scheduler")) {
      return;
    }
    var reasons = new TreeMap<String, Integer>();
    var helpless = new TreeMap<String, Integer>();
    var fitting = new ArrayList<ObjectNode>();
    var nodes = world.cache().all("Node");
    var missingClaim = missingClaim(pod);
    if (missingClaim.isPresent()) {
      fail(
          pod,
          "0/%d nodes are available: %s. not found".formatted(nodes.size(), missingClaim.get()));
      return;
    }
    for (var node : nodes) {
      var reason = hindrance(pod, node, nodes);
      if (reason.isEmpty()) {
        fitting.add(node);
      } else {
        reason.get().words.forEach(word -> reasons.merge(word, 1, Integer::sum));
        helpless.merge(reason.get().preemption(), 1, Integer::sum);
      }
    }
    if (fitting.isEmpty()) {
      fail(pod, words(nodes.size(), reasons, helpless));
      return;
    }
    bind(pod, Trees.name(best(pod, fitting)));
  }

  private void bind(Pod pod, String node) {
    waiting.remove(pod.key());
    try {
      world.objects().bind(pod.namespace(), pod.name(), node);
    } catch (Refusal refusal) {
      return; // somebody was quicker, or it is gone: both are seen as changes
    }
    world
        .recorder()
        .scheduler(
            pod.tree(),
            "Normal",
            "Scheduled",
            "Binding",
            "Successfully assigned %s to %s".formatted(pod.key(), node));
  }

  // ------------------------------------------------------------------ what hinders

  /**
   * Why a node does not fit.
   *
   * @param isForGood whether no eviction of other pods could help
   */
  private record Hindrance(List<String> words, boolean isForGood) {
    String preemption() {
      return isForGood
          ? "Preemption is not helpful for scheduling"
          : "No preemption victims found for incoming pod";
    }
  }

  private Optional<Hindrance> hindrance(Pod pod, ObjectNode node, Collection<ObjectNode> nodes) {
    if (Trees.at(node, "spec", "unschedulable").asBoolean(false)
        && Fits.toleration(
                pod.spec(),
                Trees.object()
                    .put("key", "node.kubernetes.io/unschedulable")
                    .put("effect", "NoSchedule"))
            .isEmpty()) {
      return forGood("node(s) were unschedulable");
    }
    if (!Fits.toleratesNode(pod.spec(), node)) {
      return forGood("node(s) had untolerated taint(s)");
    }
    if (!Fits.matchesNode(pod.spec(), node)) {
      return forGood("node(s) didn't match Pod's node affinity/selector");
    }
    var resources = missingResources(pod, node);
    if (resources.isPresent()) {
      return resources;
    }
    if (breaksSpread(pod, node, nodes)) {
      return Optional.of(
          new Hindrance(List.of("node(s) didn't match pod topology spread constraints"), false));
    }
    if (breaksAntiAffinity(pod, node)) {
      return Optional.of(
          new Hindrance(List.of("node(s) didn't match pod anti-affinity rules"), false));
    }
    return Optional.empty();
  }

  private static Optional<Hindrance> forGood(String word) {
    return Optional.of(new Hindrance(List.of(word), true));
  }

  private Optional<Hindrance> missingResources(Pod pod, ObjectNode node) {
    var words = new ArrayList<String>();
    var isForGood = false;
    var there = Trees.at(node, "status", "allocatable");
    var cpu = Quantities.milli(Trees.text(there, "cpu"));
    var memory = Quantities.whole(Trees.text(there, "memory"));
    var used = used(Trees.name(node));
    if (used.pods + 1 > Quantities.whole(Trees.text(there, "pods"))) {
      words.add("Too many pods");
    }
    if (used.cpuMilli + pod.cpuMilli() > cpu) {
      words.add("Insufficient cpu");
      isForGood |= pod.cpuMilli() > cpu;
    }
    if (used.memoryBytes + pod.memoryBytes() > memory) {
      words.add("Insufficient memory");
      isForGood |= pod.memoryBytes() > memory;
    }
    return words.isEmpty() ? Optional.empty() : Optional.of(new Hindrance(words, isForGood));
  }

  /** What the pods of a node have requested. */
  private record Used(int pods, long cpuMilli, long memoryBytes) {}

  private Used used(String node) {
    var pods = 0;
    var cpu = 0L;
    var memory = 0L;
    for (var pod : world.cache().podsOn(node)) {
      if (!pod.isFinished()) {
        pods++;
        cpu += pod.cpuMilli();
        memory += pod.memoryBytes();
      }
    }
    return new Used(pods, cpu, memory);
  }

  private boolean breaksSpread(Pod pod, ObjectNode node, Collection<ObjectNode> nodes) {
    for (var constraint : pod.spec().path("topologySpreadConstraints")) {
      if (!Trees.text(constraint, "whenUnsatisfiable").equals("DoNotSchedule")) {
        continue;
      }
      var key = Trees.text(constraint, "topologyKey");
      var counts = new HashMap<String, Integer>();
      for (var other : nodes) {
        if (Fits.matchesNode(pod.spec(), other)) {
          counts.putIfAbsent(label(other, key), 0);
        }
      }
      for (var other : nodes) {
        for (var neighbour : world.cache().podsOn(Trees.name(other))) {
          if (isCounted(pod, neighbour, constraint.path("labelSelector"))) {
            counts.computeIfPresent(label(other, key), (zone, count) -> count + 1);
          }
        }
      }
      var least = counts.values().stream().mapToInt(Integer::intValue).min().orElse(0);
      var here = counts.getOrDefault(label(node, key), 0) + 1;
      if (here - least > constraint.path("maxSkew").asInt(1)) {
        return true;
      }
    }
    return false;
  }

  private boolean breaksAntiAffinity(Pod pod, ObjectNode node) {
    var terms =
        Trees.at(
            pod.spec(),
            "affinity",
            "podAntiAffinity",
            "requiredDuringSchedulingIgnoredDuringExecution");
    for (var term : terms) {
      var key = Trees.text(term, "topologyKey");
      for (var other : world.cache().all("Node")) {
        if (label(other, key).equals(label(node, key))
            && world.cache().podsOn(Trees.name(other)).stream()
                .anyMatch(neighbour -> isCounted(pod, neighbour, term.path("labelSelector")))) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isCounted(Pod pod, Pod neighbour, JsonNode selector) {
    return neighbour.namespace().equals(pod.namespace())
        && neighbour.isActive()
        && LabelSelectors.matches(selector, neighbour.labels());
  }

  private Optional<String> missingClaim(Pod pod) {
    for (var volume : pod.spec().path("volumes")) {
      var claim = Trees.text(volume, "persistentVolumeClaim", "claimName");
      if (!claim.isEmpty()
          && world.cache().find("PersistentVolumeClaim", pod.namespace(), claim).isEmpty()) {
        return Optional.of("persistentvolumeclaim \"%s\" not found".formatted(claim));
      }
    }
    return Optional.empty();
  }

  private static String label(JsonNode node, String key) {
    return Trees.text(node, "metadata", "labels", key);
  }

  // ------------------------------------------------------------------ which is best

  private ObjectNode best(Pod pod, List<ObjectNode> fitting) {
    var siblings = world.cache().podsOf(pod.ownerUid()).stream().filter(Pod::isActive).toList();
    var perNode = new HashMap<String, Integer>();
    var perZone = new HashMap<String, Integer>();
    for (var sibling : siblings) {
      if (!sibling.nodeName().isEmpty()) {
        perNode.merge(sibling.nodeName(), 1, Integer::sum);
        perZone.merge(sibling.labels().getOrDefault(ZONE, ""), 1, Integer::sum);
      }
    }
    var best = fitting.getFirst();
    var bestScore = Double.NEGATIVE_INFINITY;
    for (var node : fitting) {
      var score =
          room(pod, node)
              - 200.0 * perZone.getOrDefault(label(node, ZONE), 0)
              - 100.0 * perNode.getOrDefault(Trees.name(node), 0)
              + random.nextDouble();
      if (score > bestScore) {
        bestScore = score;
        best = node;
      }
    }
    return best;
  }

  /** The share of CPU and memory that would be left, in percent. */
  private double room(Pod pod, ObjectNode node) {
    var there = Trees.at(node, "status", "allocatable");
    var used = used(Trees.name(node));
    var cpu = (double) Quantities.milli(Trees.text(there, "cpu"));
    var memory = (double) Quantities.whole(Trees.text(there, "memory"));
    return 50 * (1 - (used.cpuMilli + pod.cpuMilli()) / Math.max(1, cpu))
        + 50 * (1 - (used.memoryBytes + pod.memoryBytes()) / Math.max(1, memory));
  }

  // ------------------------------------------------------------------ what is said

  private static String words(
      int nodes, Map<String, Integer> reasons, Map<String, Integer> preemption) {
    return "0/%d nodes are available: %s. no new claims to deallocate, preemption: 0/%d nodes are available: %s."
        .formatted(nodes, listed(reasons), nodes, listed(preemption));
  }

  /** As the real scheduler sorts: by the text that begins with the number. */
  private static String listed(Map<String, Integer> counts) {
    return String.join(
        ", ",
        counts.entrySet().stream()
            .map(one -> one.getValue() + " " + one.getKey())
            .sorted()
            .toList());
  }

  private void fail(Pod pod, String message) {
    waiting.add(pod.key());
    world.recorder().scheduler(pod.tree(), "Warning", "FailedScheduling", "Scheduling", message);
    world.change(
        pod.objectName(),
        "kube-scheduler",
        "status",
        live -> {
          var conditions = Trees.list(Trees.child(live, "status"), "conditions");
          var since = world.time();
          for (var i = 0; i < conditions.size(); i++) {
            if (Trees.text(conditions.get(i), "type").equals("PodScheduled")) {
              since = Trees.text(conditions.get(i), "lastTransitionTime");
              conditions.remove(i);
              break;
            }
          }
          conditions
              .addObject()
              .put("type", "PodScheduled")
              .put("observedGeneration", Trees.generation(live))
              .put("status", "False")
              .putNull("lastProbeTime")
              .put("lastTransitionTime", since)
              .put("reason", "Unschedulable")
              .put("message", message);
        });
  }
}
