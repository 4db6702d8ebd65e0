package io.bridgewatch.drill.machine;

import io.bridgewatch.drill.sim.Cause;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The memory of a node. What processes hold counts; the rest caches files. When little is left, the
 * kernel reclaims: all that runs stalls for a share of the time. When nothing is left, it kills.
 */
public final class Memory {

  private static final double LOW_SHARE = 0.06;
  private static final double LONGEST_STALL_SHARE = 0.85;
  private static final double KERNEL_SHARE = 0.035;

  private final long totalBytes;
  private final List<User> users = new ArrayList<>();
  private final Cause foreignBytes = new Cause(0);
  private double usedBytes;
  private double stallShare;
  private double stalledNanos;
  private long kills;
  private long majorFaults;

  Memory(long totalBytes) {
    this.totalBytes = totalBytes;
    this.usedBytes = totalBytes * KERNEL_SHARE;
  }

  /** A process that holds memory. */
  public interface User {
    /** What it holds and cannot give back. */
    double residentBytes();

    /** What it was promised; whoever holds most above it is killed first. */
    double requestedBytes();

    /** The kernel killed it. */
    void killedForMemory();
  }

  /** Bytes held outside of containers. */
  public Cause foreignBytes() {
    return foreignBytes;
  }

  public void add(User user) {
    users.add(user);
  }

  public void remove(User user) {
    users.remove(user);
  }

  /** Looks anew at what is held, for the time since the last look. */
  void tick(long nanos) {
    double used = totalBytes * KERNEL_SHARE + Math.max(0, foreignBytes.value());
    for (User user : users) {
      used += user.residentBytes();
    }
    usedBytes = used;
    double left = (totalBytes - used) / totalBytes;
    stallShare = Math.clamp((LOW_SHARE - left) / LOW_SHARE, 0, 1) * LONGEST_STALL_SHARE;
    stalledNanos += stallShare * nanos;
    majorFaults += (long) (stallShare * 2_000 * nanos / 1e9);
    if (used > totalBytes * 0.998) {
      users.stream()
          .max(Comparator.comparingDouble(user -> user.residentBytes() - user.requestedBytes()))
          .ifPresent(
              user -> {
                kills++;
                user.killedForMemory();
              });
    }
  }

  public long totalBytes() {
    return totalBytes;
  }

  /** What new processes could still have, caches given back; never negative. */
  public double availableBytes() {
    return Math.max(0, totalBytes - usedBytes);
  }

  public double usedBytes() {
    return Math.min(totalBytes, usedBytes);
  }

  /** Share of the time in which tasks wait for memory, as pressure stall information has it. */
  public double stallShare() {
    return stallShare;
  }

  public double stalledNanos() {
    return stalledNanos;
  }

  /** Processes that the kernel killed to free memory of the node. */
  public long kills() {
    return kills;
  }

  public long majorFaults() {
    return majorFaults;
  }
}
