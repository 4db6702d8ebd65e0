package io.bridgewatch.ports;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Time that stands until somebody advances it, as in a drill that runs faster than the wall's clock
 * or must come out the same each time.
 *
 * <p>{@link #advance} is a fixed order:
 *
 * <ol>
 *   <li>The clock jumps.
 *   <li>All who wait for a point that has come are woken; then all comes to rest.
 *   <li>The turns that are due are taken one after the other on the caller's thread, the longest
 *       due first; after each all comes to rest.
 * </ol>
 *
 * What "rest" means the caller knows. So turns see all that was taken in until the same moment, and
 * a slow machine makes a run longer without changing what is seen.
 */
public final class SteppedTime implements Timekeeper {

  /** Before a turn that has failed each time is taken again. */
  private static final Duration LEAST_PAUSE = Duration.ofSeconds(1);

  private final Instant start;
  private final List<Sleeper> sleepers = new ArrayList<>();
  private final List<Repeated> repeated = new ArrayList<>();
  private volatile long nanos;
  private long asked;

  public SteppedTime(Instant start) {
    this.start = start;
  }

  /** Waits until nothing is under way any more, so that time may go on. */
  public interface Rest {
    void await() throws InterruptedException;
  }

  private record Sleeper(Semaphore bell, long untilNanos) {}

  private final class Repeated implements Turns {
    private final String name;
    private final Supplier<Duration> turn;
    private final long order;
    private Duration pause;
    private long dueNanos;
    private Optional<Thread> running = Optional.empty();

    private Repeated(
        String name, Supplier<Duration> turn, Duration pause, long dueNanos, long order) {
      this.name = name;
      this.turn = turn;
      this.pause = pause;
      this.dueNanos = dueNanos;
      this.order = order;
    }

    @Override
    public boolean end(Duration patience) {
      return SteppedTime.this.end(this, patience);
    }
  }

  @Override
  public Instant instant() {
    return start.plusNanos(nanos);
  }

  @Override
  public long nanos() {
    return nanos;
  }

  @Override
  public boolean await(Semaphore bell, long untilNanos) throws InterruptedException {
    var wake = new Sleeper(bell, untilNanos);
    synchronized (this) {
      if (untilNanos - nanos <= 0) {
        boolean rung = bell.tryAcquire();
        bell.drainPermits();
        return rung;
      }
      sleepers.add(wake);
    }
    try {
      bell.acquire();
      bell.drainPermits();
      return untilNanos - nanos > 0;
    } finally {
      synchronized (this) {
        sleepers.remove(wake);
      }
    }
  }

  @Override
  public synchronized Turns every(String name, Duration first, Supplier<Duration> turn) {
    var one = new Repeated(name, turn, LEAST_PAUSE, nanos + first.toNanos(), asked++);
    repeated.add(one);
    return one;
  }

  static Duration positive(String name, Duration pause) {
    if (!pause.isPositive()) {
      throw new IllegalArgumentException(
          "the pause of %s must be positive: %s".formatted(name, pause));
    }
    return pause;
  }

  /**
   * Lets time pass until then, and happen what is due.
   *
   * @throws IllegalArgumentException if that is earlier than now
   */
  public void advance(Instant to, Rest rest) throws InterruptedException {
    long next = Duration.between(start, to).toNanos();
    synchronized (this) {
      if (next < nanos) {
        throw new IllegalArgumentException(
            "time cannot go back from %s to %s".formatted(instant(), to));
      }
      nanos = next;
      for (Sleeper sleeper : sleepers) {
        if (sleeper.untilNanos() <= next) {
          sleeper.bell().release();
        }
      }
    }
    rest.await();
    for (var due = nextTurn(); due.isPresent(); due = nextTurn()) {
      try {
        due.get().pause = positive(due.get().name, due.get().turn.get());
      } finally {
        ended(due.get());
      }
      rest.await();
    }
  }

  private synchronized Optional<Repeated> nextTurn() {
    var due =
        repeated.stream()
            .filter(one -> one.dueNanos <= nanos)
            .min(
                Comparator.<Repeated>comparingLong(one -> one.dueNanos)
                    .thenComparingLong(one -> one.order));
    due.ifPresent(one -> one.running = Optional.of(Thread.currentThread()));
    return due;
  }

  private synchronized void ended(Repeated one) {
    one.dueNanos = nanos + one.pause.toNanos();
    one.running = Optional.empty();
    notifyAll();
  }

  private synchronized boolean end(Repeated one, Duration patience) {
    repeated.remove(one);
    long until = System.nanoTime() + patience.toNanos();
    try {
      while (one.running.filter(thread -> thread != Thread.currentThread()).isPresent()) {
        long left = until - System.nanoTime();
        if (left <= 0) {
          return false;
        }
        wait(Math.max(1, left / 1_000_000));
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
