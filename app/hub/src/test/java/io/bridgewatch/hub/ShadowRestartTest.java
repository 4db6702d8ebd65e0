package io.bridgewatch.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.MetricKind;
import io.bridgewatch.model.SampleBatch;
import io.bridgewatch.model.SeriesKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What an autoscaler in shadow remembers outlives the hub. */
class ShadowRestartTest {

  private static final String AT = "?namespace=shop&name=cart";
  private static final Duration LOOK = Duration.ofSeconds(15);
  private static final double BUSY = 0.5;
  private static final double IDLE = 0.05;

  @TempDir Path folder;
  private ScaledCart cart;
  private double usedSeconds;

  @BeforeEach
  void start() throws IOException {
    cart = new ScaledCart(folder);
    cart.pods();
    var admin = cart.admin();
    String policy =
        """
        {"namespace": "shop", "targetKind": "Deployment", "targetName": "cart",
         "minReplicas": 1, "maxReplicas": 20, "metrics": [{"type": "Resource", "resource": {
           "name": "cpu", "target": {"type": "Utilization", "averageUtilization": 50}}}]}
        """;
    assertThat(admin.send("PUT", "/api/v1/scaling/policy", policy).status()).isEqualTo(200);
    assertThat(
            admin
                .send(
                    "PUT",
                    "/api/v1/scaling/policy/mode" + AT,
                    "{\"mode\": \"SHADOW\", \"reason\": \"a test\"}")
                .status())
        .isEqualTo(200);
  }

  @AfterEach
  void stop() {
    cart.close();
  }

  /** Lets both pods use so many cores for so long, and the shadow look every 15 s. */
  private void used(double cores, Duration time) {
    for (long i = 0; i < time.dividedBy(LOOK); i++) {
      cart.clock().advance(LOOK);
      usedSeconds += cores * LOOK.toSeconds();
      var batch = SampleBatch.builder();
      for (String pod : ScaledCart.PODS) {
        var of =
            Attributes.of(
                Map.of(
                    AttributeNames.CLUSTER,
                    "east",
                    AttributeNames.NAMESPACE,
                    "shop",
                    AttributeNames.POD,
                    pod,
                    AttributeNames.CONTAINER,
                    "app"));
        batch.add(
            new SeriesKey(
                of,
                "container_cpu_usage_seconds_total",
                "",
                MetricKind.CUMULATIVE,
                Attributes.none()),
            cart.clock().instant().toEpochMilli(),
            usedSeconds);
      }
      cart.metrics().append(batch.build());
      cart.hub().hub().context().getBean(ScalingShadows.class).turn();
    }
  }

  private JsonNode decision() {
    return cart.admin().get("/api/v1/scaling/shadow" + AT).json().at("/decisions/0");
  }

  private void restart() throws IOException {
    cart.restart();
    cart.admin()
        .await(
            "/api/v1/entities?type=pod&q=cart",
            answer -> answer.path("items").size() == ScaledCart.PODS.length);
  }

  @Test
  void aRestartWithinAWindowChangesNoDecision() throws IOException {
    used(BUSY, Duration.ofMinutes(2));
    assertThat(decision().path("wanted").asInt()).isEqualTo(4);
    Instant busyUntil = cart.clock().instant();
    used(IDLE, Duration.ofMinutes(2));
    assertThat(decision().path("wanted").asInt()).as("held up").isEqualTo(4);
    restart();
    used(IDLE, Duration.ofMinutes(1));
    assertThat(List.of(decision().path("wanted").asInt(), decision().path("inForce").asInt()))
        .as("held up by what was recommended before the hub stopped")
        .isEqualTo(List.of(4, 2));
    assertThat(decision().path("unseenSince").isNull()).isTrue();
    used(IDLE, Duration.ofMinutes(5));
    var released = decision();
    assertThat(released.path("wanted").asInt()).isEqualTo(1);
    assertThat(Duration.between(busyUntil, Instant.parse(released.path("time").asString())))
        .as("as long after the load as without a restart")
        .isBetween(Duration.ofMinutes(5), Duration.ofMinutes(6).plus(LOOK));
    assertThat(released.path("unseenSince").isNull()).isTrue();
  }

  @Test
  void afterALongGapItBeginsAnewAndSaysSo() throws IOException {
    used(BUSY, Duration.ofMinutes(2));
    Instant last = cart.clock().instant();
    cart.clock().advance(Duration.ofMinutes(20));
    restart();
    used(IDLE, Duration.ofMinutes(2));
    var anew =
        cart.admin()
            .get("/api/v1/scaling/shadow" + AT)
            .json()
            .path("decisions")
            .valueStream()
            .filter(one -> !one.path("unseenSince").isNull())
            .map(one -> Instant.parse(one.path("unseenSince").asString()))
            .toList();
    assertThat(anew).as("once").containsExactly(last);
  }
}
