package io.bridgewatch.topology;

import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.Change;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.model.WatchEvent;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What was changed in a cluster, read from the versions of its objects.
 *
 * <ol>
 *   <li>Only what somebody asked for is a change: specs, data, creations and deletions of objects
 *       that no controller owns. Status never is, nor are the taints a cluster sets by itself.
 *   <li>Another pod template is a {@code DEPLOY}; a {@code ROLLBACK} if it equals an older one of
 *       the workload, known from its ReplicaSets, its ControllerRevisions or its earlier versions;
 *       a {@code RESTART} if only the restart annotation differs.
 *   <li>Another number of replicas is a {@code SCALE}, whoever asked for it.
 *   <li>The author is the field manager that came to own the changed fields, the time when it did
 *       so; where the API tells neither, the author is empty and the time the watch's.
 *   <li>A deleted pod is a change only if nothing tells that its owner, its node or a scaling took
 *       it away.
 * </ol>
 *
 * <p>Summaries and diffs are the API's own words: kind, name, field paths, values. Values of fields
 * that look like credentials are masked. Secrets are never read.
 */
public final class KubernetesChanges {

  private static final Set<String> WORKLOADS = Set.of("Deployment", "StatefulSet", "DaemonSet");

  /** Kinds that others keep up to date, or that are reports rather than wishes. */
  private static final Set<String> NOT_ASKED_FOR =
      Set.of(
          "Event",
          "Lease",
          "EndpointSlice",
          "Endpoints",
          "ReplicaSet",
          "ControllerRevision",
          "Namespace",
          "Secret",
          "PodMetrics",
          "NodeMetrics");

  private static final String RESTARTED_AT = "kubectl.kubernetes.io/restartedAt";
  private static final String REVISION = "deployment.kubernetes.io/revision";

  /** An object first seen so much older than its event was there before the watch. */
  private static final Duration NEW = Duration.ofSeconds(60);

  /** How long after its owner was scaled down a pod may go because of it. */
  private static final Duration SCALED_DOWN = Duration.ofSeconds(10);

  private final Map<String, KubernetesObject> last = new HashMap<>();
  private final Map<String, List<Revision>> revisions = new HashMap<>();
  private final Map<String, Instant> scaledDown = new HashMap<>();
  private final Set<String> gone = new HashSet<>();
  private final Set<String> takenAway = new HashSet<>();
  private final Map<String, KubernetesObject> deletedPods = new LinkedHashMap<>();
  private final Map<String, Instant> deletedAt = new HashMap<>();
  private final List<Change> changes = new ArrayList<>();

  /** A pod template a workload had, and the number it was known by; empty if none is told. */
  private record Revision(String number, Object template) {}

  private KubernetesChanges() {}

  /**
   * The changes that the events tell, in the order of their times.
   *
   * @param objects as they stood when the watch began
   * @param watch in the order in which it reported
   */
  public static List<Change> changes(List<KubernetesObject> objects, List<WatchEvent> watch) {
    var reader = new KubernetesChanges();
    for (KubernetesObject object : objects) {
      reader.remember(object);
    }
    for (WatchEvent event : watch) {
      reader.read(event);
    }
    reader.readDeletedPods();
    reader.changes.sort(
        Comparator.comparing(Change::time)
            .thenComparing(Change::kind)
            .thenComparing(Change::summary));
    return List.copyOf(reader.changes);
  }

  private void remember(KubernetesObject object) {
    if (!object.uid().isEmpty()) {
      last.put(object.uid(), object);
    }
    switch (object.kind()) {
      case "ReplicaSet" -> rememberTemplate(object, "spec", "template");
      case "ControllerRevision" -> rememberTemplate(object, "data", "spec", "template");
      default -> {} // a workload's own template is remembered when it is replaced
    }
  }

  /** The template that an owned object keeps for its workload. */
  private void rememberTemplate(KubernetesObject keeper, String... path) {
    Optional<String> owner = controller(keeper).flatMap(o -> o.text("uid"));
    Object template = template(keeper, path);
    if (owner.isPresent() && template != null) {
      String number =
          keeper
              .text("metadata", "annotations", REVISION)
              .or(() -> keeper.text("revision"))
              .orElse("");
      List<Revision> known = revisions.computeIfAbsent(owner.get(), uid -> new ArrayList<>());
      if (known.stream().noneMatch(revision -> revision.template.equals(template))) {
        known.add(new Revision(number, template));
      }
    }
  }

  private void read(WatchEvent event) {
    KubernetesObject now = event.object();
    if (now.uid().isEmpty()) {
      return;
    }
    if (now.kind().equals("Event")) {
      readReport(now);
      return;
    }
    Optional<KubernetesObject> before = Optional.ofNullable(last.get(now.uid()));
    if (before.isPresent()) {
      followReplicas(before.get(), now, event.time());
    }
    if (event.type() == WatchEvent.Type.DELETED || isBeingDeleted(now)) {
      readDeletion(event, before);
    } else if (before.isEmpty()) {
      readCreation(now, event.time());
    } else {
      readUpdate(before.get(), now, event.time());
    }
    remember(now);
  }

  /** Reports by which controllers say that they took a pod away. */
  private void readReport(KubernetesObject report) {
    String reason = report.text("reason").orElse("");
    String message = report.text("message").or(() -> report.text("note")).orElse("");
    if (reason.equals("SuccessfulDelete")) {
      String owner =
          report.text("involvedObject", "uid").or(() -> report.text("regarding", "uid")).orElse("");
      for (String word : message.split("[ :]+")) {
        takenAway.add(owner + "/" + word);
      }
    }
    if (reason.equals("TaintManagerEviction") || reason.equals("Preempted")) {
      report
          .text("involvedObject", "uid")
          .or(() -> report.text("regarding", "uid"))
          .ifPresent(takenAway::add);
    }
  }

  private void followReplicas(KubernetesObject before, KubernetesObject now, Instant time) {
    double less =
        before.number("spec", "replicas").orElse(0.0) - now.number("spec", "replicas").orElse(0.0);
    if (less > 0) {
      scaledDown.put(now.uid(), time);
    }
  }

  private static boolean isBeingDeleted(KubernetesObject object) {
    return object.text("metadata", "deletionTimestamp").isPresent();
  }

  private void readDeletion(WatchEvent event, Optional<KubernetesObject> before) {
    KubernetesObject object = event.object();
    if (!gone.add(object.uid())) {
      return; // told when its deletion was asked for
    }
    Instant asked = deletionAsked(object).orElse(event.time());
    if (object.kind().equals("Pod")) {
      boolean finished =
          object.text("status", "phase").filter(p -> p.equals("Succeeded")).isPresent();
      if (!finished && before.filter(KubernetesChanges::isBeingDeleted).isEmpty()) {
        deletedPods.put(object.uid(), object);
        deletedAt.put(object.uid(), asked);
      }
    } else if (isAskedFor(object)) {
      Change.Kind kind = object.kind().equals("Node") ? Change.Kind.NODE : Change.Kind.DELETE;
      changes.add(
          change(asked, kind, object, "", object.kind() + " " + object.name() + " deleted", ""));
    }
  }

  /** Known only at the end, because controllers report after they acted. */
  private void readDeletedPods() {
    deletedPods.forEach(
        (uid, pod) -> {
          Instant asked = Objects.requireNonNull(deletedAt.get(uid));
          Optional<String> owner = controller(pod).flatMap(o -> o.text("uid"));
          boolean withOwner =
              owner
                  .filter(
                      o ->
                          gone.contains(o)
                              || takenAway.contains(o + "/" + pod.name())
                              || wasScaledDown(o, asked))
                  .isPresent();
          if (!withOwner && !takenAway.contains(uid)) {
            changes.add(
                change(asked, Change.Kind.DELETE, pod, "", "Pod " + pod.name() + " deleted", ""));
          }
        });
  }

  private boolean wasScaledDown(String owner, Instant asked) {
    Instant scaled = scaledDown.get(owner);
    return scaled != null
        && takenAway.isEmpty() // with the controllers' own reports there is no need to guess
        && Duration.between(scaled, asked).abs().compareTo(SCALED_DOWN) <= 0;
  }

  private void readCreation(KubernetesObject object, Instant time) {
    Instant created = time(object, "metadata", "creationTimestamp").orElse(time);
    if (!isAskedFor(object) || created.plus(NEW).isBefore(time)) {
      return;
    }
    Change.Kind kind =
        switch (object.kind()) {
          case "Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob", "Pod" ->
              Change.Kind.DEPLOY;
          case "Node" -> Change.Kind.NODE;
          default -> Change.Kind.CONFIG;
        };
    String author = newest(fieldOwners(object)).map(FieldOwner::name).orElse("");
    changes.add(
        change(
            created, kind, object, author, object.kind() + " " + object.name() + " created", ""));
  }

  private void readUpdate(KubernetesObject before, KubernetesObject now, Instant time) {
    if (!isAskedFor(now)) {
      return;
    }
    switch (now.kind()) {
      case "Deployment", "StatefulSet", "DaemonSet" -> readWorkload(before, now, time);
      case "Pod" -> {} // a pod's spec changes by being scheduled or debugged
      case "Node" -> readNode(before, now, time);
      default -> readFields(before, now, time);
    }
  }

  private void readWorkload(KubernetesObject before, KubernetesObject now, Instant time) {
    List<KubernetesDiff.Field> fields =
        KubernetesDiff.fields("spec", before.tree().get("spec"), now.tree().get("spec"));
    Map<String, List<KubernetesDiff.Field>> byPart =
        fields.stream().collect(Collectors.groupingBy(field -> part(field.path())));
    List<KubernetesDiff.Field> template = byPart.getOrDefault("template", List.of());
    if (!template.isEmpty()) {
      readTemplate(before, now, template, time);
    }
    for (KubernetesDiff.Field replicas : byPart.getOrDefault("replicas", List.of())) {
      String summary =
          "%s %s replicas %s -> %s"
              .formatted(now.kind(), now.name(), replicas.before(), replicas.after());
      add(before, now, Change.Kind.SCALE, summary, List.of(replicas), time);
    }
    List<KubernetesDiff.Field> rest = byPart.getOrDefault("", List.of());
    if (!rest.isEmpty()) {
      add(before, now, Change.Kind.CONFIG, summary(now, rest), rest, time);
    }
  }

  private static String part(String path) {
    return path.startsWith("spec.template")
        ? "template"
        : path.equals("spec.replicas") ? "replicas" : "";
  }

  private void readTemplate(
      KubernetesObject before,
      KubernetesObject now,
      List<KubernetesDiff.Field> fields,
      Instant time) {
    Object old = template(before, "spec", "template");
    Object next = template(now, "spec", "template");
    List<Revision> known = revisions.computeIfAbsent(now.uid(), uid -> new ArrayList<>());
    Optional<Revision> again =
        known.stream().filter(revision -> revision.template.equals(next)).findFirst();
    if (old != null && known.stream().noneMatch(revision -> revision.template.equals(old))) {
      known.add(new Revision(before.text("metadata", "annotations", REVISION).orElse(""), old));
    }
    boolean restart = fields.stream().allMatch(field -> field.path().endsWith(RESTARTED_AT));
    if (restart) {
      add(
          before,
          now,
          Change.Kind.RESTART,
          now.kind() + " " + now.name() + " restarted",
          fields,
          time);
    } else if (again.isPresent()) {
      String number = again.get().number();
      String to = number.isEmpty() ? "" : " to revision " + number;
      String summary = now.kind() + " " + now.name() + " rolled back" + to + ": " + paths(fields);
      add(before, now, Change.Kind.ROLLBACK, summary, fields, time);
    } else {
      add(before, now, Change.Kind.DEPLOY, summary(now, fields), fields, time);
    }
  }

  /** Cordons and taints that people set; {@code node.kubernetes.io/} taints are the cluster's. */
  private void readNode(KubernetesObject before, KubernetesObject now, Instant time) {
    List<KubernetesDiff.Field> fields =
        new ArrayList<>(
            KubernetesDiff.fields(
                "spec.unschedulable",
                before.text("spec", "unschedulable").orElse("false"),
                now.text("spec", "unschedulable").orElse("false")));
    fields.addAll(KubernetesDiff.fields("spec.taints", taints(before), taints(now)));
    if (!fields.isEmpty()) {
      add(before, now, Change.Kind.NODE, summary(now, fields), fields, time);
    }
  }

  private static List<String> taints(KubernetesObject node) {
    return node.list("spec", "taints").stream()
        .filter(taint -> !taint.text("key").orElse("").startsWith("node.kubernetes.io/"))
        .map(
            taint ->
                taint.text("key").orElse("")
                    + "="
                    + taint.text("value").orElse("")
                    + ":"
                    + taint.text("effect").orElse(""))
        .sorted()
        .toList();
  }

  private void readFields(KubernetesObject before, KubernetesObject now, Instant time) {
    var fields = new ArrayList<KubernetesDiff.Field>();
    for (String root : List.of("spec", "data", "binaryData", "rules", "webhooks")) {
      fields.addAll(KubernetesDiff.fields(root, before.tree().get(root), now.tree().get(root)));
    }
    if (!fields.isEmpty()) {
      add(before, now, Change.Kind.CONFIG, summary(now, fields), fields, time);
    }
  }

  private void add(
      KubernetesObject before,
      KubernetesObject now,
      Change.Kind kind,
      String summary,
      List<KubernetesDiff.Field> fields,
      Instant time) {
    List<FieldOwner> known = fieldOwners(before);
    List<FieldOwner> changed =
        fieldOwners(now).stream().filter(owner -> !known.contains(owner)).toList();
    Optional<FieldOwner> author =
        newest(changed)
            .or(
                () ->
                    kind == Change.Kind.SCALE
                        ? fieldOwners(now).stream().filter(FieldOwner::setsReplicas).findFirst()
                        : Optional.empty());
    Instant at = author.filter(changed::contains).flatMap(FieldOwner::time).orElse(time);
    changes.add(
        change(
            at,
            kind,
            now,
            author.map(FieldOwner::name).orElse(""),
            summary,
            KubernetesDiff.text(fields)));
  }

  private static String summary(KubernetesObject object, List<KubernetesDiff.Field> fields) {
    return object.kind() + " " + object.name() + ": " + paths(fields);
  }

  private static String paths(List<KubernetesDiff.Field> fields) {
    String shown =
        fields.stream()
            .limit(3)
            .map(field -> field.path().replaceFirst("^spec\\.template\\.", ""))
            .collect(Collectors.joining(", "));
    return fields.size() > 3 ? shown + ", …" : shown;
  }

  /** Whether the object is a wish of somebody's rather than a controller's doing. */
  private static boolean isAskedFor(KubernetesObject object) {
    return !NOT_ASKED_FOR.contains(object.kind())
        && controller(object).isEmpty()
        && !object.name().equals("kube-root-ca.crt");
  }

  private static Change change(
      Instant time,
      Change.Kind kind,
      KubernetesObject object,
      String author,
      String summary,
      String diff) {
    Attributes entity =
        KubernetesTopology.ref(object.kind(), object.namespace(), object.name())
            .map(EntityRef::identity)
            .orElseGet(
                () ->
                    object.namespace().isEmpty()
                        ? Attributes.none()
                        : Attributes.of("k8s.namespace.name", object.namespace()));
    Optional<String> service = KubernetesTopology.serviceName(object);
    return new Change(
        time,
        kind,
        service.map(name -> entity.with("service.name", name)).orElse(entity),
        author,
        summary,
        diff,
        List.of());
  }

  /** A field manager and the fields it set. */
  private record FieldOwner(
      String name, String subresource, Optional<Instant> time, Optional<KubernetesObject> fields) {
    boolean setsReplicas() {
      return fields.flatMap(f -> f.object("f:spec", "f:replicas")).isPresent();
    }
  }

  /** Those that set something else than status. */
  private static List<FieldOwner> fieldOwners(KubernetesObject object) {
    return object.list("metadata", "managedFields").stream()
        .map(
            entry ->
                new FieldOwner(
                    entry.text("manager").orElse(""),
                    entry.text("subresource").orElse(""),
                    time(entry, "time"),
                    entry.object("fieldsV1")))
        .filter(owner -> !owner.subresource().equals("status"))
        .toList();
  }

  private static Optional<FieldOwner> newest(List<FieldOwner> owners) {
    return owners.stream().max(Comparator.comparing(owner -> owner.time().orElse(Instant.MAX)));
  }

  private static Optional<KubernetesObject> controller(KubernetesObject object) {
    return object.list("metadata", "ownerReferences").stream()
        .filter(owner -> owner.text("controller").orElse("").equals("true"))
        .findFirst();
  }

  /** A pod template less what the cluster adds to it. */
  private static @Nullable Object template(KubernetesObject object, String... path) {
    Optional<KubernetesObject> found = object.object(path);
    if (found.isEmpty()) {
      return null;
    }
    var template = new HashMap<String, @Nullable Object>(found.get().tree());
    template.remove("$patch");
    var metadata = new HashMap<String, @Nullable Object>();
    found.get().object("metadata").ifPresent(m -> metadata.putAll(m.tree()));
    metadata.remove("creationTimestamp");
    var labels = new HashMap<>(found.get().strings("metadata", "labels"));
    labels.remove("pod-template-hash");
    metadata.put("labels", labels);
    template.put("metadata", metadata);
    return template;
  }

  private static Optional<Instant> deletionAsked(KubernetesObject object) {
    long grace =
        object.number("metadata", "deletionGracePeriodSeconds").map(Double::longValue).orElse(0L);
    return time(object, "metadata", "deletionTimestamp").map(at -> at.minusSeconds(grace));
  }

  private static Optional<Instant> time(KubernetesObject object, String... path) {
    return object.text(path).flatMap(KubernetesChanges::parse);
  }

  private static Optional<Instant> parse(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException malformed) {
      return Optional.empty();
    }
  }
}
