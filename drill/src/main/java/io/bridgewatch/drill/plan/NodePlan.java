package io.bridgewatch.drill.plan;

import java.util.List;

/**
 * A machine.
 *
 * @param disks names as the kernel has them, such as {@code nvme0n1}; the first holds the root
 * @param nic such as {@code eth0}
 * @param nicBitsPerSecond line rate
 */
public record NodePlan(
    String name,
    String zone,
    int cores,
    long memoryBytes,
    List<String> disks,
    String nic,
    long nicBitsPerSecond) {
  public NodePlan {
    disks = List.copyOf(disks);
  }
}
