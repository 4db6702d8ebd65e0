package io.bridgewatch.hub;

import io.bridgewatch.scale.HpaDecision;
import io.bridgewatch.scale.HpaDecision.LeftOut;
import io.bridgewatch.scale.HpaDecision.MetricProposal;
import io.bridgewatch.scale.HpaDecision.Why;
import io.bridgewatch.scale.HpaHistory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A decision of a policy in shadow as it is kept, with its explanation.
 *
 * @param inForce replicas that were asked for by whoever is in force
 * @param wanted that the autoscaler in shadow would have asked for
 * @param winner the metric that asked for most; empty where none did
 * @param metrics what each asked for; empty where none was looked at
 * @param recommended before stabilisation; null where no metric was looked at
 * @param stabilised after it
 * @param stabilisedBy when the recommendation was made that held it; null where none did
 * @param limitedBy why it was cut, as in {@code ScalingLimited}; empty if it was not
 * @param error of metrics that failed; empty if none did
 * @param unseenSince when it had decided last, where that was longer ago than all of its windows,
 *     so that it began anew; null otherwise
 */
record ShadowNote(
    int inForce,
    int wanted,
    String winner,
    List<Asked> metrics,
    @Nullable Integer recommended,
    @Nullable Integer stabilised,
    @Nullable Instant stabilisedBy,
    String limitedBy,
    String error,
    @Nullable Instant unseenSince) {

  /** Pods that are named of those that were left out for one reason. */
  private static final int MOST_NAMES = 10;

  /**
   * What one metric asked for.
   *
   * @param replicas null where it asked for nothing
   * @param ratio of usage to target
   * @param ratioWithOthers the ratio with pods made up for that are missing or not ready
   * @param error why it asked for nothing; empty if it did not fail
   */
  record Asked(
      String metric,
      @Nullable Integer replicas,
      @Nullable Double ratio,
      @Nullable Double ratioWithOthers,
      List<PodsLeftOut> leftOut,
      String error) {}

  /**
   * Pods that did not count as they are.
   *
   * @param names of the first ten
   */
  record PodsLeftOut(Why why, int pods, List<String> names) {}

  /**
   * @param current replicas that were asked for when it was made
   * @param unseenSince when it had decided last, where it began anew
   */
  static ShadowNote of(int current, HpaDecision decision, Optional<Instant> unseenSince) {
    var how = decision.explanation();
    return new ShadowNote(
        current,
        decision.replicas(),
        how.winner().isPresent()
            ? how.metrics().get(how.winner().getAsInt()).metric().displayName()
            : "",
        how.metrics().stream().map(ShadowNote::asked).toList(),
        number(how.recommended()),
        number(how.stabilised()),
        how.stabilisedBy().map(HpaHistory.Recommendation::time).orElse(null),
        how.limitedBy().orElse(""),
        decision.error().orElse(""),
        unseenSince.orElse(null));
  }

  private static Asked asked(MetricProposal proposal) {
    return new Asked(
        proposal.metric().displayName(),
        number(proposal.replicas()),
        number(proposal.ratio()),
        number(proposal.ratioWithOthers()),
        leftOut(proposal.leftOut()),
        proposal.error().orElse(""));
  }

  private static List<PodsLeftOut> leftOut(List<LeftOut> pods) {
    Map<Why, List<String>> names = new EnumMap<>(Why.class);
    pods.forEach(one -> names.computeIfAbsent(one.why(), _ -> new ArrayList<>()).add(one.pod()));
    var found = new ArrayList<PodsLeftOut>();
    names.forEach(
        (why, all) ->
            found.add(
                new PodsLeftOut(
                    why, all.size(), all.stream().sorted().limit(MOST_NAMES).toList())));
    return found;
  }

  private static @Nullable Integer number(OptionalInt value) {
    return value.isPresent() ? value.getAsInt() : null;
  }

  private static @Nullable Double number(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }
}
