package io.bridgewatch.scale.plant;

/** How many requests a second one warm replica serves, as far as a history tells. */
public sealed interface Capacity {

  /** The knee was seen: latency leaves its floor and says where it would grow without end. */
  record Measured(Interval perReplica) implements Capacity {}

  /**
   * The knee was not reached. CPU of a request against what a replica may use says what it serves
   * at most, if nothing else ends earlier: a lock, a pool, something downstream. Between what was
   * seen and that, it is extrapolated.
   *
   * @param atLeast the highest load per replica that was seen without trouble
   * @param atMost by CPU
   * @param gap why the knee is not known
   */
  record BoundByCpu(double atLeast, Interval atMost, CpuCost.Basis basis, CalibrationGap gap)
      implements Capacity {}

  /**
   * Only what was seen is known.
   *
   * @param perReplica the highest load per replica that was seen without trouble
   * @param gap why no more is known
   */
  record AtLeast(double perReplica, CalibrationGap gap) implements Capacity {}

  /** Nothing can be told. */
  record Unknown(CalibrationGap gap) implements Capacity {}
}
