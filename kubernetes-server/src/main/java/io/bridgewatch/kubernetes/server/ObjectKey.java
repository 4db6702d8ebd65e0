package io.bridgewatch.kubernetes.server;

/**
 * Where an object of a kind is.
 *
 * @param namespace empty for cluster-scoped objects and for all namespaces
 * @param name empty for all objects
 */
record ObjectKey(String namespace, String name) {
  /** The order of lists is that of these texts, as in etcd. */
  String text() {
    return namespace.isEmpty() ? name : namespace + "/" + name;
  }
}
