package io.bridgewatch.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.hub.RunningHub.Client;
import io.bridgewatch.kubernetes.server.AccessRule;
import io.bridgewatch.kubernetes.server.KubernetesServer.ObjectName;
import io.bridgewatch.kubernetes.server.ServerOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Who serves a policy's metrics is told where a person decides: readiness and plan. */
class MetricsOwnersTest {

  private static final String OWNER = "monitoring/prometheus-adapter";
  private static final ObjectName EXTERNAL =
      new ObjectName(
          "apiregistration.k8s.io/v1", "APIService", "", "v1beta1.external.metrics.k8s.io");

  /** Groups that deploy/rbac/read-only.yaml allows, but that of APIServices. */
  private static final List<String> GROUPS =
      List.of(
          "",
          "apps",
          "batch",
          "autoscaling",
          "policy",
          "discovery.k8s.io",
          "events.k8s.io",
          "storage.k8s.io",
          "networking.k8s.io",
          "gateway.networking.k8s.io",
          "coordination.k8s.io",
          "apiextensions.k8s.io");

  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init") // each test starts its own
  private ScaledCart cart;

  private Client start(ServerOptions options) throws IOException {
    cart = new ScaledCart(folder, options);
    cart.server().put(definition("apiregistration.k8s.io", "v1", "apiservices", "APIService"));
    return cart.admin();
  }

  @AfterEach
  void stop() {
    cart.close();
  }

  private static String definition(String group, String version, String plural, String kind) {
    return """
    {"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
     "metadata": {"name": "%3$s.%1$s"},
     "spec": {"group": "%1$s", "scope": "Cluster", "names": {"plural": "%3$s", "kind": "%4$s"},
       "versions": [{"name": "%2$s", "served": true, "storage": true}]}}
    """
        .formatted(group, version, plural, kind);
  }

  private void registered(String version, String group, int priority, String service) {
    int slash = service.indexOf('/');
    cart.server()
        .put(
            """
            {"apiVersion": "apiregistration.k8s.io/v1", "kind": "APIService",
             "metadata": {"name": "%1$s.%2$s"},
             "spec": {"group": "%2$s", "version": "%1$s", "versionPriority": %3$d,
               "service": {"namespace": "%4$s", "name": "%5$s"}},
             "status": {"conditions": [{"type": "Available", "status": "True"}]}}
            """
                .formatted(
                    version,
                    group,
                    priority,
                    service.substring(0, slash),
                    service.substring(slash + 1)));
  }

  /** A policy that may be planned, by CPU and metrics of ours. */
  private void approvable(Client admin) {
    String policy =
        """
        {"namespace": "shop", "targetKind": "Deployment", "targetName": "cart", "maxReplicas": 9,
         "metrics": [
           {"type": "Resource", "resource": {"name": "cpu",
             "target": {"type": "Utilization", "averageUtilization": 100}}},
           {"type": "External", "external": {
             "metric": {"name": "bridgewatch-replicas-needed", "selector": {"matchLabels":
               {"kind": "Deployment", "workload": "cart"}}},
             "target": {"type": "AverageValue", "averageValue": "1"}}}]}
        """;
    assertThat(admin.send("PUT", "/api/v1/scaling/policy", policy).status()).isEqualTo(200);
    for (String mode : List.of("SHADOW", "APPROVE")) {
      assertThat(
              admin
                  .send(
                      "PUT",
                      "/api/v1/scaling/policy/mode?namespace=shop&name=cart",
                      "{\"mode\": \"%s\", \"reason\": \"a test\"}".formatted(mode))
                  .status())
          .isEqualTo(200);
    }
  }

  private static JsonNode detail(Client admin, String lang) {
    return admin.get("/api/v1/scaling/workload" + ScaledCart.AT + "&lang=" + lang).json();
  }

  private static JsonNode served(JsonNode detail) {
    return detail
        .path("checks")
        .valueStream()
        .filter(check -> check.path("criterion").asString().equals("METRICS_SERVED"))
        .findFirst()
        .orElseThrow();
  }

  private static JsonNode planned(Client admin, String lang) {
    var answer =
        admin.send(
            "POST",
            "/api/v1/scaling/plans?lang=" + lang,
            "{\"namespace\": \"shop\", \"policy\": \"cart\"}");
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return answer.json();
  }

  private static JsonNode confirmed(Client admin, JsonNode plan) {
    return admin
        .send("POST", "/api/v1/scaling/plans/" + plan.path("id").asString() + "/confirm", "")
        .json();
  }

  /** Lets what was read of the cluster grow old. */
  private void later() {
    cart.clock().advance(Duration.ofMinutes(2));
  }

  @Test
  void whereNobodyServesItTheGapSaysHowTheHubCould() throws IOException {
    var admin = start(ServerOptions.standard());
    assertThat(served(detail(admin, "en")).path("met").asBoolean())
        .as("without a policy there is nothing to serve")
        .isTrue();
    approvable(admin);
    var gap = served(detail(admin, "en")).at("/gaps/0");
    assertThat(gap.path("evidence").asString())
        .isEqualTo(
            "its autoscaler would not get bridgewatch-replicas-needed: nobody serves"
                + " external.metrics.k8s.io in this cluster");
    assertThat(gap.path("fix").asString()).contains("--metrics-api-port", "deploy/metrics-api");
    assertThat(served(detail(admin, "zh")).at("/gaps/0/evidence").asString())
        .contains("无人提供 external.metrics.k8s.io");
    var plan = planned(admin, "zh");
    assertThat(plan.path("state").asString()).as(plan.toString()).isEqualTo("PLANNED");
    var unserved = plan.at("/unservedMetrics/0");
    assertThat(unserved.path("reason").asString()).isEqualTo("NOBODY");
    assertThat(unserved.path("owner").isNull()).isTrue();
    assertThat(unserved.at("/ways/0/text").asString()).contains("由本服务提供");
    assertThat(confirmed(admin, plan).path("state").asString())
        .as("it was shown; a person may decide so")
        .isEqualTo("APPLIED");
  }

  @Test
  void whatIsOursIsServedUntilItIsNot() throws IOException {
    var admin = start(ServerOptions.standard());
    registered("v1beta1", "external.metrics.k8s.io", 100, "bridgewatch/bridgewatch-metrics");
    approvable(admin);
    var detail = detail(admin, "en");
    assertThat(served(detail).path("met").asBoolean()).as(detail.toString()).isTrue();
    assertThat(detail.path("unservedMetrics").isEmpty()).isTrue();
    var plan = planned(admin, "en");
    assertThat(plan.path("unservedMetrics").isEmpty()).isTrue();
    cart.server()
        .patch(
            EXTERNAL,
            "{\"status\": {\"conditions\": [{\"type\": \"Available\", \"status\": \"False\"}]}}",
            "kube-aggregator");
    var stale = confirmed(admin, plan);
    assertThat(stale.path("state").asString()).isEqualTo("STALE");
    assertThat(stale.path("reason").asString()).isEqualTo("MetricUnserved");
    assertThat(stale.path("message").asString()).contains("the API server does not reach");
    assertThat(planned(admin, "en").at("/unservedMetrics/0/reason").asString())
        .isEqualTo("OURS_UNREACHABLE");
  }

  @Test
  void anotherOwnerIsNamedWithItsRuleAndWhatElseCouldBe() throws IOException {
    var admin = start(ServerOptions.standard());
    cart.told(Duration.ofHours(14));
    ScalingNeedsTest.learned(admin);
    registered("v1beta1", "external.metrics.k8s.io", 100, OWNER);
    approvable(admin);
    assertThat(served(detail(admin, "en")).at("/gaps/0/evidence").asString())
        .contains("external.metrics.k8s.io is owned by the service " + OWNER);
    var unserved = planned(admin, "en").at("/unservedMetrics/0");
    assertThat(unserved.path("owner").asString()).isEqualTo(OWNER);
    assertThat(unserved.path("reason").asString()).isEqualTo("NOT_OF_OWNER");
    assertThat(unserved.at("/ways/0/text").asString()).contains("let " + OWNER + " serve it");
    assertThat(unserved.at("/ways/0/yaml").asString())
        .contains("metrics_path: /api/v1/scaling/metrics", "externalRules:");
    assertThat(unserved.at("/ways/1/text").asString())
        .as("with numbers of its own load")
        .containsPattern("scale by CPU at (50|70|80) %.* pod-hours, under the learned policy");
    assertThat(unserved.at("/ways/1/yaml").asString()).contains("averageUtilization: ");

    registered("v1beta1", "external.metrics.k8s.io", 100, "keda/keda-operator-metrics-apiserver");
    assertThat(planned(admin, "zh").at("/unservedMetrics/0/ways/0/yaml").asString())
        .contains("kind=\"Deployment\",workload=\"cart\"");

    registered("v1beta1", "external.metrics.k8s.io", 100, OWNER);
    cart.server()
        .put(
            definition(
                "external.metrics.k8s.io",
                "v1beta1",
                "bridgewatch-replicas-needed",
                "ExternalMetricValueList"));
    later();
    assertThat(served(detail(admin, "en")).path("met").asBoolean())
        .as("once the owner lists it")
        .isTrue();
  }

  @Test
  void ofTwoVersionsThatCountsWhichTheApiServerPrefers() throws IOException {
    var admin = start(ServerOptions.standard());
    registered("v1beta1", "custom.metrics.k8s.io", 100, OWNER);
    var groups = admin.get("/api/v1/scaling/metrics-api").json().path("groups");
    assertThat(groups.at("/1/owner").asString()).isEqualTo(OWNER);
    assertThat(groups.at("/1/version").asString()).isEqualTo("v1beta1");
    registered("v1beta2", "custom.metrics.k8s.io", 200, "bridgewatch/bridgewatch-metrics");
    groups = admin.get("/api/v1/scaling/metrics-api").json().path("groups");
    assertThat(groups.at("/1/ours").asBoolean()).as(groups.toString()).isTrue();
  }

  @Test
  void whoMayNotReadApiServicesDoesNotKnowAndSaysWhatHelps() throws IOException {
    var rules = new ArrayList<AccessRule>();
    GROUPS.forEach(group -> rules.add(new AccessRule(group, "*", "*")));
    var admin = start(ServerOptions.standard().withAccount("t", "bridgewatch", rules));
    registered("v1beta1", "external.metrics.k8s.io", 100, OWNER);
    approvable(admin);
    var gap = served(detail(admin, "en")).at("/gaps/0");
    assertThat(gap.path("evidence").asString())
        .contains("it is not known", "v1beta1.external.metrics.k8s.io may not be read");
    assertThat(gap.path("fix").asString()).contains("deploy/rbac/read-only.yaml");
    var plan = planned(admin, "en");
    assertThat(plan.at("/unservedMetrics/0/reason").asString()).isEqualTo("OWNER_UNKNOWN");
    assertThat(confirmed(admin, plan).path("state").asString()).isEqualTo("APPLIED");
  }
}
