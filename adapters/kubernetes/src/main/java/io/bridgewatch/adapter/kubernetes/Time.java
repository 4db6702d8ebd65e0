package io.bridgewatch.adapter.kubernetes;

import io.bridgewatch.ports.Timekeeper;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;

/** The clock and the waiting of a feed, so that tests need not wait. */
interface Time {

  Instant now();

  /** Grows steadily, whatever happens to the clock. */
  long nanos();

  /**
   * Waits until the bell is rung or the time is over.
   *
   * @return whether it was rung
   */
  boolean waitFor(Semaphore bell, Duration longest) throws InterruptedException;

  /** Waits. */
  default void pause(Duration duration) throws InterruptedException {
    waitFor(new Semaphore(0), duration);
  }

  /** As it passes for the hub. */
  static Time by(Timekeeper clock) {
    return new Time() {
      @Override
      public Instant now() {
        return clock.instant();
      }

      @Override
      public long nanos() {
        return clock.nanos();
      }

      @Override
      public boolean waitFor(Semaphore bell, Duration longest) throws InterruptedException {
        return clock.await(bell, clock.nanos() + Math.max(0, longest.toNanos()));
      }
    };
  }
}
