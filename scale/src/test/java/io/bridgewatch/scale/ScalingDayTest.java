package io.bridgewatch.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.bridgewatch.scale.WorkloadRecording.Signal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScalingDayTest {

  private static final PlantSettings PLANT = PlantSettings.standard(100, 60);

  private static WorkloadRecording recording(double[] requests, double[] replicas) {
    return new WorkloadRecording(
        Instant.EPOCH,
        60,
        requests.length,
        Map.of(Signal.REQUESTS, requests, Signal.REPLICAS, replicas));
  }

  @Test
  void aDayIsHeldAgainstTheDefaultAndConstantReplicas() {
    double[] requests = Loads.days(2, 5).slice(1320, 2880).perSecond();
    double[] replicas = new double[requests.length];
    Arrays.fill(replicas, 40);
    var day = ScalingDay.of(recording(requests, replicas), PLANT, 200, 120).orElseThrow();
    assertThat(day.seen()).isEqualTo(1);
    assertThat(day.was().podHours()).isCloseTo(24 * 40, within(1.0));
    assertThat(day.was().hurt()).isZero();
    assertThat(day.usual().podHours()).isLessThan(day.was().podHours());
    assertThat(day.usual().rescales()).isPositive();
    assertThat(day.constant().hurtShare()).isLessThanOrEqualTo(0.001);
    assertThat(day.constant().podHours()).isCloseTo(24.0 * day.constantReplicas(), within(1.0));
  }

  @Test
  void aDayThatWasNotSeenIsNotToldOf() {
    double[] requests = new double[1440];
    Arrays.fill(requests, 50);
    Arrays.fill(requests, 0, 800, Double.NaN);
    double[] replicas = new double[1440];
    Arrays.fill(replicas, 2);
    assertThat(ScalingDay.of(recording(requests, replicas), PLANT, 200, 0)).isEmpty();
    Arrays.fill(requests, 50);
    Arrays.fill(replicas, Double.NaN);
    assertThat(ScalingDay.of(recording(requests, replicas), PLANT, 200, 0)).isEmpty();
  }
}
