package io.bridgewatch.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bridgewatch.scale.PointsByKind.Piece;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Kinds of days with operating points of their own. */
class PointsByKindTest {

  private static final PlantSettings PLANT = PlantSettings.standard(100, 60);
  private static final Instant MONDAY = Instant.parse("2026-03-02T00:00:00Z");
  private static final int DAYS = 28;
  private static final int HALF = 14 * 1440;

  /** Days of work, and the others. */
  private record Weekends() implements DayKinds {
    @Override
    public ZoneId zone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Optional<String> kindOf(LocalDate day) {
      boolean free =
          day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
      return Optional.of(free ? "FREE" : "WORK");
    }
  }

  /** The same curve each day; on free days, rises of minutes come at any time. */
  private static LoadTrace load(long seed) {
    var random = new SplittableRandom(seed);
    double[] rates = new double[DAYS * 1440];
    double rise = 0;
    for (int minute = 0; minute < rates.length; minute++) {
      LocalDate day = LocalDate.ofInstant(MONDAY.plusSeconds(60L * minute), ZoneOffset.UTC);
      boolean free = new Weekends().kindOf(day).orElseThrow().equals("FREE");
      rise = free && random.nextInt(60) == 0 ? 0.15 + 0.3 * random.nextDouble() : 0.8 * rise;
      double curve = 1 - 0.5 * Math.cos(2 * Math.PI * (minute % 1440) / 1440);
      rates[minute] = 1500 * curve * (1 + rise) * Math.exp(0.01 * random.nextGaussian());
    }
    return new LoadTrace(MONDAY, 60, rates);
  }

  private static PolicyLearner.Settings settings() {
    var points =
        OperatingPoint.grid().stream().filter(point -> point.downWindowSeconds() == 120).toList();
    return new PolicyLearner.Settings(
        4, points, 2, 1e-4, 0.3, PolicyRules.upTo(200), List.of(), Optional.empty());
  }

  @Test
  void restlessDaysGetMoreSafetyAndCalmOnesPayForIt() {
    LoadTrace load = load(3);
    LoadTrace history = load.slice(0, HALF);
    var one = PolicyLearner.of(history, PLANT, settings());
    var both = PolicyLearner.of(history, PLANT, settings().by(new Weekends()));
    LearnedPolicy same = one.atMost(0.005);
    LearnedPolicy apart = both.atMost(0.005);
    assertThat(same.points().ofKinds()).isEmpty();
    assertThat(apart.points().ofKinds()).as(apart.displayName()).isNotEmpty();
    var kinds = Optional.<DayKinds>of(new Weekends());
    OperatingPoint work = apart.points().at(MONDAY, kinds);
    OperatingPoint free = apart.points().at(MONDAY.plusSeconds(5 * 86_400), kinds);
    assertThat(free.errors() + free.leastRise() + Math.min(9, free.mostRise()))
        .isGreaterThan(work.errors() + work.leastRise() + Math.min(9, work.mostRise()));
    ScalingEffect alike = judged(load, same);
    ScalingEffect told = judged(load, apart);
    assertThat(told.hurtShare()).as("%s, %s", apart.displayName(), told).isLessThan(0.005);
    assertThat(told.cost())
        .as("%s against %s, %s", apart.displayName(), same.displayName(), alike)
        .isLessThan(0.95 * alike.cost());
  }

  private static ScalingEffect judged(LoadTrace load, LearnedPolicy policy) {
    LoadTrace rest = load.slice(HALF, load.steps());
    return Backtest.run(rest, PLANT, policy.replay(load, HALF), Backtest.enough(rest, PLANT));
  }

  @Test
  void whatIsKeptAndReadAgainDecidesTheSameOnceDaysAreTold() {
    LoadTrace load = load(3);
    LearnedPolicy policy =
        PolicyLearner.of(load.slice(0, HALF), PLANT, settings().by(new Weekends())).atMost(0.005);
    var written = new LinkedHashMap<>(LearnedPolicyDocument.write(policy));
    LearnedPolicy again = LearnedPolicyDocument.read(written);
    assertThat(again.points()).isEqualTo(policy.points());
    assertThat(judged(load, again.by(new Weekends()))).isEqualTo(judged(load, policy));
    assertThat(judged(load, again))
        .as("nobody tells days apart")
        .isNotEqualTo(judged(load, policy));
    var live = new LearnedPolicy.Live(2000, Double.NaN, 20);
    var told = new ArrayList<Boolean>();
    for (int day : new int[] {10, 12}) {
      Instant moment = load.start().plusSeconds(day * 86_400 + 3600);
      LoadTrace past = load.slice(0, day * 1440 + 60);
      assertThat(again.by(new Weekends()).needed(past, live, moment))
          .isEqualTo(policy.needed(past, live, moment));
      told.add(!again.needed(past, live, moment).equals(policy.needed(past, live, moment)));
    }
    assertThat(told).as("a working day and a free one").contains(true);
  }

  private static ScalingEffect effect(double hurt, double podSeconds) {
    return new ScalingEffect(1, 1000, hurt, 0, podSeconds, 1, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  @Test
  void aKindOfFewDaysHasTheUsualPoint() {
    var cheap = new OperatingPoint(0, 0, 1, 0);
    var safe = new OperatingPoint(5, 0, 1, 0);
    var pieces = new ArrayList<Piece>();
    for (int day = 0; day < 12; day++) {
      boolean wild = day % 6 == 5;
      pieces.add(
          new Piece(
              day % 2,
              day,
              wild ? "WILD" : "CALM",
              List.of(effect(wild ? 900 : 1, 10), effect(0, 20))));
    }
    var points = List.of(cheap, safe);
    assertThat(new PointsByKind(points, pieces, 2).choices())
        .isNotEmpty()
        .as("two days are too few")
        .allSatisfy(one -> assertThat(one.whole().ofKinds()).doesNotContainKey("WILD"));
    for (int day = 12; day < 24; day++) {
      boolean wild = day % 6 == 5;
      pieces.add(
          new Piece(
              day % 2,
              day,
              wild ? "WILD" : "CALM",
              List.of(effect(wild ? 900 : 1, 10), effect(0, 20))));
    }
    var choices = new PointsByKind(points, pieces, 2).choices();
    assertThat(choices).hasSize(2);
    Map<String, OperatingPoint> told = choices.getFirst().whole().ofKinds();
    assertThat(told.getOrDefault("CALM", choices.getFirst().whole().usual())).isEqualTo(cheap);
    assertThat(told.getOrDefault("WILD", choices.getFirst().whole().usual())).isEqualTo(safe);
  }

  @Test
  void pointsOfOnePolicyShareTheirWindow() {
    assertThatThrownBy(
            () ->
                new OperatingPoints(
                    new OperatingPoint(1, 0, 1, 0), Map.of("A", new OperatingPoint(1, 0, 1, 120))))
        .hasMessageContaining("A has a down window of 120 s, wanted that of all days, 0 s");
  }
}
