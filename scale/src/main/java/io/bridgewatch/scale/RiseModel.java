package io.bridgewatch.scale;

import io.bridgewatch.numerics.LeastSquares;
import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * How far a load will rise within the next steps, learned from its history: what is expected, and
 * how large the error usually is in such a moment.
 *
 * <ol>
 *   <li>Each signal is cut to the range that held 99.6 % of the history, so that a moment unlike
 *       all others is not extrapolated to.
 *   <li>Rises (cut to 99 % of them) are regressed on the signals: what is expected.
 *   <li>The sizes of the errors (cut at 99.5 % of them) are regressed on the sizes of the signals:
 *       the usual error. Cutting keeps a few jumps that nothing announces from making every
 *       restless hour expensive.
 *   <li>What was cut away may still come back at the same time of each day: {@link RecurringRises}.
 * </ol>
 *
 * <p>Busy moments weigh more, as more requests are hurt in them. All rises are logarithms of
 * factors.
 */
record RiseModel(int[] aheads, Part[] parts) {

  private static final int MOST_ROWS = 20_000;
  private static final double OUTER = 0.002;
  private static final double TAIL = 0.005;
  private static final double RIDGE = 1e-4;
  private static final double ERROR_RIDGE = 1e-3;
  private static final double LEAST_ERROR = 0.2;
  private static final double MOST_WEIGHT = 5;
  private static final double LEAST_WEIGHT = 0.1;

  /** For one number of steps ahead. */
  record Part(
      double[] low,
      double[] high,
      double[] expected,
      double[] error,
      double leastError,
      double highestRise,
      RecurringRises recurring) {

    /** Cuts the signals to what was seen in learning. */
    void cut(double[] signals) {
      for (int i = 1; i < signals.length; i++) {
        signals[i] = Math.clamp(signals[i], low[i], high[i]);
      }
    }

    double expected(double[] cutSignals) {
      return product(expected, cutSignals);
    }

    double error(double[] cutSignals) {
      double sum = error[0];
      for (int i = 1; i < cutSignals.length; i++) {
        sum += error[i] * Math.abs(cutSignals[i]);
      }
      return Math.max(leastError, sum);
    }
  }

  /**
   * @param aheads numbers of steps ahead to learn, each at least 1
   * @param to first step of the load that must not be looked at
   * @param used which steps may be learned from
   * @throws IllegalArgumentException if there are too few steps
   */
  static RiseModel learn(LoadSignals signals, int[] aheads, int to, IntPredicate used) {
    Part[] parts = new Part[aheads.length];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = part(signals, signals.new Ahead(aheads[i]), to, used);
    }
    return new RiseModel(aheads.clone(), parts);
  }

  /**
   * Of one step only, for a load that goes on.
   *
   * @throws IllegalArgumentException if the model did not learn to look that far ahead
   */
  Rises over(LoadSignals signals) {
    double[] row = new double[LoadSignals.COUNT];
    return new Rises() {
      @Override
      public double rise(int step, int ahead, double errors) {
        if (ahead == 0) {
          return 0;
        }
        Part part = part(ahead);
        signals.new Ahead(ahead).fill(step, row);
        part.cut(row);
        return Math.min(part.highestRise(), part.expected(row) + errors * part.error(row));
      }

      @Override
      public double recurring(int step, int ahead) {
        return ahead == 0 ? 0 : part(ahead).recurring().at(signals, signals.new Ahead(ahead), step);
      }
    };
  }

  private Part part(int ahead) {
    for (int i = 0; i < aheads.length; i++) {
      if (aheads[i] == ahead) {
        return parts[i];
      }
    }
    throw new IllegalArgumentException(
        "cannot look %d steps ahead, %s were learned".formatted(ahead, Arrays.toString(aheads)));
  }

  private static Part part(
      LoadSignals signals, LoadSignals.Ahead ahead, int to, IntPredicate used) {
    int[] steps = steps(to - ahead.steps(), used);
    double[][] rows = new double[steps.length][LoadSignals.COUNT];
    double[] rises = new double[steps.length];
    double[] weights = new double[steps.length];
    double mean = meanRate(signals.load(), to);
    for (int row = 0; row < steps.length; row++) {
      ahead.fill(steps[row], rows[row]);
      rises[row] = ahead.rise(steps[row]);
      double rate = signals.load().at(steps[row]);
      double busy = mean > 0 && !Double.isNaN(rate) ? rate / mean : 0;
      weights[row] = Math.sqrt(Math.min(MOST_WEIGHT, busy) + LEAST_WEIGHT);
    }
    double highestRise = Math.max(0, Arrays.stream(rises).max().orElse(0));
    double[] low = new double[LoadSignals.COUNT];
    double[] high = new double[LoadSignals.COUNT];
    double[] column = new double[steps.length];
    for (int signal = 0; signal < LoadSignals.COUNT; signal++) {
      for (int row = 0; row < rows.length; row++) {
        column[row] = rows[row][signal];
      }
      Arrays.sort(column);
      low[signal] = column[(int) (OUTER * (column.length - 1))];
      high[signal] = column[(int) ((1 - OUTER) * (column.length - 1))];
    }
    cut(rises, true);
    var recurring = RecurringRises.learn(signals, ahead, to, used);
    var cutter = new Part(low, high, new double[0], new double[0], 0, highestRise, recurring);
    for (double[] row : rows) {
      cutter.cut(row);
    }
    double[] expected = fit(rows, rises, weights, RIDGE);
    double[] errors = new double[rows.length];
    double sum = 0;
    for (int row = 0; row < rows.length; row++) {
      errors[row] = Math.abs(rises[row] - product(expected, rows[row]));
      sum += errors[row];
      for (int i = 1; i < rows[row].length; i++) {
        rows[row][i] = Math.abs(rows[row][i]);
      }
    }
    cut(errors, false);
    double[] error = fit(rows, errors, weights, ERROR_RIDGE);
    return new Part(
        low, high, expected, error, LEAST_ERROR * sum / rows.length, highestRise, recurring);
  }

  /** At most {@link #MOST_ROWS}, evenly spread. */
  private static int[] steps(int end, IntPredicate used) {
    int[] found = new int[Math.max(0, end)];
    int count = 0;
    for (int step = 0; step < end; step++) {
      if (used.test(step)) {
        found[count++] = step;
      }
    }
    if (count < 5 * LoadSignals.COUNT) {
      throw new IllegalArgumentException(
          "cannot learn a load's rises from %d steps, at least %d are needed; give a longer history"
              .formatted(count, 5 * LoadSignals.COUNT));
    }
    int stride = Math.ceilDiv(count, MOST_ROWS);
    int[] kept = new int[count / stride];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = found[i * stride];
    }
    return kept;
  }

  private static double meanRate(LoadTrace load, int to) {
    double sum = 0;
    for (int step = 0; step < to; step++) {
      sum += Double.isNaN(load.at(step)) ? 0 : load.at(step);
    }
    return to == 0 ? 0 : sum / to;
  }

  private static void cut(double[] values, boolean below) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double low = below ? sorted[(int) (TAIL * (sorted.length - 1))] : sorted[0];
    double high = sorted[(int) ((1 - TAIL) * (sorted.length - 1))];
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.clamp(values[i], low, high);
    }
  }

  private static double[] fit(double[][] rows, double[] targets, double[] weights, double ridge) {
    var squares = new LeastSquares(LoadSignals.COUNT);
    double[] weighted = new double[LoadSignals.COUNT];
    for (int row = 0; row < rows.length; row++) {
      for (int i = 0; i < weighted.length; i++) {
        weighted[i] = rows[row][i] * weights[row];
      }
      squares.add(weighted, targets[row] * weights[row]);
    }
    return squares.solve(ridge);
  }

  private static double product(double[] left, double[] right) {
    double sum = 0;
    for (int i = 0; i < left.length; i++) {
      sum += left[i] * right[i];
    }
    return sum;
  }
}
