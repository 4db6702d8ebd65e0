package io.bridgewatch.diagnose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.bridgewatch.model.Fact;
import io.bridgewatch.model.Finding;
import io.bridgewatch.model.Severity;
import io.bridgewatch.model.Signal;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StrengthTest {

  @Test
  void aProcessorThatGoesFromOneToThreePercentHurtsNobody() {
    assertThat(of(Scene.shift(Signal.CPU, "cpu.utilization", "1", 0.01, 0.03, 100)))
        .isLessThan(of(Scene.shift(Signal.CPU, "cpu.utilization", "1", 0.3, 0.95, 10)) / 3);
  }

  @Test
  void aMillisecondMoreIsLessThanASecondMoreAtTheSameFactor() {
    assertThat(of(new Fact.OwnTimeGrew("GET /", 0.0005, 0.002, 50, 20)))
        .isLessThan(of(new Fact.OwnTimeGrew("GET /", 0.5, 2, 50, 20)) / 2);
  }

  @Test
  void theSameLatencyInAnotherUnitWeighsTheSame() {
    double seconds = of(Scene.shift(Signal.LATENCY, "latency", "s", 0.001, 0.004, 20));
    assertThat(of(Scene.shift(Signal.LATENCY, "latency", "ms", 1, 4, 20)))
        .isCloseTo(seconds, within(1e-9));
    assertThat(of(Scene.shift(Signal.LATENCY, "latency", "us", 1_000, 4_000, 20)))
        .isCloseTo(seconds, within(1e-9));
  }

  @Test
  void whatGetsBetterWeighsNothing() {
    assertThat(of(Scene.shift(Signal.LATENCY, "latency", "s", 1, 0.1, -20))).isZero();
    assertThat(of(Scene.shift(Signal.CPU, "cpu", "{cpu}", 1, 0.1, -20))).isZero();
    assertThat(of(new Fact.FailureShareRose("GET /", 0.5, 0.1, 50, 20))).isZero();
  }

  @Test
  void anErrorLineWeighsMoreThanARemark() {
    assertThat(of(new Fact.LogPatternChanged(Severity.ERROR, "x", 0, 60, "", 20)))
        .isGreaterThan(of(new Fact.LogPatternChanged(Severity.INFO, "x", 0, 60, "", 20)));
  }

  @ParameterizedTest
  @EnumSource(Signal.class)
  void levelsThatAreNoNumbersAreNoError(Signal signal) {
    for (double odd :
        new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -1}) {
      for (String unit : new String[] {"1", "s", ""}) {
        assertThat(of(Scene.shift(signal, "any", unit, odd, odd, 5))).isBetween(0.0, 10.0);
        assertThat(of(Scene.shift(signal, "any", unit, 1, odd, 5))).isBetween(0.0, 10.0);
      }
    }
  }

  @RepeatedTest(50)
  void moreUnusualOrFartherNeverWeighsLess(RepetitionInfo repetition) {
    long seed = repetition.getCurrentRepetition();
    var random = new SplittableRandom(seed);
    var signal = Signal.values()[random.nextInt(Signal.values().length)];
    String unit = random.nextBoolean() ? "1" : "";
    double before = random.nextDouble();
    double after = before + random.nextDouble();
    double deviations = 20 * random.nextDouble();
    double weight = of(Scene.shift(signal, "any", unit, before, after, deviations));
    assertThat(of(Scene.shift(signal, "any", unit, before, after, deviations * 1e9)))
        .as("seed %d", seed)
        .isBetween(weight, 10.0);
    assertThat(of(Scene.shift(signal, "any", unit, before, after + 1, deviations)))
        .as("seed %d", seed)
        .isGreaterThanOrEqualTo(weight);
  }

  private static double of(Fact fact) {
    double severity = fact instanceof Fact.LevelShift shift ? Math.abs(shift.deviations()) : 20;
    return Strength.of(new Finding(Scene.service("any"), Scene.ONSET, severity, fact));
  }
}
