package io.bridgewatch.topology;

/**
 * Names of attributes that entities of a watched cluster carry beside OpenTelemetry's identifying
 * ones. Amounts are plain numbers: cores, bytes, pieces. Times are RFC 3339.
 */
public final class FactNames {
  public static final String CREATED = "k8s.object.created";
  public static final String UID = "k8s.object.uid";

  /** When an object that was asked to go must be gone. */
  public static final String DELETING = "k8s.object.deleting";

  /** Followed by the label's key. */
  public static final String LABEL = "k8s.label.";

  public static final String TEAM = "bridgewatch.team";
  public static final String APPLICATION = "bridgewatch.application";
  public static final String POOL = "bridgewatch.pool";

  public static final String IMAGE = "container.image.name";
  public static final String RESTARTS = "k8s.pod.restarts";

  /** Ready containers of all, such as {@code 1/2}. */
  public static final String POD_READY = "k8s.pod.ready";

  public static final String CONTAINER_READY = "k8s.container.ready";

  /** {@code running}, {@code waiting} or {@code terminated}. */
  public static final String CONTAINER_STATE = "k8s.container.state";

  /** Followed by the resource: {@code cpu}, {@code memory}. */
  public static final String REQUEST = "k8s.request.";

  public static final String LIMIT = "k8s.limit.";
  public static final String CAPACITY = "k8s.node.capacity.";
  public static final String ALLOCATABLE = "k8s.node.allocatable.";

  /** {@code true} for a cordoned node. */
  public static final String UNSCHEDULABLE = "k8s.node.unschedulable";

  /** Such as {@code dedicated=batch:NoSchedule}, joined by commas. */
  public static final String TAINTS = "k8s.node.taints";

  public static final String DESIRED = "k8s.workload.replicas.desired";
  public static final String READY = "k8s.workload.replicas.ready";
  public static final String UPDATED = "k8s.workload.replicas.updated";
  public static final String AVAILABLE = "k8s.workload.replicas.available";
  public static final String REVISION = "k8s.workload.revision";

  private FactNames() {}
}
