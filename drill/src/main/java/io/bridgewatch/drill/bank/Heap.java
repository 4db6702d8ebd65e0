package io.bridgewatch.drill.bank;

import io.bridgewatch.drill.machine.CpuGroup;
import io.bridgewatch.drill.sim.Simulation;

/**
 * The heap of a JVM with a generational collector.
 *
 * <ol>
 *   <li>Requests allocate in the young generation. When it is full, a young collection stops all
 *       bursts; its work grows with what lives. A little is promoted to the old generation.
 *   <li>When the old generation passes 70 %, a concurrent collection burns CPU beside the bursts
 *       and then takes what is garbage.
 *   <li>When what is alive fills four fifths, a full collection stops the world, the longer the
 *       more is alive. When that leaves less than 2 %, the program runs out of memory.
 *   <li>A full old generation leaves less room for the young one, so collections come faster, until
 *       there is little else.
 * </ol>
 */
public final class Heap {

  private static final double YOUNG_SHARE = 0.35;
  private static final double LIVE_SHARE = 0.2;
  private static final double PROMOTED_SHARE = 0.012;
  private static final double CONCURRENT_FROM = 0.7;
  private static final double FULL_FROM = 0.92;
  private static final double OUT_OF_MEMORY_FROM = 0.98;
  private static final double SMALLEST_YOUNG_SHARE = 0.01;
  private static final double YOUNG_WORK_NANOS = 4e6;
  private static final double YOUNG_NANOS_PER_BYTE = 0.9;
  private static final double CONCURRENT_NANOS_PER_BYTE = 1.0;
  private static final double FULL_NANOS_PER_BYTE = 4.0;
  private static final int COLLECTOR_THREADS = 2;

  private final Simulation simulation;
  private final CpuGroup cpu;
  private final Runnable fullCollection;
  private final Runnable outOfMemory;
  private final double maximum;
  private double young;
  private double old;
  private double leaked;
  private double retained;
  private double committed;
  private double liveRequests;
  private boolean concurrent;
  private boolean fullWanted;
  private long stoppedAt;
  private long youngCollections;
  private long youngNanos;
  private long concurrentCollections;
  private long fullCollections;
  private long fullNanos;
  private long lastPauseNanos;
  private double allocated;

  /**
   * @param fullCollection told after each
   * @param outOfMemory told when not even a full collection helped
   */
  Heap(
      Simulation simulation,
      CpuGroup cpu,
      double maximumBytes,
      Runnable fullCollection,
      Runnable outOfMemory) {
    this.simulation = simulation;
    this.cpu = cpu;
    this.maximum = maximumBytes;
    this.fullCollection = fullCollection;
    this.outOfMemory = outOfMemory;
    this.old = maximumBytes * LIVE_SHARE;
    this.committed = maximumBytes * 0.4;
  }

  /**
   * A request begins and allocates.
   *
   * @param retainedShare of the heap that the program keeps for good, whoever asks
   */
  void allocate(double bytes, double leakedBytes, double retainedShare) {
    retained = maximum * retainedShare;
    allocated += bytes;
    young += bytes;
    leaked += leakedBytes;
    old += leakedBytes;
    liveRequests += bytes * 0.3;
    committed = Math.max(committed, Math.min(maximum, young + old));
    if (!cpu.isStopped() && (young >= youngRoom() || fullWanted)) {
      collect();
    }
  }

  /** A request ends; what it held can be collected. */
  void left(double bytes) {
    liveRequests = Math.max(0, liveRequests - bytes * 0.3);
  }

  private double youngRoom() {
    return Math.max(maximum * SMALLEST_YOUNG_SHARE, Math.min(maximum * YOUNG_SHARE, maximum - old));
  }

  private double oldRoom() {
    return maximum * (1 - YOUNG_SHARE * 0.4);
  }

  private double alive() {
    return maximum * LIVE_SHARE + leaked + retained + liveRequests;
  }

  private void collect() {
    stoppedAt = simulation.nanos();
    if (fullWanted || alive() > oldRoom() * FULL_FROM) {
      fullWanted = false;
      cpu.stopTheWorld(alive() * FULL_NANOS_PER_BYTE, COLLECTOR_THREADS, this::collectedAll);
    } else {
      double survivors = Math.min(young, liveRequests + young * PROMOTED_SHARE);
      cpu.stopTheWorld(
          YOUNG_WORK_NANOS + survivors * YOUNG_NANOS_PER_BYTE,
          COLLECTOR_THREADS,
          this::collectedYoung);
    }
  }

  private void collectedYoung() {
    youngCollections++;
    youngNanos += simulation.nanos() - stoppedAt;
    old += young * PROMOTED_SHARE;
    young = 0;
    if (old > oldRoom() * CONCURRENT_FROM && !concurrent) {
      concurrent = true;
      cpu.run(old * CONCURRENT_NANOS_PER_BYTE, this::collectedConcurrently);
    }
    if (old > oldRoom()) {
      fullWanted = true;
    }
  }

  private void collectedConcurrently() {
    concurrent = false;
    concurrentCollections++;
    old = Math.min(old, alive());
  }

  private void collectedAll() {
    fullCollections++;
    lastPauseNanos = simulation.nanos() - stoppedAt;
    fullNanos += lastPauseNanos;
    young = 0;
    old = alive();
    fullCollection.run();
    if (old > maximum * OUT_OF_MEMORY_FROM) {
      outOfMemory.run();
    }
  }

  public double maximumBytes() {
    return maximum;
  }

  public double youngBytes() {
    return Math.min(young, maximum * YOUNG_SHARE);
  }

  public double oldBytes() {
    return Math.min(old, maximum);
  }

  /** What it took from the system; it gives nothing back. */
  public double committedBytes() {
    return committed;
  }

  /** Bytes allocated since the start. */
  public double allocatedBytes() {
    return allocated;
  }

  public long youngCollections() {
    return youngCollections;
  }

  /** Time for which young collections stopped the program. */
  public long youngNanos() {
    return youngNanos;
  }

  public long concurrentCollections() {
    return concurrentCollections;
  }

  public long fullCollections() {
    return fullCollections;
  }

  public long fullNanos() {
    return fullNanos;
  }

  /** How long the last full collection stopped the program. */
  long lastPauseNanos() {
    return lastPauseNanos;
  }
}
