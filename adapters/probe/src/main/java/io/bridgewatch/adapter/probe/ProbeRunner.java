package io.bridgewatch.adapter.probe;

import io.bridgewatch.model.Probe;
import io.bridgewatch.model.ProbeResult;
import java.time.Instant;

/** Runs a probe once, on the calling thread. Safe for use by several threads. */
public interface ProbeRunner {

  /**
   * @param at the time to write into the result
   * @return the result, within the probe's timeout; failures are results too
   */
  ProbeResult run(Probe probe, Instant at);
}
