package io.bridgewatch.hub;

import io.bridgewatch.adapter.report.Language;
import io.bridgewatch.hub.ScalingMetricsDocuments.MetricWay;
import io.bridgewatch.hub.ScalingMetricsDocuments.UnservedMetricShown;
import io.bridgewatch.hub.UnservedMetrics.Instead;
import io.bridgewatch.hub.UnservedMetrics.Unserved;
import io.bridgewatch.scale.MetricsApis;
import io.bridgewatch.scale.ScaleTarget;
import io.bridgewatch.scale.UnservedMetric;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What is said of metrics that autoscalers would not get, and the ways out, in both languages. */
final class MetricsWords {

  private MetricsWords() {}

  static UnservedMetricShown shown(Unserved one, ScaleTarget target, Language in) {
    var metric = one.metric();
    return new UnservedMetricShown(
        metric.metric(),
        metric.group().apiGroup(),
        metric.reason(),
        metric.owner().isEmpty() ? null : metric.owner(),
        text(metric, in),
        ways(metric, Optional.of(target), Optional.ofNullable(one.instead()), in));
  }

  static String text(UnservedMetric one, Language in) {
    String metric = one.metric();
    String group = one.group().apiGroup();
    String owner = one.owner();
    return switch (one.reason()) {
      case NOBODY ->
          say(
              in,
              "its autoscaler would not get %s: nobody serves %s in this cluster"
                  .formatted(metric, group),
              "其自动伸缩器取不到 %s：此集群中无人提供 %s".formatted(metric, group));
      case OURS_UNREACHABLE ->
          say(
              in,
              "its autoscaler would not get %s: this product serves %s as %s, which the API server does not reach"
                  .formatted(metric, group, owner),
              "其自动伸缩器取不到 %s：%s 由本产品以 %s 提供，但 API server 无法访问它".formatted(metric, group, owner));
      case NOT_OF_OURS ->
          say(
              in,
              "its autoscaler would not get %s: this product serves %s as %s, and knows no such metric"
                  .formatted(metric, group, owner),
              "其自动伸缩器取不到 %s：%s 由本产品以 %s 提供，其中没有这个指标".formatted(metric, group, owner));
      case OWNER_UNREACHABLE ->
          say(
              in,
              "its autoscaler would not get %s: %s is owned by the service %s, which the API server does not reach"
                  .formatted(metric, group, owner),
              "其自动伸缩器取不到 %s：%s 归服务 %s 所有，但 API server 无法访问它".formatted(metric, group, owner));
      case NOT_OF_OWNER ->
          say(
              in,
              "its autoscaler would not get %s: %s is owned by the service %s, which does not serve it"
                  .formatted(metric, group, owner),
              "其自动伸缩器取不到 %s：%s 归服务 %s 所有，而它不提供这个指标".formatted(metric, group, owner));
      case OWNER_UNKNOWN ->
          say(
              in,
              "it is not known whether its autoscaler would get %s, as it is not known who serves %s: %s"
                  .formatted(metric, group, one.why()),
              "不知道其自动伸缩器能否取到 %s，因为不知道 %s 由谁提供：%s".formatted(metric, group, one.why()));
    };
  }

  /** What helps, in one sentence. */
  static String fix(UnservedMetric one, Language in) {
    return ways(one, Optional.empty(), Optional.empty(), in).stream()
        .map(MetricWay::text)
        .collect(Collectors.joining(say(in, "; or ", "；或者")));
  }

  private static List<MetricWay> ways(
      UnservedMetric one, Optional<ScaleTarget> target, Optional<Instead> instead, Language in) {
    var ways = new ArrayList<MetricWay>();
    ways.add(
        switch (one.reason()) {
          case NOBODY -> nobody(one, in);
          case OURS_UNREACHABLE ->
              plain(
                  in,
                  "see why %s is not reached: the hub's --metrics-api-port, its certificate, and the CA in the APIService"
                      .formatted(one.owner()),
                  "查明为何无法访问 %s：服务的 --metrics-api-port、其证书，以及 APIService 中的 CA"
                      .formatted(one.owner()));
          case NOT_OF_OURS -> {
            String known = String.join(", ", new TreeSet<>(MetricsApiValues.of(one.group())));
            yield plain(
                in, "name one that it serves: %s".formatted(known), "改用它提供的指标：%s".formatted(known));
          }
          case OWNER_UNREACHABLE ->
              plain(
                  in,
                  "repair %s; no autoscaler of this cluster gets metrics of that group until then"
                      .formatted(one.owner()),
                  "修复 %s；在此之前，此集群的任何自动伸缩器都取不到该组指标".formatted(one.owner()));
          case NOT_OF_OWNER -> byOwner(one, target, in);
          case OWNER_UNKNOWN ->
              plain(
                  in,
                  "let the hub read APIServices: kubectl apply -f deploy/rbac/read-only.yaml",
                  "允许服务读取 APIService：kubectl apply -f deploy/rbac/read-only.yaml");
        });
    if (one.reason() != UnservedMetric.Reason.OWNER_UNKNOWN) {
      ways.add(byCpu(instead, in));
    }
    return ways;
  }

  private static MetricWay nobody(UnservedMetric one, Language in) {
    return MetricsApiValues.NAMES.contains(one.metric())
        ? plain(
            in,
            "let the hub serve it: start it with --metrics-api-port and apply deploy/metrics-api",
            "由本服务提供：启动时加 --metrics-api-port，并应用 deploy/metrics-api")
        : plain(
            in,
            "install a server of such metrics that knows %s".formatted(one.metric()),
            "安装一个提供 %s 的指标服务".formatted(one.metric()));
  }

  /** How the owner of the group gets a metric of ours. */
  private static MetricWay byOwner(UnservedMetric one, Optional<ScaleTarget> target, Language in) {
    Optional<LearnedMetric> told =
        one.group() == MetricsApis.Group.EXTERNAL
            ? LearnedMetric.of(one.metric())
            : Optional.empty();
    if (told.isEmpty()) {
      return plain(
          in,
          "name a metric of the workload that %s serves".formatted(one.owner()),
          "改用 %s 所提供的该工作负载的指标".formatted(one.owner()));
    }
    if (told.get() == LearnedMetric.NEEDED
        && one.owner().toLowerCase(Locale.ROOT).contains("keda")) {
      return new MetricWay(
          say(
              in,
              "leave the workload to KEDA instead of this policy: a ScaledObject with this trigger, once a Prometheus reads the hub's page %s"
                  .formatted(ScalingMetricsController.PAGE),
              "不用此策略，改由 KEDA 负责：让 Prometheus 读取服务的 %s 页面，再用带此触发器的 ScaledObject"
                  .formatted(ScalingMetricsController.PAGE)),
          ScalingMetricsDocuments.kedaTrigger(target));
    }
    return new MetricWay(
        say(
            in,
            "let %s serve it by this rule, once a Prometheus reads the hub's page %s"
                .formatted(one.owner(), ScalingMetricsController.PAGE),
            "让 Prometheus 读取服务的 %2$s 页面，再由 %1$s 按此规则提供"
                .formatted(one.owner(), ScalingMetricsController.PAGE)),
        ScalingMetricsDocuments.prometheusJob() + ScalingMetricsDocuments.adapterRule());
  }

  private static MetricWay byCpu(Optional<Instead> instead, Language in) {
    if (instead.isEmpty()) {
      return plain(
          in,
          "scale by CPU, which needs nobody to serve it; learning the workload (./bw scale learn) tells which target fits",
          "改用 CPU，它无需他人提供；学习该工作负载（./bw scale learn）可知哪个目标合适");
    }
    var one = instead.get();
    return new MetricWay(
        say(
            in,
            "scale by CPU at %d %%, which needs nobody to serve it: on the workload's own load %s of the requests were hurt at %.1f pod-hours, under the learned policy %s at %.1f"
                .formatted(
                    one.cpuPercent(),
                    percent(one.hurtShare()),
                    one.podHours(),
                    percent(one.learnedHurtShare()),
                    one.learnedPodHours()),
            "改用 CPU %d%%，它无需他人提供：在该工作负载自身的负载上，%s 的请求受损，%.1f Pod 小时；学到的策略为 %s，%.1f Pod 小时"
                .formatted(
                    one.cpuPercent(),
                    percent(one.hurtShare()),
                    one.podHours(),
                    percent(one.learnedHurtShare()),
                    one.learnedPodHours())),
        """
        metrics:
          - type: Resource
            resource: {name: cpu, target: {type: Utilization, averageUtilization: %d}}
        """
            .formatted(one.cpuPercent()));
  }

  private static MetricWay plain(Language in, String english, String chinese) {
    return new MetricWay(say(in, english, chinese), null);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * share);
  }

  private static String say(Language language, String english, String chinese) {
    return switch (language) {
      case EN -> english;
      case ZH -> chinese;
    };
  }
}
