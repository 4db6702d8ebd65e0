package io.bridgewatch.kubernetes.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BelowObjectsTest {
  private static final Instant TIME = Instant.parse("2027-03-01T12:00:00Z");
  private static final String POD = "/api/v1/namespaces/bank/pods/pay-0";

  private final KubernetesServer server =
      KubernetesServer.start(
          ServerOptions.standard()
              .withTime(() -> TIME)
              .withHooks(
                  ServerHooks.none()
                      .withNodePages(
                          (node, path, query) ->
                              node.equals("a")
                                  ? Optional.of(
                                      ServerHooks.Page.of("text/plain", path + query.size()))
                                  : Optional.empty())
                      .withPodPages(
                          (pod, path, query) ->
                              Optional.of(
                                  ServerHooks.Page.of("text/plain", pod.port() + " " + path)))
                      .withPodLogs(BelowObjectsTest::open)
                      .withMetrics(new Measured())));

  @AfterEach
  void close() {
    server.close();
  }

  /** Ten lines, one a second. */
  private static Optional<PodLogSource.Reader> open(PodLogSource.Request request) {
    if (request.isPrevious()) {
      return Optional.empty();
    }
    var lines = new ArrayList<PodLogSource.Line>();
    for (var i = 0; i < 10; i++) {
      lines.add(new PodLogSource.Line(TIME.minusSeconds(10 - i), "line " + i));
    }
    return Optional.of(
        new PodLogSource.Reader() {
          @Override
          public List<PodLogSource.Line> next(Duration patience) {
            var taken = List.copyOf(lines.subList(0, Math.min(4, lines.size())));
            lines.removeAll(taken);
            return taken;
          }

          @Override
          public boolean isOver() {
            return lines.isEmpty();
          }
        });
  }

  private static final class Measured implements MetricsSource {
    @Override
    public List<NodeUsage> nodes() {
      return List.of();
    }

    @Override
    public List<PodUsage> pods(String namespace) {
      return List.of(
          new PodUsage(
              "bank",
              "pay-0",
              TIME,
              Duration.ofMillis(15_250),
              List.of(new ContainerUsage("pay", 1_234_567, 64 << 20))));
    }
  }

  private void putPod() {
    server.put(
        """
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"pay-0","namespace":"bank",
          "labels":{"app":"pay"}},
         "spec":{"nodeName":"a","containers":[{"name":"pay","image":"pay:1",
           "ports":[{"name":"http","containerPort":8080}]}]},
         "status":{"phase":"Running"}}""");
  }

  @Test
  void logsAreCutAsAsked() throws Exception {
    putPod();
    try (var client = new Client(server)) {
      assertThat(client.text(POD + "/log").lines()).hasSize(10);
      assertThat(client.text(POD + "/log?tailLines=2")).isEqualTo("line 8\nline 9\n");
      assertThat(client.text(POD + "/log?sinceTime=2027-03-01T11:59:58Z"))
          .isEqualTo("line 8\nline 9\n");
      assertThat(client.text(POD + "/log?sinceSeconds=1&timestamps=true"))
          .isEqualTo("2027-03-01T11:59:59Z line 9\n");
      assertThat(client.text(POD + "/log?limitBytes=9")).isEqualTo("line 0\nli");
      assertThat(client.text(POD + "/log?follow=true&tailLines=1")).isEqualTo("line 9\n");
      assertThat(client.get(POD + "/log?previous=true").text("message"))
          .isEqualTo("previous terminated container \"pay\" in pod \"pay-0\" not found");
      assertThat(client.get(POD + "/log?container=no").status()).isEqualTo(400);
      assertThat(client.get(POD + "/log?tailLines=-1").status()).isEqualTo(400);
    }
  }

  @Test
  void proxiesPassOnToNodesPodsAndServices() throws Exception {
    putPod();
    server.put("{\"apiVersion\":\"v1\",\"kind\":\"Node\",\"metadata\":{\"name\":\"a\"}}");
    server.put("{\"apiVersion\":\"v1\",\"kind\":\"Node\",\"metadata\":{\"name\":\"b\"}}");
    server.put(
        """
        {"apiVersion":"v1","kind":"Service","metadata":{"name":"pay","namespace":"bank"},
         "spec":{"ports":[{"name":"http","port":80}]}}""");
    server.put(
        """
        {"apiVersion":"discovery.k8s.io/v1","kind":"EndpointSlice","metadata":{"name":"pay-x",
          "namespace":"bank","labels":{"kubernetes.io/service-name":"pay"}},
         "ports":[{"name":"http","port":8081}],
         "endpoints":[{"addresses":["1.1.1.1"],"conditions":{"ready":true},
           "targetRef":{"kind":"Pod","name":"pay-0"}}]}""");
    try (var client = new Client(server)) {
      assertThat(client.text("/api/v1/nodes/a/proxy/metrics/cadvisor?x=1"))
          .isEqualTo("/metrics/cadvisor1");
      assertThat(client.get("/api/v1/nodes/b/proxy/stats/summary").status()).isEqualTo(503);
      assertThat(client.get("/api/v1/nodes/c/proxy/metrics").status()).isEqualTo(404);
      assertThat(client.text(POD + ":http/proxy/metrics")).isEqualTo("8080 /metrics");
      assertThat(client.text("/api/v1/namespaces/bank/services/pay:http/proxy/x/y"))
          .isEqualTo("8081 /x/y");
    }
  }

  @Test
  void anEvictionTakesFromTheBudgetAndIsRefusedWhenItIsEmpty() throws Exception {
    putPod();
    server.put(
        """
        {"apiVersion":"policy/v1","kind":"PodDisruptionBudget",
         "metadata":{"name":"pay","namespace":"bank"},
         "spec":{"minAvailable":1,"selector":{"matchLabels":{"app":"pay"}}},
         "status":{"observedGeneration":1,"disruptionsAllowed":0,"desiredHealthy":1,
           "currentHealthy":1}}""");
    var eviction =
        "{\"apiVersion\":\"policy/v1\",\"kind\":\"Eviction\",\"metadata\":{\"name\":\"pay-0\"}}";
    try (var client = new Client(server)) {
      var refused = client.post(POD + "/eviction", eviction);
      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.body().at("/details/causes/0/reason").asString(""))
          .isEqualTo("DisruptionBudget");
      assertThat(refused.body().at("/details/causes/0/message").asString(""))
          .isEqualTo("The disruption budget pay needs 1 healthy pods and has 1 currently");
      var budget =
          new KubernetesServer.ObjectName("policy/v1", "PodDisruptionBudget", "bank", "pay");
      server.patch(budget, "{\"status\":{\"disruptionsAllowed\":1}}");
      assertThat(client.post(POD + "/eviction", eviction).status()).isEqualTo(201);
      assertThat(client.get(POD).text("metadata", "deletionTimestamp")).isNotEmpty();
      assertThat(server.get(budget).orElseThrow())
          .contains("\"disruptionsAllowed\":0")
          .contains("\"disruptedPods\":{\"pay-0\":");
    }
  }

  @Test
  void tablesHaveTheColumnsThatPeopleKnow() throws Exception {
    putPod();
    var table = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";
    try (var client = new Client(server, "Accept", table)) {
      var pods = client.get("/api/v1/namespaces/bank/pods");
      assertThat(pods.text("kind")).isEqualTo("Table");
      assertThat(pods.body().path("columnDefinitions").valueStream().map(c -> Json.text(c, "name")))
          .startsWith("Name", "Ready", "Status", "Restarts", "Age");
      assertThat(pods.body().at("/rows/0/cells").valueStream().map(c -> c.asString("")))
          .startsWith("pay-0", "0/1", "Running", "0", "0s");
      assertThat(pods.body().at("/rows/0/object/kind").asString(""))
          .isEqualTo("PartialObjectMetadata");
    }
  }

  @Test
  void measuresAreServedWhereSomebodyMeasures() throws Exception {
    putPod();
    try (var client = new Client(server)) {
      var pods = client.get("/apis/metrics.k8s.io/v1beta1/namespaces/bank/pods");
      assertThat(pods.text("kind")).isEqualTo("PodMetricsList");
      var pod = pods.body().at("/items/0");
      assertThat(Json.text(pod, "window")).isEqualTo("15.25s");
      assertThat(pod.at("/containers/0/usage/cpu").asString("")).isEqualTo("1234567n");
      assertThat(pod.at("/containers/0/usage/memory").asString("")).isEqualTo("65536Ki");
      assertThat(pod.at("/metadata/labels/app").asString("")).isEqualTo("pay");
      assertThat(client.get("/apis/metrics.k8s.io/v1beta1/namespaces/bank/pods/no").status())
          .isEqualTo(404);
      var review =
          client.post(
              "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
              "{\"spec\":{\"resourceAttributes\":{\"verb\":\"get\",\"resource\":\"pods\"}}}");
      assertThat(review.body().at("/status/allowed").asBoolean(false)).isTrue();
    }
  }

  @Test
  void aStrategicPatchMergesContainersByTheirNames() throws Exception {
    putPod();
    try (var client = new Client(server)) {
      var patched =
          client.strategicPatch(
              POD,
              """
              {"metadata":{"labels":{"app":null,"tier":"core"}},
               "spec":{"containers":[{"name":"pay","image":"pay:2"},{"name":"log","image":"l:1"}],
                "tolerations":[{"key":"k"}]}}""");
      assertThat(patched.status()).isEqualTo(200);
      assertThat(patched.body().at("/metadata/labels").toString()).isEqualTo("{\"tier\":\"core\"}");
      assertThat(patched.body().at("/spec/containers/0/image").asString("")).isEqualTo("pay:2");
      assertThat(patched.body().at("/spec/containers/0/ports/0/containerPort").asInt())
          .isEqualTo(8080);
      assertThat(patched.body().at("/spec/containers")).hasSize(2);
      var removed =
          client.strategicPatch(
              POD, "{\"spec\":{\"containers\":[{\"name\":\"log\",\"$patch\":\"delete\"}]}}");
      assertThat(removed.body().at("/spec/containers")).hasSize(1);
    }
  }

  @Test
  void whatIsNotAdmittedIsNotStored() throws Exception {
    var strict =
        KubernetesServer.start(
            ServerOptions.standard()
                .withHooks(
                    ServerHooks.none()
                        .withAdmission(
                            review -> {
                              if (Json.text(review.object(), "metadata", "name").equals("bad")) {
                                throw Refusal.of(403, "Forbidden", "no bad ones");
                              }
                              review.object().put("seen", true);
                            })));
    try (strict;
        var client = new Client(strict)) {
      var bad =
          client.post("/api/v1/namespaces/bank/configmaps", "{\"metadata\":{\"name\":\"bad\"}}");
      assertThat(bad.status()).isEqualTo(403);
      assertThat(strict.count("v1", "ConfigMap")).isZero();
      var good =
          client.post("/api/v1/namespaces/bank/configmaps", "{\"metadata\":{\"name\":\"good\"}}");
      assertThat(good.body().path("seen").asBoolean(false)).isTrue();
    }
  }
}
