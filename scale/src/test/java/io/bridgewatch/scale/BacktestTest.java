package io.bridgewatch.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BacktestTest {

  private static final PlantSettings PLANT = PlantSettings.standard(100, 60);

  /** Keeps what it was told to. */
  private record Fixed(int count) implements ReplayPolicy {
    @Override
    public int replicas(View view) {
      return count;
    }

    @Override
    public int maxReplicas() {
      return count;
    }
  }

  @Test
  void enoughReplicasHurtNobodyAndCostWhatTheyCost() {
    ScalingEffect effect = Backtest.run(constant(450, 60), PLANT, new Fixed(5), 5);
    assertThat(effect.requests()).isCloseTo(450 * 3600, within(1e-6));
    assertThat(effect.hurt()).isZero();
    assertThat(effect.violationMinutes()).isZero();
    assertThat(effect.podHours()).isCloseTo(5, within(1e-9));
    assertThat(effect.cost()).isCloseTo(5 / 4.5, within(1e-9));
  }

  @Test
  void aLineGrowsByWhatIsNotServedAndHurtsWhoWaitsTooLong() {
    // 50 a second too many: half a second of work is in line after 10 s, all later ones are hurt
    ScalingEffect effect = Backtest.run(constant(550, 10), PLANT, new Fixed(5), 5);
    assertThat(effect.hurt()).isCloseTo(550 * (600 - 5), within(1.0));
    assertThat(effect.worstMinuteShare()).isEqualTo(1);
    assertThat(effect.shortSeconds()).isEqualTo(600);
    assertThat(effect.violationMinutes()).isEqualTo(10);
  }

  @Test
  void aNewReplicaServesOnlyWhenItHasStarted() {
    double[] rates = new double[30];
    Arrays.fill(rates, 0, 10, 80);
    Arrays.fill(rates, 10, 30, 180);
    var load = new LoadTrace(Instant.EPOCH, 60, rates);
    PolicyShape shape = PolicyShape.cpu(80, 10);
    ScalingEffect slow = Backtest.run(load, PLANT, HpaReplay.of(shape, PLANT, load), 1);
    PlantSettings quick = PlantSettings.standard(100, 15);
    ScalingEffect fast = Backtest.run(load, quick, HpaReplay.of(shape, quick, load), 1);
    assertThat(fast.hurt()).isPositive().isLessThan(slow.hurt());
  }

  @Test
  void aForecastThatHasSeenTheRiseBeforeMeetsIt() {
    double[] rates = new double[6 * 1440];
    for (int minute = 0; minute < rates.length; minute++) {
      rates[minute] = minute % 1440 >= 540 && minute % 1440 < 560 ? 1500 : 300;
    }
    var load = new LoadTrace(Instant.EPOCH, 60, rates);
    var plain = new PolicyShape(PolicyShape.Trigger.REQUESTS, 80, 300, 0, 0.1, 0.1, 1, 100);
    var ahead = new PolicyShape(PolicyShape.Trigger.REQUESTS, 80, 300, 1, 0.1, 0.1, 1, 100);
    ScalingEffect late = Backtest.run(load, PLANT, HpaReplay.of(plain, PLANT, load), 4, 5 * 1440);
    ScalingEffect early = Backtest.run(load, PLANT, HpaReplay.of(ahead, PLANT, load), 4, 5 * 1440);
    assertThat(late.hurt()).isPositive();
    assertThat(early.hurt()).isZero();
    assertThat(early.podSeconds()).isLessThan(1.1 * late.podSeconds());
  }

  @Test
  void whatBeginsToServeBetweenTwoLooksServesForTheRest() {
    double[] rates = new double[20];
    Arrays.fill(rates, 65);
    var load = new LoadTrace(Instant.EPOCH, 60, rates);
    ReplayPolicy two = new Fixed(2);
    double before = -1;
    for (int start : new int[] {45, 50, 55, 60}) {
      PlantSettings plant = PlantSettings.standard(60, start);
      double hurt = Backtest.run(load, plant, two, 1).hurt();
      assertThat(hurt).as("start of %d s", start).isGreaterThan(before);
      before = hurt;
    }
  }

  @Test
  void randomnessHurtsSomeBeforeReplicasAreBusyAllTheTime() {
    var random =
        new PlantSettings(
            100,
            CpuDemand.of(100),
            60,
            15,
            15,
            15,
            0.5,
            10,
            0.1,
            1,
            Warming.NONE,
            PlantSettings.ANY);
    ScalingEffect calm = Backtest.run(constant(70, 60), random, new Fixed(1), 1);
    ScalingEffect close = Backtest.run(constant(98, 60), random, new Fixed(1), 1);
    assertThat(calm.hurtShare()).isLessThan(1e-3);
    assertThat(close.hurtShare()).isBetween(0.01, 0.5);
    assertThat(close.violationMinutes()).isBetween(5.0, 60.0);
  }

  private static PlantSettings warming(double excess) {
    return new PlantSettings(
        100,
        CpuDemand.of(100),
        60,
        15,
        15,
        15,
        0.5,
        10,
        0.1,
        0,
        new Warming(120, excess),
        PlantSettings.ANY);
  }

  /** Two replicas, and a third from the fifth minute on. */
  private record ThirdOne() implements ReplayPolicy {
    @Override
    public int replicas(View view) {
      return view.now() < 300 ? 2 : 3;
    }

    @Override
    public int maxReplicas() {
      return 3;
    }
  }

  @Test
  void newReplicasHurtTheirShareWhileTheyAreTooSlowForIt() {
    LoadTrace load = constant(160, 30);
    double fast = Backtest.run(load, warming(0.5), new ThirdOne(), 2).hurt();
    double slow = Backtest.run(load, warming(3), new ThirdOne(), 2).hurt();
    assertThat(fast).as("53 of 67 a second").isZero();
    assertThat(slow).as("53 of 25 a second at first").isBetween(1.0, 160 / 3.0 * 120);
  }

  @Test
  void warmingIsSeenInTheCpu() {
    LoadTrace load = constant(160, 30);
    PolicyShape shape = PolicyShape.cpu(50, 100);
    double warm = Backtest.run(load, PLANT, HpaReplay.of(shape, PLANT, load), 2).podHours();
    double cold =
        Backtest.run(load, warming(3), HpaReplay.of(shape, warming(3), load), 2).podHours();
    assertThat(cold).isGreaterThan(warm);
  }

  @Test
  void measuredCpuWaversAsTheWorkOfRequestsDoes() {
    LoadTrace load = constant(21, 600);
    PolicyShape shape = PolicyShape.cpu(80, 100);
    PlantSettings fluid = PlantSettings.standard(25, 60);
    var random =
        new PlantSettings(
            25, CpuDemand.of(25), 60, 15, 15, 15, 0.5, 10, 0.1, 1, Warming.NONE, PlantSettings.ANY);
    assertThat(Backtest.run(load, fluid, HpaReplay.of(shape, fluid, load), 1).rescales()).isZero();
    ScalingEffect wavers = Backtest.run(load, random, HpaReplay.of(shape, random, load), 1);
    assertThat(wavers.rescales()).isPositive();
    assertThat(Backtest.run(load, random, HpaReplay.of(shape, random, load), 1)).isEqualTo(wavers);
  }

  @Test
  void cpuMayBeUsedLessWhereTheCapacityEndsEarlier() {
    LoadTrace load = constant(100, 60);
    PolicyShape shape = PolicyShape.cpu(80, 100);
    var half =
        new PlantSettings(
            50,
            CpuDemand.of(100),
            60,
            15,
            15,
            15,
            0.5,
            10,
            0.1,
            0,
            Warming.NONE,
            PlantSettings.ANY);
    assertThat(Backtest.run(load, half, HpaReplay.of(shape, half, load), 2).podHours())
        .as("two replicas at half of their CPU")
        .isCloseTo(2, within(1e-9));
    PlantSettings all = PlantSettings.standard(50, 60);
    assertThat(Backtest.run(load, all, HpaReplay.of(shape, all, load), 2).podHours())
        .as("two at all of it")
        .isGreaterThan(2.5);
  }

  @Test
  void aGapCountsAsTheRateBeforeIt() {
    double[] rates = new double[20];
    Arrays.fill(rates, 300);
    rates[10] = Double.NaN;
    var load = new LoadTrace(Instant.EPOCH, 60, rates);
    assertThat(Backtest.run(load, PLANT, new Fixed(4), 4).requests())
        .isCloseTo(300 * 1200, within(1e-6));
  }

  private static LoadTrace constant(double rate, int minutes) {
    double[] rates = new double[minutes];
    Arrays.fill(rates, rate);
    return new LoadTrace(Instant.EPOCH, 60, rates);
  }

  @Test
  void replicasBeyondWhatIsCalledBearsOverloadItAndServeNothing() {
    LoadTrace load = constant(900, 60);
    ScalingEffect free = Backtest.run(load, PLANT, new Fixed(12), 12);
    ScalingEffect enough = Backtest.run(load, PLANT.bearing(12), new Fixed(12), 12);
    assertThat(enough).isEqualTo(free);
    ScalingEffect tooMany = Backtest.run(load, PLANT.bearing(8), new Fixed(12), 12);
    assertThat(tooMany.overloadSeconds()).isEqualTo(3600);
    assertThat(tooMany.hurtShare()).as("800 of 900 are served").isGreaterThan(0.1);
    ScalingEffect few = Backtest.run(load, PLANT.bearing(8), new Fixed(8), 8);
    assertThat(few.overloadSeconds()).isZero();
    assertThat(few.hurt()).isEqualTo(tooMany.hurt());
    assertThat(few.podHours()).isLessThan(tooMany.podHours());
  }
}
