package io.bridgewatch.drill.cluster;

import io.bridgewatch.kubernetes.server.KubernetesServer.ObjectName;
import io.bridgewatch.kubernetes.server.ObjectChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Brings a Deployment's pods to its template, in steps that keep enough of them available.
 *
 * <ol>
 *   <li>The ReplicaSet whose template is the Deployment's is the new one; it is made where there is
 *       none, which is a new revision. Taking an old template back makes its ReplicaSet new again.
 *   <li>When the Deployment was scaled, its ReplicaSets are scaled in proportion.
 *   <li>The new one grows as far as {@code maxSurge} allows; the old ones shrink as far as {@code
 *       maxUnavailable} allows, those that are not ready first.
 *   <li>Conditions tell of availability and of progress, which may come too late.
 * </ol>
 */
final class DeploymentController extends Controller {
  private static final Recorder.Source SOURCE = Recorder.Source.controller("deployment-controller");
  static final String REVISION = "deployment.kubernetes.io/revision";
  private static final String DESIRED = "deployment.kubernetes.io/desired-replicas";
  private static final String MOST = "deployment.kubernetes.io/max-replicas";
  private static final String HISTORY = "deployment.kubernetes.io/revision-history";

  DeploymentController(World world) {
    super(world);
  }

  @Override
  void seen(ObjectChange change) {
    if (change.kind().equals("Deployment") || change.kind().equals("ReplicaSet")) {
      enqueueSelfOrOwner(change, "Deployment");
    }
  }

  /** The sets of a Deployment; the others are old, the oldest first. */
  private record Sets(Optional<ObjectNode> fresh, List<ObjectNode> old) {
    List<ObjectNode> all() {
      var all = new ArrayList<>(old);
      fresh.ifPresent(all::add);
      return all;
    }
  }

  @Override
  void reconcile(String namespace, String name) {
    var found = world.cache().find("Deployment", namespace, name);
    if (found.isEmpty() || Trees.isTerminating(found.get())) {
      return;
    }
    var deployment = found.get();
    var isPaused = Trees.at(deployment, "spec", "paused").asBoolean(false);
    if (isPaused || isScaled(deployment, sets(deployment).all())) {
      scale(deployment, sets(deployment));
    } else {
      renew(deployment);
      if (Trees.text(deployment, "spec", "strategy", "type").equals("Recreate")) {
        recreate(deployment, sets(deployment));
      } else {
        roll(deployment, sets(deployment));
      }
      forgetOldSets(deployment, sets(deployment));
    }
    var current = world.cache().find("Deployment", namespace, name).orElse(deployment);
    var status = new DeploymentStatus(world, current, sets(current).fresh(), sets(current).all());
    status.write();
    status.deadline().ifPresent(delay -> enqueueAfter(namespace + "/" + name, delay));
  }

  private Sets sets(ObjectNode deployment) {
    var template = Trees.at(deployment, "spec", "template");
    var owned = new ArrayList<ObjectNode>();
    for (var set : world.cache().in("ReplicaSet", Trees.namespace(deployment))) {
      if (Trees.isControlledBy(set, Trees.uid(deployment))) {
        owned.add(set);
      }
    }
    owned.sort(Comparator.comparingLong(DeploymentController::revision).thenComparing(Trees::name));
    var fresh =
        owned.stream()
            .filter(set -> Templates.areEqual(template, Trees.at(set, "spec", "template")))
            .findFirst();
    fresh.ifPresent(owned::remove);
    return new Sets(fresh, List.copyOf(owned));
  }

  private static long revision(JsonNode object) {
    var text = Trees.annotation(object, REVISION);
    return text.isEmpty() ? 0 : Long.parseLong(text);
  }

  // ------------------------------------------------------------------ the new set

  /** Makes the new set, or makes an old one new again. */
  private void renew(ObjectNode deployment) {
    var sets = sets(deployment);
    var newest = sets.old().stream().mapToLong(DeploymentController::revision).max().orElse(0);
    var wanted = Long.toString(newest + 1);
    var revision =
        sets.fresh()
            .map(set -> revision(set) > newest ? Long.toString(revision(set)) : wanted)
            .orElse(wanted);
    if (sets.fresh().isEmpty()) {
      createSet(deployment, revision, sets);
    } else if (!Trees.annotation(sets.fresh().get(), REVISION).equals(revision)) {
      world.change(
          Trees.named(sets.fresh().get()),
          World.CONTROLLERS,
          "",
          live -> {
            var annotations = Trees.child(Trees.child(live, "metadata"), "annotations");
            var before = Trees.text(annotations, REVISION);
            var history = Trees.text(annotations, HISTORY);
            annotations.put(HISTORY, history.isEmpty() ? before : history + "," + before);
            annotations.put(REVISION, revision);
          });
    }
    if (!Trees.annotation(deployment, REVISION).equals(revision)) {
      world.change(
          Trees.named(deployment),
          World.CONTROLLERS,
          "",
          live ->
              Trees.child(Trees.child(live, "metadata"), "annotations").put(REVISION, revision));
    }
  }

  private void createSet(ObjectNode deployment, String revision, Sets sets) {
    var template = (ObjectNode) Trees.at(deployment, "spec", "template").deepCopy();
    var hash = Templates.hash(template, 0);
    Trees.child(Trees.child(template, "metadata"), "labels").put(Templates.HASH, hash);
    var set = Trees.object().put("kind", "ReplicaSet").put("apiVersion", "apps/v1");
    var metadata = set.putObject("metadata");
    metadata.put("name", Trees.name(deployment) + "-" + hash);
    metadata.put("namespace", Trees.namespace(deployment));
    metadata.set("labels", template.path("metadata").path("labels").deepCopy());
    var wanted = wanted(deployment);
    metadata
        .putObject("annotations")
        .put(DESIRED, Integer.toString(wanted))
        .put(MOST, Integer.toString(wanted + surge(deployment)))
        .put(REVISION, revision);
    Trees.own(set, deployment);
    var spec = set.putObject("spec");
    var isRecreated = Trees.text(deployment, "spec", "strategy", "type").equals("Recreate");
    var others = sets.old().stream().mapToInt(DeploymentController::wanted).sum();
    var size =
        isRecreated
            ? others == 0 ? wanted : 0
            : Math.clamp(wanted + surge(deployment) - others, 0, wanted);
    spec.put("replicas", size);
    var minReady = Trees.at(deployment, "spec", "minReadySeconds").asInt(0);
    Trees.putUnlessZero(spec, "minReadySeconds", minReady);
    var selector = (ObjectNode) Trees.at(deployment, "spec", "selector").deepCopy();
    Trees.child(selector, "matchLabels").put(Templates.HASH, hash);
    spec.set("selector", selector);
    spec.set("template", template);
    var made = world.objects().create(set, World.CONTROLLERS);
    if (size > 0) {
      tell(deployment, made, 0, size);
    }
  }

  // ------------------------------------------------------------------ sizes

  private void roll(ObjectNode deployment, Sets sets) {
    var fresh = sets.fresh().orElseThrow();
    var wanted = wanted(deployment);
    var total = sets.all().stream().mapToInt(DeploymentController::wanted).sum();
    var size = wanted(fresh);
    if (size > wanted) {
      resize(deployment, fresh, wanted);
      return;
    }
    var most = wanted + surge(deployment);
    if (size < wanted && total < most) {
      resize(deployment, fresh, Math.min(wanted, size + most - total));
      return;
    }
    resizeOnlyAnnotations(deployment, fresh);
    shrinkOld(deployment, sets, total);
  }

  /** Those that are not ready go first; of the others as many as may be unavailable. */
  private void shrinkOld(ObjectNode deployment, Sets sets, int total) {
    var fresh = sets.fresh().orElseThrow();
    var least = wanted(deployment) - unavailable(deployment);
    var freshMissing = wanted(fresh) - count(fresh, "availableReplicas");
    var most = total - least - freshMissing;
    for (var set : sets.old()) {
      var sick = wanted(set) - count(set, "availableReplicas");
      var taken = Math.min(Math.max(0, most), Math.min(sick, wanted(set)));
      if (taken > 0) {
        resize(deployment, set, wanted(set) - taken);
        most -= taken;
      }
    }
    var current = sets(deployment);
    var available = current.all().stream().mapToInt(set -> count(set, "availableReplicas")).sum();
    var spare = available - least;
    for (var set : current.old()) {
      var taken = Math.min(Math.max(0, spare), wanted(set));
      if (taken > 0) {
        resize(deployment, set, wanted(set) - taken);
        spare -= taken;
      }
    }
  }

  private void recreate(ObjectNode deployment, Sets sets) {
    var isEmpty = true;
    for (var set : sets.old()) {
      if (wanted(set) > 0) {
        resize(deployment, set, 0);
      }
      isEmpty &= world.cache().podsOf(Trees.uid(set)).stream().allMatch(Pod::isFinished);
    }
    var fresh = sets.fresh().orElseThrow();
    if (isEmpty && wanted(fresh) != wanted(deployment)) {
      resize(deployment, fresh, wanted(deployment));
    }
    if (!isEmpty) {
      enqueueAfter(Trees.key(deployment), Duration.ofSeconds(1));
    }
  }

  private static boolean isScaled(ObjectNode deployment, List<ObjectNode> sets) {
    var wanted = Integer.toString(wanted(deployment));
    return sets.stream()
        .anyMatch(
            set ->
                wanted(set) > 0
                    && !Trees.annotation(set, DESIRED).isEmpty()
                    && !Trees.annotation(set, DESIRED).equals(wanted));
  }

  /** In proportion where more than one set has pods; the largest takes what is left over. */
  private void scale(ObjectNode deployment, Sets sets) {
    var active = sets.all().stream().filter(set -> wanted(set) > 0).toList();
    var wanted = wanted(deployment);
    if (active.size() <= 1) {
      var only = active.isEmpty() ? sets.fresh() : Optional.of(active.getFirst());
      only.ifPresent(set -> resize(deployment, set, wanted));
      return;
    }
    var total = active.stream().mapToInt(DeploymentController::wanted).sum();
    var allowed = wanted == 0 ? 0 : wanted + surge(deployment);
    var left = allowed - total;
    var bySize = new ArrayList<>(active);
    bySize.sort(Comparator.comparingInt(DeploymentController::wanted).reversed());
    var sizes = new ArrayList<Integer>();
    for (var set : bySize) {
      var before = Math.max(1, number(Trees.annotation(set, MOST), total));
      var share = (int) Math.round((double) wanted(set) * allowed / before) - wanted(set);
      var taken = left > 0 ? Math.clamp(share, 0, left) : Math.clamp(share, left, 0);
      left -= taken;
      sizes.add(wanted(set) + taken);
    }
    sizes.set(0, Math.max(0, sizes.getFirst() + left));
    for (var i = 0; i < bySize.size(); i++) {
      resize(deployment, bySize.get(i), sizes.get(i));
    }
  }

  private void resize(ObjectNode deployment, ObjectNode set, int size) {
    var before = wanted(set);
    var wanted = wanted(deployment);
    var most = Integer.toString(wanted + surge(deployment));
    world.change(
        Trees.named(set),
        World.CONTROLLERS,
        "",
        live -> {
          Trees.child(live, "spec").put("replicas", size);
          Trees.child(Trees.child(live, "metadata"), "annotations")
              .put(DESIRED, Integer.toString(wanted))
              .put(MOST, most);
        });
    if (size != before) {
      tell(deployment, set, before, size);
    }
  }

  private void resizeOnlyAnnotations(ObjectNode deployment, ObjectNode set) {
    if (!Trees.annotation(set, DESIRED).equals(Integer.toString(wanted(deployment)))) {
      resize(deployment, set, wanted(set));
    }
  }

  private void tell(ObjectNode deployment, ObjectNode set, int before, int size) {
    world
        .recorder()
        .normal(
            SOURCE,
            deployment,
            "ScalingReplicaSet",
            "Scaled %s replica set %s from %d to %d"
                .formatted(size > before ? "up" : "down", Trees.name(set), before, size));
  }

  private void forgetOldSets(ObjectNode deployment, Sets sets) {
    var kept = Trees.at(deployment, "spec", "revisionHistoryLimit").asInt(10);
    var empty =
        sets.old().stream().filter(set -> wanted(set) == 0 && count(set, "replicas") == 0).toList();
    for (var set : empty.subList(0, Math.max(0, empty.size() - kept))) {
      world.delete(
          new ObjectName("apps/v1", "ReplicaSet", Trees.namespace(set), Trees.name(set)),
          Optional.empty());
    }
  }

  // ------------------------------------------------------------------ numbers

  static int wanted(JsonNode object) {
    return Trees.at(object, "spec", "replicas").asInt(1);
  }

  static int count(JsonNode set, String field) {
    return Trees.at(set, "status", field).asInt(0);
  }

  private static int number(String text, int otherwise) {
    return text.isEmpty() ? otherwise : Integer.parseInt(text);
  }

  static int surge(JsonNode deployment) {
    return Trees.text(deployment, "spec", "strategy", "type").equals("Recreate")
        ? 0
        : Shares.up(rolling(deployment).path("maxSurge"), wanted(deployment));
  }

  /** At least one where nothing may come on top, so that it moves at all. */
  static int unavailable(JsonNode deployment) {
    if (Trees.text(deployment, "spec", "strategy", "type").equals("Recreate")) {
      return wanted(deployment);
    }
    var most = Shares.down(rolling(deployment).path("maxUnavailable"), wanted(deployment));
    return most == 0 && surge(deployment) == 0 ? 1 : Math.min(most, wanted(deployment));
  }

  private static JsonNode rolling(JsonNode deployment) {
    return Trees.at(deployment, "spec", "strategy", "rollingUpdate");
  }
}
