package io.bridgewatch.adapter.prometheus;

import io.bridgewatch.ports.Timekeeper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Scrapes targets, each at its interval.
 *
 * <p>Each target has its own moment within the interval, drawn from the seed and its id, so that
 * they neither come all at once nor move when the process starts anew. A target whose last scrape
 * is still under way is left out and that is counted. Of one host only so many are scraped at once;
 * who waits longer than its timeout fails with {@link ScrapeFailure#HOST_BUSY}.
 *
 * <p>Besides the page's samples the sink gets {@code up}, {@code scrape_duration_seconds} and
 * {@code scrape_samples_scraped} of each scrape, and {@link io.bridgewatch.model.SampleBatch#STALE}
 * for series that the page has no longer, whose target does not answer, or is none any more.
 *
 * <p>Safe for use by several threads.
 */
public final class Scraper implements AutoCloseable {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

  private final ScrapeTransport transport;
  private final SampleSink sink;
  private final ScraperSettings settings;
  private final Timekeeper clock;
  private final Semaphore slots;
  private final Map<String, Semaphore> hostSlots = new ConcurrentHashMap<>();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Semaphore bell = new Semaphore(0);
  private final Map<String, Turn> turns = new TreeMap<>();
  private int underWay;
  private boolean closed;
  private @Nullable Thread loop;

  /** When a target is next, and whether it is under way. */
  private static final class Turn {
    private final TargetScrape scrape;
    private long dueMillis;
    private long missed;
    private boolean running;

    private Turn(TargetScrape scrape, long dueMillis) {
      this.scrape = scrape;
      this.dueMillis = dueMillis;
    }
  }

  public Scraper(
      ScrapeTransport transport, SampleSink sink, ScraperSettings settings, Timekeeper clock) {
    this.transport = transport;
    this.sink = sink;
    this.settings = settings;
    this.clock = clock;
    slots = new Semaphore(settings.concurrent());
  }

  /** Begins to scrape by the clock, in a thread of its own, until {@link #close}. */
  public void start() {
    lock.lock();
    try {
      if (loop == null && !closed) {
        loop = Thread.ofPlatform().daemon().name("scraper").start(this::run);
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * What is to be scraped from now on. Who is among them as before keeps its turn; who is not any
   * more has its series ended.
   *
   * @throws IllegalArgumentException if two have the same id
   */
  public void setTargets(List<ScrapeTarget> targets) {
    var ids = new HashSet<String>();
    for (ScrapeTarget target : targets) {
      if (!ids.add(target.id())) {
        throw new IllegalArgumentException("two targets have the id " + target.id());
      }
    }
    lock.lock();
    try {
      var next = new HashMap<String, Turn>();
      long now = clock.millis();
      for (ScrapeTarget target : targets) {
        Turn turn = turns.get(target.id());
        boolean same = turn != null && turn.scrape.target().equals(target);
        next.put(target.id(), same ? turn : newTurn(target, now));
      }
      for (Turn turn : turns.values()) {
        if (next.get(turn.scrape.target().id()) != turn) {
          underWay++;
          Thread.startVirtualThread(() -> retire(turn));
        }
      }
      turns.clear();
      turns.putAll(next);
      hostSlots.keySet().retainAll(targets.stream().map(ScrapeTarget::host).toList());
      bell.release();
    } finally {
      lock.unlock();
    }
  }

  private Turn newTurn(ScrapeTarget target, long now) {
    return new Turn(
        new TargetScrape(target, transport, sink, clock), firstDue(target, settings.seed(), now));
  }

  /** The first moment from now on that is the target's. */
  static long firstDue(ScrapeTarget target, long seed, long now) {
    long interval = target.interval().toMillis();
    long mixed = (seed ^ target.id().hashCode() * 0x9e3779b97f4a7c15L) * 0xbf58476d1ce4e5b9L;
    long phase = Math.floorMod(mixed ^ (mixed >>> 31), interval);
    return now + Math.floorMod(phase - now, interval);
  }

  /** How each target is doing, in the order of their ids. */
  public List<TargetStatus> status() {
    lock.lock();
    try {
      return turns.values().stream().map(turn -> turn.scrape.status()).toList();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Starts the scrapes that are due by now.
   *
   * @return how long until the next is due, at most a second
   */
  Duration startDue() {
    var due = new ArrayList<Turn>();
    lock.lock();
    try {
      long now = clock.millis();
      long next = now + LONGEST_WAIT.toMillis();
      for (Turn turn : turns.values()) {
        if (turn.dueMillis <= now) {
          long interval = turn.scrape.target().interval().toMillis();
          long passed = (now - turn.dueMillis) / interval;
          turn.missed += passed;
          turn.dueMillis += (passed + 1) * interval;
          if (turn.running) {
            turn.missed++;
          } else {
            turn.running = true;
            underWay++;
            due.add(turn);
          }
        }
        next = Math.min(next, turn.dueMillis);
      }
      for (Turn turn : due) {
        long missed = turn.missed;
        Thread.startVirtualThread(() -> scrape(turn, missed));
      }
      return Duration.ofMillis(next - now);
    } finally {
      lock.unlock();
    }
  }

  /** Whether all that is due was scraped and handed on. Costs little. */
  public boolean settled() {
    lock.lock();
    try {
      long now = clock.millis();
      return underWay == 0
          && (closed || turns.values().stream().allMatch(turn -> turn.dueMillis > now));
    } finally {
      lock.unlock();
    }
  }

  /** Waits until nothing is under way. */
  void awaitIdle() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (underWay > 0) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  private void scrape(Turn turn, long missed) {
    TargetScrape scrape = turn.scrape;
    long timeout = scrape.target().timeout().toMillis();
    Semaphore host =
        hostSlots.computeIfAbsent(
            scrape.target().host(), h -> new Semaphore(settings.concurrentPerHost()));
    try {
      if (!host.tryAcquire(timeout, TimeUnit.MILLISECONDS)) {
        scrape.refuse(
            missed, ScrapeFailure.HOST_BUSY, "its host had no slot within " + timeout + " ms");
        return;
      }
      try {
        slots.acquire();
        try {
          scrape.scrape(missed);
        } finally {
          slots.release();
        }
      } finally {
        host.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      done(turn);
    }
  }

  private void retire(Turn turn) {
    try {
      turn.scrape.retire();
    } finally {
      done(turn);
    }
  }

  private void done(Turn turn) {
    lock.lock();
    try {
      turn.running = false;
      underWay--;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    try {
      while (!isClosed()) {
        long began = clock.nanos();
        clock.await(bell, began + startDue().toNanos());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** Begins no more scrapes; those under way end by their timeouts. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      bell.release();
    } finally {
      lock.unlock();
    }
  }
}
