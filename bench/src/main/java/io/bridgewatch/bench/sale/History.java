package io.bridgewatch.bench.sale;

import io.bridgewatch.scale.LoadTrace;
import io.bridgewatch.scale.PlantSettings;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * What a user knows of the workload after some days of watching it, and the plant that follows.
 *
 * @param load as it was seen, in steps of a scrape
 * @param usualSeconds latency as it mostly is
 * @param plant capacity by the CPU of a request at the limit, start as pods took it
 */
record History(LoadTrace load, double usualSeconds, PlantSettings plant) {

  private static final int STEP = (int) SaleWorld.SCRAPE.toSeconds();

  static History of(Watch watch) {
    List<Watch.Seen> seen = watch.seen();
    double usual = median(seen.stream().mapToDouble(Watch.Seen::latencySeconds).toArray());
    double perRequest =
        median(
            seen.stream()
                .filter(one -> one.replicas() == one.ready() && one.arrivals() > 0)
                .mapToDouble(one -> one.cpuCores() / one.arrivals())
                .toArray());
    double capacity = watch.cpuLimitCores() / perRequest;
    double start = median(watch.startSeconds().stream().mapToDouble(Double::valueOf).toArray());
    PlantSettings standard = PlantSettings.standard(capacity, (int) Math.ceil(start));
    return new History(
        trace(seen),
        usual,
        new PlantSettings(
            capacity,
            standard.startSeconds(),
            STEP,
            0,
            standard.syncSeconds(),
            standard.hurtSeconds(),
            standard.longestWaitSeconds(),
            usual));
  }

  /** The load of scrapes one after the other. */
  static LoadTrace trace(List<Watch.Seen> seen) {
    Instant start = seen.getFirst().end().minus(SaleWorld.SCRAPE);
    double[] rates = seen.stream().mapToDouble(Watch.Seen::arrivals).toArray();
    return new LoadTrace(start, STEP, rates);
  }

  /** One load after another that ended when it began, perhaps some steps before. */
  static LoadTrace joined(LoadTrace first, LoadTrace then) {
    long between = java.time.Duration.between(first.start(), then.start()).toSeconds();
    int offset = (int) (between / STEP);
    double[] rates = Arrays.copyOf(first.perSecond(), offset + then.steps());
    Arrays.fill(rates, Math.min(first.steps(), offset), offset, Double.NaN);
    System.arraycopy(then.perSecond(), 0, rates, offset, then.steps());
    return new LoadTrace(first.start(), STEP, rates);
  }

  private static double median(double[] values) {
    double[] sorted = Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
    if (sorted.length == 0) {
      throw new IllegalStateException("nothing was seen that could be measured");
    }
    return sorted[sorted.length / 2];
  }
}
