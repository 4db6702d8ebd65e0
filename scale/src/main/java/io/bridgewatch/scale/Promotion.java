package io.bridgewatch.scale;

import io.bridgewatch.scale.Readiness.Criterion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether the evidence lets a policy go one mode further. Rules, by the mode that is wanted:
 *
 * <ul>
 *   <li>Shadow: the workload is ready for it ({@link Readiness#neededFor}).
 *   <li>Approve: ready for it; seven days in shadow with 20 decisions; beside what was in force no
 *       more requests hurt and at most a tenth more pod-hours.
 *   <li>Auto: ready in everything; 14 days in force by confirmed plans with ten scaling events
 *       judged, 95 % of them good and none reverted by a person; and, unless it is a pilot itself,
 *       the pilots of similar workloads are there.
 * </ul>
 *
 * @param from mode of the policy now
 * @param to the next one; absent at the end
 * @param requirements of that step
 */
public record Promotion(
    ScalingMode from, Optional<ScalingMode> to, List<Requirement> requirements) {

  static final Duration SHADOW_TIME = Duration.ofDays(7);
  static final int SHADOW_DECISIONS = 20;
  static final double MORE_POD_HOURS = 1.1;
  static final Duration APPROVED_TIME = Duration.ofDays(14);
  static final int JUDGED_EVENTS = 10;
  static final double GOOD_SHARE = 0.95;

  /**
   * One thing that the step needs.
   *
   * @param seen as a number with the unit of its rule; absent where it was not measured
   * @param wanted in the same unit: at least, or at most where the rule says so
   */
  public record Requirement(Rule rule, boolean met, Optional<Double> seen, double wanted) {}

  /** What can be required. */
  public enum Rule {
    /** Criteria of readiness that are not met: at most none. */
    READINESS_GAPS,
    /** Days in the mode: at least. */
    DAYS_IN_MODE,
    /** Decisions made in shadow: at least. */
    SHADOW_DECISIONS,
    /** Share of requests hurt in shadow, less that in force: at most. */
    HURT_SHARE_ADDED,
    /** Pod-hours in shadow by those in force: at most. */
    POD_HOURS_RATIO,
    /** Scaling events judged: at least. */
    JUDGED_EVENTS,
    /** Share of them that were needed, in time and enough, 0 to 1: at least. */
    GOOD_SHARE,
    /** Events that a person reverted: at most. */
    REVERTED_EVENTS,
    /** Pilots of similar workloads that are not in the mode yet: at most none. */
    PILOTS_MISSING
  }

  /**
   * What is known of a policy.
   *
   * @param inMode how long it is in its mode
   * @param shadow what its shadow did; absent where it was not run
   * @param verdicts on scaling events since it is in force
   * @param pilotsMissing pilots of similar workloads that are not in the mode wanted
   */
  public record Evidence(
      Duration inMode,
      Readiness readiness,
      Optional<Shadow> shadow,
      Verdicts verdicts,
      int pilotsMissing) {}

  /**
   * A policy beside what was in force over the same time.
   *
   * @param decisions that it made
   */
  public record Shadow(int decisions, ScalingEffect own, ScalingEffect inForce) {}

  /**
   * @param good events that were needed, in time and enough
   * @param reverted by a person
   */
  public record Verdicts(int judged, int good, int reverted) {
    public Verdicts {
      if (judged < 0 || good < 0 || good > judged || reverted < 0 || reverted > judged) {
        throw new IllegalArgumentException(
            "of %d events judged, %d cannot be good and %d reverted"
                .formatted(judged, good, reverted));
      }
    }

    public static Verdicts none() {
      return new Verdicts(0, 0, 0);
    }
  }

  public Promotion {
    requirements = List.copyOf(requirements);
  }

  /** Whether it may go further: there is a further mode, and each requirement is met. */
  public boolean granted() {
    return to.isPresent() && requirements.stream().allMatch(Requirement::met);
  }

  /** Judges the step from the policy's mode to the next. */
  public static Promotion of(ScalingPolicy policy, Evidence evidence) {
    return switch (policy.mode()) {
      case OBSERVE ->
          step(policy, ScalingMode.SHADOW, List.of(ready(evidence, ScalingMode.SHADOW)));
      case SHADOW -> step(policy, ScalingMode.APPROVE, afterShadow(evidence));
      case APPROVE -> step(policy, ScalingMode.AUTO, afterApproval(policy, evidence));
      case AUTO -> new Promotion(ScalingMode.AUTO, Optional.empty(), List.of());
    };
  }

  /**
   * The mode that the evidence still bears: one further back than the policy's where what its mode
   * needs of readiness is gone, or where automatic events were reverted or went badly.
   */
  public static ScalingMode bearable(ScalingPolicy policy, Evidence evidence) {
    ScalingMode mode = policy.mode();
    while (mode != ScalingMode.OBSERVE && !evidence.readiness().missingFor(mode).isEmpty()) {
      mode = ScalingMode.values()[mode.ordinal() - 1];
    }
    Verdicts verdicts = evidence.verdicts();
    boolean bad =
        verdicts.reverted() > 0
            || (verdicts.judged() >= JUDGED_EVENTS
                && (double) verdicts.good() / verdicts.judged() < GOOD_SHARE);
    return mode == ScalingMode.AUTO && bad ? ScalingMode.APPROVE : mode;
  }

  private static Promotion step(ScalingPolicy policy, ScalingMode to, List<Requirement> needs) {
    return new Promotion(policy.mode(), Optional.of(to), needs);
  }

  private static List<Requirement> afterShadow(Evidence evidence) {
    Optional<Shadow> shadow = evidence.shadow();
    var needs = new ArrayList<Requirement>();
    needs.add(ready(evidence, ScalingMode.APPROVE));
    needs.add(days(evidence, SHADOW_TIME));
    needs.add(
        atLeast(
            Rule.SHADOW_DECISIONS,
            Optional.of(shadow.map(Shadow::decisions).orElse(0).doubleValue()),
            SHADOW_DECISIONS));
    needs.add(
        atMost(
            Rule.HURT_SHARE_ADDED,
            shadow.map(one -> one.own().hurtShare() - one.inForce().hurtShare()),
            0));
    needs.add(
        atMost(
            Rule.POD_HOURS_RATIO,
            shadow
                .filter(one -> one.inForce().podSeconds() > 0)
                .map(one -> one.own().podSeconds() / one.inForce().podSeconds()),
            MORE_POD_HOURS));
    return needs;
  }

  private static List<Requirement> afterApproval(ScalingPolicy policy, Evidence evidence) {
    Verdicts verdicts = evidence.verdicts();
    var needs = new ArrayList<Requirement>();
    needs.add(ready(evidence, ScalingMode.AUTO));
    needs.add(days(evidence, APPROVED_TIME));
    needs.add(atLeast(Rule.JUDGED_EVENTS, Optional.of((double) verdicts.judged()), JUDGED_EVENTS));
    needs.add(
        atLeast(
            Rule.GOOD_SHARE,
            verdicts.judged() == 0
                ? Optional.empty()
                : Optional.of((double) verdicts.good() / verdicts.judged()),
            GOOD_SHARE));
    needs.add(atMost(Rule.REVERTED_EVENTS, Optional.of((double) verdicts.reverted()), 0));
    if (!policy.pilot()) {
      needs.add(atMost(Rule.PILOTS_MISSING, Optional.of((double) evidence.pilotsMissing()), 0));
    }
    return needs;
  }

  private static Requirement ready(Evidence evidence, ScalingMode mode) {
    Set<Criterion> missing = evidence.readiness().missingFor(mode);
    return atMost(Rule.READINESS_GAPS, Optional.of((double) missing.size()), 0);
  }

  private static Requirement days(Evidence evidence, Duration wanted) {
    return atLeast(
        Rule.DAYS_IN_MODE, Optional.of(evidence.inMode().toSeconds() / 86_400.0), wanted.toDays());
  }

  private static Requirement atLeast(Rule rule, Optional<Double> seen, double wanted) {
    return new Requirement(rule, seen.filter(value -> value >= wanted).isPresent(), seen, wanted);
  }

  private static Requirement atMost(Rule rule, Optional<Double> seen, double wanted) {
    return new Requirement(rule, seen.filter(value -> value <= wanted).isPresent(), seen, wanted);
  }
}
