package io.bridgewatch.drill.bank;

/**
 * A circuit breaker: counts failures among the last fifty calls, and when too many failed lets none
 * through for ten seconds, then three to try.
 */
final class Breaker {

  private static final int WINDOW = 50;
  private static final int FEWEST = 20;
  private static final long OPEN_NANOS = 10_000_000_000L;
  private static final int TRIALS = 3;

  private final double errorShare;
  private long outcomes;
  private int seen;
  private int failures;
  private boolean open;
  private long openUntil;
  private int trials;
  private int trialSuccesses;
  private long opened;

  /**
   * @param errorShare from which on it opens; 1 or more for never
   */
  Breaker(double errorShare) {
    this.errorShare = errorShare;
  }

  boolean permits(long now) {
    if (!open) {
      return true;
    }
    if (now < openUntil) {
      return false;
    }
    if (trials < TRIALS) {
      trials++;
      return true;
    }
    if (now > openUntil + OPEN_NANOS) {
      trials = 1;
      trialSuccesses = 0;
      openUntil = now;
      return true;
    }
    return false;
  }

  void record(boolean failed, long now) {
    if (errorShare >= 1) {
      return;
    }
    if (open) {
      if (failed) {
        open(now);
      } else if (++trialSuccesses >= TRIALS) {
        open = false;
        seen = 0;
        failures = 0;
        outcomes = 0;
      }
      return;
    }
    if (seen == WINDOW) {
      failures -= (int) (outcomes >>> (WINDOW - 1) & 1);
    } else {
      seen++;
    }
    outcomes = (outcomes << 1 | (failed ? 1 : 0)) & (1L << WINDOW) - 1;
    failures += failed ? 1 : 0;
    if (failed && seen >= FEWEST && failures >= errorShare * seen) {
      open(now);
    }
  }

  private void open(long now) {
    open = true;
    openUntil = now + OPEN_NANOS;
    trials = 0;
    trialSuccesses = 0;
    opened++;
  }

  boolean isOpen() {
    return open;
  }

  /** How often it opened. */
  long timesOpened() {
    return opened;
  }
}
