package io.bridgewatch.scale.plant;

/**
 * Why something of a plant cannot be told, with the numbers that show it. Words are found where it
 * is shown.
 */
public sealed interface CalibrationGap {

  /** What would help. */
  Remedy remedy();

  /** What helps to calibrate. */
  enum Remedy {
    /** Wait until more has been measured, or ask the store for more. */
    LONGER_HISTORY,
    /** Let fewer replicas carry the busy hours, one at a time, or load one of them in a test. */
    HIGHER_LOAD_PER_REPLICA,
    /** Export the time of requests. */
    MEASURE_LATENCY,
    /** Export the number of requests and of ready replicas. */
    MEASURE_REQUESTS,
    /** Find what all replicas share and measure its limit: a database, a lock, a rate limit. */
    MEASURE_WHAT_IS_SHARED,
    /** Let the number of replicas change at like load, one more or one fewer. */
    CHANGE_REPLICAS,
    /** Set a CPU limit or request and collect CPU use. */
    MEASURE_CPU
  }

  /**
   * Too few steps were seen in which all that is needed was measured.
   *
   * @param seconds that they cover
   */
  record TooLittleHistory(long seconds, long wantedSeconds) implements CalibrationGap {
    @Override
    public Remedy remedy() {
      return Remedy.LONGER_HISTORY;
    }
  }

  /** A series is not there or has no value. */
  record NotMeasured(Measure measure) implements CalibrationGap {
    @Override
    public Remedy remedy() {
      return switch (measure) {
        case LATENCY_MEAN, LATENCY_P50, LATENCY_P95 -> Remedy.MEASURE_LATENCY;
        case REQUESTS, READY_REPLICAS, ERRORS -> Remedy.MEASURE_REQUESTS;
        case CPU, MEMORY, IN_FLIGHT, NETWORK, QUEUE, POOL -> Remedy.MEASURE_CPU;
      };
    }
  }

  /**
   * The load per replica was nearly always the same.
   *
   * @param lowest requests a second of one replica
   * @param wantedRatio of the highest to the lowest
   */
  record NoRangeOfLoad(double lowest, double highest, double wantedRatio)
      implements CalibrationGap {
    @Override
    public Remedy remedy() {
      return Remedy.HIGHER_LOAD_PER_REPLICA;
    }
  }

  /**
   * Latency did not leave its floor far enough to tell where it would grow without end.
   *
   * @param highest load per replica that was seen, requests a second
   * @param rise latency there over its floor, 1 is none
   * @param wantedRise of which the knee can be told
   */
  record KneeNotSeen(double highest, double rise, double wantedRise) implements CalibrationGap {
    @Override
    public Remedy remedy() {
      return Remedy.HIGHER_LOAD_PER_REPLICA;
    }
  }

  /**
   * Latency leaves its floor, but the capacity that follows from it is too uncertain.
   *
   * @param low requests a second of one replica
   * @param wantedWidth of the interval over its value
   */
  record KneeUncertain(double low, double high, double wantedWidth) implements CalibrationGap {
    @Override
    public Remedy remedy() {
      return Remedy.LONGER_HISTORY;
    }
  }

  /**
   * Latency rises with the load of the whole workload and not with that of a replica: what limits
   * is shared by all replicas.
   *
   * @param spreadByReplica of the logarithm of latency at like load per replica
   * @param spreadByWhole of it at like load of the whole
   */
  record LimitedElsewhere(double spreadByReplica, double spreadByWhole) implements CalibrationGap {
    @Override
    public Remedy remedy() {
      return Remedy.MEASURE_WHAT_IS_SHARED;
    }
  }

  /** Too few starts were seen to know how long one takes. */
  record StartUnknown(int seen, int wanted) implements CalibrationGap {
    @Override
    public Remedy remedy() {
      return Remedy.CHANGE_REPLICAS;
    }
  }
}
