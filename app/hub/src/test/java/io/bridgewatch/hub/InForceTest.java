package io.bridgewatch.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.model.MetricKind;
import io.bridgewatch.model.SampleBatch;
import io.bridgewatch.model.SeriesKey;
import io.bridgewatch.scale.PlantSettings;
import io.bridgewatch.scale.ScaleTarget;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An autoscaler in force that uses our own metric is replayed by what that told. */
class InForceTest {

  private static final PlantSettings PLANT = PlantSettings.standard(50, 60);
  private static final String AUTOSCALER =
      """
      {"apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler",
       "metadata": {"name": "cart", "namespace": "shop"},
       "spec": {"scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "cart"},
         "minReplicas": 1, "maxReplicas": 20, "metrics": [
           {"type": "Resource", "resource": {"name": "cpu",
             "target": {"type": "Utilization", "averageUtilization": 100}}},
           {"type": "External", "external": {
             "metric": {"name": "%s"}, "target": {"type": "AverageValue", "averageValue": "1"}}}]}}
      """;

  private static InForce of(String metric, double... told) {
    Map<String, Object> tree =
        RunningHub.JSON.readValue(
            AUTOSCALER.formatted(metric), new tools.jackson.core.type.TypeReference<>() {});
    return InForce.of(Optional.of(KubernetesObject.of(tree)), PLANT, 60, () -> told);
  }

  @Test
  void itIsReplayedWhereEnoughWasToldAndElseSaysWhyNot() {
    var replayed = of("bridgewatch-replicas-needed", 1, 2, 3, Double.NaN, 5);
    assertThat(replayed.unknown()).isEmpty();
    assertThat(replayed.named().orElseThrow().name())
        .isEqualTo("cart, by what bridgewatch-replicas-needed told at the time");
    assertThat(replayed.named().orElseThrow().from().apply(0).maxReplicas()).isEqualTo(20);
    var seldom = of("bridgewatch-replicas-needed", 1, 2, Double.NaN);
    assertThat(seldom.named()).isEmpty();
    assertThat(seldom.unknown())
        .startsWith("cart: it uses bridgewatch-replicas-needed, which told something in 67 % of");
    assertThat(of("sales").unknown()).contains("cannot replay a load for metric sales");
    assertThat(InForce.of(Optional.empty(), PLANT, 60, () -> new double[0]))
        .isEqualTo(new InForce(Optional.empty(), ""));
  }

  @Test
  void learningAgainComparesItWithWhatItsMetricTold(@TempDir Path folder) throws IOException {
    try (var cart = new ScaledCart(folder)) {
      var told = Duration.ofHours(14);
      cart.told(told);
      var of =
          ScalingHistories.resource(
              cart.hub()
                  .hub()
                  .context()
                  .getBean(ClusterParts.class)
                  .watch()
                  .find("east")
                  .orElseThrow(),
              new ScaleTarget("apps/v1", "Deployment", "shop", "cart"));
      Instant now = cart.clock().instant();
      var batch = SampleBatch.builder();
      for (Instant time = now.minus(told); !time.isAfter(now); time = time.plusSeconds(15)) {
        batch.add(
            new SeriesKey(
                of, ScalingNeeds.METRIC, "{replica}", MetricKind.GAUGE, Attributes.none()),
            time.toEpochMilli(),
            ScaledCart.rate(time) / 50);
      }
      cart.metrics().append(batch.build());
      double[] read =
          cart.hub()
              .hub()
              .context()
              .getBean(ScalingHistories.class)
              .told(of, ScalingNeeds.METRIC, now.minusSeconds(60), now, Duration.ofSeconds(15));
      assertThat(Arrays.stream(read).boxed())
          .isEqualTo(
              List.of(60, 45, 30, 15).stream()
                  .map(ago -> ScaledCart.rate(now.minusSeconds(ago)) / 50)
                  .toList());
      cart.server().put(AUTOSCALER.formatted("bridgewatch-replicas-needed"));
      var admin = cart.admin();
      admin.await(
          "/api/v1/scaling/workload" + ScaledCart.AT,
          one -> one.path("workload").at("/autoscalers/0").asString("").equals("cart"));
      ScalingNeedsTest.learned(admin);
      var learned = admin.get("/api/v1/scaling/learning" + ScaledCart.AT).json().path("learned");
      assertThat(learned.path("inForceUnknown").isNull()).as(learned.toString()).isTrue();
      var inForce =
          learned
              .path("policies")
              .valueStream()
              .filter(one -> one.path("kind").asString().equals("IN_FORCE"))
              .findFirst()
              .orElseThrow();
      assertThat(inForce.path("name").asString()).contains("told at the time");
      assertThat(inForce.at("/effect/podHours").asDouble())
          .as("as many as were told, and not held at one")
          .isGreaterThan(20);
    }
  }
}
