package io.bridgewatch.kubernetes.server;

import java.util.Optional;

/**
 * One change of one object.
 *
 * @param object as it is after the change; as it was, with the new version, when it went
 * @param before as it was, absent when it is new
 * @param after all objects of the kind after the change
 */
record Change(Type type, StoredObject object, Optional<StoredObject> before, ObjectTree after) {
  /** What a watch calls it. */
  enum Type {
    ADDED,
    MODIFIED,
    DELETED
  }

  long version() {
    return object.version();
  }
}
