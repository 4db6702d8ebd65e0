package io.bridgewatch.model;

import java.time.Instant;

/** Times as nanoseconds since 1970-01-01T00:00Z, which reach from the year 1677 to 2262. */
public final class Nanos {

  private static final Instant FIRST = at(Long.MIN_VALUE);
  private static final Instant LAST = at(Long.MAX_VALUE);

  private Nanos() {}

  public static Instant at(long nanos) {
    return Instant.EPOCH.plusNanos(nanos);
  }

  /** The nearest that can be expressed. */
  public static long of(Instant time) {
    if (!time.isAfter(FIRST)) {
      return Long.MIN_VALUE;
    }
    return time.isBefore(LAST)
        ? Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano())
        : Long.MAX_VALUE;
  }

  /** The last nanosecond before, or {@link Long#MIN_VALUE} where there is none. */
  public static long before(Instant time) {
    long nanos = of(time);
    return nanos == Long.MIN_VALUE || time.isAfter(LAST) ? nanos : nanos - 1;
  }
}
