package io.bridgewatch.scale.plant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.bridgewatch.scale.StartTimes;
import io.bridgewatch.scale.plant.SimulatedWorkload.Truth;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PlantCalibrationTest {

  private static final PlantCalibration.Settings SETTINGS =
      new PlantCalibration.Settings(1, 60, 60, 3600);
  private static final StartTimes STARTS =
      new StartTimes(
          5,
          0,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.of(new StartTimes.Phase(5, 40, 55.5, 61)));
  private static final StartTimes NO_STARTS =
      new StartTimes(
          0,
          0,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  private static CalibratedPlant calibrate(WorkloadHistory history) {
    return PlantCalibration.of(history, STARTS, List.of(), SETTINGS);
  }

  /** Another kind of workload for each seed. */
  private static Truth truth(long seed) {
    var random = new SplittableRandom(seed);
    int servers = new int[] {1, 2, 4, 8}[random.nextInt(4)];
    double capacity = 8 * Math.pow(5, random.nextDouble());
    return new Truth(
        servers,
        servers / capacity,
        1 + random.nextInt(3),
        random.nextInt(2) * 0.5 * servers / capacity,
        0.85 + 0.15 * random.nextDouble(),
        3,
        30);
  }

  @Test
  void theIntervalCoversTheTrueCapacityWhereTheKneeWasSeen() {
    int seeds = 40;
    int covered = 0;
    var errors = new ArrayList<Double>();
    for (long seed = 1; seed <= seeds; seed++) {
      Truth truth = truth(seed);
      WorkloadHistory history =
          seed % 2 == 0
              ? SimulatedWorkload.of(truth, seed)
              : SimulatedWorkload.of(truth, seed, SimulatedWorkload.changing(seed));
      CalibratedPlant plant = calibrate(history);
      if (plant.capacity() instanceof Capacity.Measured(Interval capacity)) {
        covered += capacity.covers(truth.capacity()) ? 1 : 0;
        errors.add(Math.abs(capacity.value() / truth.capacity() - 1));
        assertThat(plant.serviceSeconds().orElseThrow().value())
            .as("service time, seed %d", seed)
            .isCloseTo(truth.floor(), withinPercentage(8));
      }
    }
    String told = "%d measured, %d covered, errors %s".formatted(errors.size(), covered, errors);
    assertThat(errors.size()).as(told).isGreaterThanOrEqualTo(32);
    assertThat(covered).as(told).isGreaterThanOrEqualTo((int) Math.ceil(0.9 * errors.size()));
    assertThat(errors.stream().mapToDouble(Double::doubleValue).average().orElseThrow())
        .as(told)
        .isLessThan(0.03);
  }

  @Test
  void aKneeThatWasNotReachedGivesABoundByCpuThatSaysSo() {
    Truth truth = Truth.usual().withPeakUse(0.5);
    CalibratedPlant plant = calibrate(SimulatedWorkload.of(truth, 3));
    assertThat(plant.capacity())
        .isInstanceOfSatisfying(
            Capacity.BoundByCpu.class,
            bound -> {
              assertThat(bound.atLeast())
                  .isBetween(0.45 * truth.capacity(), 0.7 * truth.capacity());
              assertThat(bound.atMost().value()).isCloseTo(truth.capacity(), withinPercentage(2));
              assertThat(bound.basis()).isEqualTo(CpuCost.Basis.LIMIT);
              assertThat(bound.gap()).isInstanceOf(CalibrationGap.KneeNotSeen.class);
              assertThat(bound.gap().remedy())
                  .isEqualTo(CalibrationGap.Remedy.HIGHER_LOAD_PER_REPLICA);
            });
    assertThat(plant.seen().orElseThrow().beyond(truth.capacity())).isTrue();
    CalibratedPlant.ForReplay replay = plant.forReplay().orElseThrow();
    assertThat(replay.extrapolated()).isTrue();
    assertThat(replay.settings().startSeconds()).isEqualTo(56);
    assertThat(replay.settings().serviceSeconds()).isCloseTo(0.12, within(0.005));
  }

  @Test
  void withoutCpuThereIsOnlyWhatWasSeen() {
    WorkloadHistory history = SimulatedWorkload.of(Truth.usual().withPeakUse(0.5), 3);
    var bare = WorkloadHistory.builder(history.start(), history.stepSeconds(), history.steps());
    for (Measure measure :
        List.of(Measure.REQUESTS, Measure.READY_REPLICAS, Measure.LATENCY_MEAN)) {
      bare.with(measure, history.values(measure));
    }
    CalibratedPlant plant = calibrate(bare.build());
    assertThat(plant.capacity()).isInstanceOf(Capacity.AtLeast.class);
    assertThat(plant.forReplay()).isEmpty();
    assertThat(plant.gaps()).contains(new CalibrationGap.NotMeasured(Measure.CPU));
  }

  @Test
  void aLoadThatNeverChangesIsRefused() {
    int steps = 1440;
    double[] rate = new double[steps];
    double[] four = new double[steps];
    double[] latency = new double[steps];
    var random = new SplittableRandom(4);
    for (int step = 0; step < steps; step++) {
      rate[step] = 40 + random.nextDouble();
      four[step] = 4;
      latency[step] = 0.1 + 0.01 * random.nextDouble();
    }
    CalibratedPlant plant =
        calibrate(
            WorkloadHistory.builder(Instant.EPOCH, 60, steps)
                .with(Measure.REQUESTS, rate)
                .with(Measure.READY_REPLICAS, four)
                .with(Measure.LATENCY_MEAN, latency)
                .build());
    assertThat(plant.capacity())
        .isInstanceOfSatisfying(
            Capacity.AtLeast.class,
            seen -> {
              assertThat(seen.perReplica()).isCloseTo(10.2, within(0.1));
              assertThat(seen.gap()).isInstanceOf(CalibrationGap.NoRangeOfLoad.class);
            });
  }

  @Test
  void aFewHoursAreTooFew() {
    WorkloadHistory whole = SimulatedWorkload.of(Truth.usual(), 5);
    var part = WorkloadHistory.builder(whole.start(), 30, 480);
    for (Measure measure : whole.measures()) {
      part.with(measure, Arrays.copyOf(whole.values(measure), 480));
    }
    assertThat(calibrate(part.build()).capacity())
        .isInstanceOfSatisfying(
            Capacity.Unknown.class,
            unknown ->
                assertThat(unknown.gap())
                    .isEqualTo(new CalibrationGap.TooLittleHistory(239 * 60, 6 * 3600)));
  }

  @Test
  void whatIsNotMeasuredIsNamed() {
    var empty = WorkloadHistory.builder(Instant.EPOCH, 60, 1000).build();
    CalibratedPlant plant = PlantCalibration.of(empty, NO_STARTS, List.of(), SETTINGS);
    assertThat(plant.capacity())
        .isEqualTo(new Capacity.Unknown(new CalibrationGap.NotMeasured(Measure.REQUESTS)));
    assertThat(plant.gaps()).contains(new CalibrationGap.StartUnknown(0, 3));
    assertThat(plant.seen()).isEmpty();
  }

  @Test
  void aLimitThatReplicasShareIsNoCapacityOfAReplica() {
    for (long seed = 1; seed <= 5; seed++) {
      Truth truth = Truth.usual();
      CalibratedPlant plant =
          calibrate(
              SimulatedWorkload.limitedElsewhere(truth, seed, SimulatedWorkload.changing(seed)));
      assertThat(plant.capacity())
          .as("seed %d", seed)
          .isInstanceOfSatisfying(
              Capacity.AtLeast.class,
              seen -> assertThat(seen.gap()).isInstanceOf(CalibrationGap.LimitedElsewhere.class));
    }
  }

  @Test
  void gapsAndWildStepsDoNotMoveTheCapacity() {
    Truth truth = Truth.usual();
    WorkloadHistory clean = SimulatedWorkload.of(truth, 8);
    var random = new SplittableRandom(8);
    var sick = WorkloadHistory.builder(clean.start(), clean.stepSeconds(), clean.steps());
    sick.with(clean.resources());
    for (Measure measure : clean.measures()) {
      double[] values = clean.values(measure);
      for (int step = 0; step < values.length; step++) {
        if (random.nextInt(10) == 0) {
          values[step] = Double.NaN;
        } else if (measure == Measure.LATENCY_MEAN && random.nextInt(50) == 0) {
          values[step] = 5;
        }
      }
      sick.with(measure, values);
    }
    CalibratedPlant plant = calibrate(sick.build());
    assertThat(plant.capacity())
        .isInstanceOfSatisfying(
            Capacity.Measured.class,
            measured ->
                assertThat(measured.perReplica().value())
                    .isCloseTo(truth.capacity(), withinPercentage(6)));
  }

  @Test
  void aLimitDownstreamMakesMoreReplicasUseless() {
    Truth truth = Truth.usual();
    var database = new DownstreamLimit("database", 300, 2);
    CalibratedPlant plant =
        PlantCalibration.of(SimulatedWorkload.of(truth, 2), STARTS, List.of(database), SETTINGS);
    assertThat(plant.useful())
        .singleElement()
        .satisfies(
            useful -> {
              assertThat(useful.replicas()).isEqualTo(8);
              assertThat(useful.atMost()).isBetween(8, 9);
            });
  }

  @Test
  void cpuThatComesLateIsSeenToBeLate() {
    WorkloadHistory prompt = SimulatedWorkload.of(Truth.usual(), 2);
    double[] cpu = prompt.values(Measure.CPU);
    double[] late = new double[cpu.length];
    System.arraycopy(cpu, 0, late, 2, cpu.length - 2);
    var history = WorkloadHistory.builder(prompt.start(), 30, prompt.steps());
    history.with(prompt.resources());
    prompt.measures().forEach(measure -> history.with(measure, prompt.values(measure)));
    history.with(Measure.CPU, late);
    assertThat(calibrate(prompt).metricLagSeconds()).hasValue(0);
    assertThat(calibrate(history.build()).metricLagSeconds()).hasValue(60);
  }

  @Test
  void newReplicasThatCostMoreAreSeenToWarmUp() {
    WorkloadHistory warm = SimulatedWorkload.of(Truth.usual(), 11, SimulatedWorkload.changing(11));
    double[] cpu = warm.values(Measure.CPU);
    for (int step = 1; step < cpu.length; step++) {
      double now = warm.at(Measure.READY_REPLICAS, step);
      double before = warm.at(Measure.READY_REPLICAS, step - 1);
      for (int after = step; now > before && after < step + 5; after++) { // 150 s
        cpu[after] *= 1 + 1.5 * (now - before) / now;
      }
    }
    var cold = WorkloadHistory.builder(warm.start(), warm.stepSeconds(), warm.steps());
    cold.with(warm.resources());
    warm.measures().forEach(measure -> cold.with(measure, warm.values(measure)));
    WarmUp found = calibrate(cold.with(Measure.CPU, cpu).build()).warmUp().orElseThrow();
    assertThat(found.seconds()).isBetween(120, 180);
    assertThat(found.excess()).isBetween(1.1, 1.9);
    assertThat(found.starts()).isGreaterThanOrEqualTo(5);
    assertThat(calibrate(warm).warmUp().orElseThrow().seconds()).isZero();
    assertThat(calibrate(SimulatedWorkload.of(Truth.usual(), 11)).warmUp()).isEmpty();
  }

  @Test
  void theSameHistoryGivesTheSamePlant() {
    WorkloadHistory history = SimulatedWorkload.of(Truth.usual(), 6);
    assertThat(calibrate(history)).isEqualTo(calibrate(history));
  }
}
