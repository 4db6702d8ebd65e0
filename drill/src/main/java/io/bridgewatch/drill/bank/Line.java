package io.bridgewatch.drill.bank;

import io.bridgewatch.drill.sim.Simulation;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Calls that wait, all with the same patience: the first to come is the first to lose it, so one
 * timer serves them all. A call stands in one line at most.
 */
final class Line {

  private final Simulation simulation;
  private final long patienceNanos;
  private final Consumer<Call> lostPatience;
  private final Runnable onTimer = this::timer;
  private @Nullable Call first;
  private @Nullable Call last;
  private int size;
  private boolean timed;

  Line(Simulation simulation, long patienceNanos, Consumer<Call> lostPatience) {
    this.simulation = simulation;
    this.patienceNanos = patienceNanos;
    this.lostPatience = lostPatience;
  }

  void add(Call call) {
    call.line = this;
    call.before = last;
    call.behind = null;
    call.deadline = simulation.nanos() + patienceNanos;
    if (last == null) {
      first = call;
    } else {
      last.behind = call;
    }
    last = call;
    size++;
    if (!timed) {
      timed = true;
      simulation.after(patienceNanos, onTimer);
    }
  }

  void remove(Call call) {
    if (call.line != this) {
      return;
    }
    if (call.before == null) {
      first = call.behind;
    } else {
      call.before.behind = call.behind;
    }
    if (call.behind == null) {
      last = call.before;
    } else {
      call.behind.before = call.before;
    }
    call.line = null;
    call.before = null;
    call.behind = null;
    size--;
  }

  @Nullable Call poll() {
    Call call = first;
    if (call != null) {
      remove(call);
    }
    return call;
  }

  int size() {
    return size;
  }

  private void timer() {
    timed = false;
    long now = simulation.nanos();
    while (first != null && first.deadline <= now) {
      Call call = first;
      remove(call);
      lostPatience.accept(call);
    }
    if (first != null && !timed) {
      timed = true;
      simulation.after(first.deadline - now, onTimer);
    }
  }
}
