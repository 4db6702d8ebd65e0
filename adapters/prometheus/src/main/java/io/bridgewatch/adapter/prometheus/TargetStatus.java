package io.bridgewatch.adapter.prometheus;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * How a target is doing.
 *
 * @param lastScrape when the last one began; empty before the first has ended
 * @param failure of the last scrape; empty if it brought a page
 * @param samples of the last page
 * @param took how long the last scrape was
 * @param rejected of the last page, by reason
 * @param dropped samples the sink did not take since the target is known, by its word for it
 * @param missed scrapes left out since then, because the one before was still under way
 */
public record TargetStatus(
    ScrapeTarget target,
    Optional<Instant> lastScrape,
    Optional<Failure> failure,
    int samples,
    Duration took,
    Map<IntakeReason, Long> rejected,
    Map<String, Long> dropped,
    long missed) {

  public TargetStatus {
    rejected = Map.copyOf(rejected);
    dropped = Map.copyOf(dropped);
  }

  /**
   * @param message what happened, for people
   */
  public record Failure(ScrapeFailure reason, String message) {}

  static TargetStatus before(ScrapeTarget target) {
    return new TargetStatus(
        target, Optional.empty(), Optional.empty(), 0, Duration.ZERO, Map.of(), Map.of(), 0);
  }
}
