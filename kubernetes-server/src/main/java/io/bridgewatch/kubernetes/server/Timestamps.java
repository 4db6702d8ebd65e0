package io.bridgewatch.kubernetes.server;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times as the API server writes them. */
final class Timestamps {
  private Timestamps() {}

  /** To the second, as in {@code creationTimestamp}. */
  static String text(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
