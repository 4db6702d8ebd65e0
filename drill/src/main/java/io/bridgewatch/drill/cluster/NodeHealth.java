package io.bridgewatch.drill.cluster;

/**
 * What a kubelet finds out about its machine. Asked by the simulation's thread, about once a
 * simulated second.
 */
public interface NodeHealth {
  /** Whether the machine runs at all; what ran on it when it went down is gone. */
  boolean isUp();

  /** Whether the API server and the node can reach each other. */
  boolean isReachable();

  /** What new processes could have, without the kubelet's evictions. */
  long memoryAvailableBytes();

  /** Share of the root file system that is free, 0 to 1. */
  double diskAvailableShare();

  /** Process ids in use, as a share of the most there may be. */
  double processShare();

  /** A machine with nothing wrong. */
  static NodeHealth good() {
    return new NodeHealth() {
      @Override
      public boolean isUp() {
        return true;
      }

      @Override
      public boolean isReachable() {
        return true;
      }

      @Override
      public long memoryAvailableBytes() {
        return Long.MAX_VALUE;
      }

      @Override
      public double diskAvailableShare() {
        return 1;
      }

      @Override
      public double processShare() {
        return 0;
      }
    };
  }
}
