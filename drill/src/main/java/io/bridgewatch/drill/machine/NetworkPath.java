package io.bridgewatch.drill.machine;

import io.bridgewatch.drill.sim.Cause;
import io.bridgewatch.drill.sim.Simulation;

/** A stretch of network: between two zones, or before one pod. */
public final class NetworkPath {

  private final Simulation simulation;
  private final Cause latencyMillis;
  private final Cause jitterMillis;
  private final Cause loss = new Cause(0);
  private final Cause bitsPerSecond = new Cause(1e11);
  private final Cause cut = new Cause(0);
  private final Cause mtu = new Cause(1_500);
  private long busyUntil;

  NetworkPath(Simulation simulation, double latencyMillis) {
    this.simulation = simulation;
    this.latencyMillis = new Cause(latencyMillis);
    this.jitterMillis = new Cause(latencyMillis * 0.2);
  }

  /** One way. */
  public Cause latencyMillis() {
    return latencyMillis;
  }

  /** Mean of what is added to the latency, exponentially spread. */
  public Cause jitterMillis() {
    return jitterMillis;
  }

  /** Share of packets lost. */
  public Cause loss() {
    return loss;
  }

  /** What it carries, shared in order by all that use it. */
  public Cause bitsPerSecond() {
    return bitsPerSecond;
  }

  /** At one or more, nothing passes. */
  public Cause cut() {
    return cut;
  }

  /** The largest packet that gets through; larger ones vanish without a word. */
  public Cause mtu() {
    return mtu;
  }

  public boolean isCut() {
    return cut.value() >= 1;
  }

  /** Queueing and sending time of a message; nothing while the path is as wide as usual. */
  long carry(long bytes) {
    if (bitsPerSecond.isNormal()) {
      return 0;
    }
    long now = simulation.nanos();
    busyUntil =
        Math.max(now, busyUntil) + (long) (bytes * 8e9 / Math.max(1e3, bitsPerSecond.value()));
    return busyUntil - now;
  }
}
