package io.bridgewatch.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.bridgewatch.kubernetes.server.AccessRule;
import io.bridgewatch.kubernetes.server.ServerOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Metrics for autoscalers, asked for as an API server's proxy does, over TLS. */
class MetricsApiTest {

  private static final String HPA = "system:serviceaccount:kube-system:horizontal-pod-autoscaler";
  private static final String NEEDED =
      "/apis/external.metrics.k8s.io/v1beta1/namespaces/shop/bridgewatch-replicas-needed";
  private static final String PODS =
      "/apis/custom.metrics.k8s.io/v1beta2/namespaces/shop/pods/*/bridgewatch-requests-per-second";

  @TempDir Path folder;
  private ProxyCertificates certificates;
  private ScaledCart cart;

  @BeforeEach
  void start() throws Exception {
    certificates = new ProxyCertificates(folder);
    String proxyCa = certificates.authority("proxy-ca");
    certificates.authority("other-ca");
    certificates.authority("server-ca");
    certificates.signed("hub", "server-ca", "san=dns:localhost,ip:127.0.0.1");
    certificates.pem("hub");
    certificates.signed("front-proxy-client", "proxy-ca");
    certificates.signed("kubelet", "proxy-ca");
    certificates.signed("stranger", "other-ca");
    var options =
        ServerOptions.standard()
            .withAccount("t", "bridgewatch", List.of(new AccessRule("*", "*", "*")))
            .withAccount(
                "h",
                HPA,
                List.of(
                    new AccessRule("external.metrics.k8s.io", "*", "list"),
                    new AccessRule("custom.metrics.k8s.io", "*", "list"),
                    new AccessRule("custom.metrics.k8s.io", "*", "get")));
    cart =
        new ScaledCart(
            folder,
            options,
            "--metrics-api-port=0",
            "--metrics-api-certificates=" + folder.resolve("hub.crt"),
            "--metrics-api-key=" + folder.resolve("hub.key"));
    cart.server()
        .put(
            """
        {"apiVersion": "v1", "kind": "ConfigMap",
         "metadata": {"name": "extension-apiserver-authentication", "namespace": "kube-system"},
         "data": {"requestheader-client-ca-file": "%s",
           "requestheader-allowed-names": "[\\"front-proxy-client\\"]"}}
        """
                .formatted(proxyCa.replace("\r", "").replace("\n", "\\n")));
  }

  @AfterEach
  void stop() {
    cart.close();
  }

  private record Answer(int status, JsonNode json) {}

  private Answer asked(String certificate, String user, String path) throws Exception {
    try (var client =
        HttpClient.newBuilder()
            .sslContext(certificates.client(certificate, "server-ca"))
            .version(HttpClient.Version.HTTP_1_1)
            .build()) {
      int port = cart.hub().hub().metricsApiPort().orElseThrow();
      var request =
          HttpRequest.newBuilder(URI.create("https://localhost:" + port + path))
              .timeout(Duration.ofSeconds(30));
      if (!user.isEmpty()) {
        request.header("X-Remote-User", user).header("X-Remote-Group", "system:authenticated");
      }
      var answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(answer.statusCode(), RunningHub.JSON.readTree(answer.body()));
    }
  }

  private Answer asked(String path) throws Exception {
    return asked("front-proxy-client", HPA, path);
  }

  @Test
  void onlyTheProxyOfTheApiServerIsLetIn() throws Exception {
    String discovery = "/apis/external.metrics.k8s.io/v1beta1";
    assertThatThrownBy(() -> asked("stranger", HPA, discovery))
        .as("signed by another")
        .isInstanceOf(IOException.class);
    assertThat(asked("", HPA, discovery).status()).as("without a certificate").isEqualTo(401);
    assertThat(asked("kubelet", HPA, discovery).status()).as("of another name").isEqualTo(401);
    assertThat(asked("front-proxy-client", "", discovery).status()).as("no user").isEqualTo(401);
    var known = asked(discovery);
    assertThat(known.status()).isEqualTo(200);
    assertThat(known.json().path("kind").asString()).isEqualTo("APIResourceList");
    assertThat(known.json().at("/resources/0/name").asString())
        .isEqualTo("bridgewatch-replicas-needed");
    assertThat(asked("/apis").json().path("groups").size()).isEqualTo(2);
    assertThat(asked("/apis/custom.metrics.k8s.io/v1beta2").json().path("resources").toString())
        .contains("pods/bridgewatch-requests-per-second", "deployments.apps/");
    assertThat(asked("/apis/metrics.k8s.io/v1beta1").status()).isEqualTo(404);
  }

  @Test
  void whoMayNotReadAMetricIsRefused() throws Exception {
    var refused = asked("front-proxy-client", "eve", NEEDED + "?labelSelector=workload%3Dcart");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.json().path("reason").asString()).isEqualTo("Forbidden");
    assertThat(asked("front-proxy-client", "eve", PODS).status()).isEqualTo(403);
  }

  @Test
  void replicasNeededAreToldByLabelsAndNothingWhereNothingIsKnown() throws Exception {
    String of = NEEDED + "?labelSelector=kind%3DDeployment%2Cworkload%3Dcart";
    assertThat(asked(of).json().path("items").isEmpty()).as("nothing was learned").isTrue();
    cart.told(Duration.ofHours(14));
    var admin = cart.admin();
    ScalingNeedsTest.learned(admin);
    cart.hub().hub().context().getBean(ScalingNeeds.class).turn();
    var answer = asked(of).json();
    assertThat(answer.path("kind").asString()).isEqualTo("ExternalMetricValueList");
    assertThat(answer.path("apiVersion").asString()).isEqualTo("external.metrics.k8s.io/v1beta1");
    var item = answer.at("/items/0");
    assertThat(item.path("metricName").asString()).isEqualTo("bridgewatch-replicas-needed");
    assertThat(item.at("/metricLabels/workload").asString()).isEqualTo("cart");
    double told = admin.get("/api/v1/scaling/learned").json().at("/items/0/needed").asDouble();
    assertThat(item.path("value").asString())
        .isEqualTo(MetricsApiAnswers.quantity(told))
        .matches("\\d+m?");
    assertThat(asked(of.replace("cart", "none")).json().path("items").isEmpty()).isTrue();
    assertThat(asked(NEEDED).status()).as("all at once would be added up").isEqualTo(400);
    assertThat(asked(NEEDED.replace("-needed", "-else")).status()).isEqualTo(404);

    String token =
        admin.send("PUT", "/api/v1/pipeline/ingest-token", "").json().path("token").asString();
    var page =
        cart.hub()
            .send(
                cart.hub()
                    .request("GET", ScalingMetricsController.PAGE, "")
                    .header("Authorization", "Bearer " + token));
    assertThat(page.body())
        .contains(
            "bridgewatch_replicas_needed{cluster=\"east\",namespace=\"shop\",kind=\"Deployment\","
                + "workload=\"cart\"} "
                + told);
    assertThat(admin.get(ScalingMetricsController.PAGE).status()).isEqualTo(401);
  }

  @Test
  void customMetricsAreOfPodsAndOfWhatHasThem() throws Exception {
    cart.told(Duration.ofMinutes(10));
    cart.pods();
    double half = ScaledCart.rate(cart.clock().instant().minusSeconds(30)) / 2;
    var pods = asked(PODS + "?labelSelector=app%3Dcart").json();
    assertThat(pods.path("kind").asString()).isEqualTo("MetricValueList");
    assertThat(pods.path("items").size()).as(pods.toString()).isEqualTo(2);
    assertThat(pods.at("/items/0/describedObject/name").asString()).isEqualTo(ScaledCart.PODS[0]);
    assertThat(milli(pods.at("/items/0/value").asString()) / 1000)
        .isCloseTo(half, within(half / 2));
    assertThat(asked(PODS + "?labelSelector=app%3Dnone").json().path("items").isEmpty()).isTrue();
    assertThat(asked(PODS + "?labelSelector=a%20b").status()).isEqualTo(400);
    var whole =
        asked(
                PODS.replace("pods/*", "deployments.apps/cart")
                    .replace("requests-per-second", "requests-in-flight"))
            .json();
    assertThat(milli(whole.at("/items/0/value").asString()) / 1000)
        .as("0.04 s each")
        .isCloseTo(2 * half * 0.04, within(half * 0.04));
    assertThat(asked(PODS.replace("pods/*", "deployments.apps/idle")).status()).isEqualTo(404);
  }

  private static double milli(String quantity) {
    return quantity.endsWith("m")
        ? Double.parseDouble(quantity.substring(0, quantity.length() - 1))
        : 1000 * Double.parseDouble(quantity);
  }

  @Test
  void whoServesAGroupIsNamed() {
    var admin = cart.admin();
    var nobody = admin.get("/api/v1/scaling/metrics-api").json();
    assertThat(nobody.path("served").asBoolean()).isTrue();
    assertThat(nobody.at("/groups/0/owner").isNull()).as(nobody.toString()).isTrue();
    cart.server()
        .put(
            """
            {"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
             "metadata": {"name": "apiservices.apiregistration.k8s.io"},
             "spec": {"group": "apiregistration.k8s.io", "scope": "Cluster",
               "names": {"plural": "apiservices", "kind": "APIService"},
               "versions": [{"name": "v1", "served": true, "storage": true}]}}
            """);
    cart.server()
        .put(
            """
            {"apiVersion": "apiregistration.k8s.io/v1", "kind": "APIService",
             "metadata": {"name": "v1beta1.external.metrics.k8s.io"},
             "spec": {"group": "external.metrics.k8s.io", "version": "v1beta1",
               "service": {"namespace": "keda", "name": "keda-operator-metrics-apiserver"}},
             "status": {"conditions": [{"type": "Available", "status": "True"}]}}
            """);
    var keda = admin.get("/api/v1/scaling/metrics-api").json();
    assertThat(keda.at("/groups/0/owner").asString())
        .as(keda.toString())
        .isEqualTo("keda/keda-operator-metrics-apiserver");
    assertThat(keda.at("/groups/0/ours").asBoolean()).isFalse();
    assertThat(keda.at("/groups/0/available").asBoolean()).isTrue();
    assertThat(keda.at("/alternative/kedaTrigger").asString())
        .contains("type: prometheus", "bridgewatch_replicas_needed");
  }
}
