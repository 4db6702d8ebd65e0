package io.bridgewatch.drill.cluster;

import io.bridgewatch.kubernetes.server.ObjectChange;
import io.bridgewatch.kubernetes.server.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Keeps one pod on each node that fits. */
final class DaemonSetController extends Controller {
  private static final Recorder.Source SOURCE = Recorder.Source.controller("daemonset-controller");
  private static final List<String> BORNE =
      List.of(
          "disk-pressure",
          "memory-pressure",
          "pid-pressure",
          "unschedulable",
          "network-unavailable");

  private final Revisions revisions;

  DaemonSetController(World world) {
    super(world);
    this.revisions = new Revisions(world);
  }

  @Override
  void seen(ObjectChange change) {
    switch (change.kind()) {
      case "DaemonSet", "Pod" -> enqueueSelfOrOwner(change, "DaemonSet");
      case "Node" -> world.cache().all("DaemonSet").forEach(set -> enqueue(Trees.key(set)));
      default -> {}
    }
  }

  @Override
  void reconcile(String namespace, String name) {
    var found = world.cache().find("DaemonSet", namespace, name);
    if (found.isEmpty() || Trees.isTerminating(found.get())) {
      return;
    }
    var set = found.get();
    var hash = revisions.newest(set);
    var nodes = nodes(set);
    for (var node : nodes) {
      if (onNode(set, node).isEmpty()) {
        try {
          create(set, node, hash);
        } catch (Refusal refusal) {
          world
              .recorder()
              .warning(SOURCE, set, "FailedCreate", "Error creating: " + refusal.getMessage());
          retry(namespace + "/" + name);
          break;
        }
      }
    }
    for (var pod : world.cache().podsOf(Trees.uid(set))) {
      var isMisplaced = !nodes.contains(wantedNode(pod));
      if (!pod.isTerminating() && (isMisplaced || pod.isFinished())) {
        delete(set, pod);
      }
    }
    update(set, nodes.size(), hash);
    writeStatus(set, nodes, hash);
  }

  private List<String> nodes(ObjectNode set) {
    var spec = (ObjectNode) Trees.at(set, "spec", "template", "spec").deepCopy();
    tolerate(spec);
    var nodes = new ArrayList<String>();
    for (var node : world.cache().all("Node")) {
      if (Fits.matchesNode(spec, node) && Fits.toleratesNode(spec, node)) {
        nodes.add(Trees.name(node));
      }
    }
    return nodes;
  }

  private Optional<Pod> onNode(ObjectNode set, String node) {
    return world.cache().podsOf(Trees.uid(set)).stream()
        .filter(pod -> wantedNode(pod).equals(node))
        .findFirst();
  }

  /** Where it is to stand, whether the scheduler has put it there or not. */
  private static String wantedNode(Pod pod) {
    return Trees.at(
            pod.spec(),
            "affinity",
            "nodeAffinity",
            "requiredDuringSchedulingIgnoredDuringExecution",
            "nodeSelectorTerms")
        .path(0)
        .path("matchFields")
        .path(0)
        .path("values")
        .path(0)
        .asString("");
  }

  private void create(ObjectNode set, String node, String hash) {
    var pod = Templates.pod(set, Trees.name(set) + "-");
    Trees.child(Trees.child(pod, "metadata"), "labels")
        .put("controller-revision-hash", hash)
        .put(
            "pod-template-generation",
            Trees.annotation(set, "deprecated.daemonset.template.generation"));
    var spec = Trees.child(pod, "spec");
    tolerate(spec);
    var affinity = Trees.child(Trees.child(spec, "affinity"), "nodeAffinity");
    var field =
        affinity
            .putObject("requiredDuringSchedulingIgnoredDuringExecution")
            .putArray("nodeSelectorTerms")
            .addObject()
            .putArray("matchFields")
            .addObject();
    field.put("key", "metadata.name").put("operator", "In").putArray("values").add(node);
    var made = world.objects().create(pod, World.CONTROLLERS);
    world.recorder().normal(SOURCE, set, "SuccessfulCreate", "Created pod: " + Trees.name(made));
  }

  private static void tolerate(ObjectNode spec) {
    var tolerations = Trees.list(spec, "tolerations");
    for (var taint : List.of("not-ready", "unreachable")) {
      tolerations
          .addObject()
          .put("key", "node.kubernetes.io/" + taint)
          .put("operator", "Exists")
          .put("effect", "NoExecute");
    }
    for (var taint : BORNE) {
      tolerations
          .addObject()
          .put("key", "node.kubernetes.io/" + taint)
          .put("operator", "Exists")
          .put("effect", "NoSchedule");
    }
  }

  private void delete(ObjectNode set, Pod pod) {
    world.delete(pod.objectName(), Optional.empty());
    world.recorder().normal(SOURCE, set, "SuccessfulDelete", "Deleted pod: " + pod.name());
  }

  /** Old pods go, as many at the same time as may be unavailable. */
  private void update(ObjectNode set, int nodes, String hash) {
    if (!Trees.text(set, "spec", "updateStrategy", "type").equals("RollingUpdate")) {
      return;
    }
    var most =
        Math.max(
            1,
            Shares.up(
                Trees.at(set, "spec", "updateStrategy", "rollingUpdate", "maxUnavailable"), nodes));
    var pods = List.copyOf(world.cache().podsOf(Trees.uid(set)));
    var unavailable =
        nodes - (int) pods.stream().filter(pod -> pod.isReady() && !pod.isTerminating()).count();
    for (var pod : pods) {
      if (pod.isTerminating() || isFresh(pod, hash)) {
        continue;
      }
      if (!pod.isReady()) {
        delete(set, pod);
      } else if (unavailable < most) {
        delete(set, pod);
        unavailable++;
      }
    }
  }

  private static boolean isFresh(Pod pod, String hash) {
    return hash.equals(pod.labels().get("controller-revision-hash"));
  }

  private void writeStatus(ObjectNode set, List<String> nodes, String hash) {
    var pods =
        world.cache().podsOf(Trees.uid(set)).stream()
            .filter(pod -> !pod.isFinished() && !pod.isTerminating())
            .toList();
    var placed = pods.stream().filter(pod -> nodes.contains(pod.nodeName())).toList();
    var ready = (int) placed.stream().filter(Pod::isReady).count();
    var status = Trees.object().put("currentNumberScheduled", placed.size());
    status.put("numberMisscheduled", pods.size() - placed.size());
    status.put("desiredNumberScheduled", nodes.size()).put("numberReady", ready);
    status.put("observedGeneration", Trees.generation(set));
    Trees.putUnlessZero(
        status,
        "updatedNumberScheduled",
        (int) placed.stream().filter(pod -> isFresh(pod, hash)).count());
    Trees.putUnlessZero(status, "numberAvailable", ready);
    Trees.putUnlessZero(status, "numberUnavailable", nodes.size() - ready);
    world.setStatus(set, status);
  }
}
