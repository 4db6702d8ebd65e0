package io.bridgewatch.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.hub.RunningHub.Client;
import io.bridgewatch.ports.MetricSelector;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The metric "replicas needed" while a hub runs. */
class ScalingNeedsTest {

  private static final String LEARNED = "/api/v1/scaling/learned";
  private static final String LEARNING = "/api/v1/scaling/learning";

  /** A policy of the cart, learned over fourteen hours. */
  static void learned(Client admin) {
    var begun =
        admin.send(
            "POST",
            LEARNING,
            "{\"namespace\": \"shop\", \"targetKind\": \"Deployment\", \"targetName\": \"cart\","
                + " \"capacity\": 50, \"startSeconds\": 60, \"maxReplicas\": 20}");
    assertThat(begun.status()).as(begun.body()).isEqualTo(202);
    var ended =
        admin.await(
            LEARNING + ScaledCart.AT + "&wait=5",
            answer -> !answer.path("job").path("endedAt").isNull());
    assertThat(ended.at("/job/state").asString()).as(ended.toString()).isEqualTo("DONE");
  }

  @Test
  void itIsToldWhileTheLoadIsSeenAndNeverZeroWhenItIsNot(@TempDir Path folder) throws IOException {
    try (var cart = new ScaledCart(folder)) {
      cart.told(Duration.ofHours(14));
      var admin = cart.admin();
      learned(admin);
      var needs = cart.hub().hub().context().getBean(ScalingNeeds.class);
      needs.turn();
      double needed = admin.get(LEARNED).json().at("/items/0/needed").asDouble();
      double busy = ScaledCart.rate(cart.clock().instant().minusSeconds(30)) / 50;
      assertThat(needed).as("%s busy replicas", busy).isBetween(0.8 * busy, 6 * busy);

      cart.clock().advance(Duration.ofMinutes(10));
      assertThat(admin.get(LEARNED).json().at("/items/0/needed").isNull()).as("old").isTrue();
      needs.turn();
      assertThat(admin.get(LEARNED).json().at("/items/0/needed").isNull()).as("unseen").isTrue();

      needs.recordReplicas();
      var kept =
          cart.metrics()
              .select(
                  MetricSelector.of(ScalingNeeds.METRIC),
                  Instant.EPOCH,
                  cart.clock().instant().plusSeconds(1),
                  10);
      assertThat(kept).hasSize(1);
      assertThat(Arrays.stream(kept.getFirst().values()).boxed())
          .isNotEmpty()
          .allMatch(value -> value > 0.5);
      var replicas =
          cart.metrics()
              .select(
                  MetricSelector.of("bridgewatch.workload.replicas.ready"),
                  Instant.EPOCH,
                  cart.clock().instant().plusSeconds(1),
                  10);
      assertThat(replicas).as("cart and idle").hasSize(2);
      assertThat(Arrays.stream(replicas.getFirst().values()).boxed()).contains(2.0);
    }
  }
}
