package io.bridgewatch.drill.cluster;

import io.bridgewatch.drill.sim.Simulation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.TreeSet;

/**
 * The cluster's time. While it is being built it stands in the past and is moved by whoever builds;
 * from then on it is the simulation's, and what was to come is still to come, after as long.
 */
final class ClusterClock implements InstantSource {
  private final Simulation simulation;
  private final TreeSet<Task> early = new TreeSet<>();
  private volatile Instant past;
  private volatile boolean isLive;
  private long asked;

  ClusterClock(Simulation simulation, Instant past) {
    this.simulation = simulation;
    this.past = past;
  }

  /** Something that will happen, and can be called off. */
  final class Task implements Comparable<Task> {
    private Instant due;
    private final long sequence;
    private Runnable action;

    private Task(Instant due, Runnable action) {
      this.due = due;
      this.sequence = asked++;
      this.action = action;
    }

    void cancel() {
      action = () -> {};
      early.remove(this);
    }

    private void run() {
      action.run();
    }

    @Override
    public int compareTo(Task other) {
      var order = due.compareTo(other.due);
      return order != 0 ? order : Long.compare(sequence, other.sequence);
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

  @Override
  public Instant instant() {
    return isLive ? simulation.instant() : past;
  }

  Task after(Duration delay, Runnable action) {
    var task = new Task(instant().plus(delay), action);
    if (isLive) {
      simulation.after(delay, task::run);
    } else {
      early.add(task);
    }
    return task;
  }

  void every(Duration period, Runnable action) {
    after(
        period,
        () -> {
          every(period, action);
          action.run();
        });
  }

  /** Lets the past go on. */
  void pass(Duration time) {
    var end = past.plus(time);
    while (!early.isEmpty() && !early.first().due.isAfter(end)) {
      var task = early.pollFirst();
      past = task.due;
      task.run();
    }
    past = end;
  }

  /** Jumps to a later time of the past, in which nothing happened. */
  void jump(Instant to) {
    var shift = Duration.between(past, to);
    var waiting = new ArrayList<>(early);
    early.clear();
    waiting.forEach(task -> task.due = task.due.plus(shift));
    early.addAll(waiting);
    past = to;
  }

  /** Begins to follow the simulation. */
  void goLive() {
    var built = past;
    isLive = true;
    early.forEach(task -> simulation.after(Duration.between(built, task.due), task::run));
    early.clear();
  }

  boolean isLive() {
    return isLive;
  }
}
