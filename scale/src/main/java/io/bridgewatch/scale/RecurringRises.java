package io.bridgewatch.scale;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Jumps that come back at the same time of the day, such as sales that open at eight.
 *
 * <ol>
 *   <li>A jump is a rise above all but a few of the history: what a regression of all moments takes
 *       for something that nothing announces.
 *   <li>It is expected at a moment if jumps followed that moment on at least two thirds of the last
 *       days, five at most; as high as the highest of them.
 *   <li>Expected jumps count only if in the history at least half of them came.
 * </ol>
 *
 * <p>As jumps are rare by their definition, waiting for one that does not come costs little.
 *
 * @param jump logarithm of the smallest factor that is one
 * @param trusted whether they came when they were expected
 */
record RecurringRises(double jump, boolean trusted) {

  private static final int DAYS = 5;
  private static final int SECONDS_OF_DAY = 86_400;
  private static final double LEAST_JUMP = Math.log(1.25);
  private static final double OUTER = 0.005;
  private static final double CAME = 0.5;

  /**
   * @param used which steps may be learned from
   * @param to first step that must not be looked at
   */
  static RecurringRises learn(
      LoadSignals signals, LoadSignals.Ahead ahead, int to, IntPredicate used) {
    double[] rises = new double[Math.max(0, to - ahead.steps())];
    int count = 0;
    for (int step = 0; step < rises.length; step++) {
      if (used.test(step)) {
        rises[count++] = ahead.rise(step);
      }
    }
    Arrays.sort(rises, 0, count);
    double jump = Math.max(LEAST_JUMP, count == 0 ? 0 : rises[(int) ((1 - OUTER) * (count - 1))]);
    var all = new RecurringRises(jump, true);
    int expected = 0;
    int came = 0;
    for (int step = 0; step < to - ahead.steps(); step++) {
      if (used.test(step) && all.at(signals, ahead, step) > 0) {
        expected++;
        came += ahead.riseAround(step) >= jump / 2 ? 1 : 0;
      }
    }
    return new RecurringRises(jump, came > 0 && came >= CAME * expected);
  }

  /** The rise that is expected after a step, as a logarithm; zero for none. */
  double at(LoadSignals signals, LoadSignals.Ahead ahead, int step) {
    if (!trusted) {
      return 0;
    }
    int day = Math.max(1, SECONDS_OF_DAY / signals.load().stepSeconds());
    if (day <= ahead.steps() + 1) {
      return 0;
    }
    int days = 0;
    int jumps = 0;
    double highest = 0;
    for (int then = step - day; then > 0 && days < DAYS; then -= day) {
      double rise = ahead.riseAround(then);
      days++;
      jumps += rise >= jump ? 1 : 0;
      highest = Math.max(highest, rise);
    }
    return jumps > 0 && 3 * jumps >= 2 * days ? highest : 0;
  }
}
