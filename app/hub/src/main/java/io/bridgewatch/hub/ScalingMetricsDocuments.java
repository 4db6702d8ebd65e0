package io.bridgewatch.hub;

import io.bridgewatch.scale.ScaleTarget;
import io.bridgewatch.scale.UnservedMetric;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Documents about how metrics of scaling reach autoscalers. */
final class ScalingMetricsDocuments {
  private ScalingMetricsDocuments() {}

  record ScalingMetricsShown(
      String cluster,
      @Schema(description = "whether this hub serves them to the cluster's API server")
          boolean served,
      List<MetricsGroup> groups,
      MetricsAlternative alternative) {}

  record MetricsGroup(
      @Schema(example = "external.metrics.k8s.io") String group,
      String version,
      @Schema(
              description = "namespace and name of the service behind it; null if nobody serves it",
              example = "keda/keda-operator-metrics-apiserver")
          @Nullable String owner,
      @Schema(description = "whether that is this product's") boolean ours,
      @Schema(description = "whether the API server reaches it") boolean available,
      @Schema(description = "why it is not known; null if it is") @Nullable String error) {}

  @Schema(description = "how an owner that is not ours gets the metric, through a Prometheus")
  record MetricsAlternative(
      @Schema(description = "path of the page, read with the ingest token") String page,
      @Schema(description = "job of a Prometheus that reads it, YAML") String prometheusJob,
      @Schema(description = "rule of prometheus-adapter, YAML") String adapterRule,
      @Schema(description = "trigger of a KEDA ScaledObject, YAML") String kedaTrigger) {}

  @Schema(description = "a metric of a policy that its autoscaler would not get, or may not")
  record UnservedMetricShown(
      @Schema(example = "bridgewatch-replicas-needed") String metric,
      @Schema(example = "external.metrics.k8s.io") String group,
      UnservedMetric.Reason reason,
      @Schema(
              description =
                  "namespace and name of the service that serves the group; null if nobody does, or"
                      + " it is not known",
              example = "keda/keda-operator-metrics-apiserver")
          @Nullable String owner,
      @Schema(description = "what is so, in the language that was asked for") String text,
      @Schema(description = "what helps, the best first") List<MetricWay> ways) {}

  record MetricWay(
      @Schema(description = "in the language that was asked for") String text,
      @Schema(description = "what is written for it, YAML; null for nothing")
          @Nullable String yaml) {}

  static MetricsAlternative texts() {
    return new MetricsAlternative(
        ScalingMetricsController.PAGE,
        prometheusJob(),
        adapterRule(),
        kedaTrigger(Optional.empty()));
  }

  static String prometheusJob() {
    return """
    scrape_configs:
      - job_name: bridgewatch-scaling
        honor_labels: true          # namespace is the workload's
        scrape_interval: 15s
        metrics_path: %s
        authorization: {credentials_file: /etc/prometheus/bridgewatch-token}
        static_configs: [{targets: ["bridgewatch.bridgewatch.svc:8080"]}]
    """
        .formatted(ScalingMetricsController.PAGE);
  }

  static String adapterRule() {
    var rules = new StringBuilder("externalRules:\n");
    for (LearnedMetric metric : LearnedMetric.values()) {
      rules.append(
          """
            - seriesQuery: '%1$s{namespace!="",workload!=""}'
              resources: {overrides: {namespace: {resource: namespace}}}
              name: {as: "%2$s"}
              metricsQuery: 'max(<<.Series>>{<<.LabelMatchers>>}) by (namespace, kind, workload)'
          """
              .formatted(metric.series(), metric.external()));
    }
    return rules.toString();
  }

  /**
   * @param target empty to leave its name open
   */
  static String kedaTrigger(Optional<ScaleTarget> target) {
    return """
    triggers:
      - type: prometheus
        metricType: AverageValue
        metadata:
          serverAddress: http://prometheus.monitoring.svc:9090
          query: max(%s{namespace="%s",kind="%s",workload="%s"})
          threshold: "1"
          ignoreNullValues: "false" # without a value it holds
    """
        .formatted(
            LearnedMetric.NEEDED.series(),
            target.map(ScaleTarget::namespace).orElse("NAMESPACE"),
            target.map(ScaleTarget::kind).orElse("Deployment"),
            target.map(ScaleTarget::name).orElse("NAME"));
  }
}
