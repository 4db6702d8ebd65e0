package io.bridgewatch.scale;

/** Says how many replicas, look by look. An object is for one run; a new run needs a new one. */
public interface ReplayPolicy {

  /**
   * What a controller could know at one look.
   *
   * <p>Rates and use are of the metrics' window, which lies before now by their lag; all are whole
   * sums over the pods that serve.
   */
  interface View {
    /** Seconds since the start of the load. */
    int now();

    /** Asked for before. */
    int replicas();

    /** That serve now. */
    int ready();

    /** Requests a second that arrived. */
    double arrivals();

    /** Busy replicas, at most {@link #readyWhenMeasured}. */
    double busy();

    /** Requests in service or in line. */
    double inFlight();

    /** Replicas that served when it was measured. */
    int readyWhenMeasured();
  }

  /** At least one. */
  int replicas(View view);

  /** The most it ever asks for. */
  int maxReplicas();
}
