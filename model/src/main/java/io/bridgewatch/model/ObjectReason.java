package io.bridgewatch.model;

import static io.bridgewatch.model.CauseKind.*;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The words by which Kubernetes objects say that something is wrong, and the cause each speaks for.
 *
 * <p>The words are the API's own (waiting and termination reasons, condition reasons and types,
 * event reasons), because people search for them. Where the API has none, the last group lends one.
 * A reason without a kind is a consequence or a state somebody chose: it never is a cause by
 * itself.
 */
public enum ObjectReason {
  OOM_KILLED("OOMKilled", OUT_OF_MEMORY),
  CRASH_LOOP_BACK_OFF("CrashLoopBackOff", CRASH_LOOP),
  /** A container ended with a code other than 0. */
  ERROR("Error", CONTAINER_STOPPED),
  CONTAINER_CANNOT_RUN("ContainerCannotRun", CONTAINER_STOPPED),
  START_ERROR("StartError", CONTAINER_STOPPED),
  RUN_CONTAINER_ERROR("RunContainerError", CONTAINER_STOPPED),
  POST_START_HOOK_ERROR("PostStartHookError", CRASH_LOOP),
  /** A readiness, liveness or startup probe fails; the message tells which. */
  UNHEALTHY("Unhealthy", PROBE_FAILING),
  READINESS_GATES_NOT_READY("ReadinessGatesNotReady", PROBE_FAILING),
  IMAGE_PULL_BACK_OFF("ImagePullBackOff", IMAGE_PULL),
  ERR_IMAGE_PULL("ErrImagePull", IMAGE_PULL),
  ERR_IMAGE_NEVER_PULL("ErrImageNeverPull", IMAGE_PULL),
  INVALID_IMAGE_NAME("InvalidImageName", IMAGE_PULL),
  IMAGE_INSPECT_ERROR("ImageInspectError", IMAGE_PULL),
  REGISTRY_UNAVAILABLE("RegistryUnavailable", IMAGE_PULL),
  CREATE_CONTAINER_CONFIG_ERROR("CreateContainerConfigError", CONFIG_MISSING),
  CREATE_CONTAINER_ERROR("CreateContainerError", CONFIG_MISSING),

  /** No node takes the pod; the message names what is short. */
  UNSCHEDULABLE("Unschedulable", CauseKind.UNSCHEDULABLE),
  OUT_OF_CPU("OutOfcpu", CauseKind.UNSCHEDULABLE),
  OUT_OF_MEMORY_ADMISSION("OutOfmemory", CauseKind.UNSCHEDULABLE),
  OUT_OF_PODS("OutOfpods", CauseKind.UNSCHEDULABLE),
  NODE_AFFINITY("NodeAffinity", CauseKind.UNSCHEDULABLE),
  UNEXPECTED_ADMISSION_ERROR("UnexpectedAdmissionError", CauseKind.UNSCHEDULABLE),
  /** A workload may not create its pods: a quota where the message says so. */
  FAILED_CREATE(
      "FailedCreate", message -> message.contains("exceeded quota") ? QUOTA : ROLLOUT_STUCK),
  FAILED_MOUNT("FailedMount", ObjectReason::mount),
  FAILED_ATTACH_VOLUME("FailedAttachVolume", VOLUME),
  FAILED_MAP_VOLUME("FailedMapVolume", VOLUME),
  PROVISIONING_FAILED("ProvisioningFailed", VOLUME),
  FAILED_CREATE_POD_SANDBOX("FailedCreatePodSandBox", NODE_NETWORK),
  /** The kubelet threw the pod out to keep its node alive. */
  EVICTED("Evicted", message -> message.contains("storage") ? NODE_DISK : NODE_MEMORY),

  PROGRESS_DEADLINE_EXCEEDED("ProgressDeadlineExceeded", ROLLOUT_STUCK),
  MINIMUM_REPLICAS_UNAVAILABLE("MinimumReplicasUnavailable"),
  BACKOFF_LIMIT_EXCEEDED("BackoffLimitExceeded", JOB_FAILED),
  DEADLINE_EXCEEDED("DeadlineExceeded", JOB_FAILED),
  POD_FAILURE_POLICY("PodFailurePolicy", JOB_FAILED),
  FAILED_INDEXES("FailedIndexes", JOB_FAILED),
  MAX_FAILED_INDEXES_EXCEEDED("MaxFailedIndexesExceeded", JOB_FAILED),
  FAILED_GET_SCALE("FailedGetScale", AUTOSCALING),
  FAILED_UPDATE_SCALE("FailedUpdateScale", AUTOSCALING),
  FAILED_GET_RESOURCE_METRIC("FailedGetResourceMetric", AUTOSCALING),
  FAILED_COMPUTE_METRICS_REPLICAS("FailedComputeMetricsReplicas", AUTOSCALING),
  INVALID_SELECTOR("InvalidSelector", AUTOSCALING),
  /** An autoscaler wants more replicas than its maximum. */
  TOO_MANY_REPLICAS("TooManyReplicas", AUTOSCALING),

  /** The kubelet stopped reporting. */
  NODE_STATUS_UNKNOWN("NodeStatusUnknown", NODE_NOT_READY),
  NODE_STATUS_NEVER_UPDATED("NodeStatusNeverUpdated", NODE_NOT_READY),
  KUBELET_NOT_READY("KubeletNotReady", NODE_NOT_READY),
  /** What the cluster says of a pod whose node went away. */
  NODE_GONE("NodeNotReady", NODE_NOT_READY),
  NODE_LOST("NodeLost", NODE_NOT_READY),
  NODE_SHUTDOWN("NodeShutdown", NODE_NOT_READY),
  MEMORY_PRESSURE("MemoryPressure", NODE_MEMORY),
  DISK_PRESSURE("DiskPressure", NODE_DISK),
  PID_PRESSURE("PIDPressure"),
  NETWORK_UNAVAILABLE("NetworkUnavailable", NODE_NETWORK),
  /** Somebody cordoned the node. */
  NODE_NOT_SCHEDULABLE("NodeNotSchedulable"),

  /** Lent: a rollout's new ReplicaSet has pods and none of them became ready. */
  NEW_REPLICA_SET_UNAVAILABLE("NewReplicaSetUnavailable", ROLLOUT_STUCK),
  /** Lent: a StatefulSet or DaemonSet runs fewer ready pods than it should. */
  REPLICAS_NOT_READY("ReplicasNotReady"),
  /** Lent: a service has nothing left to send its connections to. */
  NO_READY_ENDPOINTS("NoReadyEndpoints", NO_ENDPOINTS),
  /** Lent: a claim waits for its volume. */
  CLAIM_PENDING("ClaimPending", VOLUME),
  /** Lent: a claim's volume is gone. */
  CLAIM_LOST("ClaimLost", VOLUME);

  private static final Map<String, ObjectReason> BY_WORD =
      Arrays.stream(values()).collect(Collectors.toMap(ObjectReason::word, Function.identity()));

  private final String word;
  private final Function<String, @Nullable CauseKind> kindByMessage;

  ObjectReason(String word) {
    this(word, message -> null);
  }

  ObjectReason(String word, CauseKind kind) {
    this(word, message -> kind);
  }

  ObjectReason(String word, Function<String, @Nullable CauseKind> kindByMessage) {
    this.word = word;
    this.kindByMessage = kindByMessage;
  }

  /** The word as the API spells it. */
  public String word() {
    return word;
  }

  public static Optional<ObjectReason> of(String word) {
    return Optional.ofNullable(BY_WORD.get(word));
  }

  /**
   * The cause that an object's state speaks for; empty where it is a consequence, a choice, or a
   * word this product does not know on a kind it knows nothing of.
   */
  public static Optional<CauseKind> causeKind(Fact.ObjectState state) {
    ObjectReason known = BY_WORD.get(state.reason());
    if (known != null) {
      return Optional.ofNullable(known.kindByMessage.apply(state.message()));
    }
    return switch (state.kind()) {
      case "HorizontalPodAutoscaler" -> Optional.of(AUTOSCALING);
      case "Job" -> Optional.of(JOB_FAILED);
      case "PersistentVolumeClaim" -> Optional.of(VOLUME);
      default -> Optional.empty();
    };
  }

  private static CauseKind mount(String message) {
    String lower = message.toLowerCase(Locale.ROOT);
    boolean names = lower.contains("configmap") || lower.contains("secret");
    return names && lower.contains("not found") ? CONFIG_MISSING : VOLUME;
  }
}
