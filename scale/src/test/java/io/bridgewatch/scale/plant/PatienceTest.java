package io.bridgewatch.scale.plant;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PatienceTest {

  private static final int STEPS = 100;

  /** A hundred requests a second, of which some fail late in the first steps. */
  private static WorkloadHistory failing(int steps, double errors, double latency) {
    double[] requests = new double[STEPS];
    double[] failed = new double[STEPS];
    double[] times = new double[STEPS];
    Arrays.fill(requests, 100);
    Arrays.fill(times, 0.04);
    Arrays.fill(failed, 0, steps, errors);
    Arrays.fill(times, 0, steps, latency);
    return WorkloadHistory.builder(Instant.EPOCH, 60, STEPS)
        .with(Measure.REQUESTS, requests)
        .with(Measure.ERRORS, failed)
        .with(Measure.LATENCY_MEAN, times)
        .build();
  }

  @Test
  void requestsAreGivenUpAfterTheTimeThatTheyTakeWhereManyFail() {
    assertThat(Patience.of(failing(5, 20, 1.1))).hasValue(1.1);
  }

  @Test
  void fewFailuresOrFewStepsTellNothing() {
    assertThat(Patience.of(failing(5, 4, 1.1))).isEmpty();
    assertThat(Patience.of(failing(3, 20, 1.1))).isEmpty();
    assertThat(Patience.of(WorkloadHistory.builder(Instant.EPOCH, 60, 10).build())).isEmpty();
  }
}
