package io.bridgewatch.drill.cluster;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Lets threads of connections look at the simulated world between two of its steps. Whoever waited
 * longest goes first, so that the simulation and those who look at it take turns.
 */
final class WorldLock {
  private final ReentrantLock lock = new ReentrantLock(true);
  private final Condition moved = lock.newCondition();

  <T> T reading(Supplier<T> look) {
    lock.lock();
    try {
      return look.get();
    } finally {
      lock.unlock();
    }
  }

  /** Lets the world move by one step. */
  void step(Runnable step) {
    lock.lock();
    try {
      step.run();
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Looks again after each step, until it is content or out of patience. */
  <T> T await(Duration patience, Supplier<T> look, Predicate<T> isContent)
      throws InterruptedException {
    lock.lockInterruptibly();
    try {
      var nanos = patience.toNanos();
      var found = look.get();
      while (!isContent.test(found) && nanos > 0) {
        nanos = moved.awaitNanos(nanos);
        found = look.get();
      }
      return found;
    } finally {
      lock.unlock();
    }
  }
}
