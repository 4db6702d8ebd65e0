package io.bridgewatch.scale;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How much safety a learned policy keeps. Rises are logarithms of factors: 0.1 is 10.5 % more.
 *
 * @param errors usual errors of the forecast that are added to what it expects, at least 0
 * @param leastRise that is always provided for, for what nothing announces
 * @param mostRise that is ever provided for, so that a wild hour has a price; infinite for any
 * @param downWindowSeconds for which a higher recommendation holds the replicas up
 */
public record OperatingPoint(
    double errors, double leastRise, double mostRise, int downWindowSeconds) {

  public OperatingPoint {
    if (!(errors >= 0) || !(leastRise >= 0) || !(mostRise >= leastRise) || downWindowSeconds < 0) {
      throw new IllegalArgumentException(
          "errors, rises and window must be at least 0 and rises ordered; were %s, %s to %s, %d"
              .formatted(errors, leastRise, mostRise, downWindowSeconds));
    }
  }

  /** In technical words, but for the window. */
  public String displayName() {
    return "%.1f errors, rise %.2f–%s"
        .formatted(
            errors,
            leastRise,
            Double.isInfinite(mostRise) ? "any" : String.format(Locale.ROOT, "%.2f", mostRise));
  }

  /** Those that a learner tries unless told otherwise. */
  public static List<OperatingPoint> grid() {
    double any = Double.POSITIVE_INFINITY;
    var points = new ArrayList<OperatingPoint>();
    for (int window : new int[] {0, 120, 300, 900}) {
      for (double most : new double[] {0.15, 0.3, 0.5, 0.8, 1.3, any}) {
        for (double errors : new double[] {0, 0.5, 1, 1.5, 2, 2.5, 3, 4, 5, 6.5, 8, 11}) {
          points.add(new OperatingPoint(errors, 0, most, window));
        }
      }
      for (double[] rises : new double[][] {{0.1, 0.3}, {0.2, 0.6}, {0.35, 1.3}}) {
        for (double errors : new double[] {2, 4, 8}) {
          points.add(new OperatingPoint(errors, rises[0], rises[1], window));
        }
      }
    }
    return points;
  }
}
