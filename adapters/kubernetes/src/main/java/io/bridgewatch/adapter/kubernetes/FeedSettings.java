package io.bridgewatch.adapter.kubernetes;

import java.time.Duration;

/**
 * How a cluster is read. The defaults suit clusters of any size; what they guard is the API server.
 *
 * @param requestsPerSecond on average, over all kinds of one cluster
 * @param burst requests that may go out at once after a pause
 * @param concurrentLists kinds that are first read at the same time
 * @param pageSize objects asked for at once where the server cannot stream a list
 * @param customKinds kinds of custom resources that are watched; beyond, they are counted as
 *     rejected
 * @param watchTimeout after which the server is asked to end a watch; it is resumed at once
 * @param idleSlack by how much a silent watch may outlive its timeout before it counts as dead
 * @param listPatience how long a list may be silent
 * @param answerTimeout until the first byte of an answer
 * @param probeInterval between two looks at whether the server still answers
 * @param deniedInterval between two tries of a kind that may not be read or is not served
 * @param firstPause after a failure; it doubles with each further one, and a random share of it is
 *     waited
 * @param longestPause after many failures
 * @param healthyAfter a watch that held this long makes earlier failures forgotten
 * @param leaseInterval at which an unchanged lease that is renewed is told
 * @param maskingKey mixed into the digests that stand for masked values, so that short secrets
 *     cannot be guessed from them; the same key must be used over restarts; may be empty
 */
public record FeedSettings(
    double requestsPerSecond,
    int burst,
    int concurrentLists,
    int pageSize,
    int customKinds,
    Duration watchTimeout,
    Duration idleSlack,
    Duration listPatience,
    Duration answerTimeout,
    Duration probeInterval,
    Duration deniedInterval,
    Duration firstPause,
    Duration longestPause,
    Duration healthyAfter,
    Duration leaseInterval,
    String maskingKey) {

  public static FeedSettings defaults() {
    return new FeedSettings(
        20,
        40,
        3,
        500,
        200,
        Duration.ofMinutes(5),
        Duration.ofSeconds(30),
        Duration.ofSeconds(30),
        Duration.ofSeconds(60),
        Duration.ofSeconds(30),
        Duration.ofMinutes(5),
        Duration.ofMillis(500),
        Duration.ofSeconds(30),
        Duration.ofMinutes(1),
        Duration.ofSeconds(60),
        "");
  }

  /** The same, with that key for masked values. */
  public FeedSettings withMaskingKey(String key) {
    return new FeedSettings(
        requestsPerSecond,
        burst,
        concurrentLists,
        pageSize,
        customKinds,
        watchTimeout,
        idleSlack,
        listPatience,
        answerTimeout,
        probeInterval,
        deniedInterval,
        firstPause,
        longestPause,
        healthyAfter,
        leaseInterval,
        key);
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "FeedSettings[requestsPerSecond=%s, burst=%d, concurrentLists=%d, pageSize=%d, …]"
        .formatted(requestsPerSecond, burst, concurrentLists, pageSize);
  }
}
