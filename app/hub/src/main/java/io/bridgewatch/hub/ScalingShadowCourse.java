package io.bridgewatch.hub;

import io.bridgewatch.engine.WorkloadReader;
import io.bridgewatch.hub.ScalingJudgements.ScalingShadowReplicas;
import io.bridgewatch.model.AttributeMatch;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.ports.MetricQueries;
import io.bridgewatch.ports.MetricQuery;
import io.bridgewatch.ports.MetricQuery.Reduction.Simple;
import io.bridgewatch.ports.MetricSelector;
import io.bridgewatch.ports.MetricStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Reads how many replicas were asked for over time, by who is in force and by who is in shadow. */
@Component
final class ScalingShadowCourse {

  /** As often as the replicas in force are kept. */
  private static final Duration SHORTEST_STEP = Duration.ofMinutes(1);

  private static final int MOST_STEPS = 500;
  private static final int MOST_SERIES = 10;

  private final MetricStore metrics;

  ScalingShadowCourse(MetricStore metrics) {
    this.metrics = metrics;
  }

  /**
   * @param workload what it is called in series about itself
   * @param range the step in which it ends is told too, as far as it is over
   */
  ScalingShadowReplicas of(Attributes workload, SignalRange range) {
    Duration usual = range.step(MOST_STEPS);
    long seconds = Math.max(SHORTEST_STEP.toSeconds(), usual.toSeconds());
    var from =
        Instant.ofEpochSecond(Math.floorDiv(range.from().getEpochSecond(), seconds) * seconds);
    int steps = (int) (Duration.between(from, range.to()).toSeconds() / seconds) + 1;
    return new ScalingShadowReplicas(
        from,
        (int) seconds,
        ScalingLearningForms.numbers(most(WorkloadReader.REPLICAS, workload, from, seconds, steps)),
        ScalingLearningForms.numbers(most(ScalingShadows.METRIC, workload, from, seconds, steps)));
  }

  /** The most within each step, {@code NaN} where nothing was told. */
  private double[] most(String metric, Attributes workload, Instant from, long seconds, int steps) {
    var step = Duration.ofSeconds(seconds);
    var of =
        workload.asMap().entrySet().stream()
            .map(one -> AttributeMatch.equal(one.getKey(), one.getValue()))
            .toList();
    var query =
        new MetricQuery.Aggregate(
            new MetricQuery.OverTime(
                new MetricSelector(Optional.of(metric), of), step, Simple.MAXIMUM),
            Simple.MAXIMUM,
            Set.of());
    Instant first = from.plus(step).minusMillis(1);
    var found =
        MetricQueries.evaluate(
            query, metrics, first, first.plus(step.multipliedBy(steps - 1L)), step, MOST_SERIES);
    double[] values = new double[steps];
    Arrays.fill(values, Double.NaN);
    found.lines().forEach(line -> System.arraycopy(line.values(), 0, values, 0, found.times()));
    return values;
  }
}
