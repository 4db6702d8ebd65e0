package io.bridgewatch.model;

import java.time.Instant;

/** What a watch on the Kubernetes API reported of one object. */
public record WatchEvent(Instant time, Type type, KubernetesObject object) {

  /** The kinds of event a watch sends for objects. */
  public enum Type {
    ADDED,
    MODIFIED,
    DELETED
  }
}
