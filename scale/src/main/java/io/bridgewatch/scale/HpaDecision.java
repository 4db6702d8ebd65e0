package io.bridgewatch.scale;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What the controller does after one look, and why.
 *
 * @param replicas that it asks for; the current ones where it leaves them
 * @param rescaled whether it writes the scale
 * @param conditions as it writes them into the status, those of this look only
 * @param error set where a metric failed, even when the others decided
 * @param history to remember for the next look
 */
public record HpaDecision(
    int replicas,
    boolean rescaled,
    List<Condition> conditions,
    Optional<String> error,
    Explanation explanation,
    HpaHistory history) {

  public HpaDecision {
    conditions = List.copyOf(conditions);
  }

  /** A condition of the autoscaler's status, in the words of Kubernetes. */
  public record Condition(String type, boolean status, String reason, String message) {}

  /**
   * How it came to that.
   *
   * @param metrics in the order of the spec; empty where none was looked at
   * @param winner index of the metric that asked for most
   * @param recommended the most that a metric asked for
   * @param stabilised after the stabilisation windows
   * @param stabilisedBy the recommendation that held it, where one did
   * @param limited after limits of rate, minimum and maximum
   * @param limitedBy reason of the limit that cut it, as in {@code ScalingLimited}
   */
  public record Explanation(
      List<MetricProposal> metrics,
      OptionalInt winner,
      OptionalInt recommended,
      OptionalInt stabilised,
      Optional<HpaHistory.Recommendation> stabilisedBy,
      OptionalInt limited,
      Optional<String> limitedBy) {
    public Explanation {
      metrics = List.copyOf(metrics);
    }

    static Explanation none() {
      return new Explanation(
          List.of(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          Optional.empty(),
          OptionalInt.empty(),
          Optional.empty());
    }
  }

  /**
   * What one metric asked for.
   *
   * @param usage percent of the requests for a utilization, thousandths for others; before pods
   *     without samples were made up for
   * @param ratio of usage to target
   * @param ratioWithOthers the ratio when pods that are missing or not ready are made up for
   * @param leftOut pods that did not count as they are
   * @param error why it asked for nothing
   */
  public record MetricProposal(
      HpaMetric metric,
      OptionalInt replicas,
      OptionalLong usage,
      OptionalDouble ratio,
      OptionalDouble ratioWithOthers,
      List<LeftOut> leftOut,
      Optional<String> error) {
    public MetricProposal {
      leftOut = List.copyOf(leftOut);
    }
  }

  public record LeftOut(String pod, Why why) {}

  public enum Why {
    DELETED,
    FAILED,
    PENDING,
    /** Not ready yet, or its sample is from before it was. */
    UNREADY,
    NO_SAMPLE
  }
}
