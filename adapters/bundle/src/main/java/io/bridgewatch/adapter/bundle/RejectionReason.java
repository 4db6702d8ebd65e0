package io.bridgewatch.adapter.bundle;

/** Why single records of a bundle were not used. */
enum RejectionReason {
  /** A line is not the JSON it should be; the whole line was left out. */
  BROKEN_LINE("BrokenLine"),
  /** Compressed data end early or fail their checksum; the lines before that were used. */
  DAMAGED_GZIP("DamagedGzip"),
  /** Further outside the window than the margin. */
  TIME_OUTSIDE_RANGE("TimeOutsideRange"),
  /** No time, or one that is no number. */
  TIME_MISSING("TimeMissing"),
  /** NaN, infinite, or no number at all. */
  NOT_FINITE("NotFinite"),
  /** Another sample of the same series and time came later. */
  DUPLICATE_SAMPLE("DuplicateSample"),
  /** A span with the trace and span id of an earlier one. */
  DUPLICATE_SPAN("DuplicateSpan"),
  /** A span without trace or span id, or a metric without a name. */
  ID_MISSING("IdMissing"),
  /** A histogram whose buckets and bounds do not fit together. */
  BUCKETS_INVALID("BucketsInvalid"),
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
