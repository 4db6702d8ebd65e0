package io.bridgewatch.drill.cluster;

import io.bridgewatch.kubernetes.server.ObjectChange;
import io.bridgewatch.kubernetes.server.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Brings objects of one kind to what they ask for, one at a time: what changed names the objects to
 * look at, and looking at one reads all that matters and writes what is missing.
 */
abstract class Controller {
  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
  private static final int MOST_DOUBLINGS = 8;

  final World world;
  private final Set<String> dirty = new LinkedHashSet<>();
  private final Map<String, Integer> failures = new HashMap<>();
  private final Set<String> waiting = new HashSet<>();

  Controller(World world) {
    this.world = world;
  }

  /** Says which objects a change concerns. */
  abstract void seen(ObjectChange change);

  /** Looks at one object, which may be gone. */
  abstract void reconcile(String namespace, String name);

  final void enqueue(String key) {
    dirty.add(key);
  }

  final void enqueueAfter(String key, Duration delay) {
    world.clock().after(delay, () -> enqueue(key));
  }

  /** Enqueues the object that changed, or the one that controls it. */
  final void enqueueSelfOrOwner(ObjectChange change, String kind) {
    if (change.kind().equals(kind)) {
      enqueue(change.namespace() + "/" + change.name());
      return;
    }
    Trees.controller(change.object())
        .filter(owner -> Trees.text(owner, "kind").equals(kind))
        .ifPresent(owner -> enqueue(change.namespace() + "/" + Trees.text(owner, "name")));
  }

  /** Looks at all that is due. */
  final void work() {
    if (dirty.isEmpty()) {
      return;
    }
    var due = new ArrayList<>(dirty);
    dirty.clear();
    for (var key : due) {
      var slash = key.indexOf('/');
      try {
        reconcile(key.substring(0, slash), key.substring(slash + 1));
        failures.remove(key);
      } catch (Refusal refusal) {
        retry(key);
      }
    }
  }

  /** Looks again, after twice as long each time; once, however often it is asked meanwhile. */
  final void retry(String key) {
    if (!waiting.add(key)) {
      return;
    }
    var failed = failures.merge(key, 1, Integer::sum);
    world
        .clock()
        .after(
            FIRST_RETRY.multipliedBy(1L << Math.min(failed - 1, MOST_DOUBLINGS)),
            () -> {
              waiting.remove(key);
              enqueue(key);
            });
  }
}
