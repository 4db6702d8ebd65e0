package io.bridgewatch.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QueueNoiseTest {

  private static final double SERVED = 25;
  private static final double WAIT = 0.5;

  @Test
  void theShareThatWaitsIsThatOfReplicasThatAreShared() {
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

  /** Replicas that are shared by all that they serve; each request goes to one with the fewest. */
  private static double simulated(int servers, double rate, int requests) {
    var random = new SplittableRandom(11);
    var replicas = IntStream.range(0, servers).mapToObj(_ -> new Shared()).toList();
    double now = 0;
    for (int i = 0; i < requests; i++) {
      now += random.nextExponential() / rate;
      for (Shared one : replicas) {
        one.serveUntil(now);
      }
      double work = random.nextExponential() / SERVED;
      replicas.stream()
          .min(Comparator.comparingInt(one -> one.left.size()))
          .orElseThrow()
          .begin(now, work);
    }
    return (double) replicas.stream().mapToInt(one -> one.late).sum() / requests;
  }

  private static final class Shared {
    private record Request(double begun, double work, double endsAfter) {}

    /** By the work that each of them has been given when it ends. */
    private final PriorityQueue<Request> left =
        new PriorityQueue<>(Comparator.comparingDouble(Request::endsAfter));

    private double given;
    private double now;
    private int late;

    void begin(double at, double work) {
      left.add(new Request(at, work, given + work));
    }

    void serveUntil(double end) {
      while (!left.isEmpty() && now + (left.element().endsAfter() - given) * left.size() <= end) {
        Request done = left.element();
        now += (done.endsAfter() - given) * left.size();
        given = done.endsAfter();
        left.remove();
        late += now - done.begun() - done.work() > WAIT ? 1 : 0;
      }
      given += left.isEmpty() ? 0 : (end - now) / left.size();
      now = end;
    }
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
