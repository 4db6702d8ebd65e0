package io.bridgewatch.scale.trigger;

import io.bridgewatch.scale.plant.Measure;
import io.bridgewatch.scale.plant.WorkloadHistory;
import java.util.List;

/** A metric that could trigger scaling. */
public enum TriggerMetric {
  CPU(false, Measure.CPU),
  MEMORY(false, Measure.MEMORY),
  IN_FLIGHT(false, Measure.IN_FLIGHT),
  REQUESTS(true, Measure.REQUESTS),
  NETWORK(false, Measure.NETWORK),
  QUEUE(true, Measure.QUEUE),
  POOL(false, Measure.POOL),
  /** The 95th percentile, else the mean, else the median. */
  LATENCY(false, Measure.LATENCY_P95, Measure.LATENCY_MEAN, Measure.LATENCY_P50);

  private final boolean shared;
  private final List<Measure> measures;

  TriggerMetric(boolean shared, Measure... measures) {
    this.shared = shared;
    this.measures = List.of(measures);
  }

  /** Whether a history has it. */
  public boolean in(WorkloadHistory history) {
    return measures.stream().anyMatch(history::has);
  }

  /**
   * What an autoscaler would compare with a target, for each step: the value of a replica, of what
   * the whole workload has its share for each ready replica; {@code NaN} where it was not seen.
   */
  public double[] perReplica(WorkloadHistory history) {
    Measure measure =
        measures.stream().filter(history::has).findFirst().orElse(measures.getFirst());
    double[] values = history.values(measure);
    for (int step = 0; step < values.length; step++) {
      double ready = history.at(Measure.READY_REPLICAS, step);
      values[step] = ready > 0 ? values[step] / (shared ? ready : 1) : Double.NaN;
    }
    return values;
  }
}
