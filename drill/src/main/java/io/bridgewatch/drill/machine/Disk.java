package io.bridgewatch.drill.machine;

import io.bridgewatch.drill.sim.Cause;
import io.bridgewatch.drill.sim.Simulation;
import java.util.random.RandomGenerator;

/**
 * A disk: one queue, served in order. When an operation will be done is known as it comes
 * (Lindley's recursion), so a disk needs no events of its own.
 */
public final class Disk {

  private static final double NVME_READ_NANOS = 110_000;
  private static final double NVME_WRITE_NANOS = 45_000;
  private static final double SATA_READ_NANOS = 420_000;
  private static final double SATA_WRITE_NANOS = 260_000;
  private static final long BLOCK_BYTES = 16_384;

  private final Simulation simulation;
  private final RandomGenerator random;
  private final String name;
  private final double readNanosEach;
  private final double writeNanosEach;

  private final Cause serviceTimeFactor = new Cause(1);
  private final Cause foreignShare = new Cause(0.01);
  private final Cause errorShare = new Cause(0);
  private final Cause errorMillis = new Cause(1_500);
  private final Cause foreignBytes = new Cause(0);
  private final Cause pendingSectors = new Cause(0);

  private final long capacityBytes;
  private double usedBytes;
  private long busyUntil;
  private long busyNanos;
  private double foreignBusyNanos;
  private double waitedNanos;
  private long reads;
  private long writes;
  private double readNanos;
  private double writeNanos;
  private long mediaErrors;
  private long reallocatedSectors;

  Disk(Simulation simulation, RandomGenerator random, String name) {
    this.simulation = simulation;
    this.random = random;
    this.name = name;
    boolean isNvme = name.startsWith("nvme");
    this.readNanosEach = isNvme ? NVME_READ_NANOS : SATA_READ_NANOS;
    this.writeNanosEach = isNvme ? NVME_WRITE_NANOS : SATA_WRITE_NANOS;
    this.capacityBytes = isNvme ? 480L << 30 : 960L << 30;
    this.usedBytes = capacityBytes * 0.31;
  }

  /** Service time of each operation, against the usual; 1 without trouble. */
  public Cause serviceTimeFactor() {
    return serviceTimeFactor;
  }

  /** Share of its time taken by what others on the node read and write; between 0 and 0.99. */
  public Cause foreignShare() {
    return foreignShare;
  }

  /** Share of operations that hit a bad sector: the drive tries again and again, then gives up. */
  public Cause errorShare() {
    return errorShare;
  }

  /** How long it tries before it gives up, in milliseconds; all others wait meanwhile. */
  public Cause errorMillis() {
    return errorMillis;
  }

  /** Bytes that others on the node put on it. */
  public Cause foreignBytes() {
    return foreignBytes;
  }

  /** Sectors that could not be read and wait to be written anew; a drive tells before it fails. */
  public Cause pendingSectors() {
    return pendingSectors;
  }

  /**
   * Whether an operation done after that time had failed, by the sign of what {@code submit} said.
   */
  public static boolean isError(long answer) {
    return answer < 0;
  }

  /** The time behind an answer of {@code submit}, in nanoseconds. */
  public static long nanos(long answer) {
    return answer < 0 ? -answer - 1 : answer;
  }

  /**
   * Queues operations of one caller, done one after the other.
   *
   * @return nanoseconds from now until they are done; see {@link #isError} and {@link #nanos}
   */
  public long submit(int readCount, int writeCount) {
    double read = 0;
    for (int i = 0; i < readCount; i++) {
      read += random.nextExponential() * readNanosEach;
    }
    double write = 0;
    for (int i = 0; i < writeCount; i++) {
      write += random.nextExponential() * writeNanosEach;
    }
    double factor = serviceTimeFactor.value() / (1 - Math.clamp(foreignShare.value(), 0, 0.99));
    double service = (read + write) * factor;
    boolean failed = false;
    double share = errorShare.value();
    if (share > 0) {
      for (int i = readCount + writeCount; i > 0; i--) {
        if (random.nextDouble() < share) {
          failed = true;
          mediaErrors++;
          if (mediaErrors % 4 == 0) {
            reallocatedSectors++;
          }
          service += errorMillis.value() * 1e6;
          break;
        }
      }
    }
    long now = simulation.nanos();
    long begin = Math.max(now, busyUntil);
    busyUntil = begin + (long) service;
    busyNanos += (long) service;
    long took = busyUntil - now;
    waitedNanos += took;
    int count = readCount + writeCount;
    if (count > 0) {
      reads += readCount;
      writes += writeCount;
      readNanos += (double) took * readCount / count;
      writeNanos += (double) took * writeCount / count;
    }
    return failed ? -took - 1 : took;
  }

  /**
   * Takes room, or gives it back when negative.
   *
   * @return whether there was room
   */
  public boolean take(double bytes) {
    if (bytes > 0 && usedBytes() + bytes > capacityBytes) {
      return false;
    }
    usedBytes += bytes;
    return true;
  }

  public String name() {
    return name;
  }

  /** What one read takes on average without trouble and without a queue, in nanoseconds. */
  public double usualReadNanos() {
    return readNanosEach;
  }

  /** The same of one write. */
  public double usualWriteNanos() {
    return writeNanosEach;
  }

  public long capacityBytes() {
    return capacityBytes;
  }

  public double usedBytes() {
    return Math.min(capacityBytes, usedBytes + Math.max(0, foreignBytes.value()));
  }

  /** Time in which it was busy since the start, what others did included. */
  public double busyNanos() {
    double ahead = Math.max(0, busyUntil - simulation.nanos());
    return busyNanos - Math.min(ahead, busyNanos) + foreignBusyNanos;
  }

  void tick(long nanos) {
    foreignBusyNanos += Math.clamp(foreignShare.value(), 0, 0.99) * nanos;
  }

  /** Sum over operations of the time from request to end: what iostat weighs its queue by. */
  public double waitedNanos() {
    return waitedNanos;
  }

  public long reads() {
    return reads;
  }

  public long writes() {
    return writes;
  }

  public long readBytes() {
    return reads * BLOCK_BYTES;
  }

  public long writtenBytes() {
    return writes * BLOCK_BYTES;
  }

  /** Time that reads took, waiting included, summed. */
  public double readNanos() {
    return readNanos;
  }

  public double writeNanos() {
    return writeNanos;
  }

  /** Operations given up: SMART's media errors of an NVMe, uncorrectable ones of a SATA drive. */
  public long mediaErrors() {
    return mediaErrors;
  }

  public long reallocatedSectors() {
    return reallocatedSectors;
  }
}
