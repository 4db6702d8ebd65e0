package io.bridgewatch.hub;

import java.util.OptionalInt;

/**
 * Which telemetry comes, and how.
 *
 * @param scrape whether what is found in the clusters is scraped
 * @param podLogs whether the logs of their containers are followed
 * @param grpcPort where OTLP over gRPC is listened for; 0 for any free port; empty for not at all
 */
public record CollectOptions(boolean scrape, boolean podLogs, OptionalInt grpcPort) {

  static CollectOptions usual() {
    return new CollectOptions(true, true, OptionalInt.empty());
  }
}
