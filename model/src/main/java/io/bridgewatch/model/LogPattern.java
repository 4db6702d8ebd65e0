package io.bridgewatch.model;

import java.time.Instant;
import java.util.List;

/**
 * One statement as a source writes it into its log, with what varies in it left out.
 *
 * @param id never changes, whatever further lines make of the text
 * @param source what tells who writes it: the workload, service and container, not the single pod
 * @param text with {@code <*>} for what varies
 * @param severity the highest it was written at
 * @param firstSeen by the lines' own times
 * @param lines how many there were since
 * @param samples some of the lines, the first one first
 */
public record LogPattern(
    String id,
    Attributes source,
    String text,
    Severity severity,
    Instant firstSeen,
    Instant lastSeen,
    long lines,
    List<Sample> samples) {

  public LogPattern {
    samples = List.copyOf(samples);
  }

  /**
   * A line that was kept.
   *
   * @param resource who wrote it, down to the pod and node where they are known
   */
  public record Sample(Instant time, Severity severity, String body, Attributes resource) {}
}
