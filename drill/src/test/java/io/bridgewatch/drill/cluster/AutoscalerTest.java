package io.bridgewatch.drill.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.drill.cluster.ReplicaCalculator.Invalid;
import io.bridgewatch.drill.cluster.ReplicaCalculator.Sample;
import io.bridgewatch.drill.plan.BankPlan;
import io.bridgewatch.drill.plan.ServicePlan;
import io.bridgewatch.kubernetes.server.KubernetesServer.ObjectName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AutoscalerTest {
  private static final ObjectName AUTOSCALER =
      new ObjectName("autoscaling/v2", "HorizontalPodAutoscaler", Trial.BANK, "pay");

  @Test
  void loadAddsReplicasAndCalmTakesThemAwayAfterFiveMinutes() {
    try (var trial = new Trial(7, AutoscalerTest::withAutoscaler)) {
      trial.run(60);
      var status = trial.get(AUTOSCALER).path("status");
      assertThat(status.path("currentReplicas").asInt()).isEqualTo(3);
      assertThat(Trees.text(status.path("conditions").path(1), "reason"))
          .isEqualTo("ValidMetricFound");

      trial.runtime.of(Trial.IMAGE).cores = 0.45; // 225 % of the request; 150 % is wanted
      trial.run(60);
      assertThat(DeploymentController.wanted(trial.get(Trial.deployment("pay")))).isGreaterThan(3);
      assertThat(trial.events("SuccessfulRescale"))
          .anyMatch(
              message ->
                  message.matches(
                      "New size: \\d; reason: cpu resource utilization \\(percentage of request\\)"
                          + " above target"));

      trial.runtime.of(Trial.IMAGE).cores = 0.01;
      trial.run(200);
      assertThat(DeploymentController.wanted(trial.get(Trial.deployment("pay")))).isGreaterThan(3);
      trial.run(300);
      assertThat(DeploymentController.wanted(trial.get(Trial.deployment("pay")))).isEqualTo(3);
      assertThat(trial.events("SuccessfulRescale"))
          .contains("New size: 3; reason: All metrics below target");
    }
  }

  private static BankPlan withAutoscaler(BankPlan plan) {
    var pay = Trial.service("pay", ServicePlan.Kind.JVM, ServicePlan.Controller.DEPLOYMENT, 3, 6);
    return new BankPlan(
        plan.cluster(), plan.nodes(), List.of(pay), plan.transactions(), plan.jobs());
  }

  @Test
  void utilisationIsRoundedAsTheRealControllerDoes() throws Invalid {
    var now = Instant.parse("2027-03-01T12:00:00Z");
    var pods = new ArrayList<Pod>();
    var samples = new HashMap<String, Sample>();
    var requests = new HashMap<String, Long>();
    for (var i = 0; i < 25; i++) {
      var name = "p" + i;
      pods.add(readyPod(name, now.minus(Duration.ofHours(1))));
      samples.put(name, new Sample(110, now, Duration.ofSeconds(15)));
      requests.put(name, 100L);
    }
    var calculator = new ReplicaCalculator(now, 0.1, 0.1);

    // 110 / 50 * 25 is 55.00000000000001 in doubles
    assertThat(calculator.byUtilization(25, pods, samples, requests, 50, true).replicas())
        .isEqualTo(56);
    assertThat(calculator.byUtilization(25, pods, samples, requests, 105, true).replicas())
        .isEqualTo(25);
    samples.remove("p0");
    assertThat(calculator.byUtilization(25, pods, samples, requests, 200, true).replicas())
        .as("a missing pod counts as twice its request when scaling down")
        .isEqualTo(15);
  }

  @Test
  void externalMetricsAreHeldAgainstAllReplicasOrAllReadyPods() {
    var now = Instant.parse("2027-03-01T12:00:00Z");
    var calculator = new ReplicaCalculator(now, 0.1, 0.1);

    assertThat(calculator.byShareOfWhole(4, 5_200, 1_000).replicas()).isEqualTo(6);
    assertThat(calculator.byShareOfWhole(4, 4_400, 1_000).replicas())
        .as("within a tenth of four replicas")
        .isEqualTo(4);
    assertThat(new ReplicaCalculator(now, 0, 0).byShareOfWhole(4, 4_001, 1_000).replicas())
        .isEqualTo(5);
    var pods = List.of(readyPod("a", now), readyPod("b", now));
    assertThat(calculator.byWhole(3, pods, 150, 100).replicas())
        .as("half as much more than the two ready ones bear")
        .isEqualTo(3);
    assertThat(calculator.byWhole(3, pods, 105, 100).replicas()).isEqualTo(3);
  }

  @Test
  void anExternalMetricScalesByItsSelectorAndWithoutAValueNothingIsScaledDown() {
    try (var trial = new Trial(7, AutoscalerTest::withAutoscaler)) {
      trial.runtime.of(Trial.IMAGE).cores = 0.01;
      trial.change(
          AUTOSCALER,
          live ->
              Trees.list(Trees.child(live, "spec"), "metrics")
                  .add(
                      Trees.parse(
                          """
                          {"type":"External","external":{
                            "metric":{"name":"needed","selector":{"matchLabels":{"for":"pay"}}},
                            "target":{"type":"AverageValue","averageValue":"1"}}}""")));
      var told = new ArrayList<ExternalMetrics.Series>();
      trial.cluster.externalMetrics(
          (namespace, metric) ->
              namespace.equals(Trial.BANK) && metric.equals("needed") ? told : List.of());
      told.add(new ExternalMetrics.Series(Map.of("for", "pay"), 3_500));
      told.add(new ExternalMetrics.Series(Map.of("for", "pay"), 1_500));
      told.add(new ExternalMetrics.Series(Map.of("for", "other"), 60_000));
      trial.run(60);
      assertThat(DeploymentController.wanted(trial.get(Trial.deployment("pay")))).isEqualTo(5);
      assertThat(trial.events("SuccessfulRescale"))
          .anyMatch(
              message ->
                  message.startsWith("New size: 5; reason: external metric needed(")
                      && message.endsWith(" above target"));

      told.clear();
      trial.run(600);
      assertThat(DeploymentController.wanted(trial.get(Trial.deployment("pay"))))
          .as("CPU asks for fewer, but one metric is missing")
          .isEqualTo(5);
      assertThat(trial.events("FailedGetExternalMetric"))
          .contains(
              "unable to get external metric needed: no metrics returned from external metrics API");
      var active = trial.get(AUTOSCALER).path("status").path("conditions").path(1);
      assertThat(Trees.text(active, "reason")).isEqualTo("FailedGetExternalMetric");

      told.add(new ExternalMetrics.Series(Map.of("for", "pay"), 500));
      trial.run(400);
      assertThat(DeploymentController.wanted(trial.get(Trial.deployment("pay")))).isEqualTo(3);
    }
  }

  private static Pod readyPod(String name, Instant since) {
    return Pod.of(
        Trees.parse(
            """
            {"metadata":{"name":"%s","namespace":"n"},"spec":{"containers":[]},
             "status":{"phase":"Running","startTime":"%s","conditions":[
              {"type":"Ready","status":"True","lastTransitionTime":"%s"}]}}"""
                .formatted(name, since, since)));
  }

  @Test
  void policiesLimitHowFastItGoes() {
    var now = Instant.parse("2027-03-01T12:00:00Z");
    var spec =
        Trees.object(
            Map.of(
                "minReplicas", 1,
                "maxReplicas", 100,
                "behavior",
                    Map.of(
                        "scaleDown",
                        Map.of(
                            "policies",
                            List.of(Map.of("type", "Percent", "value", 100, "periodSeconds", 15))),
                        "scaleUp",
                        Map.of(
                            "selectPolicy",
                            "Max",
                            "policies",
                            List.of(
                                Map.of("type", "Pods", "value", 4, "periodSeconds", 15),
                                Map.of("type", "Percent", "value", 100, "periodSeconds", 15))))));
    var history = new ScalingHistory(3, now);
    var first = history.limit(spec, 3, 50, now);
    assertThat(first.replicas()).isEqualTo(7);
    assertThat(first.reason()).isEqualTo("ScaleUpLimit");
    history.scaled(3, 7, now);
    assertThat(history.limit(spec, 7, 50, now.plusSeconds(5)).replicas()).isEqualTo(7);
    assertThat(history.limit(spec, 7, 50, now.plusSeconds(16)).replicas()).isEqualTo(14);
    assertThat(history.limit(spec, 14, 5, now.plusSeconds(60)).replicas())
        .as("held by the recommendations of five minutes")
        .isEqualTo(14);
    assertThat(history.limit(spec, 14, 5, now.plusSeconds(400)).replicas()).isEqualTo(5);
  }
}
