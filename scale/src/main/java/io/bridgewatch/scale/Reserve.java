package io.bridgewatch.scale;

/** What a policy keeps beside the replicas that the load needs, so that a loss hurts nobody. */
public sealed interface Reserve {

  /** Replicas with which the loss leaves as many as are needed. */
  double with(double needed);

  /** Nothing is kept. */
  record None() implements Reserve {
    @Override
    public double with(double needed) {
      return needed;
    }
  }

  /** One replica may be lost. */
  record OneReplica() implements Reserve {
    @Override
    public double with(double needed) {
      return needed + 1;
    }
  }

  /**
   * One zone may be lost, of those over which the replicas are spread evenly.
   *
   * @param zones at least 2
   */
  record OneZone(int zones) implements Reserve {
    public OneZone {
      if (zones < 2) {
        throw new IllegalArgumentException(
            "a zone can be lost where there are at least 2, had " + zones);
      }
    }

    @Override
    public double with(double needed) {
      return Math.ceil(needed) * zones / (zones - 1);
    }
  }
}
