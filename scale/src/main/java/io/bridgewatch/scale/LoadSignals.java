package io.bridgewatch.scale;

/**
 * What can be told about a load at one step from that step and those before it: its momentum, how
 * far it lies below its recent heights, how restless it is, and what followed at this time on
 * earlier days and in earlier hours. All are differences of logarithms, so a load that is twice as
 * high as a whole has the same signals.
 *
 * <p>Signals of a step never depend on later steps. A step that was not seen counts as the one
 * before it.
 */
final class LoadSignals {

  static final int COUNT = 21;

  private static final int DAYS = 3;
  private static final int HOURS = 4;

  private final LoadTrace load;
  private final int stepSeconds;
  private final double[] level;
  private final double[] levelSums;
  private final double[] moveSums;
  private final double[] highest5;
  private final double[] highest30;
  private final double[] highest60;
  private final double[] highest240;

  /**
   * @param floor requests a second below which changes do not matter, above 0
   */
  LoadSignals(LoadTrace load, double floor) {
    this.load = load;
    this.stepSeconds = load.stepSeconds();
    int steps = load.steps();
    level = new double[steps];
    double rate = 0;
    for (int i = 0; i < steps; i++) {
      rate = Double.isNaN(load.at(i)) ? rate : load.at(i);
      level[i] = Math.log(rate + floor);
    }
    levelSums = sums(level);
    double[] moves = new double[steps];
    for (int i = 1; i < steps; i++) {
      moves[i] = Math.abs(level[i] - level[i - 1]);
    }
    moveSums = sums(moves);
    highest5 = highestBefore(level, minutes(5));
    highest30 = highestBefore(level, minutes(30));
    highest60 = highestBefore(level, minutes(60));
    highest240 = highestBefore(level, minutes(240));
  }

  LoadTrace load() {
    return load;
  }

  int steps() {
    return level.length;
  }

  /** Looks a certain number of steps ahead. */
  final class Ahead {
    private final int steps;

    /** The highest level of the next steps. */
    private final double[] next;

    Ahead(int steps) {
      this.steps = steps;
      this.next = highestAfter(level, steps);
    }

    int steps() {
      return steps;
    }

    /** What is to be foretold: how much the highest of the next steps is above this one. */
    double rise(int step) {
      return next[step] - level[step];
    }

    /**
     * The same against the mean of the last minute, and one step further: what happens at a time of
     * the day seldom does to the second.
     */
    double riseAround(int step) {
      int further = Math.min(next.length - 1, step + 1);
      return Math.max(next[step], next[further]) - mean(levelSums, step + 1 - minutes(1), step + 1);
    }

    /**
     * @param signals is filled; the first one is always one
     */
    void fill(int step, double[] signals) {
      double now = level[step];
      int k = 0;
      signals[k++] = 1;
      signals[k++] = now - level[Math.max(0, step - 1)];
      signals[k++] = level[Math.max(0, step - 1)] - level[Math.max(0, step - 2)];
      signals[k++] = now - mean(levelSums, step - minutes(5), step);
      signals[k++] = now - mean(levelSums, step - minutes(15), step);
      signals[k++] = now - mean(levelSums, step - minutes(60), step);
      signals[k++] = now - mean(levelSums, step - minutes(240), step);
      signals[k++] = highest5[step] - now;
      signals[k++] = highest30[step] - now;
      signals[k++] = highest60[step] - now;
      signals[k++] = highest240[step] - now;
      signals[k++] = mean(moveSums, step + 1 - minutes(10), step + 1);
      signals[k++] = mean(moveSums, step + 1 - minutes(60), step + 1);
      signals[k++] = Math.abs(now - level[Math.max(0, step - 1)]);
      k = past(step, minutes(1440), DAYS, signals, k);
      k = past(step, minutes(60), HOURS, signals, k);
      int week = step - 7 * minutes(1440);
      signals[k++] = week >= minutes(60) ? rise(week) : signals[14];
    }

    /** Mean and highest rise after the same moment of earlier periods, and up to their height. */
    private int past(int step, int period, int periods, double[] signals, int from) {
      double around = mean(levelSums, step - minutes(15), step + 1);
      double sum = 0;
      double highest = 0;
      double height = 0;
      int count = 0;
      for (int back = 1; back <= periods; back++) {
        int then = step - back * period;
        if (then < minutes(60) || period <= steps) {
          break;
        }
        double rise = rise(then);
        highest = count == 0 ? rise : Math.max(highest, rise);
        sum += rise;
        height += next[then] - mean(levelSums, then - minutes(15), then + 1);
        count++;
      }
      signals[from] = count == 0 ? 0 : sum / count;
      signals[from + 1] = highest;
      signals[from + 2] = count == 0 ? 0 : height / count + around - level[step];
      return from + 3;
    }
  }

  private int minutes(int count) {
    return Math.max(1, Math.round(count * 60f / stepSeconds));
  }

  private static double[] sums(double[] values) {
    double[] sums = new double[values.length + 1];
    for (int i = 0; i < values.length; i++) {
      sums[i + 1] = sums[i] + values[i];
    }
    return sums;
  }

  /** From one step, at least the first, to another, exclusive. */
  private static double mean(double[] sums, int from, int to) {
    int first = Math.max(0, from);
    return to <= first ? 0 : (sums[to] - sums[first]) / (to - first);
  }

  /** Of each step and so many before it. */
  private static double[] highestBefore(double[] values, int before) {
    double[] highest = new double[values.length];
    int[] line = new int[values.length];
    int first = 0;
    int last = 0;
    for (int i = 0; i < values.length; i++) {
      while (last > first && values[line[last - 1]] <= values[i]) {
        last--;
      }
      line[last++] = i;
      if (line[first] < i - before) {
        first++;
      }
      highest[i] = values[line[first]];
    }
    return highest;
  }

  /** Of so many steps after each; at the end of those that are left, of the last its own. */
  private static double[] highestAfter(double[] values, int after) {
    double[] highest = values.clone();
    for (int i = 0; i < values.length - 1; i++) {
      int end = Math.min(values.length - 1, i + after);
      highest[i] = values[i + 1];
      for (int j = i + 2; j <= end; j++) {
        highest[i] = Math.max(highest[i], values[j]);
      }
    }
    return highest;
  }
}
