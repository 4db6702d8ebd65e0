package io.bridgewatch.adapter.kubernetes;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

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

  /** As it passes outside. */
  static Time real(InstantSource clock) {
    return new Time() {
      @Override
      public Instant now() {
        return clock.instant();
      }

      @Override
      public long nanos() {
        return System.nanoTime();
      }

      @Override
      public boolean waitFor(Semaphore bell, Duration longest) throws InterruptedException {
        boolean rung = bell.tryAcquire(Math.max(0, longest.toNanos()), TimeUnit.NANOSECONDS);
        if (rung) {
          bell.drainPermits();
        }
        return rung;
      }
    };
  }
}
