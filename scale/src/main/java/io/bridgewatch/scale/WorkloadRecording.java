package io.bridgewatch.scale;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a workload received and was, step by step. What was not seen is {@code NaN}, never zero.
 *
 * @param start of the first step
 * @param stepSeconds length of each step
 * @param steps how many there are
 * @param values by signal, a number for each step; a signal that is not there was never seen
 */
public record WorkloadRecording(
    Instant start, int stepSeconds, int steps, Map<Signal, double[]> values) {

  /** What is told of each step. */
  public enum Signal {
    /** That came in a second, of the whole workload. */
    REQUESTS,
    /** Of them those that the workload failed, 0 to 1. */
    ERROR_SHARE,
    /** Seconds, mean of all requests. */
    LATENCY_MEAN,
    /** Seconds that 95 % of the requests did not exceed. */
    LATENCY_P95,
    /** Requests being served at a time, of the whole workload. */
    IN_FLIGHT,
    /** Replicas that were ready. */
    READY,
    /** Replicas that were asked for. */
    REPLICAS,
    /** CPU in use, in cores, of the whole workload. */
    CPU,
    /** Working set in bytes, of the whole workload. */
    MEMORY,
    /** Bytes a second that its pods received and sent, both together, of the whole workload. */
    NETWORK,
    /** Messages and requests that wait, of the whole workload. */
    QUEUE,
    /** Use of a replica's fullest pool (connections, threads), 0 to 1, mean over the replicas. */
    POOL
  }

  public WorkloadRecording {
    if (stepSeconds < 1 || steps < 0) {
      throw new IllegalArgumentException(
          "stepSeconds must be at least 1 and steps at least 0, were %d and %d"
              .formatted(stepSeconds, steps));
    }
    var copy = new EnumMap<Signal, double[]>(Signal.class);
    for (Map.Entry<Signal, double[]> one : values.entrySet()) {
      if (one.getValue().length != steps) {
        throw new IllegalArgumentException(
            "%s has %d values for %d steps".formatted(one.getKey(), one.getValue().length, steps));
      }
      copy.put(one.getKey(), one.getValue().clone());
    }
    values = copy;
  }

  @Override
  public Map<Signal, double[]> values() {
    var copy = new EnumMap<Signal, double[]>(Signal.class);
    values.forEach((signal, numbers) -> copy.put(signal, numbers.clone()));
    return copy;
  }

  public boolean has(Signal signal) {
    return share(signal) > 0;
  }

  /** {@code NaN} where it was not seen. */
  public double at(Signal signal, int step) {
    double[] numbers = values.get(signal);
    return numbers == null ? Double.NaN : numbers[step];
  }

  /** Of a signal, a number for each step; {@code NaN} where it was not seen. */
  public double[] of(Signal signal) {
    double[] numbers = values.get(signal);
    if (numbers == null) {
      numbers = new double[steps];
      Arrays.fill(numbers, Double.NaN);
      return numbers;
    }
    return numbers.clone();
  }

  /** Share of the steps in which a signal was seen, 0 to 1; its completeness. */
  public double share(Signal signal) {
    double[] numbers = values.get(signal);
    if (numbers == null || steps == 0) {
      return 0;
    }
    return (double) Arrays.stream(numbers).filter(number -> !Double.isNaN(number)).count() / steps;
  }

  public Duration duration() {
    return Duration.ofSeconds((long) stepSeconds * steps);
  }

  /** When the last step ended. */
  public Instant end() {
    return start.plus(duration());
  }

  /** What was asked of the workload. */
  public LoadTrace load() {
    return new LoadTrace(start, stepSeconds, of(Signal.REQUESTS));
  }

  /** From the first step in which requests were seen on; empty steps before it are left out. */
  public WorkloadRecording fromFirstSeen() {
    int first = 0;
    while (first < steps && Double.isNaN(at(Signal.REQUESTS, first))) {
      first++;
    }
    return slice(first, steps);
  }

  /** The steps from one, inclusive, to another, exclusive. */
  public WorkloadRecording slice(int from, int to) {
    var cut = new EnumMap<Signal, double[]>(Signal.class);
    values.forEach((signal, numbers) -> cut.put(signal, Arrays.copyOfRange(numbers, from, to)));
    return new WorkloadRecording(
        start.plusSeconds((long) from * stepSeconds), stepSeconds, to - from, cut);
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof WorkloadRecording that)
        || !start.equals(that.start)
        || stepSeconds != that.stepSeconds
        || steps != that.steps) {
      return false;
    }
    for (Signal signal : Signal.values()) {
      if (!Arrays.equals(of(signal), that.of(signal))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    int hash = 31 * (31 * start.hashCode() + stepSeconds) + steps;
    for (Signal signal : Signal.values()) {
      hash = 31 * hash + Arrays.hashCode(of(signal));
    }
    return hash;
  }
}
