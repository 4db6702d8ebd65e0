package io.bridgewatch.hub;

import io.bridgewatch.model.Probe;
import java.util.List;
import java.util.OptionalInt;

/**
 * Which telemetry comes, and how.
 *
 * @param scrape whether what is found in the clusters is scraped
 * @param podLogs whether the logs of their containers are followed
 * @param grpcPort where OTLP over gRPC is listened for; 0 for any free port; empty for not at all
 * @param probes checks that are run from end to end
 * @param traceBudget spans a second that are kept; 0 for all
 */
public record CollectOptions(
    boolean scrape, boolean podLogs, OptionalInt grpcPort, List<Probe> probes, int traceBudget) {

  /** About 6 GiB of disk a day. */
  static final int USUAL_TRACE_BUDGET = 1_000;

  static final int MOST_TRACE_BUDGET = 1_000_000;

  public CollectOptions {
    probes = List.copyOf(probes);
  }

  static CollectOptions usual() {
    return new CollectOptions(true, true, OptionalInt.empty(), List.of(), USUAL_TRACE_BUDGET);
  }
}
