package io.bridgewatch.hub;

import io.bridgewatch.adapter.otlp.TlsFiles;
import io.bridgewatch.model.Probe;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which telemetry comes, and how.
 *
 * @param scraping how what is found in the clusters is scraped; empty for not at all
 * @param podLogs whether the logs of their containers are followed
 * @param grpcPort where OTLP over gRPC is listened for; 0 for any free port; empty for not at all
 * @param grpcTls what that port shows that it is itself; empty to speak in the clear
 * @param probes checks that are run from end to end
 * @param traceBudget spans a second that are kept; 0 for all
 */
public record CollectOptions(
    Optional<Scraping> scraping,
    boolean podLogs,
    OptionalInt grpcPort,
    Optional<TlsFiles> grpcTls,
    List<Probe> probes,
    int traceBudget) {

  /** About 6 GiB of disk a day. */
  static final int USUAL_TRACE_BUDGET = 1_000;

  static final int MOST_TRACE_BUDGET = 1_000_000;

  /**
   * How pages are read.
   *
   * @param protobuf whether protobuf is asked for, which has native histograms; else text
   * @param podsByApiServer whether pods are asked by way of the API server, for a hub that cannot
   *     reach their addresses; needs the right to get pods/proxy
   * @param noiseAbovePods in clusters with more running pods, series that tell little of what is
   *     known are left out; empty to keep all
   */
  public record Scraping(boolean protobuf, boolean podsByApiServer, OptionalInt noiseAbovePods) {

    /** Protobuf, by the pods' addresses, and all of it. */
    static final Scraping USUAL = new Scraping(true, false, OptionalInt.empty());
  }

  public CollectOptions {
    probes = List.copyOf(probes);
  }

  static CollectOptions usual() {
    return new CollectOptions(
        Optional.of(Scraping.USUAL),
        true,
        OptionalInt.empty(),
        Optional.empty(),
        List.of(),
        USUAL_TRACE_BUDGET);
  }
}
