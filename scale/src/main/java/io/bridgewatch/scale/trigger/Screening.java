package io.bridgewatch.scale.trigger;

import io.bridgewatch.scale.PolicyShape.Trigger;
import io.bridgewatch.scale.plant.CalibratedPlant;
import java.util.List;
import java.util.Optional;

/**
 * What a history says of the metrics that could trigger scaling.
 *
 * @param verdicts one for each {@link TriggerMetric}: those accepted by rank, then the others
 * @param operating absent where nothing is known of a replica's capacity
 * @param replicas absent where nothing is known of a replica's capacity
 */
public record Screening(
    List<TriggerVerdict> verdicts,
    Optional<OperatingLoad> operating,
    Optional<ReplicaRange> replicas) {

  public Screening {
    verdicts = List.copyOf(verdicts);
  }

  /** By rank, the best first. */
  public List<TriggerVerdict.Accepted> accepted() {
    return verdicts.stream()
        .filter(TriggerVerdict.Accepted.class::isInstance)
        .map(TriggerVerdict.Accepted.class::cast)
        .toList();
  }

  /**
   * What is to raise replicas that are at their capacity nevertheless: CPU, which needs nobody to
   * serve it, unless it was seen not to work; else the best of those that this product serves.
   *
   * @param plant that tells what requests cost in CPU, if anything
   */
  public Trigger guard(CalibratedPlant plant) {
    if (plant.cpu().isPresent() && verdicts.stream().anyMatch(Screening::isUsableCpu)) {
      return Trigger.CPU;
    }
    for (TriggerVerdict.Accepted one : accepted()) {
      if (one.metric() == TriggerMetric.IN_FLIGHT) {
        return Trigger.CONCURRENCY;
      }
      if (one.metric() == TriggerMetric.REQUESTS) {
        return Trigger.REQUESTS;
      }
    }
    return Trigger.NONE;
  }

  private static boolean isUsableCpu(TriggerVerdict verdict) {
    return verdict.metric() == TriggerMetric.CPU
        && switch (verdict) {
          case TriggerVerdict.Accepted _ -> true;
          case TriggerVerdict.Refused refused ->
              refused.reason() instanceof TriggerRefusal.NotSeenUnderChange;
        };
  }

  public List<TriggerVerdict.Refused> refused() {
    return verdicts.stream()
        .filter(TriggerVerdict.Refused.class::isInstance)
        .map(TriggerVerdict.Refused.class::cast)
        .toList();
  }
}
