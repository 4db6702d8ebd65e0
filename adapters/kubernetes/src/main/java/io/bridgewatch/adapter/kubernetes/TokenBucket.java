package io.bridgewatch.adapter.kubernetes;

import java.time.Duration;

/** Limits the requests to one API server: so many at once, so many a second after that. */
final class TokenBucket {

  private static final double NANOS_PER_SECOND = 1e9;

  private final double perNano;
  private final int burst;
  private double tokens;
  private long last;

  TokenBucket(double perSecond, int burst, long now) {
    this.perNano = perSecond / NANOS_PER_SECOND;
    this.burst = burst;
    this.tokens = burst;
    this.last = now;
  }

  /**
   * Takes one token, if need be one that is yet to come.
   *
   * @param now nanoseconds
   * @return how long to wait before the request may go out
   */
  synchronized Duration take(long now) {
    tokens = Math.min(burst, tokens + Math.max(0, now - last) * perNano);
    last = Math.max(last, now);
    tokens -= 1;
    return tokens >= 0 ? Duration.ZERO : Duration.ofNanos((long) Math.ceil(-tokens / perNano));
  }
}
