package io.bridgewatch.ports;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Time as it passes outside. */
final class WallTime implements Timekeeper {

  private final InstantSource clock;

  WallTime(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public Instant instant() {
    return clock.instant();
  }

  @Override
  public long nanos() {
    return System.nanoTime();
  }

  @Override
  public boolean await(Semaphore bell, long untilNanos) throws InterruptedException {
    boolean rung =
        bell.tryAcquire(Math.max(0, untilNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
    if (rung) {
      bell.drainPermits();
    }
    return rung;
  }

  @Override
  public Turns every(String name, Duration first, Duration pause, Runnable turn) {
    var thread =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name(name).factory());
    thread.scheduleWithFixedDelay(turn, first.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    return patience -> {
      thread.shutdown();
      try {
        return thread.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return thread.isTerminated();
      }
    };
  }
}
