package io.bridgewatch.scale;

import java.util.Locale;

/**
 * What can be chosen about an autoscaler.
 *
 * @param trigger what it looks at
 * @param target percent of the replicas' capacity at which they are to run, 1 to 100 and above
 * @param downWindowSeconds for which a higher recommendation holds the replicas up
 * @param forecastQuantile of the rises seen on past days that is provided for; zero for no forecast
 * @param upTolerance of the ratio of usage to target, upward, at least 0
 * @param downTolerance the same downward
 * @param minReplicas and {@code maxReplicas}: limits
 */
public record PolicyShape(
    Trigger trigger,
    int target,
    int downWindowSeconds,
    double forecastQuantile,
    double upTolerance,
    double downTolerance,
    int minReplicas,
    int maxReplicas) {

  /** CPU ends at the limit; the others go on rising when replicas are too few. */
  public enum Trigger {
    CPU,
    REQUESTS,
    CONCURRENCY,
    /** Nothing: only a forecast raises. */
    NONE
  }

  public PolicyShape {
    if (target < 1 || minReplicas < 1 || maxReplicas < minReplicas || downWindowSeconds < 0) {
      throw new IllegalArgumentException(
          "target must be at least 1, replicas 1 ≤ min ≤ max, window at least 0; were %d, %d, %d, %d"
              .formatted(target, minReplicas, maxReplicas, downWindowSeconds));
    }
  }

  /** As an HPA on CPU has it where nothing else is said. */
  public static PolicyShape cpu(int target, int maxReplicas) {
    return new PolicyShape(Trigger.CPU, target, 300, 0, 0.1, 0.1, 1, maxReplicas);
  }

  /** The same with at least so many replicas. */
  PolicyShape from(int otherMinReplicas) {
    return new PolicyShape(
        trigger,
        target,
        downWindowSeconds,
        forecastQuantile,
        upTolerance,
        downTolerance,
        otherMinReplicas,
        maxReplicas);
  }

  public String displayName() {
    return "%s %d%%, down %ds%s"
            .formatted(
                trigger.name().toLowerCase(Locale.ROOT),
                target,
                downWindowSeconds,
                forecastQuantile > 0 ? ", forecast q%.2f".formatted(forecastQuantile) : "")
        + (upTolerance == 0.1 ? "" : ", tolerance %.2f up".formatted(upTolerance));
  }
}
