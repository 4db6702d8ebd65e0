package io.bridgewatch.drill.machine;

import io.bridgewatch.drill.sim.Cause;
import io.bridgewatch.drill.sim.Simulation;
import java.util.ArrayList;
import java.util.List;

/**
 * The cores of a node, shared as the fair scheduler does.
 *
 * <p>A group asks for as many cores as it has running bursts. While all that is asked for fits,
 * each group has it; else cores are shared out by weight, and what a group does not need goes to
 * the others (max-min fairness). Work is measured in nanoseconds of one core at full speed.
 */
public final class Cpu {

  private final Simulation simulation;
  private final int cores;
  private final List<CpuGroup> groups = new ArrayList<>();
  private final Cause foreignCores = new Cause(0.15, this::share);
  private final Cause frequencyFactor = new Cause(1, this::reclock);
  private double governorFactor = 1;
  private double speed = 1;
  private double asked;
  private boolean contended;
  private double foreignGiven;
  private long foreignSince;
  private double foreignNanos;
  private double retiredNanos;

  Cpu(Simulation simulation, int cores) {
    this.simulation = simulation;
    this.cores = cores;
    share();
  }

  /** Cores that things outside of containers want: daemons of the system, or a noisy neighbour. */
  public Cause foreignCores() {
    return foreignCores;
  }

  /** Clock frequency as a share of the usual; below 1 all that runs here runs slower. */
  public Cause frequencyFactor() {
    return frequencyFactor;
  }

  public int cores() {
    return cores;
  }

  /** Work done in a second by one core, as a share of the usual. */
  public double speed() {
    return speed;
  }

  /** Core-nanoseconds that were busy since the start, containers and the rest. */
  public double busyNanos() {
    double sum = foreignNanos + foreignGiven * (simulation.nanos() - foreignSince) + retiredNanos;
    for (CpuGroup group : groups) {
      sum += group.cpuNanos();
    }
    return sum;
  }

  /** Cores wanted at this moment; above {@link #cores()} when some must wait. */
  public double wantedCores() {
    return asked + foreignCores.value();
  }

  /**
   * Makes room for a container.
   *
   * @param weight its share when cores are short, as its CPU request says
   * @param quotaCores its limit; zero for none
   */
  public CpuGroup group(double weight, double quotaCores) {
    var group = new CpuGroup(simulation, this, groups.size(), Math.max(0.01, weight), quotaCores);
    groups.add(group);
    return group;
  }

  /** Slows or quickens by heat, power and repaired memory, as the sensors found. */
  void govern(double factor) {
    if (Math.abs(factor - governorFactor) > 1e-9) {
      governorFactor = factor;
      reclock();
    }
  }

  void retire(CpuGroup group) {
    retiredNanos += group.cpuNanos();
    groups.remove(group);
    asked(-group.wanted());
  }

  /** A group wants more or fewer cores than before; it has been settled. */
  void changed(CpuGroup group, double difference) {
    asked += difference;
    boolean fits = asked + foreignCores.value() <= cores + 1e-9;
    if (fits && !contended) {
      group.give(group.wanted());
    } else {
      share();
    }
  }

  private void asked(double difference) {
    asked += difference;
    share();
  }

  /** What ran so far ran at the old speed. */
  private void reclock() {
    groups.forEach(CpuGroup::settle);
    speed = Math.max(0.02, frequencyFactor.value() * governorFactor);
    groups.forEach(CpuGroup::schedule);
  }

  private void share() {
    long now = simulation.nanos();
    foreignNanos += foreignGiven * (now - foreignSince);
    foreignSince = now;
    double foreign = Math.min(foreignCores.value(), cores);
    contended = asked + foreign > cores + 1e-9;
    if (!contended) {
      foreignGiven = foreign;
      for (CpuGroup group : groups) {
        group.settle();
        group.give(group.wanted());
      }
      return;
    }
    double level = waterLevel(foreign);
    foreignGiven = Math.min(foreign, foreignWeight() * level);
    for (CpuGroup group : groups) {
      group.settle();
      group.give(Math.min(group.wanted(), group.weight() * level));
    }
  }

  /** A neighbour with many threads is not shy. */
  private double foreignWeight() {
    return Math.max(1, foreignCores.value());
  }

  /** Cores for each unit of weight, such that all cores are given away (by bisection). */
  private double waterLevel(double foreign) {
    double low = 0;
    double high = cores / 0.01;
    for (int i = 0; i < 60; i++) {
      double middle = (low + high) / 2;
      double given = Math.min(foreign, foreignWeight() * middle);
      for (CpuGroup group : groups) {
        given += Math.min(group.wanted(), group.weight() * middle);
      }
      if (given > cores) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return low;
  }
}
