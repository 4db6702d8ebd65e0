package io.bridgewatch.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.bridgewatch.hub.RunningHub.Client;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Learning a policy from what a workload's pods told, over HTTP. */
class ScalingLearningTest {

  private static final String LEARNING = "/api/v1/scaling/learning";

  @TempDir Path folder;
  private ScaledCart cart;
  private Client admin;

  @BeforeEach
  void start() throws IOException {
    cart = new ScaledCart(folder);
    admin = cart.admin();
  }

  @AfterEach
  void stop() {
    cart.close();
  }

  private static String asked(String name, String more) {
    return "{\"namespace\": \"shop\", \"targetKind\": \"Deployment\", \"targetName\": \"%s\"%s}"
        .formatted(name, more);
  }

  private JsonNode ended(String at) {
    return admin.await(
        LEARNING + at + "&wait=5", answer -> !answer.path("job").path("endedAt").isNull());
  }

  @Test
  void aPolicyIsLearnedComparedAndOutlivesTheHub() throws IOException {
    cart.told(Duration.ofHours(14));
    cart.server()
        .put(
            """
            {"apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler",
             "metadata": {"name": "by-hand", "namespace": "shop"},
             "spec": {"scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment",
               "name": "cart"}, "minReplicas": 1, "maxReplicas": 20,
               "metrics": [{"type": "Resource", "resource": {"name": "cpu",
                 "target": {"type": "Utilization", "averageUtilization": 75}}}]}}
            """);
    admin.await(
        "/api/v1/scaling/workload" + ScaledCart.AT,
        one -> one.path("workload").at("/autoscalers/0").asString("").equals("by-hand"));
    var auditor = cart.hub().as(admin, "AUDITOR");
    assertThat(auditor.send("POST", LEARNING, asked("cart", "")).reason()).isEqualTo("RoleMissing");
    var begun = admin.send("POST", LEARNING, asked("cart", ", \"days\": 3"));
    assertThat(begun.status()).as(begun.body()).isEqualTo(202);
    assertThat(admin.send("POST", LEARNING, asked("cart", "")).reason())
        .isEqualTo("LearningUnderWay");
    var answer = ended(ScaledCart.AT);
    assertThat(answer.at("/job/state").asString())
        .as(answer.at("/job").toString())
        .isEqualTo("DONE");
    var learned = answer.path("learned");
    assertThat(learned.at("/plant/capacity").asDouble())
        .as("500m by 4 ms")
        .isCloseTo(125, within(4.0));
    assertThat(learned.at("/plant/serviceSeconds").asDouble()).isCloseTo(0.04, within(1e-3));
    assertThat(learned.path("capacityFrom").asString()).isEqualTo("CPU");
    assertThat(learned.path("startFrom").asString()).isEqualTo("ASSUMED");
    assertThat(learned.at("/calibration/gaps").toString()).contains("KneeNotSeen", "StartUnknown");
    assertThat(learned.at("/calibration/points").size()).isGreaterThan(200);
    var triggers = learned.at("/triggers/metrics");
    assertThat(triggers.valueStream().map(one -> one.path("metric").asString()))
        .containsExactlyInAnyOrder(
            "CPU", "MEMORY", "IN_FLIGHT", "REQUESTS", "NETWORK", "QUEUE", "POOL", "LATENCY");
    assertThat(refusal(triggers, "MEMORY")).isEqualTo("NotMeasured");
    assertThat(refusal(triggers, "CPU")).as("two replicas all the time").contains("Change");
    assertThat(learned.at("/triggers/operating/lossOf").asString()).isEqualTo("REPLICA");
    var settled = learned.path("settled");
    assertThat(settled.path("maxReplicas").asInt()).as("the autoscaler's").isEqualTo(20);
    assertThat(settled.path("minReplicas").asInt()).as("the autoscaler's").isEqualTo(1);
    assertThat(settled.path("reserve").asString()).isEqualTo("REPLICA");
    assertThat(settled.path("guard").asString())
        .as("CPU was not seen under other numbers of replicas, which is no proof against it")
        .isEqualTo("CPU");
    assertThat(settled.path("guardAt").asDouble()).isEqualTo(100);
    assertThat(learned.at("/completeness/REQUESTS").asDouble()).isGreaterThan(0.99);
    assertThat(learned.path("policies").valueStream().map(one -> one.path("kind").asString()))
        .containsExactly(
            "LEARNED", "USUAL", "USUAL", "USUAL", "IN_FORCE", "RECORDED", "STATIC", "PERFECT");
    int steps = learned.at("/load/perSecond").size();
    assertThat(steps).isBetween(830, 840);
    assertThat(learned.at("/policies/0/replicas").size()).isEqualTo(steps);
    assertThat(learned.at("/manifest/kind").asString()).isEqualTo("HorizontalPodAutoscaler");
    assertThat(learned.at("/manifest/spec/metrics/1/external/metric").toString())
        .contains("bridgewatch-replicas-needed", "\"workload\":\"cart\"");

    assertThat(auditor.get("/api/v1/audit?action=SCALING_LEARNED").body())
        .contains("Deployment shop/cart in east");
    cart.restart();
    admin = cart.admin();
    var kept = admin.get(LEARNING + ScaledCart.AT).json();
    assertThat(kept.path("job").isNull()).isTrue();
    assertThat(kept.path("learned")).isEqualTo(learned);
    assertThat(
            admin
                .get("/api/v1/scaling/learned?namespace=shop")
                .json()
                .at("/items/0/name")
                .asString())
        .isEqualTo("cart");
  }

  private static String refusal(JsonNode triggers, String metric) {
    return triggers
        .valueStream()
        .filter(one -> one.path("metric").asString().equals(metric))
        .map(one -> one.path("refusal").asString())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whatCannotBeLearnedSaysWhy() {
    cart.told(Duration.ofHours(1));
    admin.send("POST", LEARNING, asked("idle", ""));
    var idle = ended(ScaledCart.AT.replace("=cart", "=idle"));
    assertThat(idle.at("/job/state").asString()).isEqualTo("FAILED");
    assertThat(idle.at("/job/reason").asString()).isEqualTo("NoRequests");
    admin.send("POST", LEARNING, asked("cart", ""));
    var unknown = ended(ScaledCart.AT).path("job");
    assertThat(unknown.path("reason").asString()).isEqualTo("CapacityUnknown");
    assertThat(unknown.path("message").asString()).contains("TooLittleHistory, LONGER_HISTORY");
    admin.send("POST", LEARNING, asked("cart", ", \"capacity\": 50"));
    assertThat(ended(ScaledCart.AT).at("/job/message").asString())
        .contains("give a longer history");
    assertThat(admin.send("POST", LEARNING, asked("none", "")).reason()).isEqualTo("NotFound");
    assertThat(admin.send("POST", LEARNING, asked("cart", ", \"mostHurt\": 2")).body())
        .contains("mostHurt is 2.0, wanted 0.0 to 1.0");
    assertThat(admin.send("DELETE", LEARNING + ScaledCart.AT, "").reason()).isEqualTo("NotFound");
    assertThat(
            admin
                .send("POST", LEARNING, asked("cart", ", \"minReplicas\": 9, \"maxReplicas\": 4"))
                .body())
        .contains("minReplicas is 9, wanted at most maxReplicas, which is 4");
    admin.send("POST", LEARNING, asked("cart", ", \"capacity\": 50, \"reserve\": \"ZONE\""));
    assertThat(ended(ScaledCart.AT).at("/job/reason").asString()).isEqualTo("NotSpreadOverZones");
  }

  @Test
  void whatIsCalledBoundsThePolicy() {
    cart.told(Duration.ofHours(14));
    var policy =
        admin.send(
            "PUT",
            "/api/v1/scaling/policy",
            """
            {"namespace": "shop", "targetKind": "Deployment", "targetName": "cart",
             "minReplicas": 2, "maxReplicas": 20,
             "metrics": [{"type": "Resource", "resource": {"name": "cpu",
               "target": {"type": "Utilization", "averageUtilization": 60}}}],
             "downstreams": [{"name": "ledger-db", "capacity": 100, "perReplica": 16},
                             {"name": "mail", "capacity": 90, "perReplica": 1}]}
            """);
    assertThat(policy.status()).as(policy.body()).isEqualTo(200);
    admin.send("POST", LEARNING, asked("cart", ", \"minReplicas\": 7"));
    assertThat(ended(ScaledCart.AT).at("/job/message").asString())
        .contains("may have 6 replicas", "wanted at least 7");
    admin.send("POST", LEARNING, asked("cart", ", \"reserve\": \"NOTHING\""));
    var learned = ended(ScaledCart.AT).path("learned");
    assertThat(learned.at("/plant/downstreamReplicas").asInt()).as("100 over 16").isEqualTo(6);
    assertThat(learned.at("/settled/maxReplicas").asInt()).isEqualTo(6);
    assertThat(learned.at("/settled/minReplicas").asInt()).as("the policy's").isEqualTo(2);
    assertThat(learned.at("/settled/reserve").asString()).isEqualTo("NOTHING");
    assertThat(learned.at("/policies/0/effect/minutesOverloading").asDouble()).isZero();
  }

  @Test
  void aJobIsCancelled() {
    cart.told(Duration.ofHours(14));
    admin.send("POST", LEARNING, asked("cart", ""));
    assertThat(admin.send("DELETE", LEARNING + ScaledCart.AT, "").status()).isEqualTo(204);
    assertThat(ended(ScaledCart.AT).at("/job/state").asString()).isEqualTo("CANCELLED");
    assertThat(admin.get(LEARNING + ScaledCart.AT).json().path("learned").isNull()).isTrue();
  }

  @Test
  void theHistoryIsToldStepByStep() {
    cart.told(Duration.ofHours(3));
    var history = admin.get("/api/v1/scaling/history" + ScaledCart.AT).json();
    assertThat(history.path("steps").asInt()).isEqualTo(1440);
    var requests = history.at("/signals/0");
    assertThat(requests.path("signal").asString()).isEqualTo("REQUESTS");
    assertThat(requests.at("/values/0").isNull()).isTrue();
    assertThat(requests.at("/values/1435").asDouble())
        .isCloseTo(ScaledCart.rate(cart.clock().instant().minusSeconds(300)), within(60.0));
    assertThat(admin.get("/api/v1/scaling/history" + ScaledCart.AT + "&stepSeconds=5").reason())
        .isEqualTo("InvalidParameter");
  }
}
