package io.bridgewatch.drill.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.bridgewatch.drill.sim.Simulation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CpuGroupTest {

  private static final double SECOND = 1e9;

  private final Simulation simulation = new Simulation(Instant.parse("2026-12-01T00:00:00Z"), 1);
  private final Cpu cpu = new Cpu(simulation, 2);
  private final List<Double> ends = new ArrayList<>();

  CpuGroupTest() {
    cpu.foreignCores().set(0);
  }

  private void run(CpuGroup group, double seconds) {
    group.run(seconds * SECOND, () -> ends.add(simulation.nanos() / SECOND));
  }

  @Test
  void burstsShareTheCoresAndEachHasAtMostOne() {
    CpuGroup group = cpu.group(1, 0);
    run(group, 1);
    simulation.run(Duration.ofSeconds(2));
    run(group, 1);
    run(group, 1);
    run(group, 1);
    run(group, 2);
    simulation.run(Duration.ofSeconds(8));
    // four bursts on two cores run at half speed for two seconds; the last then has a core
    assertThat(ends).containsExactly(1.0, 4.0, 4.0, 4.0, 5.0);
    assertThat(group.cpuNanos()).isCloseTo(6 * SECOND, within(10.0));
  }

  @Test
  void aQuotaStopsTheGroupUntilTheNextPeriod() {
    CpuGroup group = cpu.group(1, 0.5);
    run(group, 0.12);
    simulation.run(Duration.ofSeconds(1));
    // 50 ms in each of two periods of 100 ms, then the last 20 ms
    assertThat(ends)
        .singleElement()
        .satisfies(end -> assertThat(end).isCloseTo(0.22, within(1e-6)));
    assertThat(group.throttledPeriods()).isEqualTo(2);
    assertThat(group.periods()).isEqualTo(3);
    assertThat(group.throttledNanos()).isCloseTo(100_000_000L, within(10L));
  }

  @Test
  void aShortBurstUnderItsQuotaIsNotSlowed() {
    CpuGroup group = cpu.group(1, 0.5);
    run(group, 0.04);
    simulation.run(Duration.ofSeconds(1));
    assertThat(ends).containsExactly(0.04);
    assertThat(group.throttledPeriods()).isZero();
  }

  @Test
  void groupsShareScarceCoresByWeightAndLeaveWhatTheyDoNotNeed() {
    CpuGroup heavy = cpu.group(3, 0);
    CpuGroup light = cpu.group(1, 0);
    for (int i = 0; i < 4; i++) {
      run(heavy, 100);
      run(light, 100);
    }
    simulation.run(Duration.ofSeconds(10));
    assertThat(heavy.cpuNanos()).isCloseTo(15 * SECOND, within(0.01 * SECOND));
    assertThat(light.cpuNanos()).isCloseTo(5 * SECOND, within(0.01 * SECOND));
    heavy.close();
    simulation.run(Duration.ofSeconds(10));
    assertThat(light.cpuNanos()).isCloseTo(25 * SECOND, within(0.01 * SECOND));
    assertThat(cpu.busyNanos()).isCloseTo(40 * SECOND, within(0.01 * SECOND));
  }

  @Test
  void aNoisyNeighbourTakesWhatContainersNeed() {
    CpuGroup group = cpu.group(1, 0);
    run(group, 1);
    cpu.foreignCores().set(7);
    simulation.run(Duration.ofSeconds(10));
    // of two cores, one part in eight goes to the group
    assertThat(ends).singleElement().satisfies(end -> assertThat(end).isCloseTo(4, within(0.01)));
  }

  @Test
  void aSlowerClockStretchesWhatRuns() {
    CpuGroup group = cpu.group(1, 0);
    run(group, 1);
    simulation.run(Duration.ofMillis(500));
    cpu.frequencyFactor().set(0.5);
    simulation.run(Duration.ofSeconds(2));
    assertThat(ends).containsExactly(1.5);
  }

  @Test
  void stoppingTheWorldDelaysBurstsByItsOwnWork() {
    CpuGroup group = cpu.group(1, 0);
    run(group, 1);
    simulation.run(Duration.ofMillis(100));
    group.stopTheWorld(0.4 * SECOND, 2, () -> ends.add(-1.0));
    simulation.run(Duration.ofSeconds(2));
    assertThat(ends).containsExactly(-1.0, 1.2);
  }
}
