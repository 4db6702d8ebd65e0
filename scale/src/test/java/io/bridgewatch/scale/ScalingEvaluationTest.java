package io.bridgewatch.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bridgewatch.scale.ScalingEvaluation.Judged;
import io.bridgewatch.scale.ScalingEvaluation.Kind;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ScalingEvaluationTest {

  @Test
  void theSecondHalfChangesNothingThatWasLearned() {
    LoadTrace load = Loads.days(2, 21);
    double[] rates = load.perSecond();
    var random = new SplittableRandom(8);
    for (int step = load.steps() / 2; step < rates.length; step++) {
      rates[step] = 4000 * random.nextDouble();
    }
    var other = new LoadTrace(load.start(), load.stepSeconds(), rates);
    List<Judged> first = learned(ScalingEvaluation.of(load, 60));
    List<Judged> second = learned(ScalingEvaluation.of(other, 60));
    assertThat(second)
        .extracting(Judged::name)
        .isEqualTo(first.stream().map(Judged::name).toList());
    assertThat(second)
        .extracting(Judged::expected)
        .isEqualTo(first.stream().map(Judged::expected).toList());
    assertThat(second)
        .extracting(Judged::effect)
        .isNotEqualTo(first.stream().map(Judged::effect).toList());
  }

  private static List<Judged> learned(ScalingEvaluation.Result result) {
    return result.policies().stream().filter(judged -> judged.kind() == Kind.LEARNED).toList();
  }

  @Test
  void nobodyIsCheaperThanAPerfectForecastWithoutHurtingMore() {
    ScalingEvaluation.Result result = ScalingEvaluation.of(Loads.days(2, 5), 60);
    Judged perfect =
        result.policies().stream()
            .filter(judged -> judged.kind() == Kind.PERFECT)
            .findFirst()
            .orElseThrow();
    assertThat(perfect.effect().hurt()).isZero();
    assertThat(result.policies())
        .allSatisfy(
            judged ->
                assertThat(
                        judged.effect().hurt() > 0
                            || judged.effect().podSeconds() >= perfect.effect().podSeconds())
                    .as(judged.name())
                    .isTrue());
    EvaluationSummary summary = EvaluationSummary.of(List.of(result));
    assertThat(summary.loads()).isEqualTo(1);
    assertThat(summary.own()).hasSize(3).allSatisfy(t -> assertThat(t.won()).isBetween(0, 1));
    assertThat(summary.learned()).isEqualTo(6);
  }

  @Test
  void theFewestConstantReplicasAreTheFewest() {
    LoadTrace load = Loads.days(1, 5);
    PlantSettings plant = PlantSettings.standard(60, 60);
    int count = Bounds.fewestConstant(load, plant, 0, 0.001);
    assertThat(share(load, plant, count)).isLessThanOrEqualTo(0.001);
    assertThat(share(load, plant, count - 1)).isGreaterThan(0.001);
  }

  private static double share(LoadTrace load, PlantSettings plant, int count) {
    return Backtest.run(load, plant, new Bounds.Constant(count), count).hurtShare();
  }

  @Test
  void aLoadOfNothingIsRefused() {
    var nothing = new LoadTrace(Instant.EPOCH, 60, new double[4000]);
    assertThatThrownBy(() -> ScalingEvaluation.of(nothing, 60))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("asks for nothing");
  }

  @Test
  void loadsAreReadByTheirHeading() {
    LoadTrace counted = LoadText.parse(List.of("minute,requests", "0,60", "1,120", "", "3,6"));
    assertThat(counted.stepSeconds()).isEqualTo(60);
    assertThat(counted.perSecond()).containsExactly(1, 2, Double.NaN, 0.1);
    LoadTrace rates = LoadText.parse(List.of("unix_s,value", "1000,2.5", "1015,3"));
    assertThat(rates.stepSeconds()).isEqualTo(15);
    assertThat(rates.start()).isEqualTo(Instant.ofEpochSecond(1000));
    assertThat(rates.perSecond()).containsExactly(2.5, 3);
  }

  @Test
  void aLineThatIsNoLoadIsNamed() {
    assertThatThrownBy(() -> LoadText.parse(List.of("time,load", "1,2")))
        .hasMessageContaining("minute,requests or unix_s,value, was \"time,load\"");
    for (String bad : List.of("x,1", "2", "2,-1", "2,NaN", "1,5", "")) {
      assertThatThrownBy(() -> LoadText.parse(List.of("minute,requests", "1,1", bad)))
          .as(bad)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(bad.isEmpty() ? "at least two lines" : "line 3");
    }
  }
}
