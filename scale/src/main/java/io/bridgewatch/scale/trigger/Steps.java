package io.bridgewatch.scale.trigger;

import io.bridgewatch.numerics.Robust;
import io.bridgewatch.scale.plant.Measure;
import io.bridgewatch.scale.plant.WorkloadHistory;
import java.util.Arrays;

/** A history in steps of a minute, with what screening asks of each step. */
final class Steps {

  private static final int STEP_SECONDS = 60;
  private static final int BLOCK_SECONDS = 3600;
  private static final int SETTLE_SECONDS = 300;

  private final WorkloadHistory history;
  private final boolean[] settled;
  private final double busyFrom;

  Steps(WorkloadHistory original) {
    long seconds = (long) original.steps() * original.stepSeconds();
    history = seconds < STEP_SECONDS ? original : original.inSteps(STEP_SECONDS);
    settled = new boolean[history.steps()];
    int since = 0;
    for (int step = 1; step < settled.length; step++) {
      since = ready(step) == ready(step - 1) ? since + 1 : 0;
      settled[step] = since * history.stepSeconds() >= SETTLE_SECONDS && each(step) > 0;
    }
    busyFrom = Robust.median(history.values(Measure.REQUESTS));
  }

  WorkloadHistory history() {
    return history;
  }

  int count() {
    return history.steps();
  }

  int inSeconds(int seconds) {
    return Math.max(1, Math.ceilDiv(seconds, history.stepSeconds()));
  }

  int seconds() {
    return history.stepSeconds();
  }

  double ready(int step) {
    return history.at(Measure.READY_REPLICAS, step);
  }

  /** Requests a second of all. */
  double whole(int step) {
    return history.at(Measure.REQUESTS, step);
  }

  /** Requests a second of one replica. */
  double each(int step) {
    return history.loadPerReplica(step);
  }

  /** Whether the replicas have been the same for some minutes and there is load. */
  boolean settled(int step) {
    return settled[step];
  }

  /** Whether the load of all is in its upper half. */
  boolean busy(int step) {
    return whole(step) >= busyFrom;
  }

  int block(int step) {
    return step / Math.max(1, BLOCK_SECONDS / history.stepSeconds());
  }

  int blocks() {
    return block(history.steps() - 1) + 1;
  }

  /** Median of the replicas in busy steps, at least one. */
  int usualReplicas() {
    double[] counts = new double[count()];
    Arrays.fill(counts, Double.NaN);
    for (int step = 0; step < counts.length; step++) {
      counts[step] = busy(step) ? ready(step) : Double.NaN;
    }
    double median = Robust.median(counts);
    return Double.isNaN(median) ? 1 : Math.max(1, (int) Math.round(median));
  }
}
