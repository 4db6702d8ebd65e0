package io.bridgewatch.topology;

import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.Change;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.model.SortedIndex;
import io.bridgewatch.model.WatchEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

  /** How long a deleted pod waits for the word of who took it away. */
  private static final Duration WAIT = Duration.ofMillis(1_500);

  /** How long it is remembered who took something away. */
  private static final Duration REMEMBERED = Duration.ofMinutes(5);

  private final KubernetesTopology names;
  private final List<Found> found = new ArrayList<>();
  private SortedIndex<String, KubernetesObject> last;
  private SortedIndex<String, List<Revision>> revisions;
  private SortedIndex<String, Instant> scaledDown;
  private SortedIndex<String, Instant> gone;
  private SortedIndex<String, Instant> takenAway;
  private SortedIndex<String, DeletedPod> waiting;

  /** A pod template a workload had, and the number it was known by; empty if none is told. */
  private record Revision(String number, long fingerprint) {}

  /** A pod of which it is not known yet whether somebody or its owner took it away. */
  private record DeletedPod(KubernetesObject pod, Instant asked, Instant told) {}

  /**
   * A change, and of which object.
   *
   * @param key the same whenever the same change is read again
   */
  record Found(Change change, KubernetesObject object, String key) {}

  /**
   * What is remembered between events. Immutable; it grows with the objects that exist, of which
   * pods and ReplicaSets are kept only in outline.
   */
  record State(
      SortedIndex<String, KubernetesObject> last,
      SortedIndex<String, List<Revision>> revisions,
      SortedIndex<String, Instant> scaledDown,
      SortedIndex<String, Instant> gone,
      SortedIndex<String, Instant> takenAway,
      SortedIndex<String, DeletedPod> waiting) {}

  /** A state and the changes that led to it, in the order in which they were understood. */
  record Step(State state, List<Found> found) {
    Step {
      found = List.copyOf(found);
    }
  }

  private KubernetesChanges(KubernetesTopology names, State state) {
    this.names = names;
    last = state.last();
    revisions = state.revisions();
    scaledDown = state.scaledDown();
    gone = state.gone();
    takenAway = state.takenAway();
    waiting = state.waiting();
  }

  private State state() {
    return new State(last, revisions, scaledDown, gone, takenAway, waiting);
  }

  static State nothing() {
    return new State(
        SortedIndex.empty(),
        SortedIndex.empty(),
        SortedIndex.empty(),
        SortedIndex.empty(),
        SortedIndex.empty(),
        SortedIndex.empty());
  }

  /** An object that was there before: what differs from it later is a change. */
  static State remembered(KubernetesTopology names, State state, KubernetesObject object) {
    var reader = new KubernetesChanges(names, state);
    reader.remember(object);
    return reader.state();
  }

  static Step step(KubernetesTopology names, State state, WatchEvent event) {
    var reader = new KubernetesChanges(names, state);
    reader.read(event);
    return new Step(reader.state(), reader.found);
  }

  /** Whether something waits for {@link #decide}. */
  static boolean isWaiting(State state) {
    return !state.waiting().isEmpty();
  }

  /** Decides on what has waited long enough. */
  static Step decide(KubernetesTopology names, State state, Instant now) {
    var reader = new KubernetesChanges(names, state);
    reader.decide(now.minus(WAIT));
    return new Step(reader.state(), reader.found);
  }

  /** Forgets what is of no use any more. */
  static State forgetOld(KubernetesTopology names, State state, Instant now) {
    var reader = new KubernetesChanges(names, state);
    reader.forgetBefore(now.minus(REMEMBERED));
    return reader.state();
  }

  /** An object is not there any more, and nothing was heard of its end. */
  static Step missing(KubernetesTopology names, State state, String uid, Instant now) {
    var reader = new KubernetesChanges(names, state);
    Optional<KubernetesObject> last = reader.last.get(uid);
    if (last.isPresent()) {
      KubernetesObject object = last.get();
      if (!object.kind().equals("Pod") && reader.isAskedFor(object)) {
        String summary = object.kind() + " " + object.name() + " deleted while it was not watched";
        Change.Kind kind = object.kind().equals("Node") ? Change.Kind.NODE : Change.Kind.DELETE;
        reader.found(now, kind, object, "", summary, "", "gone");
      }
      reader.forget(object);
    }
    return new Step(reader.state(), reader.found);
  }

  /**
   * The changes that the events tell, in the order of their times.
   *
   * @param objects as they stood when the watch began
   * @param watch in the order in which it reported
   */
  public static List<Change> changes(List<KubernetesObject> objects, List<WatchEvent> watch) {
    var reader = new KubernetesChanges(KubernetesTopology.ofRecording(), nothing());
    for (KubernetesObject object : objects) {
      reader.remember(object);
    }
    for (WatchEvent event : watch) {
      reader.read(event);
    }
    reader.decide(Instant.MAX); // only now, because controllers report after they acted
    return reader.found.stream()
        .map(Found::change)
        .sorted(
            Comparator.comparing(Change::time)
                .thenComparing(Change::kind)
                .thenComparing(Change::summary))
        .toList();
  }

  private void remember(KubernetesObject object) {
    if (object.uid().isEmpty()) {
      return;
    }
    switch (object.kind()) {
      case "ReplicaSet" -> {
        rememberTemplate(object, "spec", "template");
        last = last.with(object.uid(), outline(object));
      }
      case "ControllerRevision" -> rememberTemplate(object, "data", "spec", "template");
      case "Pod" -> last = last.with(object.uid(), outline(object));
      case "Event", "Lease", "EndpointSlice", "Endpoints" -> {} // nobody asks for those
      // a workload's own template is remembered when it is replaced
      default -> last = last.with(object.uid(), object);
    }
  }

  /** What is asked later of an object whose spec is nobody's wish. */
  private static KubernetesObject outline(KubernetesObject object) {
    var metadata = new HashMap<String, @Nullable Object>();
    object
        .object("metadata")
        .ifPresent(
            whole -> {
              for (String field : List.of("name", "namespace", "uid", "deletionTimestamp")) {
                whole.text(field).ifPresent(value -> metadata.put(field, value));
              }
            });
    var outline = new HashMap<String, @Nullable Object>();
    outline.put("kind", object.kind());
    outline.put("metadata", metadata);
    object
        .number("spec", "replicas")
        .ifPresent(replicas -> outline.put("spec", Map.of("replicas", replicas)));
    return KubernetesObject.of(outline);
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
      know(owner.get(), new Revision(number, Fingerprint.of(template)));
    }
  }

  private void know(String workload, Revision revision) {
    List<Revision> known = revisions.get(workload).orElse(List.of());
    if (known.stream().noneMatch(one -> one.fingerprint == revision.fingerprint)) {
      var more = new ArrayList<>(known);
      more.add(revision);
      revisions = revisions.with(workload, List.copyOf(more));
    }
  }

  private void read(WatchEvent event) {
    KubernetesObject now = event.object();
    if (now.uid().isEmpty()) {
      return;
    }
    if (now.kind().equals("Event")) {
      readReport(now, event.time());
      return;
    }
    Optional<KubernetesObject> before = last.get(now.uid());
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
    if (event.type() == WatchEvent.Type.DELETED) {
      forget(now);
    } else {
      remember(now);
    }
  }

  private void forget(KubernetesObject object) {
    last = last.without(object.uid());
    revisions = revisions.without(object.uid());
  }

  /** Reports by which controllers say that they took a pod away. */
  private void readReport(KubernetesObject report, Instant time) {
    String reason = report.text("reason").orElse("");
    String message = report.text("message").or(() -> report.text("note")).orElse("");
    if (reason.equals("SuccessfulDelete")) {
      String owner =
          report.text("involvedObject", "uid").or(() -> report.text("regarding", "uid")).orElse("");
      for (String word : message.split("[ :]+")) {
        takenAway = takenAway.with(owner + "/" + word, time);
      }
    }
    if (reason.equals("TaintManagerEviction") || reason.equals("Preempted")) {
      report
          .text("involvedObject", "uid")
          .or(() -> report.text("regarding", "uid"))
          .ifPresent(uid -> takenAway = takenAway.with(uid, time));
    }
  }

  private void followReplicas(KubernetesObject before, KubernetesObject now, Instant time) {
    double less =
        before.number("spec", "replicas").orElse(0.0) - now.number("spec", "replicas").orElse(0.0);
    if (less > 0) {
      scaledDown = scaledDown.with(now.uid(), time);
    }
  }

  private static boolean isBeingDeleted(KubernetesObject object) {
    return object.text("metadata", "deletionTimestamp").isPresent();
  }

  private void readDeletion(WatchEvent event, Optional<KubernetesObject> before) {
    KubernetesObject object = event.object();
    if (gone.containsKey(object.uid())) {
      return; // told when its deletion was asked for
    }
    gone = gone.with(object.uid(), event.time());
    Instant asked = ObjectTimes.deletionAsked(object).orElse(event.time());
    if (object.kind().equals("Pod")) {
      boolean finished =
          object.text("status", "phase").filter(p -> p.equals("Succeeded")).isPresent();
      if (!finished && before.filter(KubernetesChanges::isBeingDeleted).isEmpty()) {
        waiting = waiting.with(object.uid(), new DeletedPod(object, asked, event.time()));
      }
    } else if (isAskedFor(object)) {
      Change.Kind kind = object.kind().equals("Node") ? Change.Kind.NODE : Change.Kind.DELETE;
      found(asked, kind, object, "", object.kind() + " " + object.name() + " deleted", "", "gone");
    }
  }

  private void decide(Instant toldUntil) {
    for (DeletedPod deleted : List.copyOf(waiting.values())) {
      if (deleted.told.isAfter(toldUntil)) {
        continue;
      }
      KubernetesObject pod = deleted.pod;
      waiting = waiting.without(pod.uid());
      Optional<String> owner = controller(pod).flatMap(o -> o.text("uid"));
      boolean withOwner =
          owner
              .filter(
                  o ->
                      gone.containsKey(o)
                          || takenAway.containsKey(o + "/" + pod.name())
                          || wasScaledDown(o, deleted.asked))
              .isPresent();
      if (!withOwner && !takenAway.containsKey(pod.uid()) && !isDisrupted(pod)) {
        String summary = "Pod " + pod.name() + " deleted";
        found(deleted.asked, Change.Kind.DELETE, pod, "", summary, "", "gone");
      }
    }
  }

  /** Whether the cluster itself says that it took the pod away, such as with its node. */
  private static boolean isDisrupted(KubernetesObject pod) {
    return pod.list("status", "conditions").stream()
        .filter(c -> c.text("type").orElse("").equals("DisruptionTarget"))
        .filter(c -> c.text("status").orElse("").equals("True"))
        // an eviction through the API is somebody's wish
        .anyMatch(c -> !c.text("reason").orElse("").equals("EvictionByEvictionAPI"));
  }

  private void forgetBefore(Instant time) {
    scaledDown = without(scaledDown, time);
    gone = without(gone, time);
    takenAway = without(takenAway, time);
  }

  private static SortedIndex<String, Instant> without(
      SortedIndex<String, Instant> index, Instant before) {
    SortedIndex<String, Instant> left = index;
    for (var entries = index.entries(); entries.hasNext(); ) {
      var entry = entries.next();
      if (entry.getValue().isBefore(before)) {
        left = left.without(entry.getKey());
      }
    }
    return left;
  }

  private boolean wasScaledDown(String owner, Instant asked) {
    // with the controllers' own reports there is no need to guess
    return takenAway.isEmpty()
        && scaledDown
            .get(owner)
            .filter(at -> Duration.between(at, asked).abs().compareTo(SCALED_DOWN) <= 0)
            .isPresent();
  }

  private void readCreation(KubernetesObject object, Instant time) {
    Instant created = ObjectTimes.time(object, "metadata", "creationTimestamp").orElse(time);
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
    String summary = object.kind() + " " + object.name() + " created";
    found(created, kind, object, author, summary, "", "created");
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
    long fingerprint = next == null ? 0 : Fingerprint.of(next);
    Optional<Revision> again =
        revisions.get(now.uid()).orElse(List.of()).stream()
            .filter(revision -> revision.fingerprint == fingerprint)
            .findFirst();
    if (old != null) {
      String number = before.text("metadata", "annotations", REVISION).orElse("");
      know(now.uid(), new Revision(number, Fingerprint.of(old)));
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
    found(
        at,
        kind == Change.Kind.SCALE && author.filter(FieldOwner::isAutoscaler).isPresent()
            ? Change.Kind.HPA
            : kind,
        now,
        author.map(FieldOwner::name).orElse(""),
        summary,
        KubernetesDiff.text(fields),
        now.text("metadata", "resourceVersion").orElseGet(at::toString));
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
  private boolean isAskedFor(KubernetesObject object) {
    return !NOT_ASKED_FOR.contains(object.kind())
        && controller(object).isEmpty()
        && !object.name().equals("kube-root-ca.crt");
  }

  private void found(
      Instant time,
      Change.Kind kind,
      KubernetesObject object,
      String author,
      String summary,
      String diff,
      String version) {
    Attributes entity =
        names
            .ref(object)
            .map(EntityRef::identity)
            .orElseGet(
                () ->
                    object.namespace().isEmpty()
                        ? Attributes.none()
                        : Attributes.of("k8s.namespace.name", object.namespace()));
    Optional<String> service = KubernetesTopology.serviceName(object);
    Change change =
        new Change(
            time,
            kind,
            service.map(name -> entity.with("service.name", name)).orElse(entity),
            author,
            summary,
            diff,
            List.of());
    String part = kind.name().toLowerCase(Locale.ROOT);
    found.add(new Found(change, object, object.uid() + "/" + version + "/" + part));
  }

  /** A field manager and the fields it set. */
  private record FieldOwner(
      String name, String subresource, Optional<Instant> time, Optional<KubernetesObject> fields) {
    /** Controllers that set replicas through the scale subresource do so to scale by themselves. */
    boolean isAutoscaler() {
      return name.equals("kube-controller-manager") && subresource.equals("scale");
    }

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
                    ObjectTimes.time(entry, "time"),
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
}
