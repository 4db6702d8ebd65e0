package io.bridgewatch.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class QueueNoiseTest {

  private static final double SERVED = 25;
  private static final double WAIT = 0.5;

  @Test
  void theShareThatWaitsIsThatOfAQueueOfManyServers() {
    for (int servers : new int[] {1, 3, 6}) {
      for (double use : new double[] {0.7, 0.8, 0.9}) {
        double simulated = simulated(servers, use * servers * SERVED, 400_000);
        double told = QueueNoise.share(servers, servers * SERVED, use * servers * SERVED, 1, WAIT);
        assertThat(told)
            .as("%d servers at %.1f, simulated %.4f", servers, use, simulated)
            .isBetween(0.55 * simulated - 0.001, 1.6 * simulated + 0.001);
      }
    }
  }

  /** First come, first served by whoever is free first; arrivals and work are random. */
  private static double simulated(int servers, double rate, int requests) {
    var random = new SplittableRandom(11);
    var free = new PriorityQueue<Double>();
    for (int i = 0; i < servers; i++) {
      free.add(0.0);
    }
    double now = 0;
    int late = 0;
    for (int i = 0; i < requests; i++) {
      now += random.nextExponential() / rate;
      double begins = Math.max(now, free.remove());
      free.add(begins + random.nextExponential() / SERVED);
      late += begins - now > WAIT ? 1 : 0;
    }
    return (double) late / requests;
  }

  @Test
  void aFluidHasNone() {
    assertThat(QueueNoise.share(3, 75, 74, 0, WAIT)).isZero();
    assertThat(QueueNoise.share(0, 0, 10, 1, WAIT)).isZero();
  }

  @Test
  void aMinuteIsViolatedForSureOrPerhaps() {
    assertThat(QueueNoise.violated(0.06, 0)).isEqualTo(1);
    assertThat(QueueNoise.violated(0.04, 0)).isZero();
    assertThat(QueueNoise.violated(0, 0.01)).isLessThan(0.001);
    assertThat(QueueNoise.violated(0, 0.05)).isBetween(0.4, 0.45);
    assertThat(QueueNoise.violated(0.04, 0.01)).isBetween(0.4, 0.45);
  }
}
