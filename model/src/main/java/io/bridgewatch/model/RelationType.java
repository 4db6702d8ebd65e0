package io.bridgewatch.model;

import java.util.Locale;

/** How one entity depends on another; read as "from … to". */
public enum RelationType {
  /** The caller sends requests to the callee. */
  CALLS,
  /** A pod runs on a node, a service runs as a pod. */
  RUNS_ON,
  /** A pod is owned by its ReplicaSet, that by its Deployment. */
  OWNED_BY,
  /** A Kubernetes service sends its connections to pods. */
  ROUTES_TO,
  /** A pod mounts a volume or reads a ConfigMap. */
  MOUNTS,
  /** An HPA sets the replicas of a workload. */
  SCALES,
  /** A device sits in a node, a node in a zone. */
  LOCATED_IN;

  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
