package io.bridgewatch.kubernetes.server;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What can go wrong with a server, to be switched while it runs. Safe for any thread. */
public final class Faults {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition resumed = lock.newCondition();
  private final Set<String> denied = ConcurrentHashMap.newKeySet();
  private int failures;
  private int failureStatus;
  private int retryAfterSeconds;
  private int cutListAfter = -1;
  private int cutWatchAfter = -1;
  private boolean isPaused;
  private volatile Duration delay = Duration.ZERO;
  private volatile Duration clockOffset = Duration.ZERO;
  private volatile boolean refusesInitialEvents;
  private volatile boolean sendsNoBookmarks;
  private volatile boolean expiresWatchesByStatus;

  Faults() {}

  /** The next requests, whatever they are, are answered with a status such as 429, 500 or 503. */
  public void answerNext(int requests, int status) {
    answerNext(requests, status, Duration.ZERO);
  }

  /** The same, with a {@code Retry-After} of whole seconds. */
  public void answerNext(int requests, int status, Duration retryAfter) {
    lock.lock();
    try {
      failures = requests;
      failureStatus = status;
      retryAfterSeconds = Math.toIntExact(retryAfter.toSeconds());
    } finally {
      lock.unlock();
    }
  }

  /** The next list breaks in the middle of the object after so many whole ones. */
  public void cutNextList(int wholeObjects) {
    lock.lock();
    try {
      cutListAfter = wholeObjects;
    } finally {
      lock.unlock();
    }
  }

  /** The watch that sends the next event breaks in the middle of it, after so many whole ones. */
  public void cutNextWatch(int wholeEvents) {
    lock.lock();
    try {
      cutWatchAfter = wholeEvents;
    } finally {
      lock.unlock();
    }
  }

  /** From now on nothing is answered and no event is sent, until {@link #resume}. */
  public void pause() {
    lock.lock();
    try {
      isPaused = true;
    } finally {
      lock.unlock();
    }
  }

  public void resume() {
    lock.lock();
    try {
      isPaused = false;
      resumed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Each answer comes later by this much real time; zero ends it. */
  public void delay(Duration each) {
    delay = each;
  }

  /** The server's clock is off by this much; a negative one is late. */
  public void clockOffset(Duration offset) {
    clockOffset = offset;
  }

  /** Whether {@code sendInitialEvents} is refused with 422, as servers without WatchList do. */
  public void refuseInitialEvents(boolean refuse) {
    refusesInitialEvents = refuse;
  }

  /** Whether bookmarks are left out, but for the one that ends initial events. */
  public void sendNoBookmarks(boolean none) {
    sendsNoBookmarks = none;
  }

  /**
   * Whether a watch from a version that is too old is answered with 410 instead of 200 and an event
   * of type ERROR.
   */
  public void expireWatchesByStatus(boolean byStatus) {
    expiresWatchesByStatus = byStatus;
  }

  /** Answers 403 to whatever is asked of a kind. */
  public void deny(String group, String plural) {
    denied.add(group + "/" + plural);
  }

  public void allow(String group, String plural) {
    denied.remove(group + "/" + plural);
  }

  // ------------------------------------------------------------------ what the server asks

  Duration clockOffset() {
    return clockOffset;
  }

  boolean refusesInitialEvents() {
    return refusesInitialEvents;
  }

  boolean sendsNoBookmarks() {
    return sendsNoBookmarks;
  }

  boolean expiresWatchesByStatus() {
    return expiresWatchesByStatus;
  }

  boolean denies(ApiKind kind) {
    return denied.contains(kind.group() + "/" + kind.plural());
  }

  /** The failure that this request shall get. */
  Optional<Refusal> nextFailure() {
    lock.lock();
    try {
      if (failures == 0) {
        return Optional.empty();
      }
      failures--;
      return Optional.of(Refusal.ordered(failureStatus, retryAfterSeconds));
    } finally {
      lock.unlock();
    }
  }

  /** After how many objects the list that begins now shall break; asked once a list. */
  int takeCutOfList() {
    lock.lock();
    try {
      var cut = cutListAfter;
      cutListAfter = -1;
      return cut;
    } finally {
      lock.unlock();
    }
  }

  /** Whether the event that is about to be sent shall break. */
  boolean takeCutOfWatch() {
    lock.lock();
    try {
      if (cutWatchAfter < 0) {
        return false;
      }
      cutWatchAfter--;
      return cutWatchAfter < 0;
    } finally {
      lock.unlock();
    }
  }

  /** Waits while the server is paused, then for as long as answers are delayed. */
  void hold() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (isPaused) {
        resumed.await();
      }
      var nanos = delay.toNanos();
      while (nanos > 0) {
        nanos = resumed.awaitNanos(nanos);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits while the server is paused. */
  void holdWhilePaused() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (isPaused) {
        resumed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Lets nobody wait any longer: the server closes. */
  void release() {
    delay = Duration.ZERO;
    resume();
  }
}
