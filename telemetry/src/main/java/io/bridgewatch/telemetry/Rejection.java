package io.bridgewatch.telemetry;

/** Why a single record of a message is not used; the others are. */
public enum Rejection {
  /** No time, or one that is no number. */
  TIME_MISSING("TimeMissing"),
  /** Further in the past or the future than may be. */
  TIME_OUTSIDE_RANGE("TimeOutsideRange"),
  /** NaN, infinite, or no number at all. */
  NOT_FINITE("NotFinite"),
  /** A span without trace or span id, or a metric without a name. */
  ID_MISSING("IdMissing"),
  /** A histogram whose buckets and bounds do not fit together, or a quantile outside 0 to 1. */
  BUCKETS_INVALID("BucketsInvalid"),
  /** A histogram with more buckets than may be. */
  TOO_MANY_BUCKETS("TooManyBuckets"),
  /** The record or its resource has more attributes than may be. */
  TOO_MANY_ATTRIBUTES("TooManyAttributes"),
  /** A name, an attribute or a body is longer than may be. */
  TEXT_TOO_LONG("TextTooLong"),
  /** The message holds more records than may be; those after are not used. */
  TOO_MANY_RECORDS("TooManyRecords"),
  /** A record that lacks what its kind must have. */
  INCOMPLETE("Incomplete");

  private final String id;

  Rejection(String id) {
    this.id = id;
  }

  /** As people search for it. */
  public String id() {
    return id;
  }
}
