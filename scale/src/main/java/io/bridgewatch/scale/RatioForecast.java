package io.bridgewatch.scale;

import java.util.Arrays;

/**
 * How far a load will rise within the time that new replicas need, from how it rose at this time of
 * day before.
 *
 * <p>For each of the last days: the highest rate within the lead, over the rate at this time of
 * that day. A quantile of those ratios, never below one, is what the present rate is multiplied by.
 * It looks at rises instead of levels, so a day that is busier as a whole does no harm. Days that
 * were not seen do not count; without any, nothing rises.
 */
final class RatioForecast {

  private static final int DAY = 86_400;

  private final double[] rates;
  private final int step;
  private final int days;
  private final int leadSteps;
  private final double quantile;
  private final double[] ratios;

  /**
   * @param load only what lies before the moment asked about is looked at
   * @param days to look back, at least 1
   * @param leadSeconds ahead, rounded up to steps
   * @param quantile of the ratios, 0 to 1
   */
  RatioForecast(LoadTrace load, int days, int leadSeconds, double quantile) {
    this.rates = load.perSecond();
    this.step = load.stepSeconds();
    this.days = days;
    this.leadSteps = Math.ceilDiv(leadSeconds, step);
    this.quantile = quantile;
    this.ratios = new double[days];
  }

  /**
   * @param now seconds since the start of the load
   * @return at least one
   */
  double rise(int now) {
    int count = 0;
    for (int day = 1; day <= days; day++) {
      int then = (now - day * DAY) / step;
      if (now >= day * DAY && then >= 2) {
        double base = (rates[then] + rates[then - 1] + rates[then - 2]) / 3;
        double highest = 0;
        int end = Math.min(then + leadSteps, now / step - 1);
        for (int i = then; i <= end; i++) {
          highest = Math.max(highest, rates[i]);
        }
        if (base > 0 && !Double.isNaN(highest)) {
          ratios[count++] = highest / base;
        }
      }
    }
    if (count == 0) {
      return 1;
    }
    Arrays.sort(ratios, 0, count);
    double at = quantile * (count - 1);
    int low = (int) at;
    int high = Math.min(low + 1, count - 1);
    return Math.max(1, ratios[low] + (at - low) * (ratios[high] - ratios[low]));
  }
}
