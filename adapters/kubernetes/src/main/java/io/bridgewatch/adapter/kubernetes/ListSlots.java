package io.bridgewatch.adapter.kubernetes;

import java.util.PriorityQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Lets only so many kinds be listed at once, those of the lowest rank first. */
final class ListSlots {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final PriorityQueue<Integer> waiting = new PriorityQueue<>();
  private int free;

  ListSlots(int slots) {
    this.free = slots;
  }

  /** Says that somebody of that rank will come, so that others of a higher rank let it go first. */
  void announce(int rank) {
    lock.lock();
    try {
      waiting.add(rank);
    } finally {
      lock.unlock();
    }
  }

  /** Takes back what was announced. */
  void withdraw(int rank) {
    lock.lock();
    try {
      waiting.remove(rank);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for a slot; must have been announced. */
  void acquire(int rank) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (free == 0 || !isFirst(rank)) {
        changed.await();
      }
      free--;
      waiting.remove(rank);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void release() {
    lock.lock();
    try {
      free++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private boolean isFirst(int rank) {
    Integer first = waiting.peek();
    return first == null || first >= rank;
  }
}
