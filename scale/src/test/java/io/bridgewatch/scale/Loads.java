package io.bridgewatch.scale;

import java.time.Instant;
import java.util.SplittableRandom;

/** Made-up loads for tests. */
final class Loads {

  private Loads() {}

  /**
   * Minutes of days with a busy noon, noise, a rush each full hour and now and then a jump that
   * nothing announces.
   */
  static LoadTrace days(int days, long seed) {
    var random = new SplittableRandom(seed);
    double[] rates = new double[days * 1440];
    double noise = 0;
    int jump = 0;
    for (int minute = 0; minute < rates.length; minute++) {
      noise = 0.8 * noise + 0.1 * (random.nextDouble() - 0.5);
      jump = jump > 0 ? jump - 1 : random.nextInt(1500) == 0 ? 20 : 0;
      double day = 600 + 400 * Math.sin(2 * Math.PI * (minute % 1440 - 360) / 1440.0);
      double rush = minute % 60 < 5 ? 1.6 : 1;
      rates[minute] = day * rush * Math.exp(noise) * (jump > 0 ? 2.2 : 1);
    }
    return new LoadTrace(Instant.EPOCH, 60, rates);
  }
}
