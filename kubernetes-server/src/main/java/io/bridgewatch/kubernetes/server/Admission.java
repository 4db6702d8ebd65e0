package io.bridgewatch.kubernetes.server;

import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Looks at each object before it is stored by a create, an update, a patch or an apply, and at
 * those that are to be deleted: fills in defaults, or refuses. Called by the thread that writes,
 * while nobody else may write: it may read the server and must not wait for anything.
 */
@FunctionalInterface
public interface Admission {
  /**
   * @throws Refusal when it must not happen
   */
  void admit(Review review);

  enum Verb {
    CREATE,
    UPDATE,
    DELETE
  }

  /**
   * What is to happen.
   *
   * @param subresource empty for the object itself
   * @param object as wanted, to be changed in place; for a delete as it is
   * @param before as it is; absent when it is new
   * @param isDryRun whether nothing is to change in the end
   */
  record Review(
      Verb verb,
      String apiVersion,
      String kind,
      String subresource,
      ObjectNode object,
      Optional<ObjectNode> before,
      boolean isDryRun) {}
}
