package io.bridgewatch.drillrun;

import io.bridgewatch.drill.plan.BankPlan;
import io.bridgewatch.drill.world.BankWorld;
import io.bridgewatch.hub.AttachedDrill.Past;
import io.bridgewatch.hub.AttachedDrill.PastState;
import io.bridgewatch.hub.CollectOptions;
import io.bridgewatch.hub.Hub;
import io.bridgewatch.hub.PastCollecting;
import io.bridgewatch.ports.Timekeeper;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bank of a demonstration as it was before anybody watched it: the same plan and seed, so that
 * all that is there from the start has the same names and uids, run once more from long ago until
 * some time before the watch began, as fast as the machine lets it. Its pages are read each minute
 * of its time, and kept hour by hour as the history of the series that are watched.
 *
 * <p>It is another run: counters begin anew where the watch begins, and what the bank made on its
 * way, such as pods of jobs, has names of its own. A diagnosis should see one run only, so leave a
 * gap as long as it looks back. There are no traces and no log lines of it.
 *
 * <p>One thread runs it and lets others go first; {@link #progress} may be asked by any.
 */
final class PastBank {

  private static final Logger LOG = LoggerFactory.getLogger(PastBank.class);

  private static final Duration STEP = Duration.ofMinutes(1);
  private static final int STEPS_KEPT_AT_ONCE = 60;
  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

  /** Changes that are remembered for watches; nobody watches. */
  private static final int WINDOW = 100;

  private final BankPlan plan;
  private final Instant from;
  private final Instant to;
  private final long seed;
  private final CollectOptions.Scraping how;
  private final Hub hub;
  private volatile Instant reached;
  private volatile PastState state = PastState.WRITING;

  /**
   * @param from when what the live bank has from the start was settled
   * @param to before the watch began
   * @param how its pages are read
   * @param hub that watches the bank
   */
  PastBank(
      BankPlan plan, Instant from, Instant to, long seed, CollectOptions.Scraping how, Hub hub) {
    this.plan = plan;
    this.from = from;
    this.to = to;
    this.seed = seed;
    this.how = how;
    this.hub = hub;
    this.reached = from;
  }

  Past progress() {
    return new Past(from, to, reached, state);
  }

  /**
   * Runs in a thread of its own until all is written or the hub is closed.
   *
   * @param isTurn tells whether nothing more urgent is to be done
   */
  void start(Timekeeper time, BooleanSupplier isTurn) {
    Thread.ofPlatform()
        .daemon()
        .name("bank-past")
        .priority(Thread.MIN_PRIORITY)
        .start(() -> run(time, isTurn));
  }

  /** Does the same in this thread. */
  void run(Timekeeper time, BooleanSupplier isTurn) {
    var options =
        new BankWorld.Options(
            0, false, server -> server.withWatchWindow(WINDOW).withWatchBuffer(WINDOW));
    try {
      if (!awaitTurn(time, isTurn)) {
        return;
      }
      try (var world = BankWorld.start(plan, from, seed, options)) {
        world.cluster().server().reseed(~seed); // what is made from now on is not the live bank's
        write(world, hub.past(plan.cluster()), time, isTurn);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      if (!hub.isClosed()) { // then nothing is left to be written
        state = PastState.FAILED;
        LOG.error("the bank's past ends at {}: it cannot be written further", reached, e);
      }
    }
  }

  /** Returns false if the hub is closed. */
  private boolean awaitTurn(Timekeeper time, BooleanSupplier isTurn) throws InterruptedException {
    var never = new Semaphore(0);
    while (!hub.isClosed()) {
      if (isTurn.getAsBoolean()) {
        return true;
      }
      time.await(never, time.nanos() + LOOK_AGAIN.toNanos());
    }
    return false;
  }

  private void write(
      BankWorld world, PastCollecting collecting, Timekeeper time, BooleanSupplier isTurn)
      throws InterruptedException {
    if (collecting.isKnown(from, to)) {
      LOG.info("the bank has a past already, of an earlier demonstration with the same data");
      reached = to;
      state = PastState.WRITTEN;
      return;
    }
    var pages = new WorldScraping(world, how);
    for (int step = 1; world.now().isBefore(to) && awaitTurn(time, isTurn); step++) {
      var next = world.now().plus(STEP);
      world.advance(next.isBefore(to) ? next : to);
      pages.scrape();
      boolean isLast = !world.now().isBefore(to);
      if ((isLast || step % STEPS_KEPT_AT_ONCE == 0) && collecting.keep(pages.taken())) {
        reached = world.now();
        state = isLast ? PastState.WRITTEN : PastState.WRITING;
      }
    }
  }
}
