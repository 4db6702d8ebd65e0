package io.bridgewatch.engine;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.ports.MetricQueries;
import io.bridgewatch.ports.MetricQueries.Evaluated;
import io.bridgewatch.ports.MetricQueries.Line;
import io.bridgewatch.ports.MetricQuery;
import io.bridgewatch.ports.MetricQuery.Reduction.Simple;
import io.bridgewatch.ports.MetricSelector;
import io.bridgewatch.ports.MetricStore;
import io.bridgewatch.ports.QueryTooWideException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Evaluates queries at each step of a recording, in pages of some hours, each with at most so many
 * series. What is not seen stays {@code NaN}.
 */
final class StepQueries {

  static final Duration SHORTEST_RATE = Duration.ofMinutes(1);

  private static final Duration PAGE = Duration.ofHours(6);

  /** Share of the ready replicas that have to be measured. */
  private static final double MEASURED = 0.8;

  private final MetricStore store;
  private final int mostSeries;
  private final Instant start;
  private final int stepSeconds;
  private final int steps;
  private final Duration window;

  /**
   * @param mostSeries of one page of one query
   * @param start of the first step
   */
  StepQueries(MetricStore store, int mostSeries, Instant start, int stepSeconds, int steps) {
    this.store = store;
    this.mostSeries = mostSeries;
    this.start = start;
    this.stepSeconds = stepSeconds;
    this.steps = steps;
    Duration step = Duration.ofSeconds(stepSeconds);
    this.window = step.compareTo(SHORTEST_RATE) < 0 ? SHORTEST_RATE : step;
  }

  /** Some steps that are evaluated together. */
  record Page(int first, int count) {}

  /** What lines are at one step, none of them empty. */
  interface OfStep {
    void take(int step, List<Line> lines, int at);
  }

  /** Of rates and of what is taken over time: a step, at least a minute. */
  Duration window() {
    return window;
  }

  MetricStore store() {
    return store;
  }

  double[] unseen() {
    return unseen(steps);
  }

  static double[] unseen(int steps) {
    double[] numbers = new double[steps];
    Arrays.fill(numbers, Double.NaN);
    return numbers;
  }

  /**
   * Takes out the steps of which fewer than four in five of the ready replicas were measured: a sum
   * of some is no sum.
   *
   * @param pods of which it was measured, by step
   */
  static void takeOutPartly(double[] numbers, double[] pods, double[] ready) {
    for (int i = 0; i < numbers.length; i++) {
      if (pods[i] < MEASURED * ready[i]) {
        numbers[i] = Double.NaN;
      }
    }
  }

  void sum(MetricQuery query, double[] into) {
    each(
        new MetricQuery.Aggregate(query, Simple.SUM, Set.of()),
        (step, lines, at) -> into[step] = lines.getFirst().value(at));
  }

  /**
   * @param pods into which it counts those that have a value
   */
  void sumByPod(MetricQuery query, double[] into, double[] pods) {
    each(
        new MetricQuery.Aggregate(query, Simple.SUM, Set.of(AttributeNames.POD)),
        (step, lines, at) -> {
          double sum = 0;
          int count = 0;
          for (Line line : lines) {
            double value = line.value(at);
            if (!Double.isNaN(value)) {
              sum += value;
              count++;
            }
          }
          if (count > 0) {
            into[step] = sum;
            pods[step] = count;
          }
        });
  }

  /** The newest of each step. */
  void level(MetricSelector selector, double[] into) {
    each(
        new MetricQuery.Aggregate(
            new MetricQuery.OverTime(selector, window, Simple.LAST), Simple.MAXIMUM, Set.of()),
        (step, lines, at) -> into[step] = lines.getFirst().value(at));
  }

  void each(MetricQuery query, OfStep visitor) {
    for (Page page : pages()) {
      List<Line> lines = lines(query, page);
      for (int i = 0; !lines.isEmpty() && i < page.count; i++) {
        visitor.take(page.first + i, lines, i);
      }
    }
  }

  List<Page> pages() {
    int length = (int) Math.max(1, PAGE.toSeconds() / stepSeconds);
    var pages = new ArrayList<Page>();
    for (int first = 0; first < steps; first += length) {
      pages.add(new Page(first, Math.min(length, steps - first)));
    }
    return pages;
  }

  /**
   * One value for each step of the page.
   *
   * @throws QueryTooWideException if there are too many series
   */
  List<Line> lines(MetricQuery query, Page page) {
    Evaluated found =
        MetricQueries.evaluate(
            query,
            store,
            ending(page.first),
            ending(page.first + page.count - 1),
            Duration.ofSeconds(stepSeconds),
            mostSeries);
    return found.lines();
  }

  /** A moment before the next step begins, so that what it begins with is not of this one. */
  private Instant ending(int step) {
    return start.plusSeconds((long) (step + 1) * stepSeconds).minusMillis(1);
  }
}
