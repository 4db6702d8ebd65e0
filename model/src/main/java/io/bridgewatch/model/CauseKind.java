package io.bridgewatch.model;

/** The phenomenon that a cause is said to be, with the layer it belongs to. */
public enum CauseKind {
  CPU_SATURATION("container.cpu", Layer.CONTAINER),
  MEMORY_PRESSURE("container.memory", Layer.CONTAINER),
  OUT_OF_MEMORY("container.oom-killed", Layer.CONTAINER),
  CRASH_LOOP("container.crash-loop", Layer.CONTAINER),
  IMAGE_PULL("container.image-pull", Layer.CONTAINER),
  PROBE_FAILING("container.probe-failing", Layer.CONTAINER),
  CONTAINER_STOPPED("container.stopped", Layer.CONTAINER),
  DISK("container.disk", Layer.CONTAINER),
  CONFIG_MISSING("workload.config-missing", Layer.WORKLOAD),
  UNSCHEDULABLE("workload.unschedulable", Layer.WORKLOAD),
  QUOTA("workload.quota", Layer.WORKLOAD),
  ROLLOUT_STUCK("workload.rollout-stuck", Layer.WORKLOAD),
  VOLUME("workload.volume", Layer.WORKLOAD),
  JOB_FAILED("workload.job-failed", Layer.WORKLOAD),
  AUTOSCALING("workload.autoscaling", Layer.WORKLOAD),
  NO_ENDPOINTS("network.no-endpoints", Layer.NETWORK),
  NETWORK_LATENCY("network.latency", Layer.NETWORK),
  NETWORK_LOSS("network.loss", Layer.NETWORK),
  SERVICE_LATENCY("service.latency", Layer.BUSINESS),
  SERVICE_ERRORS("service.errors", Layer.BUSINESS),
  SERVICE_BEHAVIOUR("service.behaviour", Layer.BUSINESS),
  TRAFFIC_SURGE("traffic.surge", Layer.BUSINESS),
  TRAFFIC_LOSS("traffic.loss", Layer.BUSINESS),
  DEPENDENCY_FAILED("dependency.failed", Layer.BUSINESS),
  NODE_NOT_READY("node.not-ready", Layer.NODE),
  NODE_CPU("node.cpu", Layer.NODE),
  NODE_MEMORY("node.memory", Layer.NODE),
  NODE_DISK("node.disk", Layer.NODE),
  NODE_NETWORK("node.network", Layer.NODE),
  SATURATION("service.saturation", Layer.BUSINESS),
  UNKNOWN("unknown", Layer.BUSINESS);

  private final String id;
  private final Layer layer;

  CauseKind(String id, Layer layer) {
    this.id = id;
    this.layer = layer;
  }

  /** The word that documents and the API use. */
  public String id() {
    return id;
  }

  public Layer layer() {
    return layer;
  }
}
