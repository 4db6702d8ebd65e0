package io.bridgewatch.hub;

import io.bridgewatch.hub.ScalingLearned.Learned;
import io.bridgewatch.hub.ScalingPolicies.Known;
import io.bridgewatch.scale.LearnedPolicyDocument;
import io.bridgewatch.scale.MetricsApis;
import io.bridgewatch.scale.PolicyShape;
import io.bridgewatch.scale.PolicyStudy;
import io.bridgewatch.scale.ScalingEffect;
import io.bridgewatch.scale.ScalingEvaluation;
import io.bridgewatch.scale.UnservedMetric;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Metrics of policies that their autoscalers would not get, and what could stand in for them. */
@Component
final class UnservedMetrics {

  /** Share of requests that a policy may hurt to count as safe. */
  private static final double SAFE = 0.001;

  private final MetricsOwners owners;
  private final ScalingLearned learned;

  UnservedMetrics(MetricsOwners owners, ScalingLearned learned) {
    this.owners = owners;
    this.learned = learned;
  }

  /**
   * One of them, as it is kept with a plan.
   *
   * @param instead null where nothing was learned of the workload
   */
  record Unserved(UnservedMetric metric, @Nullable Instead instead) {}

  /**
   * What needs nobody to serve it: CPU, at the target that did best on the workload's own load; the
   * cheapest that hurt at most a thousandth of the requests, else that which hurt the fewest.
   *
   * @param cpuPercent of the requests
   * @param hurtShare of the requests that were hurt in the replay, 0 to 1
   * @param podHours in the replay
   * @param learnedHurtShare the same of what was learned
   */
  record Instead(
      int cpuPercent,
      double hurtShare,
      double podHours,
      double learnedHurtShare,
      double learnedPodHours) {}

  /** By what was known of the cluster within the last minute. */
  List<Unserved> of(Known policy) {
    return unserved(policy, owners::of);
  }

  /** As of now. */
  List<Unserved> asked(Known policy) {
    return unserved(policy, owners::asked);
  }

  private List<Unserved> unserved(Known policy, Function<String, MetricsApis> apis) {
    var spec = policy.policy().spec();
    if (!MetricsApis.isNeededBy(spec)) {
      return List.of();
    }
    var unserved = apis.apply(policy.cluster()).unserved(spec, MetricsApiValues.NAMES);
    if (unserved.isEmpty()) {
      return List.of();
    }
    @Nullable Instead instead =
        learned
            .of(policy.cluster(), policy.policy().target())
            .flatMap(UnservedMetrics::instead)
            .orElse(null);
    return unserved.stream().map(one -> new Unserved(one, instead)).toList();
  }

  private static Optional<Instead> instead(Learned learned) {
    Map<String, ScalingEffect> usual = new HashMap<>();
    for (ScalingLearned.Row row : learned.document().rows()) {
      if (row.kind() == PolicyStudy.Kind.USUAL) {
        usual.put(row.name(), LearnedPolicyDocument.effect(row.effect()));
      }
    }
    var own = learned.policy().expected().whole();
    int most = learned.policy().rules().maxReplicas();
    return ScalingEvaluation.USUAL_TARGETS.stream()
        .flatMap(
            target ->
                Optional.ofNullable(usual.get(PolicyShape.cpu(target, most).displayName()))
                    .map(
                        effect ->
                            new Instead(
                                target,
                                effect.hurtShare(),
                                effect.podHours(),
                                own.hurtShare(),
                                own.podHours()))
                    .stream())
        .min(
            Comparator.comparingDouble((Instead one) -> Math.max(SAFE, one.hurtShare()))
                .thenComparingDouble(Instead::podHours));
  }
}
