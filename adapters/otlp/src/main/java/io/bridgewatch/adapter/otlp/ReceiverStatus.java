package io.bridgewatch.adapter.otlp;

import java.util.Map;

/**
 * What a receiver has seen since it started.
 *
 * @param messages that were taken
 * @param samples that were kept
 * @param spans that were kept
 * @param logRecords that were kept
 * @param rejected records that are not used, by reason
 * @param unreadable messages that could not be read, by reason
 * @param refused messages whose senders were told to come again
 * @param forgottenHistograms whose last point was given up because there were too many
 */
public record ReceiverStatus(
    long messages,
    long samples,
    long spans,
    long logRecords,
    Map<String, Long> rejected,
    Map<String, Long> unreadable,
    long refused,
    long forgottenHistograms) {
  public ReceiverStatus {
    rejected = Map.copyOf(rejected);
    unreadable = Map.copyOf(unreadable);
  }
}
