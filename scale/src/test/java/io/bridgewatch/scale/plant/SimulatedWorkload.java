package io.bridgewatch.scale.plant;

import java.time.Instant;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;

/**
 * A workload whose truth is known: requests come at random, wait in line for one of a replica's
 * servers, and are served one by one. One replica is followed request by request and stands for
 * all. Nothing in it uses the formulas of what is tested.
 */
public final class SimulatedWorkload {

  private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
  private static final double IDLE_CORES = 0.05;
  private static final double LIMIT_CORES = 2;
  private static final int FEWEST = 4;

  /**
   * What is true of a workload.
   *
   * @param servers of a replica that work side by side
   * @param serviceSeconds mean time that one needs for a request
   * @param regularity of service times: shape of a gamma distribution, one for exponential
   * @param otherSeconds that each request takes besides, without any server
   * @param peakUse of a replica's capacity in the busiest hour, on average
   * @param days of the history
   * @param stepSeconds of the history
   */
  public record Truth(
      int servers,
      double serviceSeconds,
      int regularity,
      double otherSeconds,
      double peakUse,
      int days,
      int stepSeconds) {

    public double capacity() {
      return servers / serviceSeconds;
    }

    public double floor() {
      return serviceSeconds + otherSeconds;
    }

    public double coresPerRequest() {
      return (LIMIT_CORES - IDLE_CORES) / capacity();
    }

    public static Truth usual() {
      return new Truth(2, 0.1, 1, 0.02, 0.93, 3, 30);
    }

    public Truth withPeakUse(double use) {
      return new Truth(servers, serviceSeconds, regularity, otherSeconds, use, days, stepSeconds);
    }
  }

  private final Truth truth;
  private final SplittableRandom random;
  private final IntUnaryOperator replicas;
  private final int steps;

  /** All replicas wait for one thing that does not grow with them. */
  private final boolean shared;

  private SimulatedWorkload(Truth truth, long seed, IntUnaryOperator replicas, boolean shared) {
    this.truth = truth;
    this.shared = shared;
    this.random = new SplittableRandom(seed);
    this.replicas = replicas;
    this.steps = truth.days * 86_400 / truth.stepSeconds;
  }

  /** Always four replicas. */
  public static WorkloadHistory of(Truth truth, long seed) {
    return new SimulatedWorkload(truth, seed, _ -> FEWEST, false).history();
  }

  /**
   * @param replicas of each second of the history
   */
  public static WorkloadHistory of(Truth truth, long seed, IntUnaryOperator replicas) {
    return new SimulatedWorkload(truth, seed, replicas, false).history();
  }

  /** What limits is as large as four replicas, however many there are. */
  public static WorkloadHistory limitedElsewhere(
      Truth truth, long seed, IntUnaryOperator replicas) {
    return new SimulatedWorkload(truth, seed, replicas, true).history();
  }

  /** Four to six replicas, another number every two hours, whatever the load does. */
  public static IntUnaryOperator changing(long seed) {
    var random = new SplittableRandom(seed);
    int[] counts = new int[200];
    Arrays.setAll(counts, _ -> FEWEST + random.nextInt(3));
    return second -> counts[second / 7200 % counts.length];
  }

  private WorkloadHistory history() {
    double[] wholeRate = wholeRate();
    double[] completed = new double[steps];
    double[] seconds = new double[steps];
    double[] tail = new double[steps];
    double[] free = new double[truth.servers];
    double[][] ended = new double[steps][0];
    int[] count = new int[steps];
    int length = truth.stepSeconds;
    for (int step = 0; step < steps; step++) {
      double rate = wholeRate[step] / (shared ? FEWEST : replicas.applyAsInt(step * length));
      double at = (double) step * length;
      while (true) {
        at -= Math.log(1 - random.nextDouble()) / rate;
        if (at >= (double) (step + 1) * length) {
          break;
        }
        int server = 0;
        for (int i = 1; i < free.length; i++) {
          server = free[i] < free[server] ? i : server;
        }
        double begin = Math.max(at, free[server]);
        free[server] = begin + service();
        double end = free[server] + truth.otherSeconds;
        int into = Math.min(steps - 1, (int) (end / length));
        completed[into]++;
        seconds[into] += end - at;
        if (count[into] == ended[into].length) {
          ended[into] = Arrays.copyOf(ended[into], Math.max(256, 2 * count[into]));
        }
        ended[into][count[into]++] = end - at;
      }
    }
    double[] requests = new double[steps];
    double[] ready = new double[steps];
    double[] mean = new double[steps];
    double[] cpu = new double[steps];
    double[] memory = new double[steps];
    double[] inFlight = new double[steps];
    double[] network = new double[steps];
    double drift = 0;
    for (int step = 0; step < steps; step++) {
      ready[step] = replicas.applyAsInt(step * length);
      requests[step] = completed[step] / length * (shared ? FEWEST : ready[step]);
      double each = requests[step] / ready[step];
      mean[step] = completed[step] == 0 ? Double.NaN : seconds[step] / completed[step];
      Arrays.sort(ended[step], 0, count[step]);
      tail[step] = count[step] == 0 ? Double.NaN : ended[step][(int) (0.95 * (count[step] - 1))];
      cpu[step] =
          Math.min(
              LIMIT_CORES,
              (IDLE_CORES + each * truth.coresPerRequest()) * (1 + 0.03 * random.nextGaussian()));
      drift = 0.999 * drift + 0.004 * random.nextGaussian();
      memory[step] = 6e8 * Math.exp(drift);
      inFlight[step] = seconds[step] / length;
      network[step] = (2000 + 20_000 * each) * (1 + 0.1 * random.nextGaussian());
      ended[step] = new double[0];
    }
    return WorkloadHistory.builder(START, length, steps)
        .with(Resources.cpu(1, LIMIT_CORES))
        .with(Measure.REQUESTS, requests)
        .with(Measure.READY_REPLICAS, ready)
        .with(Measure.LATENCY_MEAN, mean)
        .with(Measure.LATENCY_P95, tail)
        .with(Measure.CPU, cpu)
        .with(Measure.MEMORY, memory)
        .with(Measure.IN_FLIGHT, inFlight)
        .with(Measure.NETWORK, network)
        .build();
  }

  /** A day with a busy noon, noise that lasts, at which four replicas are as busy as is said. */
  private double[] wholeRate() {
    double[] rates = new double[steps];
    double noise = 0;
    double peak = truth.peakUse * truth.capacity() * FEWEST;
    for (int step = 0; step < steps; step++) {
      double hour = (double) step * truth.stepSeconds % 86_400 / 3600;
      noise = 0.98 * noise + 0.008 * random.nextGaussian();
      rates[step] =
          Math.max(
              0.01 * peak,
              peak * (0.6 + 0.4 * Math.sin(2 * Math.PI * (hour - 7) / 24)) * Math.exp(noise));
    }
    return rates;
  }

  private double service() {
    double sum = 0;
    for (int i = 0; i < truth.regularity; i++) {
      sum -= Math.log(1 - random.nextDouble());
    }
    return sum * truth.serviceSeconds / truth.regularity;
  }
}
