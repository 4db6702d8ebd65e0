package io.bridgewatch.scale.plant;

/**
 * A value and between what it lies, at the confidence that was asked for.
 *
 * @param low at most the value
 * @param high at least the value
 */
public record Interval(double low, double value, double high) {

  public Interval {
    if (!(low <= value && value <= high)) {
      throw new IllegalArgumentException(
          "an interval must be ordered, was %s, %s, %s".formatted(low, value, high));
    }
  }

  public boolean covers(double truth) {
    return low <= truth && truth <= high;
  }

  /** Width over the value. */
  public double relativeWidth() {
    return (high - low) / value;
  }
}
