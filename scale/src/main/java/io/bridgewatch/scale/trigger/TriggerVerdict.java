package io.bridgewatch.scale.trigger;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Whether a metric may trigger scaling. */
public sealed interface TriggerVerdict {

  TriggerMetric metric();

  TriggerEvidence evidence();

  /**
   * It rises before users suffer and falls when replicas rise.
   *
   * @param rank one for the best
   * @param threshold absent where the load at which to ask for replicas is not known
   */
  record Accepted(
      TriggerMetric metric, int rank, Optional<Threshold> threshold, TriggerEvidence evidence)
      implements TriggerVerdict {}

  /** It must not trigger scaling. */
  record Refused(TriggerMetric metric, TriggerRefusal reason, TriggerEvidence evidence)
      implements TriggerVerdict {}

  /**
   * Beyond which replicas are asked for.
   *
   * @param perReplica in the metric's unit
   * @param utilizationPercent of the request, for CPU and memory where a request is set
   * @param mostStep by how much one look of an autoscaler can at most multiply the replicas, where
   *     the metric ends at a limit
   * @param extrapolated that load was not seen
   */
  record Threshold(
      double perReplica,
      OptionalInt utilizationPercent,
      OptionalDouble mostStep,
      boolean extrapolated) {}
}
