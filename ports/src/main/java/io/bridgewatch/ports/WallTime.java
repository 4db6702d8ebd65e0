package io.bridgewatch.ports;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

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
  public Turns every(String name, Duration first, Supplier<Duration> turn) {
    var thread =
        new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name(name).factory());
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    again(thread, name, first, turn);
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

  /** Refused once the thread is shut down, which ends it. */
  private static void again(
      ScheduledThreadPoolExecutor thread, String name, Duration pause, Supplier<Duration> turn) {
    thread.schedule(
        () -> again(thread, name, SteppedTime.positive(name, turn.get()), turn),
        pause.toNanos(),
        TimeUnit.NANOSECONDS);
  }
}
