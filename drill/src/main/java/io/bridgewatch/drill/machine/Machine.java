package io.bridgewatch.drill.machine;

import io.bridgewatch.drill.plan.NodePlan;
import io.bridgewatch.drill.sim.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** A node as hardware and kernel: all that containers on it share. */
public final class Machine {

  private static final Duration TICK = Duration.ofSeconds(2);

  private final NodePlan plan;
  private final int number;
  private final Cpu cpu;
  private final Memory memory;
  private final List<Disk> disks;
  private final Nic nic;
  private final Conntrack conntrack = new Conntrack();
  private final Sensors sensors;
  private final List<Runnable> downListeners = new ArrayList<>();
  private boolean up = true;
  private double busyNanos;
  private double load1;
  private long retransmits;

  /**
   * @param number of the node in its bank; streams of chance are named by it
   */
  public Machine(Simulation simulation, NodePlan plan, int number) {
    this.plan = plan;
    this.number = number;
    RandomGenerator random = simulation.random("machine/" + number);
    this.cpu = new Cpu(simulation, plan.cores());
    this.memory = new Memory(plan.memoryBytes());
    this.disks = plan.disks().stream().map(name -> new Disk(simulation, random, name)).toList();
    this.nic = new Nic(simulation, plan.nic(), plan.nicBitsPerSecond());
    this.sensors = new Sensors(simulation.random("sensors/" + number));
    simulation.every(TICK, this::tick);
  }

  public NodePlan plan() {
    return plan;
  }

  public int number() {
    return number;
  }

  public Cpu cpu() {
    return cpu;
  }

  public Memory memory() {
    return memory;
  }

  /** The first holds the root and the containers' layers, the last one the volumes. */
  public List<Disk> disks() {
    return disks;
  }

  public Disk rootDisk() {
    return disks.getFirst();
  }

  public Disk volumeDisk() {
    return disks.getLast();
  }

  public Nic nic() {
    return nic;
  }

  public Conntrack conntrack() {
    return conntrack;
  }

  public Sensors sensors() {
    return sensors;
  }

  /** Whether it has power and its kernel runs. */
  public boolean isUp() {
    return up;
  }

  /** Tells when it goes down. */
  public void whenDown(Runnable listener) {
    downListeners.add(listener);
  }

  /** Power off, or a kernel's panic: all that ran here is gone, and nobody is told. */
  public void fail() {
    if (up) {
      up = false;
      List.copyOf(downListeners).forEach(Runnable::run);
    }
  }

  /** Comes up again, empty. */
  public void restore() {
    up = true;
  }

  /** Runnable tasks, as {@code uptime} averages them over a minute. */
  public double load1() {
    return load1;
  }

  /** Segments that TCP sent again. */
  public long retransmits() {
    return retransmits;
  }

  void retransmitted() {
    retransmits++;
  }

  private void tick() {
    if (!up) {
      return;
    }
    double seconds = TICK.toMillis() / 1e3;
    double busy = cpu.busyNanos();
    double load = (busy - busyNanos) / (plan.cores() * seconds * 1e9);
    busyNanos = busy;
    memory.tick(TICK.toNanos());
    conntrack.tick(seconds);
    disks.forEach(disk -> disk.tick(TICK.toNanos()));
    nic.tick(TICK.toNanos());
    long fatal = sensors.uncorrectableErrors();
    double speed = sensors.tick(seconds, load, cpu.frequencyFactor().value());
    load1 += (cpu.wantedCores() - load1) * (1 - Math.exp(-seconds / 60));
    cpu.govern(speed * (1 - memory.stallShare()));
    if (sensors.uncorrectableErrors() > fatal) {
      fail();
    }
  }
}
