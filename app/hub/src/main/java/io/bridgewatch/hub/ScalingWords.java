package io.bridgewatch.hub;

import io.bridgewatch.adapter.report.Language;
import io.bridgewatch.scale.Promotion;
import io.bridgewatch.scale.Readiness.Criterion;
import io.bridgewatch.scale.ReadinessGap;
import io.bridgewatch.scale.ReadinessGap.ProbeMeaningless;
import io.bridgewatch.scale.ScalingConflict;
import io.bridgewatch.scale.ScalingConflict.ReplicasOwned;
import java.util.Locale;

/** What scaling says to people, in both languages. */
final class ScalingWords {

  private ScalingWords() {}

  private static String say(Language language, String english, String chinese) {
    return switch (language) {
      case EN -> english;
      case ZH -> chinese;
    };
  }

  static String title(Criterion criterion, Language in) {
    return switch (criterion) {
      case REQUESTS -> say(in, "Requests are set", "已设置资源请求");
      case READINESS_PROBE -> say(in, "Readiness probe tells something", "就绪探针有意义");
      case METRICS -> say(in, "Metrics are complete", "指标完整");
      case METRICS_SERVED -> say(in, "Metrics reach the autoscaler", "自动伸缩器取得到指标");
      case SHUTDOWN -> say(in, "Shuts down gracefully", "可优雅停止");
      case START_TIME -> say(in, "Start time is known", "启动时间已知");
      case DOWNSTREAM -> say(in, "Capacity downstream is known", "下游容量已知");
      case ONE_SCALER -> say(in, "One scaler only", "只有一个伸缩者");
      case ROOM -> say(in, "Room for the maximum", "容得下最大副本数");
    };
  }

  static String title(Promotion.Rule rule, Language in) {
    return switch (rule) {
      case READINESS_GAPS -> say(in, "Criteria of readiness not met, at most", "未满足的就绪条件，至多");
      case DAYS_IN_MODE -> say(in, "Days in this mode, at least", "在当前模式的天数，至少");
      case SHADOW_DECISIONS -> say(in, "Decisions in shadow, at least", "影子模式下的决策数，至少");
      case HURT_SHARE_ADDED ->
          say(in, "Share of requests hurt more than in force, at most", "比现行方式多受影响的请求占比，至多");
      case POD_HOURS_RATIO -> say(in, "Pod-hours by those in force, at most", "Pod 小时与现行方式之比，至多");
      case JUDGED_EVENTS -> say(in, "Scaling events judged, at least", "已评判的伸缩事件数，至少");
      case GOOD_SHARE -> say(in, "Share of them that were right, at least", "其中正确的占比，至少");
      case REVERTED_EVENTS -> say(in, "Reverted by a person, at most", "被人工撤销的次数，至多");
      case PILOTS_MISSING ->
          say(in, "Pilots of similar workloads not there yet, at most", "尚未到位的同类试点数，至多");
    };
  }

  static String evidence(ReadinessGap gap, Language in) {
    return switch (gap) {
      case ReadinessGap.RequestMissing(var container, var resource) ->
          say(
              in,
              "container %s requests no %s".formatted(container, resource),
              "容器 %s 未设置 %s 请求".formatted(container, resource));
      case ReadinessGap.ProbeMissing(var container) ->
          say(
              in,
              "container %s has no readiness probe".formatted(container),
              "容器 %s 没有就绪探针".formatted(container));
      case ProbeMeaningless flawed -> flaw(flawed, in);
      case ReadinessGap.MetricIncomplete(var metric, var share, var missing) ->
          say(
              in,
              "%s is %s complete over the last hour, %d samples are missing; wanted 99 %%"
                  .formatted(metric, percent(share), missing),
              "%s 最近一小时完整度 %s，缺 %d 个样本；要求 99%%".formatted(metric, percent(share), missing));
      case ReadinessGap.MetricsMissing() ->
          say(in, "no CPU usage of its pods is kept", "没有其 Pod 的 CPU 用量指标");
      case ReadinessGap.MetricUnserved(var metric) -> MetricsWords.text(metric, in);
      case ReadinessGap.PreStopMissing(var container) ->
          say(
              in,
              "container %s has no preStop hook".formatted(container),
              "容器 %s 没有 preStop 钩子".formatted(container));
      case ReadinessGap.GraceTooShort(var seconds, var wanted) ->
          say(
              in,
              "terminationGracePeriodSeconds is %d, wanted %d at least".formatted(seconds, wanted),
              "terminationGracePeriodSeconds 为 %d，至少需要 %d".formatted(seconds, wanted));
      case ReadinessGap.StartUnknown(var pods, var wanted) ->
          say(
              in,
              "%d of %d starts were seen".formatted(pods, wanted),
              "只看到 %d 次启动，至少需要 %d 次".formatted(pods, wanted));
      case ReadinessGap.StartsFail(var never, var pods) ->
          say(
              in,
              "%d of %d pods never became ready".formatted(never, pods),
              "%2$d 个 Pod 中有 %1$d 个从未就绪".formatted(never, pods));
      case ReadinessGap.DownstreamUnknown(var name) ->
          say(
              in,
              "it calls %s, whose capacity is not known".formatted(name),
              "它调用 %s，其容量未知".formatted(name));
      case ReadinessGap.DownstreamTooSmall(var name, var capacity, var each, var bears, var max) ->
          say(
              in,
              "%s bears %s, each replica may take %s: %d replicas, and the maximum is %d"
                  .formatted(name, number(capacity), number(each), bears, max),
              "%s 可承受 %s，每个副本最多占用 %s，即 %d 个副本，而最大副本数为 %d"
                  .formatted(name, number(capacity), number(each), bears, max));
      case ReadinessGap.ScaledByOthers(var conflict) -> conflict(conflict, in);
      case ReadinessGap.MaximumUnset(var bears) ->
          say(
              in,
              "no maximum is set; there is room for %d replicas".formatted(bears),
              "尚未设置最大副本数；当前可容纳 %d 个副本".formatted(bears));
      case ReadinessGap.NodesTooSmall(var bears, var max, var nodes) ->
          say(
              in,
              "%d nodes hold %d replicas, and the maximum is %d".formatted(nodes, bears, max),
              "%d 个节点可容纳 %d 个副本，而最大副本数为 %d".formatted(nodes, bears, max));
      case ReadinessGap.QuotaTooSmall(var quota, var resource, var bears, var max) ->
          say(
              in,
              "quota %s allows %d replicas by %s, and the maximum is %d"
                  .formatted(quota, bears, resource, max),
              "配额 %s 按 %s 允许 %d 个副本，而最大副本数为 %d".formatted(quota, resource, bears, max));
    };
  }

  private static String flaw(ProbeMeaningless gap, Language in) {
    return switch (gap.flaw()) {
      case SAME_AS_LIVENESS ->
          say(
              in,
              "container %s asks the same for readiness and liveness: %s"
                  .formatted(gap.container(), gap.detail()),
              "容器 %s 的就绪探针与存活探针相同：%s".formatted(gap.container(), gap.detail()));
      case ALWAYS_SUCCEEDS ->
          say(
              in,
              "the readiness probe of container %s always succeeds: %s"
                  .formatted(gap.container(), gap.detail()),
              "容器 %s 的就绪探针总是成功：%s".formatted(gap.container(), gap.detail()));
      case ONLY_CONNECTS ->
          say(
              in,
              "the readiness probe of container %s only connects: %s"
                  .formatted(gap.container(), gap.detail()),
              "容器 %s 的就绪探针只检查能否连接：%s".formatted(gap.container(), gap.detail()));
      case NOTICES_LATE ->
          say(
              in,
              "the readiness probe of container %s needs %s to notice"
                  .formatted(gap.container(), gap.detail()),
              "容器 %s 的就绪探针需要 %s 才能发现问题".formatted(gap.container(), gap.detail()));
    };
  }

  static String fix(ReadinessGap gap, Language in) {
    return switch (gap) {
      case ReadinessGap.RequestMissing(var container, var resource) ->
          say(
              in,
              "set resources.requests.%s of container %s to what it uses at normal load"
                  .formatted(resource, container),
              "将容器 %2$s 的 resources.requests.%1$s 设为正常负载下的用量".formatted(resource, container));
      case ReadinessGap.ProbeMissing(var container) ->
          say(
              in,
              "add a readinessProbe that asks container %s whether it can serve: warm, and its own dependencies reached"
                  .formatted(container),
              "为容器 %s 增加 readinessProbe，检查其能否提供服务（已预热、依赖可达）".formatted(container));
      case ProbeMeaningless flawed ->
          switch (flawed.flaw()) {
            case SAME_AS_LIVENESS ->
                say(
                    in,
                    "let liveness ask only whether the process lives, so that overload takes a pod out of service and does not kill it",
                    "让存活探针只检查进程是否存活，这样过载时 Pod 只会被摘除而不会被杀死");
            case ALWAYS_SUCCEEDS, ONLY_CONNECTS ->
                say(
                    in,
                    "ask an HTTP or gRPC endpoint that answers only once requests can be served",
                    "改为检查只有在可以处理请求时才成功的 HTTP 或 gRPC 端点");
            case NOTICES_LATE ->
                say(
                    in,
                    "shorten periodSeconds or failureThreshold to a minute at most together",
                    "缩短 periodSeconds 或 failureThreshold，使二者之积不超过一分钟");
          };
      case ReadinessGap.MetricIncomplete gone ->
          say(
              in,
              "see on the pipeline page which scrapes fail; a gap that is read as no load scales down",
              "在采集页面查看哪些抓取失败；缺失的数据会被当成没有负载而缩容");
      case ReadinessGap.MetricsMissing() ->
          say(
              in,
              "let the kubelets' metrics be scraped (deploy/rbac/telemetry.yaml), or send container metrics by OTLP",
              "允许抓取 kubelet 指标（deploy/rbac/telemetry.yaml），或通过 OTLP 发送容器指标");
      case ReadinessGap.MetricUnserved(var metric) -> MetricsWords.fix(metric, in);
      case ReadinessGap.PreStopMissing(var container) ->
          say(
              in,
              "add lifecycle.preStop with a sleep of 5 to 15 s to container %s, so that load balancers stop sending first"
                  .formatted(container),
              "为容器 %s 增加 lifecycle.preStop，sleep 5–15 秒，让负载均衡先停止转发".formatted(container));
      case ReadinessGap.GraceTooShort(var seconds, var wanted) ->
          say(
              in,
              "raise terminationGracePeriodSeconds to %d or more".formatted(wanted),
              "将 terminationGracePeriodSeconds 提高到 %d 或以上".formatted(wanted));
      case ReadinessGap.StartUnknown unknown ->
          say(
              in,
              "restart it once outside business hours (kubectl rollout restart); starts are measured as they happen",
              "在业务低谷重启一次（kubectl rollout restart），启动过程会自动测量");
      case ReadinessGap.StartsFail failing ->
          say(
              in,
              "find out on the timeline why its pods do not become ready; new replicas would fail the same way",
              "在时间线上查明 Pod 为何未能就绪；新增副本会以同样方式失败");
      case ReadinessGap.DownstreamUnknown(var name) ->
          say(
              in,
              "name %s in the policy's downstreams with its capacity and what one replica takes, such as connections"
                  .formatted(name),
              "在策略的 downstreams 中写明 %s 的容量和每个副本的占用（例如连接数）".formatted(name));
      case ReadinessGap.DownstreamTooSmall(var name, var capacity, var each, var bears, var max) ->
          say(
              in,
              "lower maxReplicas to %d, make the pools of the replicas smaller, or raise what %s bears"
                  .formatted(bears, name),
              "将 maxReplicas 降到 %d，减小每个副本的连接池，或提高 %s 的容量".formatted(bears, name));
      case ReadinessGap.ScaledByOthers(var conflict) -> fix(conflict, in);
      case ReadinessGap.MaximumUnset unset ->
          say(in, "make a policy with a maximum", "创建带最大副本数的策略");
      case ReadinessGap.NodesTooSmall(var bears, var max, var nodes) ->
          say(
              in,
              "lower maxReplicas to %d, or add nodes that take these pods".formatted(bears),
              "将 maxReplicas 降到 %d，或增加可调度这些 Pod 的节点".formatted(bears));
      case ReadinessGap.QuotaTooSmall(var quota, var resource, var bears, var max) ->
          say(
              in,
              "lower maxReplicas to %d, or raise %s of quota %s".formatted(bears, resource, quota),
              "将 maxReplicas 降到 %d，或提高配额 %s 的 %s".formatted(bears, quota, resource));
    };
  }

  static String conflict(ScalingConflict conflict, Language in) {
    return switch (conflict) {
      case ScalingConflict.OtherScaler other ->
          other.through().isPresent()
              ? say(
                  in,
                  "%s scales it by the autoscaler %s"
                      .formatted(other.owner(), other.through().get()),
                  "%s 通过自动伸缩器 %s 对其伸缩".formatted(other.owner(), other.through().get()))
              : say(
                  in,
                  "%s scales it".formatted(other.owner()),
                  "%s 也在对其伸缩".formatted(other.owner()));
      case ScalingConflict.SharedPods(var hpa, var workload) ->
          say(
              in,
              "the autoscaler %s of %s takes the same pods; the controller then stops both"
                  .formatted(hpa, workload),
              "%2$s 的自动伸缩器 %1$s 选中了相同的 Pod，控制器会同时停止二者".formatted(hpa, workload));
      case ReplicasOwned owned -> owned(owned, in);
      case ScalingConflict.RequestsChanged(var kind, var name, var mode) ->
          say(
              in,
              "%s %s changes its requests (mode %s), and so what a utilization means"
                  .formatted(kind, name, mode),
              "%s %s（模式 %s）会改变其资源请求，从而改变利用率的含义".formatted(kind, name, mode));
    };
  }

  private static String owned(ReplicasOwned owned, Language in) {
    return switch (owned.source()) {
      case GITOPS ->
          say(
              in,
              "%s owns spec.replicas and writes it with each deployment".formatted(owned.manager()),
              "%s 拥有 spec.replicas，每次发布都会重写".formatted(owned.manager()));
      case SCALER ->
          say(
              in,
              "%s writes the number of replicas itself".formatted(owned.manager()),
              "%s 自行写入副本数".formatted(owned.manager()));
      case PERSON, OTHER ->
          say(
              in,
              "%s set spec.replicas last".formatted(owned.manager()),
              "%s 最后设置了 spec.replicas".formatted(owned.manager()));
    };
  }

  private static String fix(ScalingConflict conflict, Language in) {
    return switch (conflict) {
      case ScalingConflict.OtherScaler other ->
          say(
              in,
              "keep one: remove %s, or leave the workload to it".formatted(other.owner()),
              "只保留一个：删除 %s，或者让它继续负责".formatted(other.owner()));
      case ScalingConflict.SharedPods(var hpa, var workload) ->
          say(
              in,
              "narrow the selector of %s".formatted(workload),
              "缩小 %s 的选择器范围".formatted(workload));
      case ReplicasOwned owned ->
          say(
              in,
              "take replicas out of what %s deploys".formatted(owned.manager()),
              "从 %s 发布的清单中去掉 replicas".formatted(owned.manager()));
      case ScalingConflict.RequestsChanged(var kind, var name, var mode) ->
          say(
              in,
              "set updateMode of %s to Off, and use its recommendation by hand".formatted(name),
              "将 %s 的 updateMode 设为 Off，人工采纳其建议".formatted(name));
    };
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", share * 100);
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.valueOf((long) value)
        : String.format(Locale.ROOT, "%.2f", value);
  }
}
