package io.bridgewatch.kubernetes.server;

import io.bridgewatch.kubernetes.server.ApiKind.Trait;
import io.bridgewatch.kubernetes.server.FieldOwners.Author;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/**
 * All objects, under one counter of versions and one lock. Writers hold the lock for one object;
 * readers hold it for as long as it takes to fetch a reference to an immutable tree.
 */
final class ObjectStore {
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, KindStore> stores = new HashMap<>();
  private final KindRegistry registry;
  private final Supplier<Instant> now;
  private final int window;
  private final int watchBuffer;
  private final Admission admission;
  private final List<ObjectChange.Listener> listeners = new ArrayList<>();
  private long version = 1;
  private SplittableRandom random;

  /**
   * @param window changes of one kind that are remembered
   * @param watchBuffer changes that a watch may lag behind before it is cut
   * @param admission looks at objects before they are stored
   */
  ObjectStore(
      KindRegistry registry,
      Supplier<Instant> now,
      long seed,
      int window,
      int watchBuffer,
      Admission admission) {
    this.registry = registry;
    this.now = now;
    this.random = new SplittableRandom(seed);
    this.window = window;
    this.watchBuffer = watchBuffer;
    this.admission = admission;
  }

  /** All objects of a kind at a version. */
  record Snapshot(ObjectTree objects, long version) {}

  /** How a write is to be done. */
  record Write(String manager, String subresource, boolean isDryRun) {}

  /** How a delete is to be done; absent conditions are not checked. */
  record Deletion(
      Optional<Long> gracePeriodSeconds,
      Optional<String> uid,
      Optional<String> resourceVersion,
      boolean isDryRun) {}

  /** Outcome of a write: the object, and whether it is new or, for a delete, really gone. */
  record Written(StoredObject object, boolean isDone) {}

  // ------------------------------------------------------------------ reading

  Instant now() {
    return now.get();
  }

  long version() {
    return locked(() -> version);
  }

  /** The version of each kind's newest change, by qualified plural. */
  Map<String, Long> newest() {
    return locked(
        () -> {
          var newest = new TreeMap<String, Long>();
          stores.forEach((plural, store) -> newest.put(plural, store.newest()));
          return newest;
        });
  }

  Snapshot latest(ApiKind kind) {
    return locked(() -> new Snapshot(store(kind).objects(), version));
  }

  /** Absent when the version has been forgotten. */
  Optional<Snapshot> at(ApiKind kind, long wanted) {
    return locked(() -> store(kind).at(wanted).map(tree -> new Snapshot(tree, wanted)));
  }

  Optional<StoredObject> find(ApiKind kind, ObjectKey at) {
    return locked(() -> store(kind).objects().find(at.text()));
  }

  /** Draws uids and generated names from another seed from now on. */
  void reseed(long seed) {
    locked(() -> random = new SplittableRandom(seed));
  }

  // ------------------------------------------------------------------ watching

  /** A watch that starts now, and what there is now. */
  record Opened(Watch watch, Snapshot snapshot) {}

  Opened watchFromNow(ApiKind kind, Runnable cut) {
    return locked(
        () -> {
          var store = store(kind);
          var watch = new Watch(cut);
          watch.position = store.end();
          store.watches().add(watch);
          return new Opened(watch, new Snapshot(store.objects(), version));
        });
  }

  /** Absent when changes after the version have been forgotten. */
  Optional<Watch> watchFrom(ApiKind kind, long from, Runnable cut) {
    return locked(
        () -> {
          var store = store(kind);
          if (from < store.forgotten()) {
            return Optional.<Watch>empty();
          }
          var watch = new Watch(cut);
          watch.position = store.firstAfter(from);
          store.watches().add(watch);
          return Optional.of(watch);
        });
  }

  void close(ApiKind kind, Watch watch) {
    locked(
        () -> {
          watch.isEnded = true;
          store(kind).changed().signalAll();
          return store(kind).watches().remove(watch);
        });
  }

  /** Waits until there is something to send, at most for the given time. */
  Watch.Batch await(ApiKind kind, Watch watch, int most, Duration patience)
      throws InterruptedException {
    lock.lockInterruptibly();
    try {
      var store = store(kind);
      var nanos = patience.toNanos();
      while (nanos > 0
          && !watch.isEnded
          && !watch.isBookmarkDue
          && watch.injected.isEmpty()
          && watch.position == store.end()) {
        nanos = store.changed().awaitNanos(nanos);
      }
      if (!store.isKnown(watch.position)) {
        return new Watch.Batch(List.of(), List.of(), version, false, true, false);
      }
      var changes = store.changes(watch.position, most);
      watch.position += changes.size();
      var reached = watch.position == store.end() ? version : changes.getLast().version();
      var batch =
          new Watch.Batch(
              changes, watch.injected, reached, watch.isBookmarkDue, false, watch.isEnded);
      watch.injected.clear();
      watch.isBookmarkDue = false;
      return batch;
    } finally {
      lock.unlock();
    }
  }

  /** Does something to every open watch of some kind, or of all kinds. */
  void eachWatch(Optional<ApiKind> kind, Consumer<Watch> action) {
    locked(
        () -> {
          for (var store : kind.map(k -> List.of(store(k))).orElse(List.copyOf(stores.values()))) {
            store.watches().forEach(action);
            store.changed().signalAll();
          }
          return true;
        });
  }

  // ------------------------------------------------------------------ writing

  Written create(ApiKind kind, String namespace, ObjectNode object, Write write) {
    var metadata = checked(kind, namespace, object);
    return locked(
        () -> {
          if (Json.text(metadata, "name").isEmpty()) {
            metadata.put("name", generatedName(kind, Json.text(metadata, "generateName")));
          }
          var at = new ObjectKey(namespace, Json.text(metadata, "name"));
          if (store(kind).objects().find(at.text()).isPresent()) {
            throw Refusal.alreadyExists(kind, at.name());
          }
          for (var set : List.of("uid", "creationTimestamp", "managedFields", "generation")) {
            metadata.remove(set);
          }
          metadata.remove("deletionTimestamp");
          if (kind.has(Trait.STATUS)) {
            object.remove("status");
          }
          complete(kind, object);
          admit(Admission.Verb.CREATE, kind, write, object, Optional.empty());
          FieldOwners.update(
              withStatusOnly(object), object, author(kind, write, "Update"), now.get());
          return write.isDryRun()
              ? new Written(StoredObject.encode(kind, object, 0), true)
              : new Written(commitNew(kind, object), true);
        });
  }

  /**
   * Replaces an object by what a function makes of it.
   *
   * @param change gets the object as a tree of its own and returns the object as wanted; its
   *     resourceVersion and uid, where it has them, are preconditions
   */
  Written update(ApiKind kind, ObjectKey at, UnaryOperator<ObjectNode> change, Write write) {
    return locked(
        () -> {
          var stored =
              store(kind)
                  .objects()
                  .find(at.text())
                  .orElseThrow(() -> Refusal.notFound(kind, at.name()));
          var live = stored.tree(kind);
          var wanted = change.apply(stored.tree(kind));
          checkPreconditions(kind, at.name(), live, wanted);
          var merged = merge(kind, live, wanted, write.subresource());
          admit(Admission.Verb.UPDATE, kind, write, merged, Optional.of(live));
          if (sameContent(live, merged)) {
            return new Written(stored, false);
          }
          count(kind, live, merged);
          FieldOwners.update(live, merged, author(kind, write, "Update"), now.get());
          return new Written(store(kind, stored, merged, write.isDryRun()), false);
        });
  }

  Written apply(ApiKind kind, ObjectKey at, ObjectNode configuration, boolean force, Write write) {
    if (write.manager().isEmpty()) {
      throw Refusal.badRequest(
          "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required for"
              + " apply patch");
    }
    var metadata = Json.child(configuration, "metadata");
    metadata.put("name", at.name());
    checked(kind, at.namespace(), configuration);
    if (metadata.has("managedFields")) {
      throw Refusal.badRequest("metadata.managedFields must be nil");
    }
    return locked(
        () -> {
          var author = author(kind, write, "Apply");
          var found = store(kind).objects().find(at.text());
          if (found.isEmpty()) {
            complete(kind, configuration);
            var made = FieldOwners.apply(Json.object(), configuration, author, force, now.get());
            admit(Admission.Verb.CREATE, kind, write, made, Optional.empty());
            return new Written(
                write.isDryRun() ? StoredObject.encode(kind, made, 0) : commitNew(kind, made),
                true);
          }
          var live = found.get().tree(kind);
          checkPreconditions(kind, at.name(), live, configuration);
          metadata.remove("resourceVersion");
          var merged = FieldOwners.apply(live, configuration, author, force, now.get());
          admit(Admission.Verb.UPDATE, kind, write, merged, Optional.of(live));
          if (merged.equals(live)) {
            return new Written(found.get(), false);
          }
          count(kind, live, merged);
          return new Written(store(kind, found.get(), merged, write.isDryRun()), false);
        });
  }

  /**
   * Deletes, or marks as being deleted where a grace period or finalizers say so.
   *
   * @return the object, and whether it is gone
   */
  Written delete(ApiKind kind, ObjectKey at, Deletion deletion) {
    return locked(
        () -> {
          var stored =
              store(kind)
                  .objects()
                  .find(at.text())
                  .orElseThrow(() -> Refusal.notFound(kind, at.name()));
          var live = stored.tree(kind);
          checkPreconditions(kind, at.name(), deletion, live);
          admit(
              Admission.Verb.DELETE,
              kind,
              new Write("", "", deletion.isDryRun()),
              live,
              Optional.of(live));
          var grace = gracePeriodSeconds(kind, live, deletion);
          var metadata = Json.child(live, "metadata");
          if (grace == 0 && metadata.path("finalizers").isEmpty()) {
            return new Written(
                deletion.isDryRun()
                    ? stored
                    : commit(kind, Change.Type.DELETED, live, Optional.of(stored)),
                true);
          }
          if (metadata.has("deletionTimestamp")
              && metadata.path("deletionGracePeriodSeconds").asLong(0) <= grace) {
            return new Written(stored, false);
          }
          metadata.put("deletionTimestamp", Timestamps.text(now.get().plusSeconds(grace)));
          metadata.put("deletionGracePeriodSeconds", grace);
          if (kind.has(Trait.GENERATION)) {
            metadata.put("generation", metadata.path("generation").asLong(0) + 1);
          }
          return new Written(
              deletion.isDryRun()
                  ? StoredObject.encode(kind, live, stored.version())
                  : commit(kind, Change.Type.MODIFIED, live, Optional.of(stored)),
              false);
        });
  }

  /**
   * Stores an object as it is given, status and all, whether it exists or not. What it lacks (uid,
   * creation time, managed fields) is kept or made; another uid than the stored one is another
   * object: the old one goes first.
   */
  StoredObject put(ApiKind kind, ObjectNode object, String manager) {
    var metadata = Json.child(object, "metadata");
    var at =
        new ObjectKey(
            kind.isNamespaced() ? Json.text(metadata, "namespace") : "",
            Json.text(metadata, "name"));
    checked(kind, at.namespace(), object);
    return locked(
        () -> {
          var found = store(kind).objects().find(at.text());
          var author = author(kind, new Write(manager, "", false), "Update");
          if (found.isEmpty()) {
            complete(kind, object);
            if (!metadata.has("managedFields")) {
              FieldOwners.update(Json.object(), object, author, now.get());
            }
            return commitNew(kind, object);
          }
          var stored = found.get();
          var live = stored.tree(kind);
          var uid = Json.text(metadata, "uid");
          if (!uid.isEmpty() && !uid.equals(Json.text(live, "metadata", "uid"))) {
            commit(kind, Change.Type.DELETED, live, found);
            complete(kind, object);
            return commitNew(kind, object);
          }
          for (var kept : List.of("uid", "creationTimestamp", "generation")) {
            if (!metadata.has(kept) && live.path("metadata").has(kept)) {
              metadata.set(kept, live.path("metadata").get(kept));
            }
          }
          complete(kind, object);
          if (sameContent(live, object)) {
            return stored;
          }
          count(kind, live, object);
          if (!metadata.has("managedFields")) {
            FieldOwners.update(live, object, author, now.get());
          }
          return commit(kind, Change.Type.MODIFIED, object, found);
        });
  }

  /** Changes an object as a whole, status and all, in one version. */
  StoredObject modify(
      ApiKind kind, ObjectKey at, UnaryOperator<ObjectNode> change, String manager) {
    return locked(
        () -> {
          var stored =
              store(kind)
                  .objects()
                  .find(at.text())
                  .orElseThrow(() -> Refusal.notFound(kind, at.name()));
          var changed = change.apply(stored.tree(kind));
          Json.child(changed, "metadata").remove("managedFields");
          return put(kind, changed, manager);
        });
  }

  /** Changes an object as a whole, and nobody owns what changes: so pods get their nodes. */
  StoredObject rewrite(ApiKind kind, ObjectKey at, UnaryOperator<ObjectNode> change) {
    return locked(
        () -> {
          var stored =
              store(kind)
                  .objects()
                  .find(at.text())
                  .orElseThrow(() -> Refusal.notFound(kind, at.name()));
          var changed = change.apply(stored.tree(kind));
          return commit(kind, Change.Type.MODIFIED, changed, Optional.of(stored));
        });
  }

  void listen(ObjectChange.Listener listener) {
    locked(() -> listeners.add(listener));
  }

  /** Lets nobody else write while it lasts. */
  <T> T exclusively(Supplier<T> action) {
    return locked(action);
  }

  // ------------------------------------------------------------------ faults

  /** Forgets all changes, so that only the newest version can be resumed from. */
  void compact() {
    locked(
        () -> {
          stores.values().forEach(store -> store.compact(version));
          return true;
        });
  }

  /**
   * Forgets all objects, as a cluster does that was restored from an empty backup with its version
   * bumped, which is how etcd is to be restored: nothing older can be resumed from.
   */
  void clear() {
    locked(
        () -> {
          version += 1000;
          var definitions = store(BuiltInKinds.DEFINITIONS).objects().from("");
          definitions.forEachRemaining(
              definition -> registry.forget(Json.object(definition.json())));
          stores.values().forEach(store -> store.clear(version));
          return true;
        });
  }

  // ------------------------------------------------------------------ rules of objects

  /** Checks what the path says against what the object says, and completes the latter. */
  private static ObjectNode checked(ApiKind kind, String namespace, ObjectNode object) {
    var apiVersion = Json.text(object, "apiVersion");
    var name = Json.text(object, "kind");
    if ((!apiVersion.isEmpty() && !apiVersion.equals(kind.apiVersion()))
        || (!name.isEmpty() && !name.equals(kind.kind()))) {
      throw Refusal.badRequest(
          "%s %s in version \"%s\" cannot be handled as %s in version \"%s\""
              .formatted("the object of kind", name, apiVersion, kind.kind(), kind.apiVersion()));
    }
    var metadata = Json.child(object, "metadata");
    if (Json.text(metadata, "name").isEmpty() && Json.text(metadata, "generateName").isEmpty()) {
      throw Refusal.invalid(
          kind, "", "metadata.name", "Required value: name or generateName is required");
    }
    var given = Json.text(metadata, "namespace");
    if (!given.isEmpty() && !given.equals(namespace)) {
      throw Refusal.badRequest(
          "the namespace of the provided object does not match the namespace sent on the request");
    }
    if (kind.isNamespaced()) {
      if (namespace.isEmpty()) {
        throw Refusal.invalid(
            kind, Json.text(metadata, "name"), "metadata.namespace", "Required value");
      }
      metadata.put("namespace", namespace);
    } else {
      metadata.remove("namespace");
    }
    return metadata;
  }

  /** Sets what the server sets. */
  private void complete(ApiKind kind, ObjectNode object) {
    var metadata = Json.child(object, "metadata");
    if (!metadata.has("uid")) {
      metadata.put("uid", uid());
    }
    if (!metadata.has("creationTimestamp")) {
      metadata.put("creationTimestamp", Timestamps.text(now.get()));
    }
    if (kind.has(Trait.GENERATION) && !metadata.has("generation")) {
      metadata.put("generation", 1);
    }
    if (kind.qualifiedPlural().equals(BuiltInKinds.DEFINITIONS)) {
      KindRegistry.accept(object, Timestamps.text(now.get()));
    }
  }

  /** What of a new object was set by the server, so that nobody owns it: its status. */
  private static ObjectNode withStatusOnly(ObjectNode object) {
    var before = Json.object();
    if (object.has("status")) {
      before.set("status", object.get("status"));
    }
    return before;
  }

  /** The wanted object with what a write to this subresource must not change. */
  private static ObjectNode merge(
      ApiKind kind, ObjectNode live, ObjectNode wanted, String subresource) {
    if (subresource.equals("status")) {
      var merged = live.deepCopy();
      if (wanted.has("status")) {
        merged.set("status", wanted.get("status"));
      } else {
        merged.remove("status");
      }
      return merged;
    }
    var merged = wanted.deepCopy();
    var metadata = Json.child(merged, "metadata");
    var before = live.path("metadata");
    for (var fixed :
        List.of(
            "name",
            "namespace",
            "uid",
            "creationTimestamp",
            "generation",
            "deletionTimestamp",
            "deletionGracePeriodSeconds",
            "resourceVersion",
            "managedFields")) {
      if (before.has(fixed)) {
        metadata.set(fixed, before.get(fixed).deepCopy());
      } else {
        metadata.remove(fixed);
      }
    }
    merged.put("kind", kind.kind()).put("apiVersion", kind.apiVersion());
    if (kind.has(Trait.STATUS)) {
      if (live.has("status")) {
        merged.set("status", live.get("status").deepCopy());
      } else {
        merged.remove("status");
      }
    }
    return merged;
  }

  private static void checkPreconditions(
      ApiKind kind, String name, ObjectNode live, ObjectNode wanted) {
    var version = Json.text(wanted, "metadata", "resourceVersion");
    if (!version.isEmpty() && !version.equals(Json.text(live, "metadata", "resourceVersion"))) {
      throw Refusal.staleVersion(kind, name);
    }
    var uid = Json.text(wanted, "metadata", "uid");
    checkUid(kind, name, live, uid.isEmpty() ? Optional.empty() : Optional.of(uid));
  }

  private static void checkPreconditions(
      ApiKind kind, String name, Deletion deletion, ObjectNode live) {
    checkUid(kind, name, live, deletion.uid());
    var version = Json.text(live, "metadata", "resourceVersion");
    deletion
        .resourceVersion()
        .filter(wanted -> !wanted.equals(version))
        .ifPresent(
            wanted -> {
              throw Refusal.conflict(
                  kind,
                  name,
                  "Precondition failed: ResourceVersion in precondition: %s, ResourceVersion in object meta: %s"
                      .formatted(wanted, version));
            });
  }

  private static void checkUid(
      ApiKind kind, String name, ObjectNode live, Optional<String> wanted) {
    var uid = Json.text(live, "metadata", "uid");
    wanted
        .filter(other -> !other.equals(uid))
        .ifPresent(
            other -> {
              throw Refusal.conflict(
                  kind,
                  name,
                  "Precondition failed: UID in precondition: %s, UID in object meta: %s"
                      .formatted(other, uid));
            });
  }

  /** Counts the generation up when more than metadata and status changed. */
  private static void count(ApiKind kind, ObjectNode live, ObjectNode merged) {
    if (!kind.has(Trait.GENERATION)) {
      return;
    }
    var generation = live.path("metadata").path("generation").asLong(0);
    if (merged.path("metadata").path("generation").asLong(0) == generation
        && !spec(live).equals(spec(merged))) {
      Json.child(merged, "metadata").put("generation", generation + 1);
    }
  }

  private static ObjectNode spec(ObjectNode object) {
    var spec = Json.object();
    object
        .properties()
        .forEach(
            property -> {
              switch (property.getKey()) {
                case "metadata", "status", "kind", "apiVersion" -> {}
                default -> spec.set(property.getKey(), property.getValue());
              }
            });
    return spec;
  }

  /** Whether two versions differ in nothing but their version and who set what. */
  private static boolean sameContent(ObjectNode one, ObjectNode other) {
    return withoutVersion(one).equals(withoutVersion(other));
  }

  private static ObjectNode withoutVersion(ObjectNode object) {
    var copy = object.objectNode();
    copy.setAll(object);
    copy.remove(List.of("kind", "apiVersion"));
    var metadata = object.objectNode();
    metadata.setAll((ObjectNode) object.path("metadata"));
    metadata.remove(List.of("resourceVersion", "managedFields"));
    copy.set("metadata", metadata);
    return copy;
  }

  /** As the real server: only pods that were scheduled and not finished get time to end. */
  private static long gracePeriodSeconds(ApiKind kind, ObjectNode live, Deletion deletion) {
    var metadata = live.path("metadata");
    if (!kind.qualifiedPlural().equals("pods") || Json.text(live, "spec", "nodeName").isEmpty()) {
      return 0;
    }
    var phase = Json.text(live, "status", "phase");
    if (phase.equals("Succeeded") || phase.equals("Failed")) {
      return 0;
    }
    var wanted =
        deletion
            .gracePeriodSeconds()
            .orElse(live.path("spec").path("terminationGracePeriodSeconds").asLong(30));
    return metadata.has("deletionGracePeriodSeconds")
        ? Math.min(wanted, metadata.path("deletionGracePeriodSeconds").asLong(wanted))
        : wanted;
  }

  // ------------------------------------------------------------------ committing, under the lock

  private void admit(
      Admission.Verb verb,
      ApiKind kind,
      Write write,
      ObjectNode object,
      Optional<ObjectNode> before) {
    if (!object.has("kind")) {
      object.put("kind", kind.kind()).put("apiVersion", kind.apiVersion());
    }
    admission.admit(
        new Admission.Review(
            verb,
            kind.apiVersion(),
            kind.kind(),
            write.subresource(),
            object,
            before,
            write.isDryRun()));
  }

  private StoredObject store(
      ApiKind kind, StoredObject before, ObjectNode merged, boolean isDryRun) {
    if (isDryRun) {
      return StoredObject.encode(kind, merged, before.version());
    }
    var metadata = merged.path("metadata");
    var ends =
        metadata.has("deletionTimestamp")
            && metadata.path("finalizers").isEmpty()
            && metadata.path("deletionGracePeriodSeconds").asLong(0) == 0;
    var changed = commit(kind, Change.Type.MODIFIED, merged, Optional.of(before));
    return ends ? commit(kind, Change.Type.DELETED, merged, Optional.of(changed)) : changed;
  }

  private StoredObject commitNew(ApiKind kind, ObjectNode object) {
    return commit(kind, Change.Type.ADDED, object, Optional.empty());
  }

  private StoredObject commit(
      ApiKind kind, Change.Type type, ObjectNode object, Optional<StoredObject> before) {
    version++;
    var stored = StoredObject.encode(kind, object, version);
    append(store(kind), type, stored, before);
    tell(kind, type, object, stored);
    var twin = EventForms.twin(kind.qualifiedPlural());
    if (!twin.isEmpty()) {
      var other = registry.byStore(twin).orElseThrow();
      var form = StoredObject.encode(other, EventForms.convert(object, twin), version);
      append(store(other), type, form, store(other).objects().find(form.key()));
    }
    if (kind.qualifiedPlural().equals(BuiltInKinds.DEFINITIONS)) {
      if (type == Change.Type.DELETED) {
        undefine(object);
      } else {
        registry.define(object);
      }
    }
    return stored;
  }

  private void tell(ApiKind kind, Change.Type type, ObjectNode object, StoredObject stored) {
    if (listeners.isEmpty()) {
      return;
    }
    var change =
        new ObjectChange(
            ObjectChange.Type.valueOf(type.name()),
            kind.apiVersion(),
            kind.kind(),
            stored.namespace(),
            stored.name(),
            object);
    listeners.forEach(listener -> listener.changed(change));
  }

  private void append(
      KindStore store, Change.Type type, StoredObject object, Optional<StoredObject> before) {
    var tree =
        type == Change.Type.DELETED
            ? store.objects().without(object.key())
            : store.objects().with(object);
    store.append(new Change(type, object, before, tree));
    for (var watch : store.watches()) {
      if (!watch.isEnded && store.end() - watch.position > watchBuffer) {
        watch.isEnded = true;
        watch.cut.run();
      }
    }
  }

  /** With a definition its objects go. */
  private void undefine(ObjectNode definition) {
    registry
        .byStore(KindRegistry.qualifiedPlural(definition))
        .ifPresent(
            kind -> {
              var gone = new ArrayList<StoredObject>();
              store(kind).objects().from("").forEachRemaining(gone::add);
              gone.forEach(
                  object ->
                      commit(kind, Change.Type.DELETED, object.tree(kind), Optional.of(object)));
            });
    registry.forget(definition);
  }

  private KindStore store(ApiKind kind) {
    return store(kind.qualifiedPlural());
  }

  private KindStore store(String qualifiedPlural) {
    return stores.computeIfAbsent(
        qualifiedPlural, name -> new KindStore(window, lock.newCondition()));
  }

  private static Author author(ApiKind kind, Write write, String operation) {
    return new Author(write.manager(), operation, kind.apiVersion(), write.subresource());
  }

  private String uid() {
    var high = (random.nextLong() & ~0xf000L) | 0x4000L;
    var low = (random.nextLong() & ~(3L << 62)) | (2L << 62);
    return new UUID(high, low).toString();
  }

  private String generatedName(ApiKind kind, String prefix) {
    var letters = "bcdfghjklmnpqrstvwxz2456789";
    var name = new StringBuilder(prefix);
    for (var i = 0; i < 5; i++) {
      name.append(letters.charAt(random.nextInt(letters.length())));
    }
    if (prefix.isEmpty()) {
      throw Refusal.invalid(kind, "", "metadata.name", "Required value");
    }
    return name.toString();
  }

  private <T> T locked(Supplier<T> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }
}
