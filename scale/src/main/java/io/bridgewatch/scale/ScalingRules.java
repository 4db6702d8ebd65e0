package io.bridgewatch.scale;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * How quickly replicas may change in one direction.
 *
 * @param windowSeconds over which recommendations are stabilised; absent for the controller's own
 *     in the downward direction
 * @param tolerance of the ratio of usage to target; absent for the controller's own
 */
public record ScalingRules(
    OptionalInt windowSeconds, Select select, List<Policy> policies, OptionalDouble tolerance) {

  /** Which of the policies counts. */
  public enum Select {
    MAX,
    MIN,
    DISABLED
  }

  /**
   * A change that is allowed within a period.
   *
   * @param value pods, or percent of the replicas at the start of the period
   */
  public record Policy(Type type, int value, int periodSeconds) {
    public enum Type {
      PODS,
      PERCENT
    }

    public Policy {
      within("policy value", value, 1, Integer.MAX_VALUE);
      within("policy periodSeconds", periodSeconds, 1, 1800);
    }
  }

  public ScalingRules {
    policies = List.copyOf(policies);
    windowSeconds.ifPresent(seconds -> within("stabilizationWindowSeconds", seconds, 0, 3600));
    if (policies.isEmpty()) {
      throw new IllegalArgumentException("scaling rules need at least one policy, had none");
    }
    if (tolerance.isPresent() && !(tolerance.getAsDouble() >= 0)) {
      throw new IllegalArgumentException(
          "tolerance must be at least 0, was " + tolerance.getAsDouble());
    }
  }

  /** Upward, where nothing is said: 4 pods or 100 % in 15 s, whichever is more, at once. */
  public static ScalingRules standardUp() {
    return new ScalingRules(
        OptionalInt.of(0),
        Select.MAX,
        List.of(new Policy(Policy.Type.PODS, 4, 15), new Policy(Policy.Type.PERCENT, 100, 15)),
        OptionalDouble.empty());
  }

  /** Downward, where nothing is said: 100 % in 15 s, after the controller's own window. */
  public static ScalingRules standardDown() {
    return new ScalingRules(
        OptionalInt.empty(),
        Select.MAX,
        List.of(new Policy(Policy.Type.PERCENT, 100, 15)),
        OptionalDouble.empty());
  }

  private static void within(String field, int value, int low, int high) {
    if (value < low || value > high) {
      throw new IllegalArgumentException(
          "%s must be from %d to %d, was %d".formatted(field, low, high, value));
    }
  }
}
