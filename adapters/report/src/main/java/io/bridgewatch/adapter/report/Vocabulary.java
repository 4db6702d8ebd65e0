package io.bridgewatch.adapter.report;

import io.bridgewatch.model.CallMap;
import io.bridgewatch.model.CauseKind;
import io.bridgewatch.model.Change;
import io.bridgewatch.model.EntityType;
import io.bridgewatch.model.FeedStatus;
import io.bridgewatch.model.Happening;
import io.bridgewatch.model.Health;
import io.bridgewatch.model.InsufficientEvidence;
import io.bridgewatch.model.Layer;
import io.bridgewatch.model.RelationType;
import io.bridgewatch.model.RuledOut;
import io.bridgewatch.model.Severity;
import io.bridgewatch.model.Signal;

/** The word for each thing the model can name, in each language. */
public final class Vocabulary {

  private Vocabulary() {}

  /** The name of a kind of cause: {@code CPU saturation}. */
  public static String kind(CauseKind kind, Language language) {
    return switch (kind) {
      case CPU_SATURATION -> language.pick("CPU saturation", "CPU 饱和");
      case MEMORY_PRESSURE -> language.pick("memory pressure", "内存压力");
      case OUT_OF_MEMORY -> language.pick("killed for lack of memory", "内存不足被终止（OOM）");
      case CRASH_LOOP -> language.pick("crash loop", "反复崩溃");
      case IMAGE_PULL -> language.pick("image cannot be pulled", "镜像拉取失败");
      case PROBE_FAILING -> language.pick("probe failing", "健康探针失败");
      case CONTAINER_STOPPED -> language.pick("container stopped", "容器停止");
      case DISK -> language.pick("disk trouble", "磁盘异常");
      case CONFIG_MISSING -> language.pick("configuration missing", "配置缺失");
      case UNSCHEDULABLE -> language.pick("cannot be scheduled", "无法调度");
      case QUOTA -> language.pick("quota exhausted", "配额耗尽");
      case ROLLOUT_STUCK -> language.pick("rollout stuck", "发布卡住");
      case VOLUME -> language.pick("volume trouble", "存储卷异常");
      case JOB_FAILED -> language.pick("job failed", "Job 失败");
      case AUTOSCALING -> language.pick("autoscaling trouble", "自动伸缩异常");
      case NO_ENDPOINTS -> language.pick("no ready endpoints", "没有就绪的端点");
      case NETWORK_LATENCY -> language.pick("network delay", "网络延迟");
      case NETWORK_LOSS -> language.pick("packet loss", "网络丢包");
      case SERVICE_LATENCY -> language.pick("slow by itself", "自身变慢");
      case SERVICE_ERRORS -> language.pick("failing requests", "请求失败");
      case SERVICE_BEHAVIOUR -> language.pick("changed behaviour", "行为改变");
      case TRAFFIC_SURGE -> language.pick("traffic surge", "流量激增");
      case TRAFFIC_LOSS -> language.pick("traffic loss", "流量骤降");
      case DEPENDENCY_FAILED -> language.pick("dependency failed", "依赖故障");
      case NODE_NOT_READY -> language.pick("node not ready", "节点未就绪");
      case NODE_CPU -> language.pick("node short of CPU", "节点 CPU 不足");
      case NODE_MEMORY -> language.pick("node short of memory", "节点内存不足");
      case NODE_DISK -> language.pick("node disk trouble", "节点磁盘异常");
      case NODE_NETWORK -> language.pick("node network trouble", "节点网络异常");
      case SATURATION -> language.pick("saturation", "资源饱和");
      case UNKNOWN -> language.pick("cause of unknown kind", "未知类型");
    };
  }

  /** What a kind of cause says of its entity, for a title: {@code network delay towards it}. */
  static String complaint(CauseKind kind, Language language) {
    return switch (kind) {
      case CPU_SATURATION -> language.pick("CPU saturated", "CPU 饱和");
      case MEMORY_PRESSURE -> language.pick("short of memory", "内存紧张");
      case OUT_OF_MEMORY -> language.pick("killed for lack of memory", "因内存不足被终止（OOM）");
      case CRASH_LOOP -> language.pick("keeps crashing", "反复崩溃");
      case IMAGE_PULL -> language.pick("image cannot be pulled", "镜像拉取失败");
      case PROBE_FAILING -> language.pick("its probe fails", "健康探针失败");
      case CONTAINER_STOPPED -> language.pick("container stopped", "容器已停止");
      case DISK -> language.pick("disk trouble", "磁盘异常");
      case CONFIG_MISSING -> language.pick("its configuration is missing", "所需配置缺失");
      case UNSCHEDULABLE -> language.pick("cannot be scheduled", "无法调度");
      case QUOTA -> language.pick("quota exhausted", "配额耗尽");
      case ROLLOUT_STUCK -> language.pick("rollout stuck", "发布卡住");
      case VOLUME -> language.pick("its volume is not available", "存储卷不可用");
      case JOB_FAILED -> language.pick("job failed", "Job 失败");
      case AUTOSCALING -> language.pick("cannot be scaled", "无法自动伸缩");
      case NO_ENDPOINTS -> language.pick("no ready endpoints behind it", "没有就绪的端点");
      case NETWORK_LATENCY -> language.pick("network delay towards it", "访问它的网络延迟升高");
      case NETWORK_LOSS -> language.pick("packets to it are lost", "访问它的网络丢包");
      case SERVICE_LATENCY -> language.pick("slow by itself", "自身变慢");
      case SERVICE_ERRORS -> language.pick("its requests fail", "请求失败");
      case SERVICE_BEHAVIOUR -> language.pick("behaves differently", "行为改变");
      case TRAFFIC_SURGE -> language.pick("traffic surge", "流量激增");
      case TRAFFIC_LOSS -> language.pick("traffic gone", "流量骤降");
      case DEPENDENCY_FAILED -> language.pick("failed as a dependency", "作为依赖已故障");
      case NODE_NOT_READY -> language.pick("node not ready", "节点未就绪");
      case NODE_CPU -> language.pick("node short of CPU", "节点 CPU 不足");
      case NODE_MEMORY -> language.pick("node short of memory", "节点内存不足");
      case NODE_DISK -> language.pick("disk trouble on the node", "节点磁盘异常");
      case NODE_NETWORK -> language.pick("network trouble on the node", "节点网络异常");
      case SATURATION -> language.pick("saturated", "资源饱和");
      case UNKNOWN -> language.pick("out of the ordinary", "表现异常");
    };
  }

  public static String signal(Signal signal, Language language) {
    return switch (signal) {
      case LATENCY -> language.pick("latency", "延迟");
      case ERRORS -> language.pick("errors", "错误率");
      case TRAFFIC -> language.pick("traffic", "流量");
      case CPU -> "CPU";
      case MEMORY -> language.pick("memory", "内存");
      case NETWORK -> language.pick("network", "网络");
      case DISK -> language.pick("disk", "磁盘");
      case SATURATION -> language.pick("saturation", "饱和度");
      case LOG_PATTERN -> language.pick("log", "日志");
      case CALL_PATTERN -> language.pick("call pattern", "调用模式");
      case EDGE -> language.pick("call edge", "调用链路");
      case OBJECT_STATE -> language.pick("object state", "对象状态");
      case CHANGE -> language.pick("change", "变更");
      case SILENCE -> language.pick("silence", "数据中断");
      case OTHER -> language.pick("other", "其他");
    };
  }

  public static String layer(Layer layer, Language language) {
    return switch (layer) {
      case BUSINESS -> language.pick("business", "业务");
      case WORKLOAD -> language.pick("workload", "工作负载");
      case CONTAINER -> language.pick("container", "容器");
      case NETWORK -> language.pick("network", "网络");
      case NODE -> language.pick("node", "节点");
      case HARDWARE -> language.pick("hardware", "硬件");
    };
  }

  /**
   * Kinds that Kubernetes itself names keep their English name in Chinese, as people write them.
   */
  public static String type(EntityType type, Language language) {
    return switch (type) {
      case TRANSACTION -> language.pick("transaction", "交易");
      case SERVICE -> language.pick("service", "服务");
      case DEPLOYMENT -> "Deployment";
      case STATEFULSET -> "StatefulSet";
      case DAEMONSET -> "DaemonSet";
      case REPLICASET -> "ReplicaSet";
      case JOB -> "Job";
      case CRONJOB -> "CronJob";
      case HPA -> "HPA";
      case KUBERNETES_SERVICE -> language.pick("Kubernetes Service", "Kubernetes Service");
      case CONFIGMAP -> "ConfigMap";
      case RESOURCE_QUOTA -> "ResourceQuota";
      case PERSISTENT_VOLUME_CLAIM -> "PersistentVolumeClaim";
      case PERSISTENT_VOLUME -> "PersistentVolume";
      case OBJECT -> language.pick("object", "对象");
      case K8S_NAMESPACE -> language.pick("namespace", "命名空间");
      case POD -> language.pick("pod", "Pod");
      case CONTAINER -> language.pick("container", "容器");
      case NODE -> language.pick("node", "节点");
      case DEVICE -> language.pick("device", "设备");
      case ZONE -> language.pick("zone", "可用区");
      case CLUSTER -> language.pick("cluster", "集群");
    };
  }

  public static String reason(RuledOut.Reason reason, Language language) {
    return switch (reason) {
      case EXPLAINED_BY_DEPENDENCY ->
          language.pick("what it calls explains its trouble", "它调用的下游足以解释其异常");
      case NO_PATH_TO_SYMPTOM ->
          language.pick("no call or placement leads from it to the symptom", "没有调用或部署关系通向症状");
      case STARTED_AFTER_SYMPTOM ->
          language.pick("it changed only after users were hurt", "它在用户受影响之后才出现异常");
      case TOO_SMALL -> language.pick("it moved, but by little against others", "变化幅度远小于其他对象");
      case CHANGE_WITHOUT_EFFECT ->
          language.pick("changed, and nothing near it moved", "变更之后周边没有任何变化");
    };
  }

  public static String missing(InsufficientEvidence.Missing missing, Language language) {
    return switch (missing) {
      case HISTORY_BEFORE_ONSET ->
          language.pick("enough history before the onset", "故障开始前足够长的历史数据");
      case SAMPLES_AFTER_ONSET -> language.pick("samples after the onset", "故障开始后的采样数据");
      case TRACES -> language.pick("traces", "调用链数据");
      case LOGS -> language.pick("logs", "日志");
      case TOPOLOGY -> language.pick("who calls whom (topology)", "调用关系（拓扑）");
      case KUBERNETES_OBJECTS -> language.pick("Kubernetes objects and events", "Kubernetes 对象与事件");
      case DISTINCT_CAUSE ->
          language.pick("a suspect that stands out from the others", "明显突出于其他对象的嫌疑对象");
    };
  }

  public static String role(CallMap.Role role, Language language) {
    return switch (role) {
      case CAUSE -> language.pick("cause", "原因");
      case SYMPTOM -> language.pick("symptom", "症状");
      case ON_PATH -> language.pick("on the path", "传播路径上");
      case AFFECTED -> language.pick("affected", "受影响");
      case NEIGHBOUR -> language.pick("neighbour", "相邻");
    };
  }

  public static String relation(RelationType type, Language language) {
    return switch (type) {
      case CALLS -> language.pick("calls", "调用");
      case RUNS_ON -> language.pick("runs on", "运行于");
      case OWNED_BY -> language.pick("owned by", "属于");
      case ROUTES_TO -> language.pick("routes to", "转发至");
      case MOUNTS -> language.pick("mounts", "挂载");
      case SCALES -> language.pick("scales", "伸缩");
      case LOCATED_IN -> language.pick("located in", "位于");
    };
  }

  public static String change(Change.Kind kind, Language language) {
    return switch (kind) {
      case DEPLOY -> language.pick("deployment", "发布");
      case ROLLBACK -> language.pick("rollback", "回滚");
      case COMMIT -> language.pick("commit", "代码提交");
      case CONFIG -> language.pick("configuration change", "配置变更");
      case FLAG -> language.pick("feature flag change", "开关变更");
      case SCALE -> language.pick("scaling", "扩缩容");
      case HPA -> language.pick("autoscaling", "自动伸缩");
      case RESTART -> language.pick("restart", "重启");
      case NODE -> language.pick("node change", "节点变更");
      case DELETE -> language.pick("deletion", "删除");
      case INFRA -> language.pick("infrastructure change", "基础设施变更");
      case OTHER -> language.pick("change", "变更");
    };
  }

  /** How a log line of that severity is called. */
  public static String severity(Severity severity, Language language) {
    return switch (severity) {
      case UNSPECIFIED -> language.pick("log line", "日志");
      case TRACE -> language.pick("TRACE log line", "TRACE 日志");
      case DEBUG -> language.pick("DEBUG log line", "DEBUG 日志");
      case INFO -> language.pick("INFO log line", "INFO 日志");
      case WARN -> language.pick("WARN log line", "WARN 日志");
      case ERROR -> language.pick("ERROR log line", "ERROR 日志");
      case FATAL -> language.pick("FATAL log line", "FATAL 日志");
    };
  }

  /** How an entity is doing. */
  public static String health(Health.State state, Language language) {
    return switch (state) {
      case HEALTHY -> language.pick("healthy", "健康");
      case COMPLETED -> language.pick("completed", "已完成");
      case SUSPENDED -> language.pick("suspended", "已暂停");
      case UNKNOWN -> language.pick("unknown", "未知");
      case PROGRESSING -> language.pick("progressing", "进行中");
      case DEGRADED -> language.pick("degraded", "降级");
      case FAILING -> language.pick("failing", "故障");
    };
  }

  /** What became of a pod or container. */
  public static String stage(Happening.Stage stage, Language language) {
    return switch (stage) {
      case CREATED -> language.pick("created", "已创建");
      case SCHEDULED -> language.pick("scheduled", "已调度");
      case PULLING -> language.pick("pulling its image", "正在拉取镜像");
      case PULLED -> language.pick("image pulled", "镜像已拉取");
      case STARTED -> language.pick("started", "已启动");
      case READY -> language.pick("ready", "就绪");
      case UNREADY -> language.pick("no longer ready", "不再就绪");
      case TERMINATED -> language.pick("ended", "已结束");
      case RESTARTED -> language.pick("started again", "已重启");
      case EVICTED -> language.pick("evicted", "被驱逐");
      case DELETING -> language.pick("being deleted", "正在删除");
      case GONE -> language.pick("gone", "已消失");
    };
  }

  /** How well a cluster can be heard. */
  public static String feed(FeedStatus.State state, Language language) {
    return switch (state) {
      case CONNECTING -> language.pick("connecting", "连接中");
      case SYNCING -> language.pick("reading lists", "正在读取列表");
      case LIVE -> language.pick("live", "实时");
      case DOWN -> language.pick("cannot be reached", "无法连接");
      case UNAVAILABLE -> language.pick("not readable", "无法读取");
    };
  }
}
