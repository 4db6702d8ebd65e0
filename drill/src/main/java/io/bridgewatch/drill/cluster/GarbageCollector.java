package io.bridgewatch.drill.cluster;

import io.bridgewatch.kubernetes.server.ObjectChange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * Deletes what has no owner left, and pods that no kubelet will ever end: those of nodes that are
 * gone.
 */
final class GarbageCollector extends Controller {
  /** Kinds whose objects may have owners. */
  private static final List<String> OWNED =
      List.of(
          "Pod",
          "ReplicaSet",
          "Job",
          "ControllerRevision",
          "EndpointSlice",
          "Lease",
          "PersistentVolumeClaim");

  private final Set<String> gone = new HashSet<>();

  GarbageCollector(World world) {
    super(world);
  }

  @Override
  void seen(ObjectChange change) {
    if (change.type() == ObjectChange.Type.DELETED) {
      gone.add(Trees.uid(change.object()));
      enqueue("/collect");
    }
  }

  @Override
  void reconcile(String namespace, String name) {
    for (var kind : OWNED) {
      for (var object : new ArrayList<>(world.cache().all(kind))) {
        if (isOrphan(object)) {
          world.delete(Trees.named(object), Optional.empty());
        }
      }
    }
    gone.clear();
    for (var pod : new ArrayList<>(world.cache().pods())) {
      if (!pod.nodeName().isEmpty() && world.cache().find("Node", "", pod.nodeName()).isEmpty()) {
        world.delete(pod.objectName(), Optional.of(0L));
      }
    }
  }

  private boolean isOrphan(ObjectNode object) {
    var owners = Trees.at(object, "metadata", "ownerReferences");
    return !owners.isEmpty()
        && !Trees.isTerminating(object)
        && owners.valueStream().allMatch(owner -> gone.contains(Trees.text(owner, "uid")));
  }
}
