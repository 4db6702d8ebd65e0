package io.bridgewatch.drill.bank;

import io.bridgewatch.drill.sim.Simulation;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Row locks of a database, given in order of asking; who waits three seconds in vain gives up.
 * While somebody holds the table, no row is given.
 */
final class LockTable {

  private static final long PATIENCE_NANOS = 3_000_000_000L;

  private final Simulation simulation;
  private final Map<Integer, Row> rows = new HashMap<>();
  private final Queue<Waiter> tableWaiters = new ArrayDeque<>();
  private int waiting;
  private long timeouts;

  LockTable(Simulation simulation) {
    this.simulation = simulation;
  }

  private static final class Row {
    private final Queue<Waiter> waiters = new ArrayDeque<>();
  }

  private static final class Waiter {
    private @Nullable Request request;
    private Simulation.@Nullable Event patience;

    private Waiter(Request request) {
      this.request = request;
    }
  }

  /** Calls {@code locked} or {@code lockRefused} of the request, now or later. */
  void acquire(int key, boolean tableHeld, Request request) {
    if (tableHeld) {
      waitIn(tableWaiters, request);
      return;
    }
    Row row = rows.get(key);
    if (row == null) {
      rows.put(key, new Row());
      request.locked();
    } else {
      waitIn(row.waiters, request);
    }
  }

  /** The database is gone, and with it who held and who waited. */
  void close() {
    rows.clear();
    tableWaiters.clear();
    waiting = 0;
  }

  /** Gives the row to the next in line. */
  void release(int key) {
    Row row = rows.get(key);
    if (row == null) {
      return;
    }
    Request next = next(row.waiters);
    if (next == null) {
      rows.remove(key);
    } else {
      next.locked();
    }
  }

  /** The table is free again: all that waited for it ask for their rows. */
  void tableFreed() {
    for (Request next = next(tableWaiters); next != null; next = next(tableWaiters)) {
      acquire(next.key(), false, next);
    }
  }

  int waiting() {
    return waiting;
  }

  int held() {
    return rows.size();
  }

  long timeouts() {
    return timeouts;
  }

  private void waitIn(Queue<Waiter> line, Request request) {
    var waiter = new Waiter(request);
    line.add(waiter);
    waiting++;
    waiter.patience =
        simulation.after(
            PATIENCE_NANOS,
            () -> {
              Request given = waiter.request;
              if (given != null) {
                waiter.request = null;
                waiting--;
                timeouts++;
                line.remove(waiter);
                given.lockRefused();
              }
            });
  }

  private @Nullable Request next(Queue<Waiter> line) {
    for (Waiter waiter = line.poll(); waiter != null; waiter = line.poll()) {
      Request request = waiter.request;
      if (request != null) {
        waiter.request = null;
        waiting--;
        if (waiter.patience != null) {
          waiter.patience.cancel();
        }
        return request;
      }
    }
    return null;
  }
}
