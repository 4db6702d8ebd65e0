package io.bridgewatch.model;

/** Names of attributes this product reads or writes, as OpenTelemetry's conventions spell them. */
public final class AttributeNames {
  public static final String CLUSTER = "k8s.cluster.name";
  public static final String NAMESPACE = "k8s.namespace.name";
  public static final String NODE = "k8s.node.name";
  public static final String POD = "k8s.pod.name";
  public static final String POD_UID = "k8s.pod.uid";
  public static final String CONTAINER = "k8s.container.name";
  public static final String DEPLOYMENT = "k8s.deployment.name";
  public static final String REPLICASET = "k8s.replicaset.name";
  public static final String STATEFULSET = "k8s.statefulset.name";
  public static final String DAEMONSET = "k8s.daemonset.name";
  public static final String JOB = "k8s.job.name";
  public static final String CRONJOB = "k8s.cronjob.name";
  public static final String HPA = "k8s.hpa.name";
  public static final String KUBERNETES_SERVICE = "k8s.service.name";
  public static final String CONFIGMAP = "k8s.configmap.name";
  public static final String PERSISTENT_VOLUME_CLAIM = "k8s.persistentvolumeclaim.name";
  public static final String RESOURCE_QUOTA = "k8s.resourcequota.name";
  public static final String SERVICE = "service.name";
  public static final String SERVICE_NAMESPACE = "service.namespace";
  public static final String HOST = "host.name";
  public static final String DEVICE = "system.device";
  public static final String PEER_SERVICE = "peer.service";
  public static final String QUANTILE = "quantile";
  public static final String STATISTIC = "statistic";
  public static final String SERVICE_VERSION = "service.version";
  public static final String TRANSACTION = "bridgewatch.transaction.name";

  public static final String PERSISTENT_VOLUME = "k8s.persistentvolume.name";
  public static final String ZONE = "cloud.availability_zone";

  /** Name and kind of an object for which there is no type of its own. */
  public static final String OBJECT = "k8s.object.name";

  /** Such as {@code Kafka.kafka.strimzi.io}, or {@code Endpoints} in the core group. */
  public static final String OBJECT_KIND = "k8s.object.kind";

  /** Of counts of log lines: the {@link LogPattern}'s id, and what it is like. */
  public static final String LOG_PATTERN_ID = "bridgewatch.log.pattern.id";

  public static final String LOG_PATTERN = "bridgewatch.log.pattern";
  public static final String LOG_PATTERN_SAMPLE = "bridgewatch.log.pattern.sample";

  /** RFC 3339. */
  public static final String LOG_PATTERN_FIRST_SEEN = "bridgewatch.log.pattern.first_seen";

  /** The name of a {@link Severity}. */
  public static final String LOG_SEVERITY = "bridgewatch.log.severity";

  private AttributeNames() {}
}
