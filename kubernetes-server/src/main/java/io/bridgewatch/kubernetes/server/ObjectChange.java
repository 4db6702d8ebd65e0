package io.bridgewatch.kubernetes.server;

import tools.jackson.databind.node.ObjectNode;

/**
 * One change of one object, as it is told to {@link KubernetesServer#listen listeners}.
 *
 * @param object after the change; as it was when it is gone. To be read only
 */
public record ObjectChange(
    Type type, String apiVersion, String kind, String namespace, String name, ObjectNode object) {
  public enum Type {
    ADDED,
    MODIFIED,
    DELETED
  }

  /** Hears of changes, in their order, by the thread that writes; must return at once. */
  @FunctionalInterface
  public interface Listener {
    void changed(ObjectChange change);
  }
}
