package io.bridgewatch.adapter.report;

import io.bridgewatch.model.ObjectReason;

/** What the words mean by which Kubernetes objects say that something is wrong. */
final class StateReasons {

  private StateReasons() {}

  /** A few words, never empty. */
  static String meaning(ObjectReason reason, Language language) {
    return switch (reason) {
      case OOM_KILLED -> language.pick("killed for lack of memory", "内存不足被终止");
      case CRASH_LOOP_BACK_OFF ->
          language.pick("keeps crashing, next start is delayed", "反复崩溃，等待下次启动");
      case ERROR -> language.pick("container ended with an error", "容器异常退出");
      case CONTAINER_CANNOT_RUN, START_ERROR, RUN_CONTAINER_ERROR ->
          language.pick("container cannot be started", "容器无法启动");
      case POST_START_HOOK_ERROR -> language.pick("its post-start hook fails", "postStart 钩子失败");
      case UNHEALTHY -> language.pick("probe fails", "健康探针失败");
      case READINESS_GATES_NOT_READY -> language.pick("a readiness gate is closed", "就绪门控未通过");
      case IMAGE_PULL_BACK_OFF, ERR_IMAGE_PULL -> language.pick("image cannot be pulled", "镜像拉取失败");
      case ERR_IMAGE_NEVER_PULL ->
          language.pick("image is not on the node, and pulling is forbidden", "节点上没有镜像且禁止拉取");
      case INVALID_IMAGE_NAME -> language.pick("image name is not valid", "镜像名不合法");
      case IMAGE_INSPECT_ERROR -> language.pick("image cannot be read", "镜像无法读取");
      case REGISTRY_UNAVAILABLE -> language.pick("image registry cannot be reached", "镜像仓库无法访问");
      case CREATE_CONTAINER_CONFIG_ERROR ->
          language.pick(
              "a ConfigMap, Secret or key it needs is missing", "所需的 ConfigMap、Secret 或键缺失");
      case CREATE_CONTAINER_ERROR -> language.pick("container cannot be created", "容器创建失败");
      case UNSCHEDULABLE -> language.pick("no node can take the pod", "没有节点可以容纳该 Pod");
      case OUT_OF_CPU -> language.pick("node has too little CPU left for it", "节点剩余 CPU 不足");
      case OUT_OF_MEMORY_ADMISSION ->
          language.pick("node has too little memory left for it", "节点剩余内存不足");
      case OUT_OF_PODS -> language.pick("node takes no more pods", "节点 Pod 数已满");
      case NODE_AFFINITY -> language.pick("node does not match its affinity", "节点不满足亲和性要求");
      case UNEXPECTED_ADMISSION_ERROR -> language.pick("refused by its node", "被节点拒绝接纳");
      case FAILED_CREATE -> language.pick("pods cannot be created", "无法创建 Pod");
      case FAILED_MOUNT -> language.pick("volume cannot be mounted", "存储卷挂载失败");
      case FAILED_ATTACH_VOLUME -> language.pick("volume cannot be attached", "存储卷无法挂接到节点");
      case FAILED_MAP_VOLUME -> language.pick("volume cannot be mapped", "存储卷映射失败");
      case PROVISIONING_FAILED -> language.pick("volume cannot be provisioned", "存储卷创建失败");
      case FAILED_CREATE_POD_SANDBOX ->
          language.pick("pod's network or sandbox cannot be set up", "Pod 网络或沙箱创建失败");
      case EVICTED -> language.pick("driven off its node", "被节点驱逐");
      case PROGRESS_DEADLINE_EXCEEDED ->
          language.pick("rollout made no progress in time", "发布超时未完成");
      case MINIMUM_REPLICAS_UNAVAILABLE -> language.pick("too few replicas available", "可用副本数不足");
      case BACKOFF_LIMIT_EXCEEDED -> language.pick("job failed too many times", "Job 重试次数用尽");
      case DEADLINE_EXCEEDED -> language.pick("ran longer than allowed", "运行超过期限");
      case POD_FAILURE_POLICY ->
          language.pick("job ended by its pod failure policy", "按 Pod 失败策略终止 Job");
      case FAILED_INDEXES, MAX_FAILED_INDEXES_EXCEEDED ->
          language.pick("parts of the job failed", "Job 的部分索引失败");
      case FAILED_GET_SCALE ->
          language.pick("autoscaler cannot read the replicas of its target", "自动伸缩无法读取目标副本数");
      case FAILED_UPDATE_SCALE ->
          language.pick("autoscaler cannot set the replicas of its target", "自动伸缩无法设置目标副本数");
      case FAILED_GET_RESOURCE_METRIC ->
          language.pick("autoscaler cannot read its metric", "自动伸缩无法读取指标");
      case FAILED_COMPUTE_METRICS_REPLICAS ->
          language.pick("autoscaler cannot tell how many replicas to run", "自动伸缩无法计算副本数");
      case INVALID_SELECTOR ->
          language.pick("selector of the autoscaler's target is not valid", "自动伸缩目标的选择器不合法");
      case TOO_MANY_REPLICAS ->
          language.pick("autoscaler is at its maximum of replicas", "自动伸缩已达最大副本数");
      case NODE_STATUS_UNKNOWN, NODE_STATUS_NEVER_UPDATED, NODE_LOST ->
          language.pick("node does not report", "节点失联");
      case KUBELET_NOT_READY, NODE_GONE -> language.pick("node not ready", "节点未就绪");
      case NODE_SHUTDOWN -> language.pick("node shuts down", "节点正在关机");
      case MEMORY_PRESSURE -> language.pick("node short of memory", "节点内存不足");
      case DISK_PRESSURE -> language.pick("node short of disk space", "节点磁盘空间不足");
      case PID_PRESSURE -> language.pick("node short of process ids", "节点进程号不足");
      case NETWORK_UNAVAILABLE -> language.pick("node has no network", "节点网络不可用");
      case NODE_NOT_SCHEDULABLE -> language.pick("node is cordoned", "节点已被设为不可调度");
      case NEW_REPLICA_SET_UNAVAILABLE ->
          language.pick("no pod of the new version becomes ready", "新版本没有 Pod 就绪");
      case REPLICAS_NOT_READY -> language.pick("too few pods are ready", "就绪 Pod 数不足");
      case NO_READY_ENDPOINTS ->
          language.pick("no ready pod to send connections to", "没有就绪的 Pod 可接收连接");
      case CLAIM_PENDING -> language.pick("claim waits for its volume", "存储卷声明等待绑定");
      case CLAIM_LOST -> language.pick("volume of the claim is gone", "存储卷声明对应的卷已丢失");
    };
  }
}
