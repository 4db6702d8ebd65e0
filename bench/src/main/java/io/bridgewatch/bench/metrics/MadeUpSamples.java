package io.bridgewatch.bench.metrics;

import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.MetricKind;
import io.bridgewatch.model.SeriesKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What scrapes of many pods give, made up: 250 series of 50 metrics a pod, every 15 s. Of 50
 * metrics, 15 are counters that stand still, 12 counters of events, 5 seconds of CPU, 5 bytes of
 * memory, 5 constant, 5 levels of three decimals, 3 computed and thus of all digits. A fifth of the
 * pods answer some milliseconds early or late. The same seed makes the same samples.
 */
public final class MadeUpSamples {

  public static final int STEP_MILLIS = 15_000;
  public static final int PER_POD = 250;
  public static final int METRICS = 50;

  /** A metric of events. */
  public static final int EVENTS = 20;

  private static final int PER_METRIC = PER_POD / METRICS;

  private final List<SeriesKey> keys = new ArrayList<>();
  private final long start;
  private final long seed;
  private final long[] times;
  private final double[] values;
  private final double[] levels;
  private final SplittableRandom[] randoms;
  private int round;

  /**
   * @param start of the first round, in milliseconds since 1970-01-01T00:00Z
   */
  public MadeUpSamples(int series, long start, long seed) {
    this.start = start;
    this.seed = seed;
    times = new long[series];
    values = new double[series];
    levels = new double[series];
    for (int i = 0; i < series; i++) {
      keys.add(key(i));
    }
    int pods = Math.ceilDiv(series, PER_POD);
    randoms = new SplittableRandom[pods];
    var random = new SplittableRandom(seed);
    for (int pod = 0; pod < pods; pod++) {
      randoms[pod] = random.split();
    }
  }

  public static String metric(int number) {
    return "made_up_" + number;
  }

  public static String pod(int number) {
    return "pod-" + number;
  }

  private static SeriesKey key(int i) {
    int pod = i / PER_POD;
    int metric = i % PER_POD / PER_METRIC;
    var resource =
        Attributes.of(
            Map.of(
                "k8s.namespace.name", "shop-" + pod % 20,
                "k8s.pod.name", pod(pod),
                "k8s.node.name", "node-" + pod % 50,
                "service.name", "service-" + pod / 4));
    return new SeriesKey(
        resource,
        metric(metric),
        "",
        metric < 32 ? MetricKind.CUMULATIVE : MetricKind.GAUGE,
        Attributes.of("part", "part-" + i % PER_METRIC));
  }

  public int size() {
    return times.length;
  }

  public List<SeriesKey> keys() {
    return keys;
  }

  public long time(int i) {
    return times[i];
  }

  public double value(int i) {
    return values[i];
  }

  /** Makes the samples of the next round. */
  public void next() {
    for (int i = 0; i < times.length; i++) {
      int pod = i / PER_POD;
      var random = randoms[pod];
      if (i % PER_POD == 0) {
        long jitter = pod % 5 == 0 ? random.nextInt(-8, 9) : 0;
        times[i] = start + (long) STEP_MILLIS * round + Math.floorMod(seed + 7919L * pod, 14_000);
        times[i] += jitter;
      } else {
        times[i] = times[i - 1];
      }
      values[i] = value(i, i % PER_POD / PER_METRIC, random);
    }
    round++;
  }

  private double value(int i, int metric, SplittableRandom random) {
    if (round == 0) {
      levels[i] = random.nextInt(1_000_000);
    }
    if (metric < 15 || metric >= 37 && metric < 42) {
      return levels[i];
    }
    if (metric < 27) {
      return levels[i] += events(metric, random);
    }
    if (metric < 29) {
      return levels[i] = hundredths(levels[i] + 15 * random.nextDouble(0.2, 0.4));
    }
    if (metric < 32) {
      levels[i] += 15e9 * random.nextDouble(0.2, 0.3);
      return Math.rint(levels[i]) / 1e9;
    }
    if (metric < 37) {
      levels[i] = Math.max(0, levels[i] + random.nextInt(-20, 21) * (random.nextInt(3) / 2));
      return levels[i] * 4096;
    }
    if (metric < 47) {
      return Math.rint(1000 * (0.5 + 0.1 * random.nextGaussian())) / 1000;
    }
    levels[i] = 0.95 * levels[i] + random.nextDouble();
    return levels[i];
  }

  private static double events(int metric, SplittableRandom random) {
    return switch (metric % 3) {
      case 0 -> random.nextInt(10) == 0 ? 1 : 0;
      case 1 -> random.nextInt(20);
      default -> Math.rint(3000 + 200 * random.nextGaussian());
    };
  }

  private static double hundredths(double value) {
    return Math.rint(100 * value) / 100;
  }
}
