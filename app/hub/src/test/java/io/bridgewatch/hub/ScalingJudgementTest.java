package io.bridgewatch.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.bridgewatch.kubernetes.server.KubernetesServer.ObjectName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A policy in shadow, and verdicts on changes that a cluster's history tells. */
class ScalingJudgementTest {

  private static final String CART = "?namespace=shop&name=cart";

  @TempDir Path folder;
  private ScaledCart cart;

  @BeforeEach
  void start() throws IOException {
    cart = new ScaledCart(folder);
    cart.told(Duration.ofHours(14));
    ScalingNeedsTest.learned(cart.admin());
    cart.pods();
  }

  @AfterEach
  void stop() {
    cart.close();
  }

  private <T> T bean(Class<T> type) {
    return cart.hub().hub().context().getBean(type);
  }

  @Test
  void aPolicyInShadowDecidesExplainsAndChangesNothing() {
    var admin = cart.admin();
    var learned = admin.get("/api/v1/scaling/learning" + ScaledCart.AT).json().path("learned");
    var rules = learned.path("rules");
    String policy =
        """
        {"namespace": "shop", "targetKind": "Deployment", "targetName": "cart",
         "minReplicas": 1, "maxReplicas": 20, "metrics": %s, "behavior": %s}
        """
            .formatted(rules.path("metrics"), rules.path("behavior"));
    assertThat(admin.send("PUT", "/api/v1/scaling/policy", policy).status()).isEqualTo(200);
    mode("SHADOW");
    cart.clock().advance(Duration.ofMinutes(10));
    cart.told(Duration.ofMinutes(10));
    bean(ScalingNeeds.class).recordReplicas();
    bean(ScalingNeeds.class).turn();
    bean(ScalingShadows.class).turn();
    var shadow = admin.get("/api/v1/scaling/shadow" + CART).json();
    var decision = shadow.at("/decisions/0");
    assertThat(decision.path("inForce").asInt()).as(shadow.toString()).isEqualTo(2);
    assertThat(decision.path("wanted").asInt()).isPositive();
    assertThat(decision.path("metrics").toString())
        .contains("cpu resource utilization", "external metric bridgewatch-replicas-needed");
    assertThat(decision.path("error").asString()).isEmpty();
    assertThat(shadow.at("/effect/own/podHours").asDouble()).as(shadow.toString()).isPositive();
    assertThat(shadow.at("/effect/inForce/podHours").asDouble()).isPositive();
    assertThat(decision.at("/metrics/0/replicas").asInt()).isPositive();
    assertThat(decision.at("/metrics/0/leftOut").isArray()).isTrue();
    assertThat(shadow.path("next").isNull()).isTrue();
    bean(ScalingShadows.class).turn();
    assertThat(admin.get("/api/v1/scaling/shadow" + CART).json().path("decisions").size())
        .as("the same is kept once")
        .isEqualTo(1);
    var course = admin.get("/api/v1/scaling/shadow/replicas" + CART).json();
    int steps = course.path("shadow").size();
    assertThat(course.path("stepSeconds").asInt()).isEqualTo(300);
    assertThat(steps).isBetween(289, 290).isEqualTo(course.path("inForce").size());
    assertThat(course.path("shadow").get(steps - 1).asInt())
        .as(course.toString())
        .isEqualTo(decision.path("wanted").asInt());
    assertThat(course.path("inForce").get(steps - 1).asInt()).isEqualTo(2);
    assertThat(course.path("shadow").get(0).isNull()).isTrue();
    assertThat(
            admin
                .get(
                    "/api/v1/scaling/shadow/replicas"
                        + CART
                        + "&from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z")
                .reason())
        .isEqualTo("InvalidParameter");
    assertThat(
            cart.server()
                .get(new ObjectName("autoscaling/v2", "HorizontalPodAutoscaler", "shop", "cart")))
        .isEmpty();
  }

  @Test
  void decisionsArePagedAndOutliveTheirMode() {
    var admin = cart.admin();
    String policy =
        """
        {"namespace": "shop", "targetKind": "Deployment", "targetName": "cart",
         "minReplicas": 3, "maxReplicas": %d}
        """;
    for (int max : new int[] {5, 6, 7}) {
      String minimum = policy.formatted(max).replace(": 3,", ": " + (max - 2) + ",");
      assertThat(admin.send("PUT", "/api/v1/scaling/policy", minimum).status()).isEqualTo(200);
      if (max == 5) {
        mode("SHADOW");
      }
      cart.clock().advance(Duration.ofSeconds(15));
      bean(ScalingShadows.class).turn();
    }
    String shadow = "/api/v1/scaling/shadow" + CART + "&limit=2";
    assertThat(admin.get(shadow).json().path("effect").isNull())
        .as("a minute is too little")
        .isTrue();
    for (int part = 0; part < 4; part++) { // within its windows, so that it goes on
      cart.clock().advance(Duration.ofSeconds(150));
      cart.told(Duration.ofSeconds(150));
      bean(ScalingShadows.class).turn();
    }
    assertThat(admin.get(shadow).json().at("/effect/own/podHours").asDouble()).isPositive();
    mode("OBSERVE");
    var newest = admin.get(shadow).json();
    assertThat(newest.path("decisions").valueStream().map(one -> one.path("wanted").asInt()))
        .as("below the least, so brought up")
        .containsExactly(5, 4);
    assertThat(newest.at("/decisions/0/metrics").size()).as("none was looked at").isZero();
    assertThat(newest.at("/decisions/0/recommended").isNull()).isTrue();
    var older = admin.get(shadow + "&cursor=" + newest.path("next").asString()).json();
    assertThat(older.path("decisions").valueStream().map(one -> one.path("wanted").asInt()))
        .containsExactly(3);
    assertThat(older.path("next").isNull()).isTrue();
    assertThat(older.path("effect").isNull()).as("not in shadow any more").isTrue();
  }

  private void mode(String mode) {
    assertThat(
            cart.admin()
                .send(
                    "PUT",
                    "/api/v1/scaling/policy/mode" + CART,
                    "{\"mode\": \"%s\", \"reason\": \"a test\"}".formatted(mode))
                .status())
        .isEqualTo(200);
  }

  @Test
  void aMonthIsToldByApplicationBesideTheDefaultAndConstantReplicas() {
    Instant learnedOn = cart.clock().instant();
    cart.clock().advance(Duration.ofHours(36));
    cart.told(Duration.ofHours(36));
    for (int day = 0; day < 7; day++) {
      bean(ScalingDays.class).turn();
    }
    var admin = cart.admin();
    String month =
        YearMonth.from(learnedOn.plus(Duration.ofHours(20)).atOffset(ZoneOffset.UTC)).toString();
    var report = admin.get("/api/v1/scaling/report?month=" + month).json();
    var workload = report.at("/applications/0/workloads/0");
    assertThat(workload.path("name").asString()).as(report.toString()).isEqualTo("cart");
    assertThat(workload.at("/sum/days").asInt()).isPositive();
    double days = workload.at("/sum/days").asDouble();
    assertThat(workload.at("/sum/was/podHours").asDouble()).isCloseTo(days * 48, within(days * 3));
    assertThat(workload.at("/sum/usual/podHours").asDouble()).isPositive();
    assertThat(workload.at("/sum/constant/hurtShare").asDouble()).isLessThan(0.002);
    var file = admin.get("/api/v1/scaling/report/file?lang=zh&month=" + month);
    assertThat(file.header("Content-Disposition")).contains("scaling-" + month + ".md");
    assertThat(file.body()).startsWith("# 伸缩效果 " + month).contains("| shop/cart (east) |");
    assertThat(admin.get("/api/v1/scaling/report/file?lang=en&month=1999-01").body())
        .contains("There is no day of a learned workload.");
    assertThat(admin.get("/api/v1/scaling/report?month=november").reason())
        .isEqualTo("InvalidParameter");
  }

  @Test
  void aChangeIsJudgedOnceItsEffectWasSeen() {
    var admin = cart.admin();
    var deployment = new ObjectName("apps/v1", "Deployment", "shop", "cart");
    bean(ScalingNeeds.class).recordReplicas();
    for (int minute = 0; minute < 60; minute++) {
      if (minute == 35) {
        cart.server().patch(deployment, "{\"spec\": {\"replicas\": 4}}", "kubectl-scale");
        admin.await(
            "/api/v1/happenings?what=change&change=scale",
            answer -> answer.path("items").size() == 1);
      } else if (minute == 36) {
        assertIsWaitedFor();
      }
      cart.clock().advance(Duration.ofMinutes(1));
      cart.told(Duration.ofMinutes(1));
      bean(ScalingNeeds.class).recordReplicas();
    }
    bean(ScalingVerdicts.class).turn();
    var answer = admin.get("/api/v1/scaling/verdicts" + ScaledCart.AT).json();
    assertThat(answer.path("waiting").size()).isZero();
    assertThat(answer.path("next").isNull()).isTrue();
    var verdicts = answer.path("items");
    assertThat(verdicts.size()).isEqualTo(1);
    var one = verdicts.get(0);
    assertThat(one.path("from").asInt()).isEqualTo(2);
    assertThat(one.path("to").asInt()).isEqualTo(4);
    assertThat(one.path("by").asString()).isEqualTo("PERSON");
    assertThat(one.path("who").asString()).isEqualTo("kubectl-scale");
    assertThat(one.at("/with/podHours").asDouble())
        .isGreaterThan(one.at("/without/podHours").asDouble());
    bean(ScalingVerdicts.class).turn();
    assertThat(admin.get("/api/v1/scaling/verdicts" + ScaledCart.AT).json().path("items").size())
        .isEqualTo(1);
  }

  private void assertIsWaitedFor() {
    var admin = cart.admin();
    var answer = admin.get("/api/v1/scaling/verdicts" + ScaledCart.AT).json();
    assertThat(answer.path("judged").asBoolean()).isTrue();
    assertThat(answer.path("items").size()).isZero();
    var waiting = answer.at("/waiting/0");
    assertThat(waiting.path("to").asInt()).as(answer.toString()).isEqualTo(4);
    Instant changed = Instant.parse(waiting.path("time").asString());
    assertThat(Instant.parse(waiting.path("due").asString()))
        .as("a quarter of an hour, a start and a step")
        .isEqualTo(changed.plus(Duration.ofMinutes(17)));
    var idle = admin.get("/api/v1/scaling/verdicts?kind=Deployment&namespace=shop&name=idle");
    assertThat(idle.json().path("judged").asBoolean()).as("nothing was learned of it").isFalse();
  }
}
