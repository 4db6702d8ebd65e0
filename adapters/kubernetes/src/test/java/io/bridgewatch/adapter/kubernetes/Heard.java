package io.bridgewatch.adapter.kubernetes;

import io.bridgewatch.model.FeedStatus;
import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.model.ObjectKind;
import io.bridgewatch.model.Observation;
import io.bridgewatch.model.WatchEvent;
import io.bridgewatch.ports.ClusterFeed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Takes what a feed tells, keeps what exists by the rules of {@link Observation}, and notes where
 * those rules were broken.
 */
final class Heard implements ClusterFeed.Sink {

  private static final long PATIENCE_SECONDS = 30;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Observation> all = new ArrayList<>();
  private final List<String> violations = new ArrayList<>();
  private final Map<String, Map<String, KubernetesObject>> objects = new HashMap<>();
  private final Map<ObjectKind, Set<String>> lists = new HashMap<>();
  private final Map<String, FeedStatus> statuses = new HashMap<>();

  @Override
  public void take(Observation observation) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      all.add(observation);
      switch (observation) {
        case Observation.ListBegan(var _, ObjectKind kind) -> lists.put(kind, new HashSet<>());
        case Observation.ListEnded(var _, ObjectKind kind) -> {
          Set<String> seen = lists.remove(kind);
          if (seen == null) {
            violations.add("a list of " + kind + " ended that had not begun");
          } else {
            of(kind.resource()).keySet().retainAll(seen);
          }
        }
        case Observation.Observed(ObjectKind kind, WatchEvent event) -> observed(kind, event);
        case Observation.FeedChanged(var _, FeedStatus status) ->
            statuses.put(status.kind().map(ObjectKind::resource).orElse(""), status);
        case Observation.Audited _, Observation.Rejected _ -> {}
        case Observation.Traced _, Observation.Sampled _ ->
            violations.add("the Kubernetes API told of telemetry: " + observation);
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void observed(ObjectKind kind, WatchEvent event) {
    KubernetesObject object = event.object();
    String key = key(object.namespace(), object.name());
    Set<String> listed = lists.get(kind);
    if (event.type() == WatchEvent.Type.DELETED) {
      if (of(kind.resource()).remove(key) == null) {
        violations.add("deleted twice: " + kind + " " + key);
      }
      if (listed != null) {
        listed.remove(key);
      }
      return;
    }
    KubernetesObject before = of(kind.resource()).put(key, object);
    if (listed != null) {
      listed.add(key);
    } else if (before != null && version(before) >= version(object)) {
      violations.add(
          "told twice: %s %s, %d after %d".formatted(kind, key, version(object), version(before)));
    }
  }

  private Map<String, KubernetesObject> of(String resource) {
    return objects.computeIfAbsent(resource, r -> new TreeMap<>());
  }

  static long version(KubernetesObject object) {
    return Long.parseLong(object.text("metadata", "resourceVersion").orElse("0"));
  }

  static String key(String namespace, String name) {
    return namespace + "/" + name;
  }

  /** Waits until it is so; fails when it does not become so. */
  void await(String what, BooleanSupplier condition) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long nanos = TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
      while (!condition.getAsBoolean()) {
        if (nanos <= 0) {
          throw new AssertionError(
              "waited in vain until %s; status %s; last heard %s"
                  .formatted(
                      what, statuses, all.subList(Math.max(0, all.size() - 20), all.size())));
        }
        nanos = changed.awaitNanos(nanos);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Lets the feed go on, until it tells something or the time is over. */
  void pauseUntilNews(java.time.Duration longest) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = changed.awaitNanos(longest.toNanos());
      assert left <= longest.toNanos();
    } finally {
      lock.unlock();
    }
  }

  void awaitState(FeedStatus.State state) throws InterruptedException {
    await("the cluster is " + state, () -> state("") == state);
  }

  void awaitState(String resource, FeedStatus.State state) throws InterruptedException {
    await(resource + " is " + state, () -> state(resource) == state);
  }

  void awaitVersion(String resource, String namespace, String name, String version)
      throws InterruptedException {
    await(
        resource + " " + namespace + "/" + name + " is at " + version,
        () ->
            object(resource, namespace, name)
                .flatMap(o -> o.text("metadata", "resourceVersion"))
                .equals(Optional.of(version)));
  }

  void awaitGone(String resource, String namespace, String name) throws InterruptedException {
    await(
        resource + " " + namespace + "/" + name + " is gone",
        () -> object(resource, namespace, name).isEmpty());
  }

  /** What exists of a resource, by namespace/name. */
  Map<String, KubernetesObject> objects(String resource) {
    lock.lock();
    try {
      return Map.copyOf(of(resource));
    } finally {
      lock.unlock();
    }
  }

  Optional<KubernetesObject> object(String resource, String namespace, String name) {
    return Optional.ofNullable(objects(resource).get(key(namespace, name)));
  }

  Optional<FeedStatus> status(String resource) {
    lock.lock();
    try {
      return Optional.ofNullable(statuses.get(resource));
    } finally {
      lock.unlock();
    }
  }

  private FeedStatus.State state(String resource) {
    return status(resource).map(FeedStatus::state).orElse(FeedStatus.State.CONNECTING);
  }

  List<Observation> all() {
    lock.lock();
    try {
      return List.copyOf(all);
    } finally {
      lock.unlock();
    }
  }

  List<Observation.Rejected> rejected() {
    return all().stream()
        .filter(Observation.Rejected.class::isInstance)
        .map(Observation.Rejected.class::cast)
        .toList();
  }

  /** How often a list of a resource was begun, and ended. */
  long listsBegan(String resource) {
    return all().stream()
        .filter(o -> o instanceof Observation.ListBegan b && b.kind().resource().equals(resource))
        .count();
  }

  long listsEnded(String resource) {
    return all().stream()
        .filter(o -> o instanceof Observation.ListEnded b && b.kind().resource().equals(resource))
        .count();
  }

  /** Versions of one object in the order in which they were told. */
  List<Long> versions(String resource, String name) {
    return all().stream()
        .filter(Observation.Observed.class::isInstance)
        .map(Observation.Observed.class::cast)
        .filter(o -> o.kind().resource().equals(resource))
        .filter(o -> o.event().object().name().equals(name))
        .map(o -> version(o.event().object()))
        .toList();
  }

  List<String> violations() {
    lock.lock();
    try {
      return List.copyOf(violations);
    } finally {
      lock.unlock();
    }
  }
}
