package io.bridgewatch.drill.sim;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * A discrete-event simulation: a clock that jumps from event to event.
 *
 * <p>Events of the same instant run in the order in which they were asked for, so a run is a pure
 * function of the seed and of what is asked of it. Each part of the world draws from a stream of
 * its own, named by it: what one part draws never changes what another sees. One thread at a time.
 */
public final class Simulation implements InstantSource {

  private final Instant start;
  private final long seed;
  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private final Map<String, RandomGenerator> streams = new HashMap<>();
  private volatile long nanos;
  private long asked;
  private long ran;

  public Simulation(Instant start, long seed) {
    this.start = start;
    this.seed = seed;
  }

  /** Something that will happen, and can be called off. */
  public static final class Event implements Comparable<Event> {
    private final long nanos;
    private final long sequence;
    private Runnable action;

    private Event(long nanos, long sequence, Runnable action) {
      this.nanos = nanos;
      this.sequence = sequence;
      this.action = action;
    }

    /** Calls it off; nothing happens if it has happened already. */
    public void cancel() {
      action = () -> {};
    }

    @Override
    public int compareTo(Event other) {
      int byTime = Long.compare(nanos, other.nanos);
      return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return Long.hashCode(sequence);
    }
  }

  public long seed() {
    return seed;
  }

  /** Simulated time since the start, in nanoseconds; may be read by any thread. */
  public long nanos() {
    return nanos;
  }

  /** Simulated time; may be read by any thread. */
  @Override
  public Instant instant() {
    return start.plusNanos(nanos);
  }

  /** Events that have happened. */
  public long eventsRun() {
    return ran;
  }

  /**
   * The stream of random numbers of this name; the same generator whenever it is asked for.
   *
   * @param name who draws, such as {@code arrivals/transfer}
   */
  public RandomGenerator random(String name) {
    return streams.computeIfAbsent(name, n -> new SplittableRandom(mixed(seed, n)));
  }

  /**
   * Lets something happen later.
   *
   * @param delayNanos from now on; zero for as soon as what happens now is done
   * @throws IllegalArgumentException if it is negative
   */
  public Event after(long delayNanos, Runnable action) {
    if (delayNanos < 0) {
      throw new IllegalArgumentException(
          "cannot let happen what is %d ns ago".formatted(-delayNanos));
    }
    var event = new Event(nanos + delayNanos, asked++, action);
    events.add(event);
    return event;
  }

  public Event after(Duration delay, Runnable action) {
    return after(delay.toNanos(), action);
  }

  /** Lets something happen again and again, for the first time one period from now. */
  public void every(Duration period, Runnable action) {
    after(
        period,
        () -> {
          every(period, action);
          action.run();
        });
  }

  /** Lets happen all that is due until then, and stands at that time. */
  public void runUntil(Instant end) {
    long endNanos = Duration.between(start, end).toNanos();
    while (!events.isEmpty() && events.peek().nanos <= endNanos) {
      Event next = events.poll();
      nanos = next.nanos;
      ran++;
      next.action.run();
    }
    nanos = Math.max(nanos, endNanos);
  }

  public void run(Duration simulated) {
    runUntil(instant().plus(simulated));
  }

  /**
   * FNV-1a over the name, finished as SplitMix64 does, so that similar names give unlike streams.
   */
  private static long mixed(long seed, String name) {
    long hash = 0xcbf29ce484222325L ^ seed;
    for (byte one : name.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (one & 0xff)) * 0x100000001b3L;
    }
    hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
    hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
    return hash ^ (hash >>> 31);
  }
}
