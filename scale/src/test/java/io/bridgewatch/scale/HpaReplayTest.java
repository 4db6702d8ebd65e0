package io.bridgewatch.scale;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.scale.MetricReading.PodSample;
import io.bridgewatch.scale.PolicyShape.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A replay must decide as the controller does, look by look, whatever it sees. */
class HpaReplayTest {

  private static final Instant START = Instant.parse("2026-03-02T02:00:00Z");
  private static final PlantSettings PLANT = PlantSettings.standard(100, 60);

  /** What both are shown at one look. */
  private record Seen(int now, int replicas, int ready, double busy, double arrivals)
      implements ReplayPolicy.View {
    @Override
    public double inFlight() {
      return 0;
    }

    @Override
    public int readyWhenMeasured() {
      return ready;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void cpuIsDecidedAsByTheController(int seed) {
    var shape = PolicyShape.cpu(30 + 10 * (seed % 6), 60);
    var spec =
        new HpaSpec(
            1,
            60,
            List.of(new HpaMetric.Resource("cpu", new HpaTarget.Utilization(shape.target()))),
            Optional.empty());
    compare(seed, shape, spec);
  }

  @ParameterizedTest
  @ValueSource(ints = {11, 12, 13, 14, 15, 16})
  void requestsAreDecidedAsByTheController(int seed) {
    int window = List.of(0, 60, 300, 900).get(seed % 4);
    var shape = new PolicyShape(Trigger.REQUESTS, 60 + seed, window, 0, 0.02, 0.1, 2, 60);
    var anything = List.of(new ScalingRules.Policy(ScalingRules.Policy.Type.PODS, 1_000, 15));
    var spec =
        new HpaSpec(
            2,
            60,
            List.of(
                new HpaMetric.External("rps", new HpaTarget.AverageValue(1_000L * (60 + seed)))),
            Optional.of(
                new HpaSpec.Behavior(
                    new ScalingRules(
                        OptionalInt.of(0),
                        ScalingRules.Select.MAX,
                        anything,
                        OptionalDouble.of(0.02)),
                    new ScalingRules(
                        OptionalInt.of(window),
                        ScalingRules.Select.MAX,
                        List.of(new ScalingRules.Policy(ScalingRules.Policy.Type.PERCENT, 100, 15)),
                        OptionalDouble.of(0.1)))));
    compare(seed, shape, spec);
  }

  private static void compare(int seed, PolicyShape shape, HpaSpec spec) {
    var random = new SplittableRandom(seed);
    var replay = new HpaReplay(shape, PLANT, Optional.empty());
    var controller = new HpaController(HpaSettings.standard());
    var history = new HpaHistory(true, List.of(), List.of(), List.of());
    int replicas = 4;
    double load = 3;
    for (int look = 0; look < 2_000; look++) {
      load = Math.clamp(load * Math.exp(0.25 * (random.nextDouble() - 0.5)), 0.2, 40);
      int ready = Math.max(1, replicas - random.nextInt(Math.max(1, replicas / 3)));
      double busy = Math.min(ready, Math.rint(load * 1000) / 1000);
      var seen = new Seen(15 * look, replicas, ready, busy, Math.rint(load * 100));
      HpaDecision decision =
          controller.look(spec, observation(seen, spec.metrics().getFirst()), history);
      assertThat(replay.replicas(seen))
          .as("seed %d, look %d: %s", seed, look, seen)
          .isEqualTo(decision.replicas());
      history = decision.history();
      replicas = decision.replicas();
    }
  }

  private static HpaObservation observation(Seen seen, HpaMetric metric) {
    Instant now = START.plusSeconds(seen.now());
    var pods = new ArrayList<HpaPod>();
    var samples = new HashMap<String, PodSample>();
    long usage = Math.round(seen.busy() * 1000);
    for (int i = 0; i < seen.replicas(); i++) {
      boolean ready = i < seen.ready();
      pods.add(
          new HpaPod(
              "p" + i,
              ready ? HpaPod.Phase.RUNNING : HpaPod.Phase.PENDING,
              false,
              Optional.of(ready ? HpaPod.Ready.TRUE : HpaPod.Ready.FALSE),
              Optional.of(now.minusSeconds(4_000)),
              Optional.of(now.minusSeconds(4_100)),
              Map.of("app", Map.of("cpu", 1_000L))));
      if (ready) {
        long share = usage / seen.ready() + (i < usage % seen.ready() ? 1 : 0);
        samples.put("p" + i, new PodSample(Map.of("app", share), now, Duration.ofSeconds(15)));
      }
    }
    MetricReading reading =
        switch (metric) {
          case HpaMetric.External _ ->
              new MetricReading.Amounts(List.of(Math.round(seen.arrivals() * 1000)));
          case HpaMetric.Resource _,
              HpaMetric.ContainerResource _,
              HpaMetric.Pods _,
              HpaMetric.Object _ ->
              new MetricReading.Samples(samples);
        };
    return new HpaObservation(now, seen.replicas(), seen.replicas(), pods, List.of(reading));
  }
}
