package io.bridgewatch.model;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is watched of a machine and its devices, whatever exporter measures it: a series of that
 * name, at which rising is harmful.
 *
 * <p>Of shares (unit {@code 1}) {@link #least} is tolerable for good and {@link #full} as bad as it
 * gets. Of all else {@link #least} is what nobody would care about, in the sign's unit, and {@link
 * #full} the factor of growth, counted from there, that is as bad as it gets.
 */
public enum MachineSign {
  /** Mean time of an operation, waiting included. */
  DISK_OPERATION_DURATION(
      "machine.disk.operation.duration", "s", Signal.DISK, Nature.FAULT, 0.004, 6),
  /** Share of the time in which operations were under way. */
  DISK_UTILIZATION("machine.disk.utilization", "1", Signal.DISK, Nature.LOAD, 0.6, 0.95),
  /** Operations under way or waiting, on average. */
  DISK_QUEUE_LENGTH("machine.disk.queue.length", "{operation}", Signal.DISK, Nature.LOAD, 2, 6),
  /** What the disk itself counts as errors of its media. */
  DISK_ERRORS("machine.hardware.disk.errors", "{error}/s", Signal.DISK, Nature.FAULT, 0.005, 10),
  /** Sectors that were replaced or wait for it. */
  DISK_BAD_SECTORS(
      "machine.hardware.disk.bad_sectors", "{sector}", Signal.DISK, Nature.FAULT, 1, 8),
  FILESYSTEM_UTILIZATION(
      "machine.filesystem.utilization", "1", Signal.DISK, Nature.FAULT, 0.85, 0.98),
  /** 1 where it cannot be written to. */
  FILESYSTEM_READ_ONLY("machine.filesystem.read_only", "1", Signal.DISK, Nature.FAULT, 0, 1),
  /** Share of the time in which something waited for a disk. */
  DISK_PRESSURE("machine.disk.pressure", "1", Signal.DISK, Nature.LOAD, 0.1, 0.6),

  NETWORK_ERRORS("machine.network.errors", "{error}/s", Signal.NETWORK, Nature.FAULT, 0.1, 20),
  NETWORK_DROPPED("machine.network.dropped", "{packet}/s", Signal.NETWORK, Nature.LOAD, 1, 20),
  /** The busier direction, of the card's speed. */
  NETWORK_UTILIZATION("machine.network.utilization", "1", Signal.NETWORK, Nature.LOAD, 0.6, 0.95),
  NETWORK_RETRANSMITTED(
      "machine.network.retransmitted", "{segment}/s", Signal.NETWORK, Nature.LOAD, 20, 20),
  /** Of the table of connections. */
  CONNECTIONS_UTILIZATION(
      "machine.network.connection.utilization", "1", Signal.NETWORK, Nature.FAULT, 0.8, 1),
  CONNECTIONS_DROPPED(
      "machine.network.connection.dropped", "{packet}/s", Signal.NETWORK, Nature.FAULT, 0.1, 20),

  CPU_UTILIZATION("machine.cpu.utilization", "1", Signal.CPU, Nature.LOAD, 0.6, 0.97),
  /** Share of the time in which something waited for a CPU. */
  CPU_PRESSURE("machine.cpu.pressure", "1", Signal.CPU, Nature.LOAD, 0.1, 0.6),
  /** How often the package slowed itself down. */
  CPU_THROTTLES("machine.hardware.cpu.throttles", "{event}/s", Signal.CPU, Nature.FAULT, 0.02, 10),
  /** Share of the computing power that was asked for and lost to a lower clock. */
  CPU_CLOCK_LOSS("machine.hardware.cpu.clock_loss", "1", Signal.CPU, Nature.FAULT, 0.05, 0.3),
  /** Of the temperature that the package calls critical. */
  CPU_TEMPERATURE(
      "machine.hardware.cpu.temperature.utilization", "1", Signal.CPU, Nature.FAULT, 0.85, 0.98),
  /** Of what another sensor calls critical. */
  TEMPERATURE(
      "machine.hardware.temperature.utilization", "1", Signal.OTHER, Nature.FAULT, 0.85, 0.98),

  MEMORY_UTILIZATION("machine.memory.utilization", "1", Signal.MEMORY, Nature.LOAD, 0.85, 0.98),
  /** Share of the time in which something waited for memory. */
  MEMORY_PRESSURE("machine.memory.pressure", "1", Signal.MEMORY, Nature.FAULT, 0.02, 0.3),
  MEMORY_FAULTS("machine.paging.faults", "{fault}/s", Signal.MEMORY, Nature.LOAD, 20, 20),
  MEMORY_KILLS("machine.memory.kills", "{kill}/s", Signal.MEMORY, Nature.FAULT, 0.01, 5),
  MEMORY_ERRORS_CORRECTED(
      "machine.hardware.memory.errors.corrected",
      "{error}/s",
      Signal.MEMORY,
      Nature.FAULT,
      0.02,
      20),
  MEMORY_ERRORS_UNCORRECTED(
      "machine.hardware.memory.errors.uncorrected",
      "{error}/s",
      Signal.MEMORY,
      Nature.FAULT,
      0.001,
      5);

  /** Whether load alone can make it rise. */
  public enum Nature {
    /** More to do makes it rise, too. */
    LOAD,
    /** It rises where something is broken or used up. */
    FAULT
  }

  private static final String SENSORS = "machine.hardware.";

  private static final Map<String, MachineSign> BY_METRIC =
      Stream.of(values()).collect(Collectors.toMap(MachineSign::metric, Function.identity()));

  private final String metric;
  private final String unit;
  private final Signal signal;
  private final Nature nature;
  private final double least;
  private final double full;

  MachineSign(String metric, String unit, Signal signal, Nature nature, double least, double full) {
    this.metric = metric;
    this.unit = unit;
    this.signal = signal;
    this.nature = nature;
    this.least = least;
    this.full = full;
  }

  /** The sign that series of this metric carry; empty for all other metrics. */
  public static Optional<MachineSign> of(String metric) {
    return Optional.ofNullable(BY_METRIC.get(metric));
  }

  public String metric() {
    return metric;
  }

  /** UCUM. */
  public String unit() {
    return unit;
  }

  public Signal signal() {
    return signal;
  }

  public Nature nature() {
    return nature;
  }

  /** See the class comment. */
  public double least() {
    return least;
  }

  /** See the class comment. */
  public double full() {
    return full;
  }

  /** Whether it is a share of a whole, from 0 to 1. */
  public boolean isShare() {
    return unit.equals("1");
  }

  /** Whether the hardware tells it of itself, rather than the operating system. */
  public boolean isOfSensors() {
    return metric.startsWith(SENSORS);
  }
}
