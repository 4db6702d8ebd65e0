package io.bridgewatch.ports;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Time as loops know it: what it is now, and how to wait for more of it. Loops that wait by nothing
 * else run on any clock: the system's, or one that is advanced from outside ({@link SteppedTime}).
 * Limits of requests are no business of it: they pass as outside, whatever the clock.
 *
 * <p>Safe for several threads.
 */
public interface Timekeeper extends InstantSource {

  /** Grows steadily, whatever happens to the clock; only differences mean anything. */
  long nanos();

  /**
   * Waits until the bell was rung or {@link #nanos} has come to that point, and then silences the
   * bell.
   *
   * @param bell has a permit once it was rung
   * @return whether it was rung
   */
  boolean await(Semaphore bell, long untilNanos) throws InterruptedException;

  /**
   * Takes turns, one at a time.
   *
   * @param name of the thread, where it has one of its own
   * @param first until the first turn
   * @param pause from the end of a turn to the next, positive
   */
  default Turns every(String name, Duration first, Duration pause, Runnable turn) {
    SteppedTime.positive(name, pause);
    return every(
        name,
        first,
        () -> {
          turn.run();
          return pause;
        });
  }

  /**
   * Takes turns, one at a time, at a pace of their own.
   *
   * @param name of the thread, where it has one of its own
   * @param first until the first turn
   * @param turn tells the pause from its end to the next, positive
   */
  Turns every(String name, Duration first, Supplier<Duration> turn);

  /** What takes turns until it is ended. */
  interface Turns {
    /**
     * Begins no more turns and waits for the one under way, which is not interrupted.
     *
     * @return whether none is under way any more
     */
    boolean end(Duration patience);
  }

  /** Time as it passes outside. */
  static Timekeeper system() {
    return by(InstantSource.system());
  }

  /** Waits as time passes outside; only what time it is comes from that clock. */
  static Timekeeper by(InstantSource clock) {
    return new WallTime(clock);
  }
}
