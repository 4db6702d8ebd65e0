package io.bridgewatch.drill.cluster;

import io.bridgewatch.kubernetes.server.KubernetesServer;
import io.bridgewatch.kubernetes.server.ObjectChange;
import io.bridgewatch.kubernetes.server.ObjectChange.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import tools.jackson.databind.node.ObjectNode;

/**
 * All objects but events, as the cluster's parts see them, with the pods by what they are looked up
 * by, in the order in which they were made. It is up to date whenever it is read: the server queues
 * each change before the write returns. Trees in it are read only. Read by the simulation's thread.
 */
final class Cache {
  private final Queue<ObjectChange> heard = new ConcurrentLinkedQueue<>();
  private final Map<String, LinkedHashMap<String, ObjectNode>> objects = new HashMap<>();
  private final LinkedHashMap<String, Pod> pods = new LinkedHashMap<>();
  private final Map<String, LinkedHashMap<String, Pod>> podsByOwner = new HashMap<>();
  private final Map<String, LinkedHashMap<String, Pod>> podsByNode = new HashMap<>();
  private final Map<String, LinkedHashMap<String, Pod>> podsByNamespace = new HashMap<>();
  private List<ObjectChange> unseen = new ArrayList<>();

  Cache(KubernetesServer server) {
    server.listen(
        change -> {
          if (!change.kind().equals("Event")) {
            heard.add(change);
          }
        });
  }

  /** What changed since the last call, in order. */
  List<ObjectChange> takeChanges() {
    refresh();
    var taken = unseen;
    unseen = new ArrayList<>();
    return taken;
  }

  Optional<ObjectNode> find(String kind, String namespace, String name) {
    refresh();
    return Optional.ofNullable(of(kind).get(namespace + "/" + name));
  }

  Collection<ObjectNode> all(String kind) {
    refresh();
    return List.copyOf(of(kind).values());
  }

  Collection<ObjectNode> in(String kind, String namespace) {
    refresh();
    return of(kind).values().stream()
        .filter(object -> Trees.namespace(object).equals(namespace))
        .toList();
  }

  Optional<Pod> pod(String namespace, String name) {
    refresh();
    return Optional.ofNullable(pods.get(namespace + "/" + name));
  }

  Collection<Pod> pods() {
    refresh();
    return List.copyOf(pods.values());
  }

  Collection<Pod> podsOf(String ownerUid) {
    return lookUp(podsByOwner, ownerUid);
  }

  Collection<Pod> podsOn(String node) {
    return lookUp(podsByNode, node);
  }

  Collection<Pod> podsIn(String namespace) {
    return lookUp(podsByNamespace, namespace);
  }

  private Collection<Pod> lookUp(Map<String, LinkedHashMap<String, Pod>> index, String key) {
    refresh();
    var found = index.get(key);
    return found == null ? List.of() : List.copyOf(found.values());
  }

  private void refresh() {
    for (var change = heard.poll(); change != null; change = heard.poll()) {
      var key = change.namespace() + "/" + change.name();
      if (change.type() == Type.DELETED) {
        of(change.kind()).remove(key);
      } else {
        of(change.kind()).put(key, change.object());
      }
      if (change.kind().equals("Pod")) {
        index(key, change);
      }
      unseen.add(change);
    }
  }

  private void index(String key, ObjectChange change) {
    var before = pods.get(key);
    if (before != null && change.type() == Type.DELETED) {
      pods.remove(key);
    }
    if (before != null && (change.type() == Type.DELETED || isMoved(before, change))) {
      lookedUp(podsByOwner, before.ownerUid()).remove(key);
      lookedUp(podsByNode, before.nodeName()).remove(key);
      lookedUp(podsByNamespace, before.namespace()).remove(key);
    }
    if (change.type() == Type.DELETED) {
      return;
    }
    var pod = Pod.of(change.object());
    pods.put(key, pod);
    lookedUp(podsByOwner, pod.ownerUid()).put(key, pod);
    lookedUp(podsByNode, pod.nodeName()).put(key, pod);
    lookedUp(podsByNamespace, pod.namespace()).put(key, pod);
  }

  /** Whether it is looked up by something else than before. */
  private static boolean isMoved(Pod before, ObjectChange change) {
    var owner = Trees.controller(change.object()).map(one -> Trees.text(one, "uid")).orElse("");
    return !before.ownerUid().equals(owner)
        || !before.nodeName().equals(Trees.text(change.object(), "spec", "nodeName"));
  }

  private static Map<String, Pod> lookedUp(
      Map<String, LinkedHashMap<String, Pod>> index, String key) {
    return index.computeIfAbsent(key, name -> new LinkedHashMap<>());
  }

  private LinkedHashMap<String, ObjectNode> of(String kind) {
    return objects.computeIfAbsent(kind, name -> new LinkedHashMap<>());
  }
}
