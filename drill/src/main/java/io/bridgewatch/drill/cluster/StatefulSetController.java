package io.bridgewatch.drill.cluster;

import io.bridgewatch.kubernetes.server.KubernetesServer.ObjectName;
import io.bridgewatch.kubernetes.server.ObjectChange;
import io.bridgewatch.kubernetes.server.Refusal;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps the numbered pods of a StatefulSet, one after the other: each waits for those before it to
 * be ready, the last goes first, and an update goes from the last to the first.
 */
final class StatefulSetController extends Controller {
  private static final Recorder.Source SOURCE =
      Recorder.Source.controller("statefulset-controller");
  private static final String REVISION_HASH = "controller-revision-hash";

  private final Revisions revisions;

  StatefulSetController(World world) {
    super(world);
    this.revisions = new Revisions(world);
  }

  @Override
  void seen(ObjectChange change) {
    if (change.kind().equals("StatefulSet") || change.kind().equals("Pod")) {
      enqueueSelfOrOwner(change, "StatefulSet");
    }
  }

  @Override
  void reconcile(String namespace, String name) {
    var found = world.cache().find("StatefulSet", namespace, name);
    if (found.isEmpty() || Trees.isTerminating(found.get())) {
      return;
    }
    var set = found.get();
    var update = revisions.newest(set);
    var current = Trees.text(set, "status", "currentRevision");
    if (current.isEmpty()) {
      current = update;
    }
    var failed = step(set, current, update);
    writeStatus(world.cache().find("StatefulSet", namespace, name).orElse(set), current, update);
    if (failed) {
      retry(namespace + "/" + name);
    }
  }

  private TreeMap<Integer, Pod> pods(ObjectNode set) {
    var pods = new TreeMap<Integer, Pod>();
    for (var pod : world.cache().podsOf(Trees.uid(set))) {
      pods.put(ordinal(pod), pod);
    }
    return pods;
  }

  private static int ordinal(Pod pod) {
    return Integer.parseInt(pod.name().substring(pod.name().lastIndexOf('-') + 1));
  }

  /** Does the next thing; returns whether it was refused. */
  private boolean step(ObjectNode set, String current, String update) {
    var wanted = Trees.at(set, "spec", "replicas").asInt(1);
    var isOrdered = Trees.text(set, "spec", "podManagementPolicy").equals("OrderedReady");
    var partition = Trees.at(set, "spec", "updateStrategy", "rollingUpdate", "partition").asInt(0);
    var pods = pods(set);
    for (var i = 0; i < wanted; i++) {
      var pod = pods.get(i);
      if (pod != null && pod.isFinished() && !pod.isTerminating()) {
        delete(set, pod);
        return false;
      }
      if (pod == null) {
        var revision = i < partition ? current : update;
        if (!create(set, i, revision)) {
          return true;
        }
        if (isOrdered) {
          return false;
        }
        continue;
      }
      if (isOrdered && (pod.isTerminating() || !pod.isReady())) {
        return isOrdered && !pod.isTerminating() && replaceStuck(set, pod, update, partition);
      }
    }
    for (var pod : pods.tailMap(wanted, true).descendingMap().values()) {
      if (!pod.isTerminating()) {
        delete(set, pod);
      }
      if (isOrdered) {
        return false;
      }
    }
    if (Trees.text(set, "spec", "updateStrategy", "type").equals("RollingUpdate")) {
      for (var pod : pods.headMap(wanted, false).descendingMap().values()) {
        var isOld = !revision(pod).equals(update) && ordinal(pod) >= partition;
        if (isOld && !pod.isTerminating()) {
          delete(set, pod);
          return false;
        }
        if (!pod.isReady() || pod.isTerminating()) {
          return false;
        }
      }
    }
    return false;
  }

  /** A pod of an old revision that never becomes ready is not waited for: a fixed one comes. */
  private boolean replaceStuck(ObjectNode set, Pod pod, String update, int partition) {
    if (!revision(pod).equals(update)
        && ordinal(pod) >= partition
        && Trees.text(set, "spec", "updateStrategy", "type").equals("RollingUpdate")
        && pods(set).values().stream().filter(one -> !one.isReady()).count() == 1) {
      delete(set, pod);
    }
    return false;
  }

  private static String revision(Pod pod) {
    return pod.labels().getOrDefault(REVISION_HASH, "");
  }

  private boolean create(ObjectNode set, int ordinal, String revision) {
    var name = Trees.name(set) + "-" + ordinal;
    var pod = Templates.pod(set, revisions.template(set, revision), name);
    Trees.child(Trees.child(pod, "metadata"), "labels")
        .put("apps.kubernetes.io/pod-index", Integer.toString(ordinal))
        .put(REVISION_HASH, revision)
        .put("statefulset.kubernetes.io/pod-name", name);
    var spec = Trees.child(pod, "spec");
    spec.put("hostname", name).put("subdomain", Trees.text(set, "spec", "serviceName"));
    try {
      claims(set, spec, name);
      world.objects().create(pod, World.CONTROLLERS);
      say(set, "SuccessfulCreate", "Create Pod %s in StatefulSet %s successful", name);
      return true;
    } catch (Refusal refusal) {
      world
          .recorder()
          .warning(
              SOURCE,
              set,
              "FailedCreate",
              "create Pod %s in StatefulSet %s failed error: %s"
                  .formatted(name, Trees.name(set), refusal.getMessage()));
      return false;
    }
  }

  /** Each pod has claims of its own, which outlive it. */
  private void claims(ObjectNode set, ObjectNode spec, String pod) {
    for (var template : Trees.at(set, "spec", "volumeClaimTemplates")) {
      var volume = Trees.name(template);
      var claim = volume + "-" + pod;
      if (world.cache().find("PersistentVolumeClaim", Trees.namespace(set), claim).isEmpty()) {
        var fresh = Trees.object().put("kind", "PersistentVolumeClaim").put("apiVersion", "v1");
        var metadata = fresh.putObject("metadata").put("name", claim);
        metadata.put("namespace", Trees.namespace(set));
        metadata.set("labels", Trees.at(set, "spec", "selector", "matchLabels").deepCopy());
        fresh.set("spec", template.path("spec").deepCopy());
        world.objects().create(fresh, World.CONTROLLERS);
        say(
            set,
            "SuccessfulCreate",
            "Create Claim " + claim + " Pod %s in StatefulSet %s success",
            pod);
      }
      Trees.list(spec, "volumes")
          .addObject()
          .put("name", volume)
          .putObject("persistentVolumeClaim")
          .put("claimName", claim);
    }
  }

  private void delete(ObjectNode set, Pod pod) {
    world.delete(new ObjectName("v1", "Pod", pod.namespace(), pod.name()), Optional.empty());
    say(set, "SuccessfulDelete", "Delete Pod %s in StatefulSet %s successful", pod.name());
  }

  private void say(ObjectNode set, String reason, String words, String pod) {
    world.recorder().normal(SOURCE, set, reason, words.formatted(pod, Trees.name(set)));
  }

  private void writeStatus(ObjectNode set, String current, String update) {
    var pods = pods(set).values().stream().filter(pod -> !pod.isFinished()).toList();
    var minReady = Trees.at(set, "spec", "minReadySeconds").asInt(0);
    var ready = pods.stream().filter(pod -> pod.isReady() && !pod.isTerminating()).toList();
    var updated = (int) pods.stream().filter(pod -> revision(pod).equals(update)).count();
    var wanted = Trees.at(set, "spec", "replicas").asInt(1);
    var isDone = updated == wanted && ready.size() == wanted && pods.size() == wanted;
    var shown = isDone ? update : current;
    var status = Trees.object().put("observedGeneration", Trees.generation(set));
    status.put("replicas", pods.size());
    Trees.putUnlessZero(status, "readyReplicas", ready.size());
    Trees.putUnlessZero(
        status,
        "currentReplicas",
        (int) pods.stream().filter(pod -> revision(pod).equals(shown)).count());
    Trees.putUnlessZero(status, "updatedReplicas", updated);
    status.put("currentRevision", shown).put("updateRevision", update).put("collisionCount", 0);
    status.put(
        "availableReplicas",
        (int) ready.stream().filter(pod -> pod.isAvailable(minReady, world.now())).count());
    world.setStatus(set, status);
  }
}
