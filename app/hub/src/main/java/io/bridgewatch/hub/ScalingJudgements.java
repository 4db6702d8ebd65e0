package io.bridgewatch.hub;

import io.bridgewatch.hub.ScalingLearningApi.ScalingEffectShown;
import io.bridgewatch.scale.LearnedPolicyDocument;
import io.bridgewatch.scale.ScalingVerdict;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Documents about what policies in shadow decide, and about verdicts on real changes. */
final class ScalingJudgements {
  private ScalingJudgements() {}

  @Schema(description = "a policy beside what is in force")
  record ScalingShadowShown(
      @Schema(description = "since it is in its mode; null before its effect was measured")
          @Nullable ScalingShadowEffect effect,
      @Schema(description = "since it is in its mode, the newest first")
          List<ScalingShadowDecision> decisions,
      @Schema(description = "name of the metric that keeps all of its numbers") String metric) {}

  record ScalingShadowEffect(
      Instant from, Instant to, ScalingEffectShown own, ScalingEffectShown inForce) {}

  @Schema(description = "one that was another than the last")
  record ScalingShadowDecision(
      Instant time,
      @Schema(description = "replicas asked for by whoever is in force") int inForce,
      int wanted,
      @Schema(description = "the metric that asked for most; empty if none did") String winner,
      @Schema(description = "what each metric asked for, in technical words") List<String> metrics,
      @Nullable Integer recommended,
      @Nullable Integer stabilised,
      @Schema(description = "why it was cut; empty if it was not") String limitedBy,
      @Schema(description = "of metrics that failed; empty if none did") String error) {}

  static ScalingShadowDecision decision(ScalingShadows.Decided one) {
    var document = one.document();
    return new ScalingShadowDecision(
        one.time(),
        document.inForce(),
        document.wanted(),
        document.winner(),
        document.metrics(),
        document.recommended(),
        document.stabilised(),
        document.limitedBy(),
        document.error());
  }

  record ScalingVerdictList(
      @Schema(description = "the newest first") List<ScalingVerdictShown> items) {}

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
