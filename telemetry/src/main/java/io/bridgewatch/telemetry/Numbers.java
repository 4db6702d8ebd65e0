package io.bridgewatch.telemetry;

import java.util.Arrays;

/** An array of numbers that grows. */
final class Numbers {

  private static final double[] NONE = {};

  private double[] values = NONE;
  private int size;

  void add(double value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, Math.max(16, 2 * size));
    }
    values[size++] = value;
  }

  int size() {
    return size;
  }

  double[] toArray() {
    return size == 0 ? NONE : Arrays.copyOf(values, size);
  }
}
