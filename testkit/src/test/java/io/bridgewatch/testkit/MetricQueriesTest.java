package io.bridgewatch.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.MetricKind;
import io.bridgewatch.model.SampleBatch;
import io.bridgewatch.model.SeriesKey;
import io.bridgewatch.ports.MetricQueries;
import io.bridgewatch.ports.MetricQueries.Evaluated;
import io.bridgewatch.ports.MetricQuery;
import io.bridgewatch.ports.MetricQuery.Aggregate;
import io.bridgewatch.ports.MetricQuery.HistogramQuantile;
import io.bridgewatch.ports.MetricQuery.Increase;
import io.bridgewatch.ports.MetricQuery.OverTime;
import io.bridgewatch.ports.MetricQuery.Rate;
import io.bridgewatch.ports.MetricQuery.Ratio;
import io.bridgewatch.ports.MetricQuery.Reduction;
import io.bridgewatch.ports.MetricQuery.Reduction.Simple;
import io.bridgewatch.ports.MetricQuery.Select;
import io.bridgewatch.ports.MetricSelector;
import io.bridgewatch.ports.QueryTooWideException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Values computed by hand, as the sums beside them show. */
class MetricQueriesTest {

  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Offset<Double> EXACT = within(1e-9);
  private static final double STALE = SampleBatch.STALE;
  private static final MetricSelector M = MetricSelector.of("m");

  private final InMemoryMetricStore store =
      new InMemoryMetricStore(InstantSource.fixed(START.plus(Duration.ofDays(1))), 1000);

  private static SeriesKey key(String metric, MetricKind kind, Attributes point) {
    return new SeriesKey(Attributes.of("zone", "a"), metric, "", kind, point);
  }

  private static SeriesKey counter(String pod) {
    return key("m", MetricKind.CUMULATIVE, Attributes.of("pod", pod));
  }

  /** Second after the start, value, second, value … */
  private void add(SeriesKey key, double... secondsAndValues) {
    var batch = SampleBatch.builder();
    for (int i = 0; i < secondsAndValues.length; i += 2) {
      batch.add(
          key,
          START.plusSeconds((long) secondsAndValues[i]).toEpochMilli(),
          secondsAndValues[i + 1]);
    }
    assertThat(store.append(batch.build()).rejected()).isEmpty();
  }

  private Evaluated at(MetricQuery query, long seconds) {
    var time = START.plusSeconds(seconds);
    return MetricQueries.evaluate(query, store, time, time, MINUTE, 100);
  }

  /** The value of the only series there is. */
  private double one(MetricQuery query, long seconds) {
    var found = at(query, seconds);
    assertThat(found.lines()).hasSize(1);
    return found.lines().getFirst().value(0);
  }

  @Test
  void theNewestSampleCountsForFiveMinutes() {
    add(counter("a"), 0, 1, 60, 2);
    assertThat(at(new Select(M), -1).lines()).isEmpty();
    assertThat(one(new Select(M), 0)).isEqualTo(1);
    assertThat(one(new Select(M), 59)).isEqualTo(1);
    assertThat(one(new Select(M), 60)).isEqualTo(2);
    assertThat(one(new Select(M), 359)).isEqualTo(2);
    assertThat(at(new Select(M), 360).lines()).isEmpty();
  }

  @Test
  void aStaleMarkerEndsASeriesAtOnce() {
    add(counter("a"), 0, 1, 60, STALE, 120, 3);
    var found =
        MetricQueries.evaluate(
            new Select(M), store, START, START.plusSeconds(150), Duration.ofSeconds(30), 1);
    assertThat(found.times()).isEqualTo(6);
    assertThat(found.lines().getFirst().values())
        .containsExactly(1, 1, Double.NaN, Double.NaN, 3, 3);
    assertThat(found.lines().getFirst().metric()).isEqualTo("m");
    assertThat(found.lines().getFirst().attributes())
        .isEqualTo(Attributes.of("pod", "a", "zone", "a"));
    assertThat(found.time(2)).isEqualTo(START.plusSeconds(60));
  }

  @Test
  void anIncreaseIsStretchedToTheEdgesThatAreNear() {
    add(counter("a"), 15, 100, 30, 110, 45, 120, 60, 130);
    // window (0, 60]: rise 30 over 45 s; 15 s to the start is near (< 16.5): 30 * 60 / 45
    assertThat(one(new Increase(M, MINUTE), 60)).isCloseTo(40, EXACT);
    assertThat(one(new Rate(M, MINUTE), 60)).isCloseTo(40 / 60.0, EXACT);
    // window (10, 70]: 5 s to the start, 10 s to the end: 30 * 60 / 45
    assertThat(one(new Increase(M, MINUTE), 70)).isCloseTo(40, EXACT);
    // window (30, 90]: 45 and 60; 15 s to the start, 30 s to the end is far: 7.5 s instead
    assertThat(one(new Increase(M, MINUTE), 90)).isCloseTo(10 * (15 + 15 + 7.5) / 15, EXACT);
    // window (45, 105]: one sample only
    assertThat(at(new Increase(M, MINUTE), 105).lines()).isEmpty();
  }

  @Test
  void anIncreaseIsNotStretchedToBeforeTheCountWasZero() {
    add(counter("a"), 50, 1, 60, 11);
    // window (0, 60]: rise 10 over 10 s; far from the start: 5 s; but zero was 1 s before
    assertThat(one(new Increase(M, MINUTE), 60)).isCloseTo(10 * (10 + 1) / 10.0, EXACT);
  }

  @Test
  void countingAnewIsAnIncreaseOfWhatWasCounted() {
    add(counter("a"), 0, 100, 15, 110, 30, 5, 45, 8, 60, 20);
    // window (-15, 60]: 10 + 5 + 3 + 12 over 60 s; 15 s to the start: 30 * 75 / 60
    assertThat(one(new Increase(M, Duration.ofSeconds(75)), 60)).isCloseTo(37.5, EXACT);
  }

  @Test
  void aStaleMarkerIsPassedOverInAWindow() {
    add(counter("a"), 15, 100, 30, STALE, 45, 4, 60, 6);
    // window (0, 60]: 4 + 2 over 45 s, mean distance 22.5 s; 15 s to the start
    assertThat(one(new Increase(M, MINUTE), 60)).isCloseTo(6 * 60 / 45.0, EXACT);
    var last = new OverTime(M, MINUTE, Simple.COUNT);
    assertThat(one(last, 60)).isEqualTo(3);
  }

  @Test
  void whatCameInSinceTheSampleBeforeIsAddedUp() {
    add(key("m", MetricKind.DELTA, Attributes.none()), 0, 5, 30, 7, 60, 2);
    assertThat(one(new Increase(M, MINUTE), 60)).isEqualTo(9);
    assertThat(one(new Rate(M, MINUTE), 60)).isCloseTo(0.15, EXACT);
    assertThat(one(new Increase(M, MINUTE), 119)).isEqualTo(2);
  }

  @Test
  void aWindowComesToOneNumber() {
    add(key("m", MetricKind.GAUGE, Attributes.none()), 0, 100, 15, 4, 30, 1, 45, STALE, 60, 3);
    assertThat(over(Simple.SUM)).isEqualTo(8);
    assertThat(over(Simple.AVERAGE)).isCloseTo(8 / 3.0, EXACT);
    assertThat(over(Simple.MINIMUM)).isEqualTo(1);
    assertThat(over(Simple.MAXIMUM)).isEqualTo(4);
    assertThat(over(Simple.COUNT)).isEqualTo(3);
    assertThat(over(Simple.LAST)).isEqualTo(3);
    assertThat(over(new Reduction.Quantile(0.5))).isEqualTo(3);
    assertThat(over(new Reduction.Quantile(0.75))).isEqualTo(3.5);
    assertThat(over(new Reduction.Quantile(1))).isEqualTo(4);
  }

  private double over(Reduction reduction) {
    return one(new OverTime(M, MINUTE, reduction), 60);
  }

  @Test
  void seriesComeToOneForEachValueOfAnAttribute() {
    add(key("m", MetricKind.GAUGE, Attributes.of("pod", "a1", "app", "a")), 0, 1);
    add(key("m", MetricKind.GAUGE, Attributes.of("pod", "a2", "app", "a")), 0, 3);
    add(key("m", MetricKind.GAUGE, Attributes.of("pod", "b1", "app", "b")), 0, 10, 30, STALE);
    add(key("m", MetricKind.GAUGE, Attributes.of("pod", "none")), 0, 7);
    var sums = at(new Aggregate(new Select(M), Simple.SUM, Set.of("app")), 0).lines();
    assertThat(sums).hasSize(3);
    assertThat(sums.get(0).attributes()).isEqualTo(Attributes.none());
    assertThat(sums.get(0).value(0)).isEqualTo(7);
    assertThat(sums.get(1).attributes()).isEqualTo(Attributes.of("app", "a"));
    assertThat(sums.get(1).value(0)).isEqualTo(4);
    assertThat(sums.get(2).value(0)).isEqualTo(10);
    assertThat(at(new Aggregate(new Select(M), Simple.SUM, Set.of("app")), 30).lines()).hasSize(2);
    assertThat(one(new Aggregate(new Select(M), Simple.COUNT, Set.of()), 0)).isEqualTo(4);
    assertThat(one(new Aggregate(new Select(M), Simple.MAXIMUM, Set.of("zone")), 0)).isEqualTo(10);
    assertThat(one(new Aggregate(new Select(M), new Reduction.Quantile(0.5), Set.of()), 0))
        .isEqualTo(5); // of 1, 3, 7, 10
    assertThat(one(new Aggregate(new Select(M), Simple.AVERAGE, Set.of()), 30))
        .isCloseTo(11 / 3.0, EXACT);
  }

  @Test
  void aQuantileIsReadFromBuckets() {
    bucket("0.1", 10);
    bucket("0.5", 30);
    bucket("1", 38);
    bucket("+Inf", 40);
    bucket("many", 99); // no number: passed over
    assertThat(quantile(0.5)).isCloseTo(0.1 + 0.4 * (20 - 10) / 20, EXACT);
    assertThat(quantile(0.25)).isCloseTo(0.1, EXACT);
    assertThat(quantile(0.1)).isCloseTo(0.1 * 4 / 10, EXACT);
    assertThat(quantile(0.95)).isCloseTo(1, EXACT);
    assertThat(quantile(0.99)).isEqualTo(1);
    var line = at(new HistogramQuantile(0.5, new Select(M)), 0).lines().getFirst();
    assertThat(line.attributes()).isEqualTo(Attributes.of("zone", "a"));
  }

  private void bucket(String bound, double count) {
    add(key("m", MetricKind.CUMULATIVE, Attributes.of("le", bound)), 0, count);
  }

  private double quantile(double quantile) {
    return one(new HistogramQuantile(quantile, new Select(M)), 0);
  }

  @Test
  void aHistogramWithoutItsLastBucketOrWithoutCountsHasNoQuantile() {
    bucket("0.1", 10);
    bucket("0.5", 30);
    assertThat(at(new HistogramQuantile(0.5, new Select(M)), 0).lines()).isEmpty();
    bucket("+Inf", 0);
    assertThat(quantile(0.5)).isCloseTo(0.1 + 0.4 * (15 - 10) / 20, EXACT); // 30 in all, then
  }

  @Test
  void oneByTheOtherOfTheSameAttributes() {
    add(key("bad", MetricKind.GAUGE, Attributes.of("pod", "a")), 0, 3);
    add(key("bad", MetricKind.GAUGE, Attributes.of("pod", "b")), 0, 1);
    add(key("bad", MetricKind.GAUGE, Attributes.of("pod", "alone")), 0, 1);
    add(key("all", MetricKind.GAUGE, Attributes.of("pod", "a")), 0, 12);
    add(key("all", MetricKind.GAUGE, Attributes.of("pod", "b")), 0, 0);
    var ratio =
        new Ratio(new Select(MetricSelector.of("bad")), new Select(MetricSelector.of("all")));
    var lines = at(ratio, 0).lines();
    assertThat(lines).hasSize(1);
    assertThat(lines.getFirst().value(0)).isEqualTo(0.25);
    assertThat(lines.getFirst().metric()).isEmpty();
  }

  @Test
  void whatCannotBeAskedIsRefused() {
    add(counter("a"), 0, 1);
    add(counter("b"), 0, 1);
    var query = new Select(M);
    assertThatThrownBy(() -> MetricQueries.evaluate(query, store, START, START, MINUTE, 1))
        .isInstanceOf(QueryTooWideException.class);
    var week = START.plus(Duration.ofDays(7));
    assertThatThrownBy(
            () -> MetricQueries.evaluate(query, store, START, week, Duration.ofSeconds(15), 10))
        .isInstanceOf(QueryTooWideException.class)
        .hasMessageContaining("step");
    assertThatThrownBy(() -> MetricQueries.evaluate(query, store, week, START, MINUTE, 10))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> MetricQueries.evaluate(query, store, START, week, Duration.ZERO, 10))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Rate(M, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new HistogramQuantile(1.1, query))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Aggregate(query, Simple.LAST, Set.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
