package io.bridgewatch.scale.trigger;

import io.bridgewatch.numerics.Robust;
import io.bridgewatch.scale.plant.CalibratedPlant;
import io.bridgewatch.scale.plant.Capacity;
import io.bridgewatch.scale.plant.LatencyCurve;
import io.bridgewatch.scale.plant.Measure;
import io.bridgewatch.scale.plant.StartSeconds;
import io.bridgewatch.scale.plant.UsefulReplicas;
import io.bridgewatch.scale.trigger.OperatingLoad.Basis;
import io.bridgewatch.scale.trigger.OperatingLoad.Loss;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How much load a replica is to carry, and between how many replicas.
 *
 * <ol>
 *   <li>The knee: where latency reaches its limit, of a bound by CPU seven tenths, else the highest
 *       load seen.
 *   <li>The rise: what the load adds in the time until new replicas serve, a high quantile over the
 *       busy steps.
 *   <li>The loss: what is put on the others when one replica of the usual number, or one zone, is
 *       lost; the larger counts.
 *   <li>A replica is to carry the knee over both.
 * </ol>
 */
final class Sizing {

  private static final double SHARE_OF_CPU_BOUND = 0.7;
  private static final double TIMES_FLOOR = 2;
  private static final double QUIET = 0.05;
  private static final double PEAK = 0.999;
  private static final double GROWTH = 1.5;
  private static final double COST_OF_WINDOW = 1.03;
  private static final int[] WINDOWS = {0, 60, 120, 300, 600, 900, 1800};

  private final Steps steps;
  private final CalibratedPlant plant;
  private final TriggerScreening.Settings settings;
  private final int aheadSeconds;

  Sizing(Steps steps, CalibratedPlant plant, TriggerScreening.Settings settings) {
    this.steps = steps;
    this.plant = plant;
    this.settings = settings;
    int start =
        plant
            .start()
            .map(StartSeconds::p90)
            .map(seconds -> (int) Math.ceil(seconds))
            .orElse(settings.startSecondsUnlessKnown());
    aheadSeconds = start + plant.metricLagSeconds().orElse(0) + settings.syncSeconds();
  }

  /** From the load's rise to the moment at which replicas asked for then serve. */
  int aheadSeconds() {
    return aheadSeconds;
  }

  Optional<OperatingLoad> operating() {
    return knee()
        .map(
            knee -> {
              double rise = rise();
              int replicas = Math.max(2, steps.usualReplicas());
              double byReplica = replicas / (replicas - 1.0);
              double byZone =
                  settings.zones().isPresent() && settings.zones().getAsInt() > 1
                      ? settings.zones().getAsInt() / (settings.zones().getAsInt() - 1.0)
                      : 0;
              double loss = Math.max(byReplica, byZone);
              return new OperatingLoad(
                  knee.load / (rise * loss),
                  knee.load,
                  knee.basis,
                  rise,
                  loss,
                  byZone > byReplica ? Loss.ZONE : Loss.REPLICA);
            });
  }

  private record Knee(double load, Basis basis) {}

  private Optional<Knee> knee() {
    return switch (plant.capacity()) {
      case Capacity.Measured measured ->
          plant.latency().map(curve -> kneeOf(curve, measured.perReplica().low()));
      case Capacity.BoundByCpu bound -> {
        double byCpu = SHARE_OF_CPU_BOUND * bound.atMost().low();
        yield Optional.of(
            byCpu > bound.atLeast()
                ? new Knee(byCpu, Basis.CPU_BOUND)
                : new Knee(bound.atLeast(), Basis.SEEN));
      }
      case Capacity.AtLeast seen -> Optional.of(new Knee(seen.perReplica(), Basis.SEEN));
      case Capacity.Unknown _ -> Optional.empty();
    };
  }

  /**
   * A limit that is not above the floor cannot be kept by replicas; twice the floor counts then.
   */
  private Knee kneeOf(LatencyCurve curve, double lowCapacity) {
    double twice = TIMES_FLOOR * curve.floorSeconds();
    double limit = settings.latencyLimitSeconds().orElse(twice);
    double load =
        curve.loadAt(limit > curve.floorSeconds() ? limit : twice).orElse(curve.capacity());
    return new Knee(Math.min(load, lowCapacity), Basis.LATENCY);
  }

  private double rise() {
    int ahead = steps.inSeconds(aheadSeconds);
    double[] rises = new double[steps.count()];
    for (int step = 0; step < rises.length; step++) {
      double now = steps.whole(step);
      rises[step] = Double.NaN;
      if (steps.busy(step) && now > 0 && step + ahead < rises.length) {
        double highest = now;
        for (int later = step + 1; later <= step + ahead; later++) {
          highest = Math.max(highest, Double.isNaN(steps.whole(later)) ? 0 : steps.whole(later));
        }
        rises[step] = highest / now;
      }
    }
    double rise = Robust.quantile(Robust.sorted(rises), settings.riseQuantile());
    return Double.isNaN(rise) ? 1 : rise;
  }

  ReplicaRange range(OperatingLoad operating) {
    double[] sorted = Robust.sorted(steps.history().values(Measure.REQUESTS));
    double quiet = Robust.quantile(sorted, QUIET) * operating.rise();
    double peak = Robust.quantile(sorted, PEAK) * GROWTH;
    int min = surviving(quiet / operating.kneeLoad());
    int wanted = Math.max(min, surviving(peak / operating.kneeLoad()));
    Optional<UsefulReplicas> cap =
        plant.useful().stream()
            .min(Comparator.comparingInt(UsefulReplicas::atMost))
            .filter(useful -> useful.atMost() < wanted);
    int max = cap.map(useful -> Math.max(min, useful.atMost())).orElse(wanted);
    return new ReplicaRange(
        min, max, cap.map(useful -> useful.limit().name()), downWindow(operating.perReplica()));
  }

  /** The fewest of which enough are left when one, or the largest share of a zone, is lost. */
  private int surviving(double needed) {
    int enough = Math.max(1, (int) Math.ceil(needed));
    OptionalInt zones = settings.zones();
    int count = enough + 1;
    while (zones.isPresent()
        && zones.getAsInt() > 1
        && count - Math.ceilDiv(count, zones.getAsInt()) < enough) {
      count++;
    }
    return count;
  }

  /** The longest that costs hardly more pod-hours than none. */
  private int downWindow(double perReplica) {
    int chosen = 0;
    double without = podSteps(perReplica, 0);
    for (int window : WINDOWS) {
      if (podSteps(perReplica, window) <= COST_OF_WINDOW * without) {
        chosen = window;
      }
    }
    return chosen;
  }

  private double podSteps(double perReplica, int windowSeconds) {
    int window = windowSeconds == 0 ? 0 : steps.inSeconds(windowSeconds);
    double sum = 0;
    double[] line = new double[steps.count()];
    for (int step = 0; step < line.length; step++) {
      double wanted = Math.ceil(steps.whole(step) / perReplica);
      line[step] = Double.isNaN(wanted) ? (step == 0 ? 0 : line[step - 1]) : wanted;
      double highest = 0;
      for (int back = Math.max(0, step - window); back <= step; back++) {
        highest = Math.max(highest, line[back]);
      }
      sum += Math.max(1, highest);
    }
    return sum;
  }
}
