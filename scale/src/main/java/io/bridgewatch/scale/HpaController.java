package io.bridgewatch.scale;

import io.bridgewatch.scale.HpaDecision.Condition;
import io.bridgewatch.scale.HpaDecision.Explanation;
import io.bridgewatch.scale.HpaDecision.MetricProposal;
import io.bridgewatch.scale.ScalingRules.Policy;
import io.bridgewatch.scale.ScalingRules.Select;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One look of the horizontal pod autoscaler, as kube-controller-manager 1.36 does it, bit for bit.
 *
 * <ol>
 *   <li>Guards: a target at zero is left alone, one beyond its limits is brought back without
 *       looking at metrics.
 *   <li>Each metric asks for replicas ({@link ReplicaCount}); the most counts. If one fails, the
 *       others may raise and never lower.
 *   <li>Stabilisation: the past recommendations of a window hold it back.
 *   <li>Limits: rate, minimum, maximum.
 * </ol>
 *
 * <p>Pure: what it must remember comes in and goes out as {@link HpaHistory}.
 */
public final class HpaController {

  private static final String ACTIVE = "ScalingActive";
  private static final String ABLE = "AbleToScale";
  private static final String LIMITED = "ScalingLimited";
  private static final Duration LONGEST_PERIOD = Duration.ofSeconds(1800);

  private final HpaSettings settings;

  public HpaController(HpaSettings settings) {
    this.settings = settings;
  }

  /**
   * @throws IllegalArgumentException if there is not one reading for each metric
   */
  public HpaDecision look(HpaSpec spec, HpaObservation seen, HpaHistory history) {
    if (seen.readings().size() != spec.metrics().size()) {
      throw new IllegalArgumentException(
          "cannot decide on %d readings of %d metrics: each metric needs its own"
              .formatted(seen.readings().size(), spec.metrics().size()));
    }
    return new Look(spec, seen, history.begun(seen.now(), seen.currentReplicas())).decide();
  }

  /** One look, with what it has found so far. */
  private final class Look {
    private final HpaSpec spec;
    private final HpaObservation seen;
    private final int current;
    private final Map<String, Condition> conditions = new LinkedHashMap<>();
    private HpaHistory history;
    private Explanation explanation = Explanation.none();

    Look(HpaSpec spec, HpaObservation seen, HpaHistory history) {
      this.spec = spec;
      this.seen = seen;
      this.current = seen.currentReplicas();
      this.history = history;
    }

    HpaDecision decide() {
      set(
          ABLE,
          true,
          "SucceededGetScale",
          "the HPA controller was able to get the target's current scale");
      if (current == 0 && spec.minReplicas() != 0) {
        set(
            ACTIVE,
            false,
            "ScalingDisabled",
            "scaling is disabled since the replica count of the target is zero");
        return done(0, Optional.empty());
      }
      if (current > spec.maxReplicas()) {
        return done(spec.maxReplicas(), Optional.empty());
      }
      if (current < spec.minReplicas()) {
        return done(spec.minReplicas(), Optional.empty());
      }
      return byMetrics();
    }

    private HpaDecision byMetrics() {
      var count = new ReplicaCount(seen, Tolerance.of(spec, settings), settings);
      var proposals = new ArrayList<MetricProposal>();
      for (int i = 0; i < spec.metrics().size(); i++) {
        proposals.add(count.of(spec.metrics().get(i), seen.readings().get(i)));
      }
      OptionalInt winner = winner(proposals);
      int wanted = winner.isPresent() ? proposals.get(winner.getAsInt()).replicas().orElse(0) : 0;
      Optional<MetricProposal> failed =
          proposals.stream().filter(p -> p.error().isPresent()).findFirst();
      long failures = proposals.stream().filter(p -> p.error().isPresent()).count();
      Optional<String> error =
          failed.map(
              first ->
                  "invalid metrics (%d invalid out of %d), first error is: %s"
                      .formatted(failures, proposals.size(), first.error().orElse("")));
      if (failed.isPresent() && (failures == proposals.size() || wanted < current)) {
        set(
            ACTIVE,
            false,
            failureReason(failed.get().metric()),
            "the HPA was unable to compute the replica count: " + failed.get().error().orElse(""));
        explanation = explained(proposals, OptionalInt.empty());
        return kept(error);
      }
      set(
          ACTIVE,
          true,
          "ValidMetricFound",
          "the HPA was able to successfully calculate a replica count from "
              + proposals.get(winner.orElseThrow()).metric().displayName());
      explanation = explained(proposals, winner);
      return done(normalised(Math.max(wanted, 0)), error);
    }

    /** The first of those that ask for most. */
    private static OptionalInt winner(List<MetricProposal> proposals) {
      int best = -1;
      int most = 0;
      for (int i = 0; i < proposals.size(); i++) {
        OptionalInt replicas = proposals.get(i).replicas();
        if (replicas.isPresent() && (best < 0 || most == 0 || replicas.getAsInt() > most)) {
          best = i;
          most = replicas.getAsInt();
        }
      }
      return best < 0 ? OptionalInt.empty() : OptionalInt.of(best);
    }

    private static String failureReason(HpaMetric metric) {
      return switch (metric) {
        case HpaMetric.Resource _ -> "FailedGetResourceMetric";
        case HpaMetric.ContainerResource _ -> "FailedGetContainerResourceMetric";
        case HpaMetric.Pods _ -> "FailedGetPodsMetric";
        case HpaMetric.Object _ -> "FailedGetObjectMetric";
        case HpaMetric.External _ -> "FailedGetExternalMetric";
      };
    }

    private static Explanation explained(List<MetricProposal> proposals, OptionalInt winner) {
      return new Explanation(
          proposals,
          winner,
          winner.isPresent() ? proposals.get(winner.getAsInt()).replicas() : OptionalInt.empty(),
          OptionalInt.empty(),
          Optional.empty(),
          OptionalInt.empty(),
          Optional.empty());
    }

    // Stabilisation and limits

    private int normalised(int wanted) {
      return spec.behavior().isPresent()
          ? normalisedByBehavior(wanted, spec.behavior().get())
          : normalisedByOlderRules(wanted);
    }

    private int normalisedByOlderRules(int wanted) {
      Instant cutoff = seen.now().minus(settings.downscaleStabilization());
      int stabilised = wanted;
      Optional<HpaHistory.Recommendation> by = Optional.empty();
      for (HpaHistory.Recommendation one : history.recommendations()) {
        if (!one.time().isBefore(cutoff) && one.replicas() > stabilised) {
          stabilised = one.replicas();
          by = Optional.of(one);
        }
      }
      history = history.recommended(seen.now(), wanted, cutoff);
      sayStabilised(
          stabilised != wanted,
          "ScaleDownStabilized",
          "recent recommendations were higher than current one, applying the highest recent"
              + " recommendation");
      int fastest = (int) Math.max(2.0 * current, 4.0);
      Limit limit =
          spec.maxReplicas() > fastest
              ? new Limit(
                  fastest,
                  "ScaleUpLimit",
                  "the desired replica count is increasing faster than the maximum scale rate")
              : new Limit(
                  spec.maxReplicas(),
                  "TooManyReplicas",
                  "the desired replica count is more than the maximum replica count");
      if (stabilised < spec.minReplicas()) {
        limit =
            new Limit(
                spec.minReplicas(),
                "TooFewReplicas",
                "the desired replica count is less than the minimum replica count");
        return limited(wanted, stabilised, by, Optional.of(limit));
      }
      return limited(
          wanted,
          stabilised,
          by,
          stabilised > limit.replicas() ? Optional.of(limit) : Optional.empty());
    }

    private int normalisedByBehavior(int wanted, HpaSpec.Behavior behavior) {
      Instant now = seen.now();
      Instant upCutoff = now.minusSeconds(behavior.up().windowSeconds().orElse(0));
      Instant downCutoff =
          now.minus(
              behavior.down().windowSeconds().isPresent()
                  ? Duration.ofSeconds(behavior.down().windowSeconds().getAsInt())
                  : settings.downscaleStabilization());
      int up = wanted;
      int down = wanted;
      Optional<HpaHistory.Recommendation> upBy = Optional.empty();
      Optional<HpaHistory.Recommendation> downBy = Optional.empty();
      for (HpaHistory.Recommendation one : history.recommendations()) {
        if (one.time().isAfter(upCutoff) && one.replicas() < up) {
          up = one.replicas();
          upBy = Optional.of(one);
        }
        if (one.time().isAfter(downCutoff) && one.replicas() > down) {
          down = one.replicas();
          downBy = Optional.of(one);
        }
      }
      int stabilised = Math.min(Math.max(current, up), down);
      Instant oldest = upCutoff.isBefore(downCutoff) ? upCutoff : downCutoff;
      history = history.recommended(now, wanted, oldest);
      boolean upward = wanted >= current;
      sayStabilised(
          stabilised != wanted,
          upward ? "ScaleUpStabilized" : "ScaleDownStabilized",
          upward
              ? "recent recommendations were lower than current one, applying the lowest recent"
                  + " recommendation"
              : "recent recommendations were higher than current one, applying the highest recent"
                  + " recommendation");
      return limited(wanted, stabilised, upward ? upBy : downBy, limitByRate(stabilised, behavior));
    }

    private Optional<Limit> limitByRate(int stabilised, HpaSpec.Behavior behavior) {
      if (stabilised > current) {
        int fastest = Math.max(fastestUp(behavior.up()), current);
        Limit limit =
            spec.maxReplicas() > fastest
                ? new Limit(
                    fastest,
                    "ScaleUpLimit",
                    "the desired replica count is increasing faster than the maximum scale rate")
                : new Limit(
                    spec.maxReplicas(),
                    "TooManyReplicas",
                    "the desired replica count is more than the maximum replica count");
        return stabilised > limit.replicas() ? Optional.of(limit) : Optional.empty();
      }
      if (stabilised < current) {
        int fastest = Math.min(fastestDown(behavior.down()), current);
        Limit limit =
            spec.minReplicas() < fastest
                ? new Limit(
                    fastest,
                    "ScaleDownLimit",
                    "the desired replica count is decreasing faster than the maximum scale rate")
                : new Limit(
                    spec.minReplicas(),
                    "TooFewReplicas",
                    "the desired replica count is less than the minimum replica count");
        return stabilised < limit.replicas() ? Optional.of(limit) : Optional.empty();
      }
      return Optional.empty();
    }

    private int fastestUp(ScalingRules rules) {
      return switch (rules.select()) {
        case DISABLED -> current;
        case MIN, MAX -> {
          int result = rules.select() == Select.MIN ? Integer.MAX_VALUE : Integer.MIN_VALUE;
          for (Policy policy : rules.policies()) {
            int start = periodStart(policy);
            int proposed =
                switch (policy.type()) {
                  case PODS -> start + policy.value();
                  case PERCENT ->
                      ReplicaCount.ceil((double) start * (1 + (double) policy.value() / 100));
                };
            result =
                rules.select() == Select.MIN
                    ? Math.min(result, proposed)
                    : Math.max(result, proposed);
          }
          yield result;
        }
      };
    }

    private int fastestDown(ScalingRules rules) {
      return switch (rules.select()) {
        case DISABLED -> current;
        case MIN, MAX -> {
          int result = rules.select() == Select.MIN ? Integer.MIN_VALUE : Integer.MAX_VALUE;
          for (Policy policy : rules.policies()) {
            int start = periodStart(policy);
            int proposed =
                switch (policy.type()) {
                  case PODS -> start - policy.value();
                  case PERCENT -> (int) ((double) start * (1 - (double) policy.value() / 100));
                };
            result =
                rules.select() == Select.MIN
                    ? Math.max(result, proposed)
                    : Math.min(result, proposed);
          }
          yield result;
        }
      };
    }

    private int periodStart(Policy policy) {
      Instant cutoff = seen.now().minusSeconds(policy.periodSeconds());
      return current - changes(history.scaleUps(), cutoff) + changes(history.scaleDowns(), cutoff);
    }

    private static int changes(List<HpaHistory.Rescale> rescales, Instant cutoff) {
      int sum = 0;
      for (HpaHistory.Rescale one : rescales) {
        if (one.time().isAfter(cutoff)) {
          sum += one.change();
        }
      }
      return sum;
    }

    private record Limit(int replicas, String reason, String message) {}

    private int limited(
        int wanted, int stabilised, Optional<HpaHistory.Recommendation> by, Optional<Limit> limit) {
      int replicas = limit.map(Limit::replicas).orElse(stabilised);
      set(
          LIMITED,
          limit.isPresent(),
          limit.map(Limit::reason).orElse("DesiredWithinRange"),
          limit.map(Limit::message).orElse("the desired count is within the acceptable range"));
      explanation =
          new Explanation(
              explanation.metrics(),
              explanation.winner(),
              OptionalInt.of(wanted),
              OptionalInt.of(stabilised),
              stabilised == wanted ? Optional.empty() : by,
              OptionalInt.of(replicas),
              limit.map(Limit::reason));
      return replicas;
    }

    private void sayStabilised(boolean held, String reason, String message) {
      if (held) {
        set(ABLE, true, reason, message);
      } else {
        set(ABLE, true, "ReadyForNewScale", "recommended size matches current size");
      }
    }

    // Outcome

    private void set(String type, boolean status, String reason, String message) {
      conditions.put(type, new Condition(type, status, reason, message));
    }

    private HpaDecision kept(Optional<String> error) {
      return new HpaDecision(
          current, false, List.copyOf(conditions.values()), error, explanation, history);
    }

    private HpaDecision done(int replicas, Optional<String> error) {
      if (replicas == current) {
        return kept(error);
      }
      set(
          ABLE,
          true,
          "SucceededRescale",
          "the HPA controller was able to update the target scale to " + replicas);
      history = history.rescaled(seen.now(), current, replicas, seen.now().minus(LONGEST_PERIOD));
      return new HpaDecision(
          replicas, true, List.copyOf(conditions.values()), error, explanation, history);
    }
  }
}
