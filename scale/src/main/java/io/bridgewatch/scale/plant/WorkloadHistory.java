package io.bridgewatch.scale.plant;

import io.bridgewatch.scale.LoadTrace;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * What was measured of one workload, in steps of one length: each {@link Measure} that is kept has
 * a value for each step, {@code NaN} where it was not seen.
 */
public final class WorkloadHistory {

  private final Instant start;
  private final int stepSeconds;
  private final int steps;
  private final Resources resources;
  private final Map<Measure, double[]> series;

  private WorkloadHistory(
      Instant start,
      int stepSeconds,
      int steps,
      Resources resources,
      Map<Measure, double[]> series) {
    this.start = start;
    this.stepSeconds = stepSeconds;
    this.steps = steps;
    this.resources = resources;
    this.series = series;
  }

  /**
   * @param start of the first step
   * @param stepSeconds length of each step, at least 1
   * @param steps how many, at least 1
   */
  public static Builder builder(Instant start, int stepSeconds, int steps) {
    return new Builder(start, stepSeconds, steps);
  }

  /** Takes the series of a history. */
  public static final class Builder {
    private final Instant start;
    private final int stepSeconds;
    private final int steps;
    private final Map<Measure, double[]> series = new EnumMap<>(Measure.class);
    private Resources resources = Resources.UNKNOWN;

    private Builder(Instant start, int stepSeconds, int steps) {
      if (stepSeconds < 1 || steps < 1) {
        throw new IllegalArgumentException(
            "a history needs steps of at least 1 s and at least 1 of them, had %d s and %d"
                .formatted(stepSeconds, steps));
      }
      this.start = start;
      this.stepSeconds = stepSeconds;
      this.steps = steps;
    }

    /**
     * @param values one for each step, in the measure's unit; {@code NaN} where it was not seen
     * @throws IllegalArgumentException if there are more or fewer, or one is negative or infinite
     */
    public Builder with(Measure measure, double[] values) {
      if (values.length != steps) {
        throw new IllegalArgumentException(
            "%s needs one value for each of the %d steps, had %d"
                .formatted(measure, steps, values.length));
      }
      for (int step = 0; step < steps; step++) {
        if (values[step] < 0 || Double.isInfinite(values[step])) {
          throw new IllegalArgumentException(
              "%s of step %d must be finite and at least 0, was %s; give NaN where it was not seen"
                  .formatted(measure, step, values[step]));
        }
      }
      series.put(measure, values.clone());
      return this;
    }

    public Builder with(Resources resources) {
      this.resources = resources;
      return this;
    }

    public WorkloadHistory build() {
      return new WorkloadHistory(start, stepSeconds, steps, resources, new EnumMap<>(series));
    }
  }

  public Instant start() {
    return start;
  }

  public int stepSeconds() {
    return stepSeconds;
  }

  public int steps() {
    return steps;
  }

  public Resources resources() {
    return resources;
  }

  /** The measures that are kept. */
  public Set<Measure> measures() {
    return Set.copyOf(series.keySet());
  }

  public boolean has(Measure measure) {
    return series.containsKey(measure);
  }

  /** Of one step; {@code NaN} where it was not seen or is not kept. */
  public double at(Measure measure, int step) {
    double[] values = series.get(measure);
    return values == null ? Double.NaN : values[step];
  }

  /** One value for each step; {@code NaN} where it was not seen or is not kept. */
  public double[] values(Measure measure) {
    double[] values = series.get(measure);
    if (values == null) {
      double[] unseen = new double[steps];
      Arrays.fill(unseen, Double.NaN);
      return unseen;
    }
    return values.clone();
  }

  /** Requests a second of one ready replica; {@code NaN} where it cannot be told. */
  public double loadPerReplica(int step) {
    double ready = at(Measure.READY_REPLICAS, step);
    return ready > 0 ? at(Measure.REQUESTS, step) / ready : Double.NaN;
  }

  /** Failed requests of all, 0 to 1; zero where nothing was asked or failures are not kept. */
  public double errorShare(int step) {
    double share = at(Measure.ERRORS, step) / at(Measure.REQUESTS, step);
    return Double.isFinite(share) ? Math.min(1, share) : 0;
  }

  /** Requests alone, as policies are learned from. */
  public LoadTrace load() {
    return new LoadTrace(start, stepSeconds, values(Measure.REQUESTS));
  }

  /**
   * The same in longer steps: means of what was seen, of a step of which less than half was seen
   * {@code NaN}. What does not fill a step at the end is left out.
   *
   * @param seconds at least; the new step is the smallest multiple of the old one that is as long
   * @throws IllegalArgumentException if not one such step is full
   */
  public WorkloadHistory inSteps(int seconds) {
    int together = Math.ceilDiv(seconds, stepSeconds);
    if (together <= 1) {
      return this;
    }
    if (steps < together) {
      throw new IllegalArgumentException(
          "a history of %d s has no step of %d s; give a longer history"
              .formatted((long) steps * stepSeconds, together * stepSeconds));
    }
    var longer = builder(start, stepSeconds * together, steps / together).with(resources);
    series.forEach((measure, values) -> longer.with(measure, means(values, together)));
    return longer.build();
  }

  private static double[] means(double[] values, int together) {
    double[] means = new double[values.length / together];
    for (int i = 0; i < means.length; i++) {
      double sum = 0;
      int seen = 0;
      for (int j = i * together; j < (i + 1) * together; j++) {
        if (!Double.isNaN(values[j])) {
          sum += values[j];
          seen++;
        }
      }
      means[i] = 2 * seen >= together ? sum / seen : Double.NaN;
    }
    return means;
  }
}
