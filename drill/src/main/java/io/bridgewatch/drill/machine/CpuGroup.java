package io.bridgewatch.drill.machine;

import io.bridgewatch.drill.sim.Simulation;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The CPU of one container: processor sharing among its bursts, under a quota.
 *
 * <ol>
 *   <li>Each running burst gets the same share of the cores that the node gives, at most one core.
 *       The service attained by a burst that had run from the beginning is a virtual time; a burst
 *       ends when that time has grown by its work. So one timer suffices, for the smallest end, and
 *       a change costs O(log n).
 *   <li>The quota works as in the kernel: in each period of 100 ms the group may use limit × 100 ms
 *       of CPU; when that is gone, it stands still until the next period.
 *   <li>A collection of the heap stops the bursts and takes the CPU for itself.
 * </ol>
 */
public final class CpuGroup {

  static final long PERIOD_NANOS = 100_000_000L;
  private static final long STAGGER_NANOS = 7_919_000L;

  private final Simulation simulation;
  private final Cpu cpu;
  private final double weight;
  private final double quotaCores;
  private final long phase;

  private double[] ends = new double[16];
  private Runnable[] actions = new Runnable[16];
  private int running;
  private double attained;

  private @Nullable Runnable afterStop;
  private double stopWork;
  private int stopCores;

  private double wanted;
  private double given;
  private long since;
  private double cpuNanos;

  private boolean throttled;
  private boolean gone;
  private double usedInPeriod;
  private long usedPeriod = -1;
  private long countedPeriod = -1;
  private long periods;
  private long throttledPeriods;
  private long throttledNanos;
  private long throttledSince;

  private Simulation.@Nullable Event timer;
  private long timerAt;
  private final Runnable onTimer = this::timer;

  CpuGroup(Simulation simulation, Cpu cpu, int number, double weight, double quotaCores) {
    this.simulation = simulation;
    this.cpu = cpu;
    this.weight = weight;
    this.quotaCores = quotaCores;
    this.phase = number * STAGGER_NANOS % PERIOD_NANOS;
    this.since = simulation.nanos();
  }

  /**
   * Runs a piece of work; once closed, it runs nothing.
   *
   * @param workNanos of one core at full speed
   * @param done when it is finished
   */
  public void run(double workNanos, Runnable done) {
    if (gone) {
      return;
    }
    settle();
    push(attained + Math.max(1, workNanos), done);
    demand();
  }

  /**
   * Stops all bursts while another work runs, as a collection of the heap does.
   *
   * @param workNanos of one core, shared by that many
   * @throws IllegalStateException if they are stopped already
   */
  public void stopTheWorld(double workNanos, int parallel, Runnable done) {
    if (gone) {
      return;
    }
    if (afterStop != null) {
      throw new IllegalStateException("cannot stop the world: it is stopped already");
    }
    settle();
    stopWork = Math.max(1, workNanos);
    stopCores = parallel;
    afterStop = done;
    demand();
  }

  public boolean isStopped() {
    return afterStop != null;
  }

  /** Its process is gone: nothing of what runs will be done. */
  public void close() {
    if (gone) {
      return;
    }
    settle();
    cancelTimer();
    gone = true;
    running = 0;
    Arrays.fill(actions, NOTHING);
    afterStop = null;
    cpu.retire(this);
    wanted = 0;
    given = 0;
  }

  /** How long the world will still be stopped at the present rate; zero when it is not. */
  public double stopLeftNanos() {
    if (afterStop == null) {
      return 0;
    }
    double done = given * cpu.speed() * (simulation.nanos() - since);
    return Math.max(0, stopWork - done) / Math.max(0.05, given * cpu.speed());
  }

  /** How much longer than on an idle core a further burst would take, at the present rate. */
  public double slowness() {
    boolean isFree = !throttled && given >= wanted && wanted < cpu.cores();
    double share = isFree ? 1 : Math.max(0.02, given) / (running + 1);
    return 1 / (Math.min(1, share) * cpu.speed());
  }

  public int running() {
    return running;
  }

  /** CPU time used, in nanoseconds. */
  public double cpuNanos() {
    return cpuNanos + given * (simulation.nanos() - since);
  }

  /** Periods of 100 ms in which it ran. */
  public long periods() {
    return periods;
  }

  /** Periods in which its quota was gone. */
  public long throttledPeriods() {
    return throttledPeriods;
  }

  public long throttledNanos() {
    return throttled ? throttledNanos + simulation.nanos() - throttledSince : throttledNanos;
  }

  double weight() {
    return weight;
  }

  double wanted() {
    return wanted;
  }

  /** Brings the books up to now; given and wanted were constant since the last time. */
  void settle() {
    long now = simulation.nanos();
    long passed = now - since;
    if (passed == 0) {
      return;
    }
    if (given > 0) {
      double used = given * passed;
      cpuNanos += used;
      if (afterStop != null) {
        stopWork -= used * cpu.speed();
      } else {
        attained += used * cpu.speed() / running;
      }
      if (quotaCores > 0) {
        useQuota(now, used);
      }
    }
    since = now;
  }

  /** The node's answer to what it wants. */
  void give(double cores) {
    given = cores;
    schedule();
  }

  void schedule() {
    if (gone) {
      return;
    }
    long now = simulation.nanos();
    double wait;
    if (throttled) {
      wait = periodEnd(now) - now;
    } else if (given <= 0) {
      cancelTimer();
      return;
    } else {
      double left = afterStop != null ? stopWork : (ends[0] - attained) * running;
      wait = Math.max(0, left / (given * cpu.speed()));
      if (quotaCores > 0) {
        wait = Math.min(wait, quotaLasts(now));
      }
    }
    long at = now + (long) Math.ceil(wait);
    if (timer != null && timerAt == at) {
      return;
    }
    cancelTimer();
    timerAt = at;
    timer = simulation.after(at - now, onTimer);
  }

  private void timer() {
    timer = null;
    settle();
    long now = simulation.nanos();
    if (throttled) {
      throttled = false;
      throttledNanos += now - throttledSince;
      usedInPeriod = 0;
      usedPeriod = period(now);
      demand();
      return;
    }
    if (afterStop != null && stopWork <= 0.5) {
      Runnable done = afterStop;
      afterStop = null;
      demand();
      done.run();
      return;
    }
    if (afterStop == null && running > 0 && ends[0] <= attained + 0.5) {
      Runnable done = pop();
      if (running == 0) {
        attained = 0;
      }
      demand();
      done.run();
      return;
    }
    if (quotaCores > 0 && usedPeriod == period(now) && usedInPeriod >= quota() - 1) {
      throttled = true;
      throttledPeriods++;
      throttledSince = now;
      demand();
      return;
    }
    schedule();
  }

  /** What it wants may have changed; asks the node. */
  private void demand() {
    double now = 0;
    if (!throttled) {
      now = Math.min(afterStop != null ? stopCores : running, cpu.cores());
    }
    double difference = now - wanted;
    if (difference == 0) {
      schedule();
      return;
    }
    wanted = now;
    cpu.changed(this, difference);
  }

  private double quota() {
    return quotaCores * PERIOD_NANOS;
  }

  private long period(long nanos) {
    return (nanos + phase) / PERIOD_NANOS;
  }

  private long periodEnd(long nanos) {
    return (period(nanos) + 1) * PERIOD_NANOS - phase;
  }

  private void useQuota(long now, double used) {
    long first = period(since);
    long last = period(now);
    periods += last - Math.max(countedPeriod, first - 1);
    countedPeriod = last;
    if (last == usedPeriod) {
      usedInPeriod += used;
    } else if (last > first) {
      usedInPeriod = given * (now - (last * PERIOD_NANOS - phase));
      usedPeriod = last;
    } else {
      usedInPeriod = used;
      usedPeriod = last;
    }
  }

  /** How long the quota lasts at the present rate, across periods. */
  private double quotaLasts(long now) {
    double left = usedPeriod == period(now) ? quota() - usedInPeriod : quota();
    long restOfPeriod = periodEnd(now) - now;
    if (given * restOfPeriod >= left) {
      return Math.max(0, left / given);
    }
    return given > quotaCores ? restOfPeriod + quota() / given : Double.POSITIVE_INFINITY;
  }

  private void cancelTimer() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  private void push(double end, Runnable action) {
    if (running == ends.length) {
      ends = Arrays.copyOf(ends, running * 2);
      actions = Arrays.copyOf(actions, running * 2);
    }
    int child = running++;
    while (child > 0) {
      int parent = (child - 1) >>> 1;
      if (ends[parent] <= end) {
        break;
      }
      ends[child] = ends[parent];
      actions[child] = actions[parent];
      child = parent;
    }
    ends[child] = end;
    actions[child] = action;
  }

  private Runnable pop() {
    Runnable first = actions[0];
    running--;
    double end = ends[running];
    Runnable action = actions[running];
    int parent = 0;
    while (true) {
      int child = 2 * parent + 1;
      if (child >= running) {
        break;
      }
      if (child + 1 < running && ends[child + 1] < ends[child]) {
        child++;
      }
      if (end <= ends[child]) {
        break;
      }
      ends[parent] = ends[child];
      actions[parent] = actions[child];
      parent = child;
    }
    ends[parent] = end;
    actions[parent] = action;
    actions[running] = NOTHING;
    return first;
  }

  private static final Runnable NOTHING = () -> {};
}
