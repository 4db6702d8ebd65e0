package io.bridgewatch.drill.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.drill.plan.NodePlan;
import io.bridgewatch.drill.sim.Simulation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MachineTest {

  private final Simulation simulation = new Simulation(Instant.parse("2026-12-01T00:00:00Z"), 3);
  private final Machine machine = machine("a", "zone-a", 0);
  private final Machine far = machine("b", "zone-b", 1);
  private final Network network = new Network(simulation, List.of(machine, far));
  private final Network.Port here = network.port(machine, "10.0.0.1");
  private final Network.Port there = network.port(far, "10.0.0.2");

  private Machine machine(String name, String zone, int number) {
    return new Machine(
        simulation,
        new NodePlan(name, zone, 8, 32L << 30, List.of("nvme0n1", "sda"), "eth0", 10_000_000_000L),
        number);
  }

  @Test
  void heatFollowsLoadSlowlyAndStaysCoolWithoutTrouble() {
    simulation.run(Duration.ofMinutes(20));
    double idle = machine.sensors().packageCelsius();
    machine.cpu().foreignCores().set(8);
    simulation.run(Duration.ofSeconds(6));
    double soon = machine.sensors().packageCelsius();
    simulation.run(Duration.ofMinutes(20));
    double late = machine.sensors().packageCelsius();
    assertThat(soon - idle).isBetween(1.0, 15.0);
    assertThat(late - idle).isGreaterThan(20);
    assertThat(late).isLessThan(92);
    assertThat(machine.sensors().throttleEvents()).isZero();
    assertThat(machine.sensors().fanRpm()).isGreaterThan(far.sensors().fanRpm());
  }

  @Test
  void aDeadFanUnderLoadThrottlesTheCores() {
    machine.cpu().foreignCores().set(6);
    machine.sensors().coolingFactor().set(0.4);
    simulation.run(Duration.ofMinutes(15));
    assertThat(machine.sensors().packageCelsius()).isGreaterThan(88);
    assertThat(machine.sensors().throttleEvents()).isPositive();
    assertThat(machine.cpu().speed()).isLessThan(0.9);
    machine.sensors().coolingFactor().reset();
    simulation.run(Duration.ofMinutes(15));
    assertThat(machine.cpu().speed()).isEqualTo(1);
  }

  @Test
  void aPowerCapSlowsAndHolds() {
    machine.cpu().foreignCores().set(8);
    machine.sensors().powerCapWatts().set(120);
    simulation.run(Duration.ofMinutes(1));
    assertThat(machine.sensors().packageWatts()).isLessThanOrEqualTo(120.5);
    assertThat(machine.cpu().speed()).isLessThan(0.7);
  }

  @Test
  void aStormOfCorrectedErrorsIsCountedAndCostsSpeed() {
    machine.sensors().correctablePerHour().set(14_400);
    simulation.run(Duration.ofHours(1));
    assertThat(machine.sensors().correctableErrors()).isBetween(13_800L, 15_000L);
    assertThat(machine.cpu().speed()).isLessThan(0.95);
    assertThat(far.sensors().correctableErrors()).isLessThan(5);
  }

  @Test
  void aDisksQueueGrowsAsTheLawSays() {
    Disk disk = machine.rootDisk();
    disk.foreignShare().set(0);
    var random = simulation.random("test");
    double[] waited = {0, 0};
    Runnable[] arrive = new Runnable[1];
    arrive[0] =
        () -> {
          waited[0] += Disk.nanos(disk.submit(1, 0));
          waited[1]++;
          simulation.after((long) (random.nextExponential() * 220_000), arrive[0]);
        };
    arrive[0].run();
    simulation.run(Duration.ofSeconds(60));
    // M/M/1 at half load: a response takes twice the service time of 110 us
    assertThat(waited[0] / waited[1] / 220_000).isBetween(0.95, 1.05);
    assertThat(disk.busyNanos() / simulation.nanos()).isBetween(0.48, 0.52);
  }

  @Test
  void aFailingDiskTellsBySmartAndByItsAnswers() {
    Disk disk = machine.rootDisk();
    disk.errorShare().set(1);
    long answer = disk.submit(1, 1);
    assertThat(Disk.isError(answer)).isTrue();
    assertThat(Disk.nanos(answer)).isGreaterThan(1_000_000_000L);
    assertThat(disk.mediaErrors()).isEqualTo(1);
    disk.foreignBytes().set(1e15);
    assertThat(disk.take(1)).isFalse();
  }

  @Test
  void lostPacketsCostTimeAndACutPathLosesAll() {
    double clean = meanMillis();
    network.between("zone-a", "zone-b").loss().set(0.05);
    double lossy = meanMillis();
    assertThat(clean).isBetween(0.5, 0.8);
    assertThat(lossy - clean).isBetween(5.0, 25.0);
    assertThat(machine.retransmits()).isPositive();
    network.between("zone-a", "zone-b").cut().set(1);
    assertThat(network.send(here, there, 1_000)).isEqualTo(Network.LOST);
    assertThat(network.send(there, here, 1_000)).isPositive();
    assertThat(network.connect(there, here)).isEqualTo(Network.LOST);
  }

  @Test
  void badFramesAreCountedByTheReceivingCard() {
    far.nic().errorRate().set(0.1);
    meanMillis();
    assertThat(far.nic().receiveErrors()).isPositive();
    assertThat(machine.nic().receiveErrors()).isZero();
  }

  @Test
  void aSmallerPacketSizeLosesLargeMessagesOnly() {
    far.nic().mtu().set(1_400);
    assertThat(network.send(here, there, 600)).isPositive();
    assertThat(network.send(here, there, 8_000)).isEqualTo(Network.LOST);
  }

  @Test
  void aNarrowPathQueuesMessages() {
    network.pod("10.0.0.2").bitsPerSecond().set(1e6);
    long first = network.send(here, there, 12_500);
    long second = network.send(here, there, 12_500);
    assertThat(first).isBetween(100_000_000L, 110_000_000L);
    assertThat(second).isBetween(200_000_000L, 210_000_000L);
  }

  @Test
  void aFullTableRefusesNewConnectionsAndForgetsOldOnes() {
    machine.conntrack().foreignEntries().set(0);
    machine.conntrack().maximum().set(10);
    for (int i = 0; i < 10; i++) {
      assertThat(network.connect(here, there)).isPositive();
      network.close(here, there);
    }
    assertThat(network.connect(here, there)).isEqualTo(Network.LOST);
    assertThat(machine.conntrack().drops()).isEqualTo(1);
    simulation.run(Duration.ofMinutes(10));
    assertThat(network.connect(here, there)).isPositive();
  }

  private double meanMillis() {
    double sum = 0;
    int arrived = 0;
    for (int i = 0; i < 20_000; i++) {
      simulation.run(Duration.ofMillis(1));
      long nanos = network.send(here, there, 1_000);
      if (nanos != Network.LOST) {
        sum += nanos;
        arrived++;
      }
    }
    return sum / arrived / 1e6;
  }
}
