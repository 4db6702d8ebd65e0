package io.bridgewatch.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.scale.Promotion.Evidence;
import io.bridgewatch.scale.Promotion.Requirement;
import io.bridgewatch.scale.Promotion.Rule;
import io.bridgewatch.scale.Promotion.Shadow;
import io.bridgewatch.scale.Promotion.Verdicts;
import io.bridgewatch.scale.Readiness.Check;
import io.bridgewatch.scale.Readiness.Criterion;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PromotionTest {

  private static ScalingPolicy policy(ScalingMode mode, boolean pilot) {
    return new ScalingPolicy(
        "cart",
        new ScaleTarget("apps/v1", "Deployment", "shop", "cart"),
        mode,
        "cart",
        KubernetesObject.of(Map.of("maxReplicas", 9)),
        List.of(),
        pilot);
  }

  private static Readiness readiness(Criterion... missing) {
    var gone = Set.of(missing);
    return new Readiness(
        Arrays.stream(Criterion.values())
            .map(
                one ->
                    new Check(
                        one,
                        gone.contains(one)
                            ? List.of(new ReadinessGap.MetricsMissing())
                            : List.of()))
            .toList());
  }

  private static ScalingEffect effect(double hurt, double podSeconds) {
    return new ScalingEffect(86_400, 1000, hurt, 0, podSeconds, 100, 5, 0, 0, 0, 0, 0, 0, 0);
  }

  private static Evidence evidence(
      long days, Readiness readiness, Optional<Shadow> shadow, Verdicts verdicts, int missing) {
    return new Evidence(Duration.ofDays(days), readiness, shadow, verdicts, missing);
  }

  private static List<Rule> unmet(ScalingPolicy policy, Evidence evidence) {
    return Promotion.of(policy, evidence).requirements().stream()
        .filter(one -> !one.met())
        .map(Requirement::rule)
        .toList();
  }

  @Test
  void lookingOnNeedsNothingAndShadowNeedsRequestsAndMetrics() {
    var policy = policy(ScalingMode.OBSERVE, false);
    var none = Verdicts.none();
    var poor = readiness(Criterion.SHUTDOWN, Criterion.ROOM, Criterion.ONE_SCALER);
    assertThat(Promotion.of(policy, evidence(0, poor, Optional.empty(), none, 0)).granted())
        .isTrue();
    var blind = readiness(Criterion.METRICS);
    assertThat(unmet(policy, evidence(9, blind, Optional.empty(), none, 0)))
        .containsExactly(Rule.READINESS_GAPS);
  }

  @Test
  void aShadowIsPromotedWhenItHurtsNoMoreAndCostsHardlyMore() {
    var policy = policy(ScalingMode.SHADOW, false);
    var none = Verdicts.none();
    var good = Optional.of(new Shadow(20, effect(5, 1100), effect(5, 1000)));
    var promotion = Promotion.of(policy, evidence(7, readiness(), good, none, 0));
    assertThat(promotion.granted()).isTrue();
    assertThat(promotion.to()).contains(ScalingMode.APPROVE);
    var worse = Optional.of(new Shadow(19, effect(6, 1101), effect(5, 1000)));
    assertThat(unmet(policy, evidence(6, readiness(Criterion.ONE_SCALER), worse, none, 0)))
        .containsExactly(
            Rule.READINESS_GAPS,
            Rule.DAYS_IN_MODE,
            Rule.SHADOW_DECISIONS,
            Rule.HURT_SHARE_ADDED,
            Rule.POD_HOURS_RATIO);
  }

  @Test
  void whatWasNotMeasuredIsNotMet() {
    var policy = policy(ScalingMode.SHADOW, false);
    assertThat(unmet(policy, evidence(30, readiness(), Optional.empty(), Verdicts.none(), 0)))
        .containsExactly(Rule.SHADOW_DECISIONS, Rule.HURT_SHARE_ADDED, Rule.POD_HOURS_RATIO);
  }

  @Test
  void actingAloneNeedsGoodVerdictsAndThePilots() {
    var policy = policy(ScalingMode.APPROVE, false);
    var good = new Verdicts(20, 19, 0);
    assertThat(unmet(policy, evidence(14, readiness(), Optional.empty(), good, 0))).isEmpty();
    assertThat(
            unmet(
                policy,
                evidence(
                    13, readiness(Criterion.SHUTDOWN), Optional.empty(), new Verdicts(9, 8, 1), 1)))
        .containsExactly(
            Rule.READINESS_GAPS,
            Rule.DAYS_IN_MODE,
            Rule.JUDGED_EVENTS,
            Rule.GOOD_SHARE,
            Rule.REVERTED_EVENTS,
            Rule.PILOTS_MISSING);
    assertThat(
            unmet(
                policy(ScalingMode.APPROVE, true),
                evidence(14, readiness(), Optional.empty(), good, 3)))
        .as("a pilot waits for nobody")
        .isEmpty();
    assertThat(
            Promotion.of(
                    policy(ScalingMode.AUTO, true),
                    evidence(14, readiness(), Optional.empty(), good, 0))
                .to())
        .isEmpty();
  }

  @Test
  void aModeThatTheEvidenceNoLongerBearsFallsBack() {
    var auto = policy(ScalingMode.AUTO, true);
    var good = new Verdicts(20, 19, 0);
    assertThat(Promotion.bearable(auto, evidence(1, readiness(), Optional.empty(), good, 0)))
        .isEqualTo(ScalingMode.AUTO);
    assertThat(
            Promotion.bearable(
                auto, evidence(1, readiness(Criterion.DOWNSTREAM), Optional.empty(), good, 0)))
        .isEqualTo(ScalingMode.APPROVE);
    assertThat(
            Promotion.bearable(
                auto, evidence(1, readiness(Criterion.ONE_SCALER), Optional.empty(), good, 0)))
        .isEqualTo(ScalingMode.SHADOW);
    assertThat(
            Promotion.bearable(
                auto, evidence(1, readiness(Criterion.METRICS), Optional.empty(), good, 0)))
        .isEqualTo(ScalingMode.OBSERVE);
    assertThat(
            Promotion.bearable(
                auto, evidence(1, readiness(), Optional.empty(), new Verdicts(20, 18, 0), 0)))
        .isEqualTo(ScalingMode.APPROVE);
    assertThatThrownBy(() -> new Verdicts(3, 4, 0)).hasMessageContaining("3 events judged");
  }
}
