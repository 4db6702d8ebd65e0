package io.bridgewatch.drill.bank;

import io.bridgewatch.drill.sim.Simulation;
import org.jspecify.annotations.Nullable;

/** The requests in a replica, and how many there were over time. */
final class Presence {

  private final Simulation simulation;
  private @Nullable Request first;
  private int present;
  private int busy;
  private double presentNanos;
  private double busyNanos;
  private long countedAt;

  Presence(Simulation simulation) {
    this.simulation = simulation;
    this.countedAt = simulation.nanos();
  }

  void enters(Request request) {
    count();
    present++;
    request.before = null;
    request.behind = first;
    if (first != null) {
      first.before = request;
    }
    first = request;
  }

  void leaves(Request request) {
    count();
    present--;
    if (request.before == null) {
      first = request.behind;
    } else {
      request.before.behind = request.behind;
    }
    if (request.behind != null) {
      request.behind.before = request.before;
    }
    request.before = null;
    request.behind = null;
  }

  /** More or fewer threads serve. */
  void busier(int difference) {
    count();
    busy += difference;
  }

  /** The replica is gone with all that is in it. */
  void resetAll(Replica replica, boolean silent) {
    count();
    Request request = first;
    while (request != null) {
      Request next = request.behind;
      request.reset(replica, silent);
      request = next;
    }
    first = null;
    present = 0;
    busy = 0;
  }

  int present() {
    return present;
  }

  int busy() {
    return busy;
  }

  double presentNanos() {
    return presentNanos + (double) present * (simulation.nanos() - countedAt);
  }

  double busyNanos() {
    return busyNanos + (double) busy * (simulation.nanos() - countedAt);
  }

  private void count() {
    long now = simulation.nanos();
    presentNanos += (double) present * (now - countedAt);
    busyNanos += (double) busy * (now - countedAt);
    countedAt = now;
  }
}
