package io.bridgewatch.hub;

import io.bridgewatch.hub.ScalingPolicies.Known;
import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.scale.HpaMetric;
import io.bridgewatch.scale.Promotion;
import io.bridgewatch.scale.Readiness;
import io.bridgewatch.scale.ScalingPolicy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.springframework.stereotype.Component;

/**
 * What is known of how a policy did. What nobody measured counts as not measured, and so as not
 * enough.
 */
@Component
final class ScalingEvidence {

  private final ScalingShadows shadows;
  private final ScalingVerdicts verdicts;
  private final InstantSource clock;

  ScalingEvidence(ScalingShadows shadows, ScalingVerdicts verdicts, InstantSource clock) {
    this.shadows = shadows;
    this.verdicts = verdicts;
    this.clock = clock;
  }

  /**
   * What the policy's next mode needs, and which of it is there.
   *
   * @param here the policy's cluster
   * @param all policies there are
   */
  Promotion next(ScalingCluster here, List<Known> all, Known policy, Readiness readiness) {
    return Promotion.of(
        policy.policy(),
        new Promotion.Evidence(
            Duration.between(policy.modeSince(), clock.instant()),
            readiness,
            shadows.shadow(policy),
            verdicts.counted(policy.cluster(), policy.policy().target(), policy.modeSince()),
            pilotsBehind(here, all, policy)));
  }

  /** Pilots on the same platform by the same metrics that are not further than the policy. */
  private static int pilotsBehind(ScalingCluster here, List<Known> all, Known policy) {
    var metrics = metrics(policy.policy());
    var platform = platform(here, policy.policy());
    return (int)
        all.stream()
            .filter(one -> one.cluster().equals(here.name()) && one.policy().pilot())
            .map(Known::policy)
            .filter(one -> !one.target().equals(policy.policy().target()))
            .filter(one -> one.mode().compareTo(policy.policy().mode()) <= 0)
            .filter(one -> metrics(one).equals(metrics))
            .filter(one -> platform(here, one).equals(platform))
            .count();
  }

  private static Optional<String> platform(ScalingCluster here, ScalingPolicy policy) {
    Optional<KubernetesObject> workload = here.workload(policy.target());
    return workload.map(here::platform);
  }

  /** Names of the metrics that a policy looks at, in their order. */
  static List<String> metrics(ScalingPolicy policy) {
    var names = new TreeSet<String>();
    policy.spec().metrics().forEach(one -> names.add(metric(one)));
    return List.copyOf(names);
  }

  private static String metric(HpaMetric metric) {
    return switch (metric) {
      case HpaMetric.Resource one -> one.resource();
      case HpaMetric.ContainerResource one -> one.resource();
      case HpaMetric.Pods one -> one.metric();
      case HpaMetric.Object one -> one.metric();
      case HpaMetric.External one -> one.metric();
    };
  }
}
