package io.bridgewatch.drill.machine;

import io.bridgewatch.drill.sim.Cause;

/** The table in which the kernel of a node remembers connections. */
public final class Conntrack {

  private static final double CLOSING_SECONDS = 120;

  private final Cause maximum = new Cause(262_144);
  private final Cause foreignEntries = new Cause(2_600);
  private double open;
  private double closing;
  private long drops;

  Conntrack() {}

  public Cause maximum() {
    return maximum;
  }

  /** Entries made by others: scanners, probes, daemons. */
  public Cause foreignEntries() {
    return foreignEntries;
  }

  public double entries() {
    return Math.min(maximum.value(), open + closing + foreignEntries.value());
  }

  /** Connections that were refused because the table was full. */
  public long drops() {
    return drops;
  }

  /** Remembers a new connection, unless the table is full. */
  boolean open() {
    if (open + closing + foreignEntries.value() >= maximum.value()) {
      drops++;
      return false;
    }
    open++;
    return true;
  }

  /** A connection is closed; it is remembered for two minutes more. */
  void close() {
    open = Math.max(0, open - 1);
    closing++;
  }

  void tick(double seconds) {
    closing *= Math.exp(-seconds / CLOSING_SECONDS);
  }
}
