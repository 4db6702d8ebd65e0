package io.bridgewatch.drill.cluster;

import io.bridgewatch.kubernetes.server.DirectObjects;
import io.bridgewatch.kubernetes.server.KubernetesServer.ObjectName;
import io.bridgewatch.kubernetes.server.Refusal;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.ObjectNode;

/**
 * What all parts of the cluster share.
 *
 * @param random streams by name
 */
record World(
    ClusterClock clock,
    DirectObjects objects,
    Cache cache,
    Recorder recorder,
    Function<String, RandomGenerator> random) {
  /** Who owns what controllers write. */
  static final String CONTROLLERS = "kube-controller-manager";

  Instant now() {
    return clock.instant();
  }

  String time() {
    return Trees.time(now());
  }

  /** Changes an object; absent when it is gone. */
  Optional<ObjectNode> change(
      ObjectName name, String manager, String subresource, Consumer<ObjectNode> change) {
    try {
      return Optional.of(
          objects.update(
              name,
              manager,
              subresource,
              live -> {
                change.accept(live);
                return live;
              }));
    } catch (Refusal refusal) {
      if (refusal.code() == 404) {
        return Optional.empty();
      }
      throw refusal;
    }
  }

  /** Replaces the status of an object; nothing is written when it is the same. */
  void setStatus(ObjectNode object, ObjectNode status) {
    if (!status.equals(object.get("status"))) {
      change(Trees.named(object), CONTROLLERS, "status", live -> live.set("status", status));
    }
  }

  /** Deletes an object that may be gone already. */
  void delete(ObjectName name, Optional<Long> graceSeconds) {
    try {
      objects.delete(name, graceSeconds);
    } catch (Refusal refusal) {
      if (refusal.code() != 404) {
        throw refusal;
      }
    }
  }
}
