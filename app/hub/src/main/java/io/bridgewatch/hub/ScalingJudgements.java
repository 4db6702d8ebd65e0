package io.bridgewatch.hub;

import io.bridgewatch.hub.ScalingLearningApi.ScalingEffectShown;
import io.bridgewatch.scale.HpaDecision;
import io.bridgewatch.scale.LearnedPolicyDocument;
import io.bridgewatch.scale.ScalingVerdict;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Documents about what policies in shadow decide, and about verdicts on real changes. */
final class ScalingJudgements {
  private ScalingJudgements() {}

  static final String NEXT = "cursor of what is older; null at the end";

  @Schema(description = "a policy beside what is in force")
  record ScalingShadowShown(
      @Schema(
              description =
                  "since it is in mode Shadow; null in another mode, or before its effect was"
                      + " measured")
          @Nullable ScalingShadowEffect effect,
      @Schema(description = "of the workload's policy, those of 90 days, the newest first")
          List<ScalingShadowDecision> decisions,
      @Schema(description = NEXT) @Nullable String next,
      @Schema(description = "name of the metric that keeps all of its numbers") String metric) {}

  record ScalingShadowEffect(
      Instant from, Instant to, ScalingEffectShown own, ScalingEffectShown inForce) {}

  @Schema(description = "one that was another than the last")
  record ScalingShadowDecision(
      Instant time,
      @Schema(description = "replicas asked for by whoever is in force") int inForce,
      int wanted,
      @Schema(description = "the metric that asked for most; empty if none did") String winner,
      @Schema(description = "what each asked for; empty where none was looked at")
          List<ScalingMetricAsked> metrics,
      @Schema(description = "before stabilisation; null where no metric was looked at")
          @Nullable Integer recommended,
      @Schema(description = "after stabilisation") @Nullable Integer stabilised,
      @Schema(description = "when the recommendation was made that held it; null if none did")
          @Nullable Instant stabilisedBy,
      @Schema(
              description = "why it was cut, in the words of Kubernetes; empty if it was not",
              example = "ScaleUpLimit")
          String limitedBy,
      @Schema(description = "of metrics that failed; empty if none did") String error,
      @Schema(
              description =
                  "when it had decided last, where that was longer ago than all of its windows, so"
                      + " that it began anew; null otherwise")
          @Nullable Instant unseenSince) {}

  record ScalingMetricAsked(
      String metric,
      @Schema(description = "null where it asked for nothing") @Nullable Integer replicas,
      @Schema(description = "of usage to target") @Nullable Double ratio,
      @Schema(description = "the same with pods made up for that are missing or not ready")
          @Nullable Double ratioWithOthers,
      @Schema(description = "pods that did not count as they are") List<ScalingPodsLeftOut> leftOut,
      @Schema(description = "why it asked for nothing; empty if it did not fail") String error) {}

  record ScalingPodsLeftOut(
      HpaDecision.Why why, int pods, @Schema(description = "the first ten") List<String> names) {}

  static ScalingShadowDecision decision(ScalingShadows.Decided one) {
    var note = one.note();
    return new ScalingShadowDecision(
        one.time(),
        note.inForce(),
        note.wanted(),
        note.winner(),
        note.metrics().stream().map(ScalingJudgements::asked).toList(),
        note.recommended(),
        note.stabilised(),
        note.stabilisedBy(),
        note.limitedBy(),
        note.error(),
        note.unseenSince());
  }

  private static ScalingMetricAsked asked(ShadowNote.Asked one) {
    return new ScalingMetricAsked(
        one.metric(),
        one.replicas(),
        one.ratio(),
        one.ratioWithOthers(),
        one.leftOut().stream()
            .map(left -> new ScalingPodsLeftOut(left.why(), left.pods(), left.names()))
            .toList(),
        one.error());
  }

  @Schema(description = "replicas that were asked for, the most within each step")
  record ScalingShadowReplicas(
      Instant from,
      int stepSeconds,
      @Schema(description = "by whoever is in force; null where it was not told")
          List<@Nullable Double> inForce,
      @Schema(description = "by the policy in shadow; null where it was not told")
          List<@Nullable Double> shadow) {}

  record ScalingVerdictList(
      @Schema(
              description =
                  "whether changes are judged at all: only where a policy was learned of the"
                      + " workload is it known what a replica serves")
          boolean judged,
      @Schema(description = "the newest first") List<ScalingVerdictShown> items,
      @Schema(description = NEXT) @Nullable String next,
      @Schema(description = "changes of the last two hours without a verdict, the newest first")
          List<ScalingVerdictAwaited> waiting) {}

  record ScalingVerdictAwaited(
      Instant time,
      int from,
      int to,
      @Schema(description = "when it can be judged, if its load was seen until then")
          Instant due) {}

  static ScalingVerdictAwaited awaited(ScalingVerdicts.Waiting one) {
    var event = one.event();
    return new ScalingVerdictAwaited(event.time(), event.from(), event.to(), one.due());
  }

  @Schema(description = "whether a change of the replicas was right")
  record ScalingVerdictShown(
      Instant time,
      int from,
      int to,
      ScalingVerdict.By by,
      @Schema(description = "user or field manager; empty if unknown") String who,
      boolean good,
      boolean needed,
      boolean inTime,
      boolean enough,
      @Schema(description = "by a person") boolean reverted,
      @Schema(description = "what was, replayed") ScalingEffectShown with,
      @Schema(description = "what would have been without it") ScalingEffectShown without) {}

  static ScalingVerdictShown verdict(ScalingVerdicts.Judged one) {
    var document = one.document();
    return new ScalingVerdictShown(
        one.note().time(),
        document.from(),
        document.to(),
        document.by(),
        document.who(),
        document.good(),
        document.needed(),
        document.inTime(),
        document.enough(),
        document.reverted(),
        ScalingLearningForms.effect(LearnedPolicyDocument.effect(document.with())),
        ScalingLearningForms.effect(LearnedPolicyDocument.effect(document.without())));
  }
}
