package io.bridgewatch.scale;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.scale.MetricReading.PodSample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class HpaControllerTest {

  private static final Instant NOW = Instant.parse("2026-03-02T02:00:00Z");
  private static final HpaHistory EMPTY = new HpaHistory(true, List.of(), List.of(), List.of());
  private final HpaController controller = new HpaController(HpaSettings.standard());

  @Test
  void ratiosAreRoundedUpInDoublesAsTheControllerDoes() {
    HpaDecision decision = look(spec(1, 100, 50), 25, 25, 110, EMPTY);
    assertThat(2.2 * 25).isGreaterThan(55);
    assertThat(decision.explanation().recommended()).hasValue(56);
    assertThat(decision.replicas()).isEqualTo(50); // no more than double
    assertThat(reasons(decision)).contains("ScaleUpLimit", "SucceededRescale", "ValidMetricFound");
  }

  @Test
  void withinToleranceNothingChanges() {
    assertThat(look(spec(1, 10, 50), 4, 4, 55, EMPTY).rescaled()).isFalse();
    assertThat(look(spec(1, 10, 50), 4, 4, 56, EMPTY).replicas()).isEqualTo(5);
    assertThat(look(spec(1, 10, 50), 4, 4, 45, EMPTY).rescaled()).isFalse();
    assertThat(look(spec(1, 10, 50), 4, 4, 37, EMPTY).replicas()).isEqualTo(3);
  }

  @Test
  void aControllerThatHasJustStartedHoldsTheReplicasUp() {
    HpaDecision decision = look(spec(1, 10, 50), 4, 4, 10, HpaHistory.none());
    assertThat(decision.rescaled()).isFalse();
    assertThat(reasons(decision)).contains("ScaleDownStabilized");
    assertThat(decision.explanation().stabilisedBy()).isPresent();
  }

  @Test
  void basedOnReadyPodsNotOnTheSpec() {
    // 6 of 8 pods run: ratio 2 asks for 12, not 16
    HpaDecision decision = look(spec(1, 30, 50), 8, 6, 100, EMPTY);
    assertThat(decision.replicas()).isEqualTo(12);
  }

  @Test
  void aFailedMetricNeverLetsTheOthersScaleDown() {
    var spec =
        new HpaSpec(
            1,
            10,
            List.of(
                new HpaMetric.Resource("cpu", new HpaTarget.Utilization(50)),
                new HpaMetric.External("queue", new HpaTarget.AverageValue(1000))),
            Optional.empty());
    var down =
        new HpaObservation(
            NOW, 4, 4, pods(4), List.of(usage(4, 10), new MetricReading.Failed("no answer")));
    HpaDecision held = controller.look(spec, down, EMPTY);
    assertThat(held.rescaled()).isFalse();
    assertThat(held.error()).isPresent();
    assertThat(reasons(held)).contains("FailedGetExternalMetric", "SucceededGetScale");
    var up =
        new HpaObservation(
            NOW, 4, 4, pods(4), List.of(usage(4, 80), new MetricReading.Failed("no answer")));
    assertThat(controller.look(spec, up, EMPTY).replicas()).isEqualTo(7);
  }

  @Test
  void ratePoliciesCountBothKindsOfEvents() {
    var up =
        new ScalingRules(
            OptionalInt.of(0),
            ScalingRules.Select.MAX,
            List.of(new ScalingRules.Policy(ScalingRules.Policy.Type.PODS, 5, 60)),
            OptionalDouble.empty());
    var spec =
        new HpaSpec(
            1,
            100,
            List.of(new HpaMetric.Resource("cpu", new HpaTarget.Utilization(10))),
            Optional.of(new HpaSpec.Behavior(up, ScalingRules.standardDown())));
    var history =
        new HpaHistory(
            true,
            List.of(),
            List.of(new HpaHistory.Rescale(NOW.minusSeconds(30), 3)),
            List.of(new HpaHistory.Rescale(NOW.minusSeconds(20), 1)));
    // 10 now, 8 at the start of the minute: 13 at most
    assertThat(look(spec, 10, 10, 100, history).replicas()).isEqualTo(13);
    HpaDecision later =
        controller.look(
            spec,
            new HpaObservation(NOW.plusSeconds(30), 10, 10, pods(10), List.of(usage(10, 100))),
            history);
    // the addition is a minute old and counts no more: 11 then, 16 at most
    assertThat(later.replicas()).isEqualTo(16);
  }

  private HpaDecision look(
      HpaSpec spec, int current, int running, int percent, HpaHistory history) {
    return controller.look(
        spec,
        new HpaObservation(NOW, current, running, pods(running), List.of(usage(running, percent))),
        history);
  }

  private static List<String> reasons(HpaDecision decision) {
    return decision.conditions().stream().map(HpaDecision.Condition::reason).toList();
  }

  private static HpaSpec spec(int min, int max, int percent) {
    return new HpaSpec(
        min,
        max,
        List.of(new HpaMetric.Resource("cpu", new HpaTarget.Utilization(percent))),
        Optional.empty());
  }

  private static List<HpaPod> pods(int count) {
    var pods = new ArrayList<HpaPod>();
    for (int i = 0; i < count; i++) {
      pods.add(
          new HpaPod(
              "p" + i,
              HpaPod.Phase.RUNNING,
              false,
              Optional.of(HpaPod.Ready.TRUE),
              Optional.of(NOW.minusSeconds(3000)),
              Optional.of(NOW.minusSeconds(3600)),
              Map.of("app", Map.of("cpu", 1000L))));
    }
    return pods;
  }

  private static MetricReading usage(int count, int percent) {
    var samples = new HashMap<String, PodSample>();
    for (int i = 0; i < count; i++) {
      samples.put(
          "p" + i, new PodSample(Map.of("app", percent * 10L), NOW, Duration.ofSeconds(60)));
    }
    return new MetricReading.Samples(samples);
  }
}
