package io.bridgewatch.hub;

import io.bridgewatch.hub.ScalingLearned.Learned;
import io.bridgewatch.hub.ScalingLearningApi.ReserveFor;
import io.bridgewatch.hub.ScalingLearningApi.ScalingEffectShown;
import io.bridgewatch.hub.ScalingLearningApi.ScalingKept;
import io.bridgewatch.hub.ScalingLearningApi.ScalingLearnedSummary;
import io.bridgewatch.hub.ScalingLearningApi.ScalingRulesShown;
import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.scale.LearnedPolicy;
import io.bridgewatch.scale.LearnedPolicyDocument;
import io.bridgewatch.scale.PlantSettings;
import io.bridgewatch.scale.PolicyRules;
import io.bridgewatch.scale.Reserve;
import io.bridgewatch.scale.ScalingEffect;
import io.bridgewatch.scale.ScalingMode;
import io.bridgewatch.scale.ScalingPolicy;
import io.bridgewatch.scale.WorkloadRecording;
import io.bridgewatch.scale.scenario.ScenarioFloors;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Makes documents of histories and of what was learned. */
final class ScalingLearningForms {
  private ScalingLearningForms() {}

  static ScalingLearningApi.ScalingHistory history(WorkloadRecording history) {
    var signals = new ArrayList<ScalingLearningApi.ScalingSignal>();
    for (WorkloadRecording.Signal signal : WorkloadRecording.Signal.values()) {
      if (history.has(signal)) {
        signals.add(
            new ScalingLearningApi.ScalingSignal(
                signal, history.share(signal), numbers(history.of(signal))));
      }
    }
    return new ScalingLearningApi.ScalingHistory(
        history.start(), history.stepSeconds(), history.steps(), signals);
  }

  static List<@Nullable Double> numbers(double[] values) {
    var numbers = new ArrayList<@Nullable Double>(values.length);
    Arrays.stream(values).forEach(value -> numbers.add(Double.isNaN(value) ? null : value));
    return numbers;
  }

  static ScalingEffectShown effect(ScalingEffect effect) {
    return new ScalingEffectShown(
        effect.hurtShare(),
        effect.requests(),
        effect.violationSeconds(),
        effect.violationMinutes(),
        effect.podHours(),
        effect.cost(),
        effect.rescales(),
        effect.flaps(),
        effect.atMaxSeconds() / 60,
        effect.shortSeconds() / 60,
        effect.worstMinuteShare(),
        effect.timeToCapacityP95Seconds(),
        effect.seconds() / 3600,
        effect.overloadSeconds() / 60);
  }

  static ScalingLearnedSummary summary(Learned learned, OptionalDouble needed) {
    return new ScalingLearnedSummary(
        learned.cluster(),
        learned.target().namespace(),
        learned.target().kind(),
        learned.target().name(),
        learned.at(),
        learned.document().user(),
        learned.document().from(),
        learned.document().to(),
        learned.policy().displayName(),
        learned.policy().plant().capacity(),
        effect(learned.policy().expected().whole()),
        needed.isPresent() ? needed.getAsDouble() : null);
  }

  private static @Nullable ScalingKept kept(Learned learned, Instant now) {
    return learned
        .policy()
        .kept()
        .filter(ScenarioFloors.class::isInstance)
        .map(ScenarioFloors.class::cast)
        .flatMap(
            floors ->
                floors
                    .reason(now)
                    .map(
                        floor ->
                            new ScalingKept(
                                ScalingScenarioForms.name(floor.scenario(), floors.days()),
                                floor.replicas())))
        .orElse(null);
  }

  private static ScalingRulesShown settled(LearnedPolicy policy) {
    PolicyRules rules = policy.rules();
    PlantSettings plant = policy.plant();
    return new ScalingRulesShown(
        rules.guard(),
        switch (rules.guard()) {
          case CPU -> (double) plant.cpuPercentAtCapacity();
          case REQUESTS -> plant.capacity();
          case CONCURRENCY -> plant.capacity() * plant.serviceSeconds();
          case NONE -> null;
        },
        switch (rules.reserve()) {
          case Reserve.None _ -> ReserveFor.NOTHING;
          case Reserve.OneReplica _ -> ReserveFor.REPLICA;
          case Reserve.OneZone _ -> ReserveFor.ZONE;
        },
        rules.reserve() instanceof Reserve.OneZone(int zones) ? zones : null,
        rules.minReplicas(),
        rules.maxReplicas());
  }

  static ScalingLearningApi.ScalingLearnedPolicy policy(
      Learned learned, OptionalDouble needed, Instant now) {
    var document = learned.document();
    var plant = learned.policy().plant();
    KubernetesObject rules = ScalingLearned.rules(learned.target(), learned.policy());
    return new ScalingLearningApi.ScalingLearnedPolicy(
        summary(learned, needed),
        new ScalingLearningApi.ScalingPlant(
            plant.capacity(),
            plant.startSeconds(),
            plant.warming().seconds(),
            plant.warming().excess(),
            plant.serviceSeconds(),
            plant.hurtSeconds(),
            plant.downstreamReplicas() == PlantSettings.ANY ? null : plant.downstreamReplicas()),
        document.capacityFrom(),
        document.startFrom(),
        document.calibration(),
        document.triggers(),
        learned.policy().stepSeconds(),
        settled(learned.policy()),
        document.completeness(),
        document.rows().stream()
            .map(
                row ->
                    new ScalingLearningApi.ScalingComparedPolicy(
                        row.kind(),
                        row.name(),
                        effect(LearnedPolicyDocument.effect(row.effect())),
                        row.replicas(),
                        row.ready()))
            .toList(),
        new ScalingLearningApi.ScalingLoad(
            document.loadStart(), learned.policy().stepSeconds(), document.load()),
        document.scenarios(),
        kept(learned, now),
        document.inForceUnknown().isEmpty() ? null : document.inForceUnknown(),
        rules.tree(),
        new ScalingPolicy(
                learned.target().name(),
                learned.target(),
                ScalingMode.OBSERVE,
                learned.target().name(),
                rules,
                List.of(),
                false)
            .manifest()
            .tree());
  }
}
