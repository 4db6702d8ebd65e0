package io.bridgewatch.adapter.probe;

import io.bridgewatch.model.Probe;
import io.bridgewatch.model.ProbeResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Runs each probe at its interval, from a moment of its own: the first run of each lies at random
 * within its first interval, so that probes do not all run at once.
 *
 * <p>So many run at one time at most. A probe whose turn comes while all places are taken is left
 * out this time and counted. Runs that were missed, as while the machine slept, are not made up
 * for. The caller brings the clock; {@link #runDue} is called by one thread.
 */
public final class ProbeLoop {

  private static final class Turn {
    private final Probe probe;
    private Instant next;

    private Turn(Probe probe, Instant next) {
      this.probe = probe;
      this.next = next;
    }
  }

  private final List<Turn> turns = new ArrayList<>();
  private final ProbeRunner runner;
  private final Executor threads;
  private final Semaphore places;
  private final Consumer<ProbeResult> results;
  private final AtomicLong leftOut = new AtomicLong();

  /**
   * @param threads what runs are started on, one thread each
   * @param maxAtOnce runs at one time
   * @param seed of the moments at which probes begin
   * @param results takes each result, on the run's thread
   */
  public ProbeLoop(
      List<Probe> probes,
      ProbeRunner runner,
      Executor threads,
      int maxAtOnce,
      Instant start,
      long seed,
      Consumer<ProbeResult> results) {
    this.runner = runner;
    this.threads = threads;
    this.places = new Semaphore(maxAtOnce);
    this.results = results;
    var random = new Random(seed);
    for (Probe probe : probes) {
      long interval = probe.schedule().interval().toNanos();
      turns.add(new Turn(probe, start.plusNanos((long) (random.nextDouble() * interval))));
    }
  }

  /**
   * Starts what is due.
   *
   * @return when to call again; {@link Instant#MAX} if there is no probe
   */
  public Instant runDue(Instant now) {
    Instant next = Instant.MAX;
    for (Turn turn : turns) {
      if (!turn.next.isAfter(now)) {
        start(turn.probe, now);
        turn.next = following(turn, now);
      }
      next = turn.next.isBefore(next) ? turn.next : next;
    }
    return next;
  }

  /** The first turn after now, in step with those before. */
  private static Instant following(Turn turn, Instant now) {
    Duration interval = turn.probe.schedule().interval();
    long missed = Duration.between(turn.next, now).dividedBy(interval);
    return turn.next.plus(interval.multipliedBy(missed + 1));
  }

  private void start(Probe probe, Instant now) {
    if (!places.tryAcquire()) {
      leftOut.incrementAndGet();
      return;
    }
    threads.execute(
        () -> {
          try {
            results.accept(runner.run(probe, now));
          } finally {
            places.release();
          }
        });
  }

  /** Runs that were left out so far because all places were taken. */
  public long leftOut() {
    return leftOut.get();
  }
}
