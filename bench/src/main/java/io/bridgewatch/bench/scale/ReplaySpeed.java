package io.bridgewatch.bench.scale;

import io.bridgewatch.scale.Backtest;
import io.bridgewatch.scale.HpaReplay;
import io.bridgewatch.scale.LoadTrace;
import io.bridgewatch.scale.PlantSettings;
import io.bridgewatch.scale.PolicyShape;
import io.bridgewatch.scale.PolicySweep;
import java.time.Instant;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;

/**
 * How long replays of one week take, at a look each 15 s.
 *
 * @param replayMillisP50 and {@code replayMillisMost}: one policy, of fifty after warming up
 * @param sweepSeconds a thousand policies on two threads
 */
record ReplaySpeed(double replayMillisP50, double replayMillisMost, double sweepSeconds) {

  private static final int RUNS = 50;
  private static final int WEEK = 7 * 24 * 60;

  static ReplaySpeed measure(long seed) throws InterruptedException {
    LoadTrace week = week(seed);
    PlantSettings plant = PlantSettings.standard(100, 60);
    PolicyShape shape = PolicyShape.cpu(70, 1000);
    double[] millis = new double[RUNS];
    for (int run = -RUNS / 2; run < RUNS; run++) {
      long begun = System.nanoTime();
      Backtest.run(week, plant, HpaReplay.of(shape, plant, week), 10);
      if (run >= 0) {
        millis[run] = (System.nanoTime() - begun) / 1e6;
      }
    }
    Arrays.sort(millis);
    return new ReplaySpeed(millis[RUNS / 2], millis[RUNS - 1], sweep(week, plant));
  }

  private static double sweep(LoadTrace week, PlantSettings plant) throws InterruptedException {
    try (var two = new ForkJoinPool(2)) {
      long begun = System.nanoTime();
      two.submit(
              () ->
                  PolicySweep.thousand(1000).parallelStream()
                      .map(shape -> PolicySweep.run(week, plant, shape, 0))
                      .toList())
          .get();
      return (System.nanoTime() - begun) / 1e9;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a replay failed", e.getCause());
    }
  }

  private static LoadTrace week(long seed) {
    var random = new SplittableRandom(seed);
    double[] rates = new double[WEEK];
    double noise = 0;
    for (int minute = 0; minute < WEEK; minute++) {
      noise = 0.9 * noise + 0.2 * (random.nextDouble() - 0.5);
      rates[minute] = (1000 - 700 * Math.cos(2 * Math.PI * minute / 1440)) * Math.exp(noise);
    }
    return new LoadTrace(Instant.EPOCH, 60, rates);
  }
}
