package io.bridgewatch.adapter.probe;

import io.bridgewatch.model.ProbeResult.Phase;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Times the phases of one run, one after the other. */
final class Phases {

  private final LongSupplier nanoTime;
  private final long deadline;
  private final Map<Phase, Duration> took = new EnumMap<>(Phase.class);
  private Phase current = Phase.RESOLVE;
  private long began;
  private volatile boolean givenUp;

  /** Begins with the first phase. */
  Phases(LongSupplier nanoTime, Duration timeout) {
    this.nanoTime = nanoTime;
    this.began = nanoTime.getAsLong();
    this.deadline = began + timeout.toNanos();
  }

  void begin(Phase next) {
    end();
    current = next;
  }

  void end() {
    long now = nanoTime.getAsLong();
    took.merge(current, Duration.ofNanos(now - began), Duration::plus);
    began = now;
  }

  Phase current() {
    return current;
  }

  /** What is left of the timeout, one millisecond at least. */
  int millisLeft() {
    return (int) Math.clamp((deadline - nanoTime.getAsLong()) / 1_000_000, 1, Integer.MAX_VALUE);
  }

  /** Called by whoever closes the connection because the time is over. */
  void giveUp() {
    givenUp = true;
  }

  boolean isOver() {
    return givenUp || nanoTime.getAsLong() >= deadline;
  }

  Map<Phase, Duration> took() {
    return took;
  }
}
