package io.bridgewatch.scale.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.bridgewatch.scale.StartTimes;
import io.bridgewatch.scale.plant.CalibratedPlant;
import io.bridgewatch.scale.plant.DownstreamLimit;
import io.bridgewatch.scale.plant.Measure;
import io.bridgewatch.scale.plant.PlantCalibration;
import io.bridgewatch.scale.plant.SimulatedWorkload;
import io.bridgewatch.scale.plant.SimulatedWorkload.Truth;
import io.bridgewatch.scale.plant.WorkloadHistory;
import io.bridgewatch.scale.trigger.TriggerVerdict.Accepted;
import io.bridgewatch.scale.trigger.TriggerVerdict.Refused;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TriggerScreeningTest {

  private static final TriggerScreening.Settings THREE_ZONES =
      TriggerScreening.Settings.standard(OptionalInt.of(3));
  private static final StartTimes STARTS =
      new StartTimes(
          5,
          0,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.of(new StartTimes.Phase(5, 40, 55.5, 61)));

  private static CalibratedPlant plant(WorkloadHistory history, DownstreamLimit... limits) {
    return PlantCalibration.of(
        history, STARTS, List.of(limits), new PlantCalibration.Settings(1, 20, 60, 3600));
  }

  private static Screening screen(WorkloadHistory history) {
    return TriggerScreening.of(history, plant(history), THREE_ZONES);
  }

  private static WorkloadHistory workload(long seed) {
    return SimulatedWorkload.of(Truth.usual(), seed, SimulatedWorkload.changing(seed));
  }

  private static WorkloadHistory.Builder copy(WorkloadHistory history) {
    var copy =
        WorkloadHistory.builder(history.start(), history.stepSeconds(), history.steps())
            .with(history.resources());
    history.measures().forEach(measure -> copy.with(measure, history.values(measure)));
    return copy;
  }

  private static TriggerVerdict of(Screening screening, TriggerMetric metric) {
    return screening.verdicts().stream()
        .filter(verdict -> verdict.metric() == metric)
        .findFirst()
        .orElseThrow();
  }

  private static TriggerRefusal refusal(Screening screening, TriggerMetric metric) {
    assertThat(of(screening, metric)).as("%s", metric).isInstanceOf(Refused.class);
    return ((Refused) of(screening, metric)).reason();
  }

  @Test
  void memoryIsRefusedAndWhatFollowsRequestsIsAccepted() {
    int seeds = 10;
    int accepted = 0;
    for (long seed = 1; seed <= seeds; seed++) {
      Screening screening = screen(workload(seed));
      assertThat(refusal(screening, TriggerMetric.MEMORY))
          .as("seed %d", seed)
          .isInstanceOf(TriggerRefusal.DoesNotFall.class);
      assertThat(refusal(screening, TriggerMetric.QUEUE))
          .isInstanceOf(TriggerRefusal.NotMeasured.class);
      for (TriggerMetric metric :
          List.of(TriggerMetric.CPU, TriggerMetric.IN_FLIGHT, TriggerMetric.REQUESTS)) {
        accepted += of(screening, metric) instanceof Accepted ? 1 : 0;
      }
      assertThat(screening.accepted())
          .extracting(Accepted::rank)
          .as("ranks, seed %d", seed)
          .isSorted()
          .startsWith(1)
          .doesNotHaveDuplicates();
    }
    assertThat(accepted).as("of %d", 3 * seeds).isGreaterThanOrEqualTo(27);
  }

  @Test
  void thePlotShowsCpuFallAndMemoryStay() {
    Screening screening = screen(workload(4));
    List<TriggerEvidence.Point> cpu = of(screening, TriggerMetric.CPU).evidence().plot().points();
    List<TriggerEvidence.Point> memory =
        of(screening, TriggerMetric.MEMORY).evidence().plot().points();
    assertThat(cpu).extracting(TriggerEvidence.Point::replicas).containsExactly(4, 5, 6);
    assertThat(cpu.getLast().value() / cpu.getFirst().value()).isBetween(0.6, 0.75);
    assertThat(memory.getLast().value() / memory.getFirst().value()).isBetween(0.9, 1.1);
  }

  @Test
  void theThresholdIsTheKneeLessTheRiseAndTheLossOfAZone() {
    WorkloadHistory history = workload(4);
    Screening screening = screen(history);
    OperatingLoad operating = screening.operating().orElseThrow();
    // two servers: u²/(1 − u²) · 0.1 s of wait are as long as the floor of 0.12 s at u = 0.74
    assertThat(operating.kneeLoad()).isCloseTo(0.74 * 20, withinPercentage(5));
    assertThat(operating.basis()).isEqualTo(OperatingLoad.Basis.LATENCY);
    assertThat(operating.loss()).isEqualTo(1.5);
    assertThat(operating.lossOf()).isEqualTo(OperatingLoad.Loss.ZONE);
    assertThat(operating.rise()).isBetween(1.05, 1.25);
    assertThat(operating.perReplica())
        .isCloseTo(operating.kneeLoad() / operating.rise() / 1.5, within(1e-9));
    var cpu = (Accepted) of(screening, TriggerMetric.CPU);
    double cores = 0.05 + Truth.usual().coresPerRequest() * operating.perReplica();
    assertThat(cpu.threshold().orElseThrow().perReplica()).isCloseTo(cores, withinPercentage(4));
    assertThat(cpu.threshold().get().utilizationPercent().orElseThrow())
        .isCloseTo((int) (100 * cores), within(4));
    assertThat(cpu.threshold().get().mostStep().orElseThrow()).isCloseTo(2 / cores, within(0.1));
    assertThat(cpu.threshold().get().extrapolated()).isFalse();
  }

  @Test
  void afterTheLossOfAZoneEnoughAreLeft() {
    WorkloadHistory history = workload(4);
    OperatingLoad operating = screen(history).operating().orElseThrow();
    ReplicaRange range = screen(history).replicas().orElseThrow();
    double quiet = quantile(history, 0.05) * operating.rise();
    int left = range.minReplicas() - Math.ceilDiv(range.minReplicas(), 3);
    assertThat(left * operating.kneeLoad()).isGreaterThanOrEqualTo(quiet);
    int leftOfMost = range.maxReplicas() - Math.ceilDiv(range.maxReplicas(), 3);
    assertThat(leftOfMost * operating.kneeLoad())
        .isGreaterThanOrEqualTo(1.4 * quantile(history, 0.999));
    assertThat(range.cappedBy()).isEmpty();
    var database = new DownstreamLimit("database", 160, 1);
    ReplicaRange capped =
        TriggerScreening.of(history, plant(history, database), THREE_ZONES)
            .replicas()
            .orElseThrow();
    assertThat(capped.cappedBy()).hasValue("database");
    assertThat(capped.maxReplicas()).isBetween(8, 10).isLessThan(range.maxReplicas());
  }

  private static double quantile(WorkloadHistory history, double q) {
    double[] sorted = history.values(Measure.REQUESTS);
    Arrays.sort(sorted);
    return sorted[(int) (q * (sorted.length - 1))];
  }

  @Test
  void aMetricThatEndsBelowTheKneeSaturates() {
    WorkloadHistory history = workload(5);
    double[] pool =
        Arrays.stream(history.values(Measure.CPU)).map(cpu -> Math.min(1, cpu / 0.9)).toArray();
    Screening screening = screen(copy(history).with(Measure.POOL, pool).build());
    assertThat(refusal(screening, TriggerMetric.POOL))
        .isInstanceOfSatisfying(
            TriggerRefusal.Saturates.class,
            ends -> {
              assertThat(ends.value()).isCloseTo(1, within(0.01));
              assertThat(ends.fromLoad()).isLessThan(ends.kneeLoad());
            });
  }

  @Test
  void aQueueThatFillsOnlyInOverloadIsTooLate() {
    WorkloadHistory history = workload(5);
    double[] queue = new double[history.steps()];
    for (int step = 0; step < queue.length; step++) {
      queue[step] = Math.max(0, history.at(Measure.CPU, step) - 1.75) * 400;
    }
    Screening screening = screen(copy(history).with(Measure.QUEUE, queue).build());
    assertThat(refusal(screening, TriggerMetric.QUEUE)).isInstanceOf(TriggerRefusal.TooLate.class);
  }

  @Test
  void aMetricWithManyGapsIsTooSparse() {
    WorkloadHistory history = workload(6);
    double[] cpu = history.values(Measure.CPU);
    for (int step = 0; step < cpu.length; step++) {
      cpu[step] = step / 4 % 5 == 0 ? Double.NaN : cpu[step];
    }
    assertThat(refusal(screen(copy(history).with(Measure.CPU, cpu).build()), TriggerMetric.CPU))
        .isInstanceOfSatisfying(
            TriggerRefusal.TooSparse.class,
            sparse -> assertThat(sparse.share()).isCloseTo(0.8, within(0.02)));
  }

  @Test
  void whatIsNeverSeenUnderChangeIsNotTrusted() {
    Screening screening = screen(SimulatedWorkload.of(Truth.usual(), 7));
    assertThat(refusal(screening, TriggerMetric.CPU))
        .isEqualTo(new TriggerRefusal.NotSeenUnderChange(0, 3));
    assertThat(refusal(screening, TriggerMetric.MEMORY))
        .isInstanceOf(TriggerRefusal.DoesNotFollowLoad.class);
    assertThat(of(screening, TriggerMetric.REQUESTS)).isInstanceOf(Accepted.class);
  }

  @Test
  void memoryOfYoungPodsDoesNotMakeItLookAsIfItFell() {
    WorkloadHistory history = workload(8);
    double[] memory = history.values(Measure.MEMORY);
    double young = 0;
    for (int step = 1; step < memory.length; step++) {
      double now = history.at(Measure.READY_REPLICAS, step);
      double before = history.at(Measure.READY_REPLICAS, step - 1);
      young = now > before ? (now - before) / now : young * 0.9; // grown up after some minutes
      memory[step] *= 1 - 0.5 * young;
    }
    assertThat(
            refusal(
                screen(copy(history).with(Measure.MEMORY, memory).build()), TriggerMetric.MEMORY))
        .isInstanceOf(TriggerRefusal.DoesNotFall.class);
  }

  @Test
  void withoutAKneeTheHighestLoadSeenCounts() {
    WorkloadHistory history =
        SimulatedWorkload.of(Truth.usual().withPeakUse(0.5), 9, SimulatedWorkload.changing(9));
    OperatingLoad operating = screen(history).operating().orElseThrow();
    assertThat(operating.basis()).isEqualTo(OperatingLoad.Basis.CPU_BOUND);
    assertThat(operating.kneeLoad()).isCloseTo(0.7 * 20, withinPercentage(3));
  }

  @Test
  void aHistoryWithoutAnythingGivesNoThreshold() {
    Screening screening =
        screen(
            WorkloadHistory.builder(Instant.EPOCH, 60, 100)
                .with(Measure.CPU, new SplittableRandom(1).doubles(100).toArray())
                .build());
    assertThat(screening.operating()).isEmpty();
    assertThat(screening.replicas()).isEmpty();
    assertThat(refusal(screening, TriggerMetric.CPU)).isInstanceOf(TriggerRefusal.TooSparse.class);
  }

  @Test
  void theSameHistoryGivesTheSameAnswer() {
    WorkloadHistory history = workload(10);
    assertThat(screen(history)).isEqualTo(screen(history));
  }
}
