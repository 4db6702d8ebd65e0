package io.bridgewatch.scale;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.scale.MetricReading.Amounts;
import io.bridgewatch.scale.ScalingRules.Policy;
import io.bridgewatch.scale.ScalingRules.Select;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ShadowAutoscalerTest {

  private static final Instant START = Instant.parse("2026-11-30T12:00:00Z");
  private static final HpaSpec OLDER = spec(Optional.empty());
  private final ShadowAutoscaler shadow = new ShadowAutoscaler(HpaSettings.standard());

  private static HpaSpec spec(Optional<HpaSpec.Behavior> behavior) {
    return new HpaSpec(
        1,
        50,
        List.of(new HpaMetric.External("needed", new HpaTarget.AverageValue(1000))),
        behavior);
  }

  private static HpaSpec spec(int downWindow, int pods, int periodSeconds) {
    return spec(
        Optional.of(
            new HpaSpec.Behavior(
                new ScalingRules(
                    OptionalInt.of(0),
                    Select.MAX,
                    List.of(new Policy(Policy.Type.PODS, pods, periodSeconds)),
                    OptionalDouble.of(0)),
                new ScalingRules(
                    OptionalInt.of(downWindow),
                    Select.MAX,
                    List.of(new Policy(Policy.Type.PERCENT, 100, 15)),
                    OptionalDouble.of(0)))));
  }

  private static HpaObservation seen(int second, int inForce, int needed) {
    return new HpaObservation(
        START.plusSeconds(second),
        inForce,
        inForce,
        List.of(),
        List.of(new Amounts(List.of(1000L * needed))));
  }

  private ShadowAutoscaler.Outcome look(
      HpaSpec spec, int second, int inForce, int needed, Optional<ShadowMemory> memory) {
    return shadow.look(spec, seen(second, inForce, needed), memory);
  }

  @Test
  void aRecommendationHoldsItUpForItsWindowAndNoLonger() {
    Optional<ShadowMemory> memory = Optional.empty();
    for (int second = 0; second <= 330; second += 15) {
      var outcome = look(OLDER, second, 4, second == 0 ? 8 : 2, memory);
      memory = Optional.of(outcome.memory());
      assertThat(outcome.unseenSince()).isEmpty();
      assertThat(outcome.decision().replicas())
          .as("after %d s", second)
          .isEqualTo(second <= 300 ? 8 : 2);
    }
  }

  @Test
  void afterAGapThatIsLongerThanItsWindowsItBeginsAnewAndSaysSo() {
    var first = look(OLDER, 0, 4, 8, Optional.empty());
    var within = look(OLDER, 300, 4, 2, Optional.of(first.memory()));
    assertThat(within.unseenSince()).isEmpty();
    assertThat(within.decision().replicas()).isEqualTo(8);
    var anew = look(OLDER, 301, 4, 2, Optional.of(first.memory()));
    assertThat(anew.unseenSince()).contains(START);
    assertThat(anew.decision().replicas()).as("what is in force counts as just asked").isEqualTo(4);
    assertThat(shadow.longestWindow(spec(900, 4, 60))).isEqualTo(Duration.ofSeconds(900));
    assertThat(shadow.longestWindow(spec(0, 4, 1800))).isEqualTo(Duration.ofSeconds(1800));
    assertThat(look(spec(900, 4, 60), 900, 4, 2, Optional.of(first.memory())).unseenSince())
        .isEmpty();
  }

  @Test
  void whatItWouldHaveWrittenDoesNotCountAgainstItsRateAndWhatWasWrittenDoes() {
    var spec = spec(0, 4, 60);
    Optional<ShadowMemory> memory = Optional.empty();
    for (int second = 0; second < 60; second += 10) {
      var outcome = look(spec, second, 4, 20, memory);
      memory = Optional.of(outcome.memory());
      assertThat(outcome.decision().replicas()).as("after %d s", second).isEqualTo(8);
      assertThat(outcome.memory().history().scaleUps()).isEmpty();
    }
    var followed = look(spec, 60, 7, 20, memory);
    assertThat(followed.memory().history().scaleUps())
        .containsExactly(new HpaHistory.Rescale(START.plusSeconds(60), 3));
    assertThat(followed.decision().replicas()).as("one more of four a minute").isEqualTo(8);
  }
}
