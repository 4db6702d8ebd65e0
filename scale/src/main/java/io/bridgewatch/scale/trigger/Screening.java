package io.bridgewatch.scale.trigger;

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

  public List<TriggerVerdict.Refused> refused() {
    return verdicts.stream()
        .filter(TriggerVerdict.Refused.class::isInstance)
        .map(TriggerVerdict.Refused.class::cast)
        .toList();
  }
}
