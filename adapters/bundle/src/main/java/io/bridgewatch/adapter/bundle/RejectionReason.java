package io.bridgewatch.adapter.bundle;

/**
 * Why single records of a bundle were not used. What OTLP holds can be rejected for the reasons of
 * {@link io.bridgewatch.telemetry.Rejection} too.
 */
enum RejectionReason {
  /** A line is not the JSON it should be; the whole line was left out. */
  BROKEN_LINE("BrokenLine"),
  /** Compressed data end early or fail their checksum; the lines before that were used. */
  DAMAGED_GZIP("DamagedGzip"),
  /** Further outside the window than the margin. */
  TIME_OUTSIDE_RANGE("TimeOutsideRange"),
  /** No time, or one that is no number. */
  TIME_MISSING("TimeMissing"),
  /** Another sample of the same series and time came later. */
  DUPLICATE_SAMPLE("DuplicateSample"),
  /** A span with the trace and span id of an earlier one. */
  DUPLICATE_SPAN("DuplicateSpan"),
  /** A record that lacks what its kind must have. */
  INCOMPLETE("Incomplete");

  private final String id;

  RejectionReason(String id) {
    this.id = id;
  }

  String id() {
    return id;
  }
}
