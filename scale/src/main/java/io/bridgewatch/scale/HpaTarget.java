package io.bridgewatch.scale;

/** What a metric is held against. */
public sealed interface HpaTarget {

  /**
   * @param percent of what the pods request
   */
  record Utilization(int percent) implements HpaTarget {
    public Utilization {
      atLeastOne("averageUtilization", percent);
    }
  }

  /**
   * @param milli for each pod, in thousandths of the metric's unit
   */
  record AverageValue(long milli) implements HpaTarget {
    public AverageValue {
      atLeastOne("averageValue in thousandths", milli);
    }
  }

  /**
   * @param milli of the whole, in thousandths of the metric's unit
   */
  record Value(long milli) implements HpaTarget {
    public Value {
      atLeastOne("value in thousandths", milli);
    }
  }

  private static void atLeastOne(String field, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "target %s must be at least 1, was %d".formatted(field, value));
    }
  }
}
