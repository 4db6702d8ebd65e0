package io.bridgewatch.adapter.prometheus;

import java.time.Duration;

/**
 * How samples are sent on.
 *
 * @param queued samples at most; what comes when it is full is dropped and counted
 * @param perRequest samples of one request
 * @param longestWait of a sample for others to go with
 * @param firstBackoff after the first failure; doubled after each further one
 * @param longestBackoff between two tries
 * @param tries of a request before its samples are dropped; engines that are down for longer than
 *     these take are missed
 */
public record RemoteWriteSettings(
    int queued,
    int perRequest,
    Duration longestWait,
    Duration firstBackoff,
    Duration longestBackoff,
    int tries) {

  /** A million samples in requests of 5,000; tries go on for some ten minutes. */
  public static final RemoteWriteSettings DEFAULT =
      new RemoteWriteSettings(
          1_000_000,
          5_000,
          Duration.ofSeconds(2),
          Duration.ofMillis(250),
          Duration.ofSeconds(30),
          25);
}
