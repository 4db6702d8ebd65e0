package io.bridgewatch.bench.discover;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Entity;
import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.EntityType;
import io.bridgewatch.model.Topology;
import io.bridgewatch.topology.FactNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Measures how long changes take from being made to being seen in a topology. A change that a later
 * one of the same pod overtakes is seen when that one is. Safe for several threads.
 */
final class Visibility {
  private final Map<String, EntityRef> refs = new HashMap<>();
  private final Map<String, Waiting> waiting = new HashMap<>();
  private final List<Double> seconds = new ArrayList<>();

  /** The last change of a pod, and when it and those that it overtook were made. */
  private record Waiting(PodChanges.Change last, List<Long> madeMicros) {}

  Visibility(Topology complete) {
    for (var pod : complete.entities(EntityType.POD)) {
      refs.put(key(pod), pod.ref());
    }
  }

  synchronized void made(PodChanges.Change change) {
    var key = change.namespace() + "/" + change.name();
    var earlier = waiting.get(key);
    var made = earlier == null ? new ArrayList<Long>() : earlier.madeMicros();
    made.add(change.epochMicros());
    waiting.put(key, new Waiting(change, made));
  }

  /** Notes what is seen now. */
  synchronized void look(Topology topology, long epochMicros) {
    waiting
        .entrySet()
        .removeIf(
            entry -> {
              var one = entry.getValue();
              var ref = refs.get(entry.getKey());
              var pod = ref == null ? Optional.<Entity>empty() : topology.entity(ref);
              if (!isSeen(one.last(), pod)) {
                return false;
              }
              one.madeMicros().forEach(made -> seconds.add((epochMicros - made) / 1e6));
              return true;
            });
  }

  synchronized int waiting() {
    return waiting.size();
  }

  /** Of all changes seen so far. */
  synchronized Percentiles seconds() {
    return Percentiles.of(seconds);
  }

  private static boolean isSeen(PodChanges.Change change, Optional<Entity> pod) {
    if (change.isDelete()) {
      return pod.isEmpty();
    }
    return pod.filter(seen -> restarts(seen) == change.restarts()).isPresent();
  }

  static long restarts(Entity pod) {
    return Long.parseLong(pod.attributes().getOr(FactNames.RESTARTS, "0"));
  }

  private static String key(Entity pod) {
    return pod.ref().identity().getOr(AttributeNames.NAMESPACE, "") + "/" + pod.ref().name();
  }
}
