package io.bridgewatch.drill.cluster;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The templates that a StatefulSet or DaemonSet has had, as ControllerRevisions. */
final class Revisions {
  private final World world;

  Revisions(World world) {
    this.world = world;
  }

  /** Name of the revision of the present template; made, or made the newest again, if need be. */
  String newest(ObjectNode owner) {
    var template = Trees.at(owner, "spec", "template");
    var all = all(owner);
    var highest = all.isEmpty() ? 0 : all.getLast().path("revision").asLong(0);
    for (var revision : all) {
      if (template(revision).equals(template)) {
        if (revision.path("revision").asLong(0) < highest) {
          world.change(
              Trees.named(revision),
              World.CONTROLLERS,
              "",
              live -> live.put("revision", highest + 1));
        }
        return hash(owner, revision);
      }
    }
    var made = create(owner, template, highest + 1);
    forgetOld(owner);
    return hash(owner, made);
  }

  /** The template of a revision; the present one where the revision has been forgotten. */
  JsonNode template(ObjectNode owner, String hash) {
    return all(owner).stream()
        .filter(revision -> hash(owner, revision).equals(hash))
        .findFirst()
        .map(Revisions::template)
        .orElse(Trees.at(owner, "spec", "template"));
  }

  /** In the label of pods: DaemonSets leave out their name. */
  private static String hash(JsonNode owner, JsonNode revision) {
    return Trees.text(owner, "kind").equals("DaemonSet")
        ? Trees.text(revision, "metadata", "labels", "controller-revision-hash")
        : Trees.name(revision);
  }

  private List<ObjectNode> all(ObjectNode owner) {
    var all = new ArrayList<ObjectNode>();
    for (var revision : world.cache().in("ControllerRevision", Trees.namespace(owner))) {
      if (Trees.isControlledBy(revision, Trees.uid(owner))) {
        all.add(revision);
      }
    }
    all.sort(Comparator.comparingLong(revision -> revision.path("revision").asLong(0)));
    return all;
  }

  private static JsonNode template(JsonNode revision) {
    var template = (ObjectNode) Trees.at(revision, "data", "spec", "template").deepCopy();
    template.remove("$patch");
    return template;
  }

  private ObjectNode create(ObjectNode owner, JsonNode template, long number) {
    var hash = Templates.hash(template, 0);
    var isDaemon = Trees.text(owner, "kind").equals("DaemonSet");
    var revision = Trees.object().put("kind", "ControllerRevision").put("apiVersion", "apps/v1");
    var metadata = revision.putObject("metadata");
    metadata.put("name", Trees.name(owner) + "-" + hash);
    metadata.put("namespace", Trees.namespace(owner));
    var labels = metadata.putObject("labels");
    Trees.labels(Trees.at(owner, "spec", "selector", "matchLabels")).forEach(labels::put);
    labels.put("controller-revision-hash", isDaemon ? hash : Trees.name(owner) + "-" + hash);
    if (isDaemon) {
      metadata
          .putObject("annotations")
          .put("deprecated.daemonset.template.generation", Long.toString(Trees.generation(owner)));
    }
    Trees.own(revision, owner);
    var kept = revision.putObject("data").putObject("spec").putObject("template");
    kept.put("$patch", "replace");
    kept.setAll((ObjectNode) template.deepCopy());
    revision.put("revision", number);
    return world.objects().create(revision, World.CONTROLLERS);
  }

  private void forgetOld(ObjectNode owner) {
    var kept = Trees.at(owner, "spec", "revisionHistoryLimit").asInt(10) + 2;
    var all = all(owner);
    for (var old : all.subList(0, Math.max(0, all.size() - kept))) {
      world.delete(Trees.named(old), Optional.of(0L));
    }
  }
}
