package io.bridgewatch.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.Fact;
import io.bridgewatch.model.Finding;
import io.bridgewatch.model.MetricKind;
import io.bridgewatch.model.Series;
import io.bridgewatch.model.SeriesKey;
import io.bridgewatch.testkit.Telemetry;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class SeriesShiftsTest {

  private static final int BEFORE = 60;
  private static final int AFTER = 40;
  private static final long STEP = Telemetry.STEP.toMillis();
  private static final long FROM = Telemetry.FROM.toEpochMilli();
  private static final long SPLIT = FROM + BEFORE * STEP;
  private static final long END = SPLIT + AFTER * STEP;
  private static final Attributes POD = Telemetry.pod("orders", "1", "node-1");
  private static final SeriesKey CPU = Telemetry.gauge(POD, "container.cpu.usage", "{cpu}");
  private static final SeriesKey LATENCY =
      Telemetry.gauge(POD, "http.server.request.duration", "s");

  /** What would be called a finding in a report, and not only a wiggle. */
  private static final double CLEAR = 4;

  @Test
  void aConstantSeriesThatStartsToMoveIsAShift() {
    var values = new double[BEFORE + AFTER];
    Arrays.fill(values, 0.2);
    Arrays.fill(values, BEFORE, values.length, 0.9);
    var fact = (Fact.LevelShift) only(Telemetry.series(CPU, values)).fact();
    assertThat(fact.before()).isEqualTo(0.2);
    assertThat(fact.after()).isEqualTo(0.9);
    assertThat(fact.deviations()).isGreaterThan(CLEAR);
  }

  @Test
  void aConstantSeriesThatMovesByNothingToSpeakOfIsNone() {
    var values = new double[BEFORE + AFTER];
    Arrays.fill(values, 0.2);
    Arrays.fill(values, BEFORE, values.length, 0.201);
    assertThat(findings(Telemetry.series(CPU, values))).isEmpty();
  }

  @Test
  void oneWildSampleSaysNothing() {
    var values = Telemetry.levels(BEFORE, 0.2, AFTER, 0.2);
    values[BEFORE + 5] = 1e6;
    assertThat(size(Telemetry.series(CPU, values))).isLessThan(CLEAR);
  }

  @Test
  void missingSamplesAreNotZero() {
    var values = Telemetry.levels(BEFORE, 0.9, AFTER, 0.9);
    for (int i = BEFORE; i < values.length; i++) {
      if (i % 3 != 0) {
        values[i] = Double.NaN;
      }
    }
    assertThat(size(Telemetry.series(available(), values))).isLessThan(CLEAR);
    Arrays.fill(values, BEFORE, values.length, Double.NaN);
    assertThat(findings(Telemetry.series(available(), values))).isEmpty();
    Arrays.fill(values, Double.NaN);
    assertThat(findings(Telemetry.series(available(), values))).isEmpty();
  }

  @Test
  void gapsBetweenSamplesDoNotHideAShift() {
    var values = Telemetry.levels(BEFORE, 0.2, AFTER, 0.9);
    for (int i = 0; i < values.length; i += 4) {
      values[i] = Double.NaN;
    }
    assertThat(size(Telemetry.series(CPU, values))).isGreaterThan(CLEAR);
  }

  @Test
  void counterResetsAreNoChange() {
    var values = new double[BEFORE + AFTER];
    double count = 50_000;
    for (int i = 0; i < values.length; i++) {
      count = i == BEFORE + 3 || i == 20 ? 50 : count + 50 + i % 3;
      values[i] = count;
    }
    assertThat(size(Telemetry.series(counter(), values))).isLessThan(CLEAR);
  }

  @Test
  void aCounterThatGrowsFasterIsAShiftOfItsRate() {
    var values = new double[BEFORE + AFTER];
    for (int i = 1; i < values.length; i++) {
      values[i] = values[i - 1] + (i < BEFORE ? 10 : 50);
    }
    var fact = (Fact.LevelShift) only(Telemetry.series(counter(), values)).fact();
    assertThat(fact.before()).isCloseTo(1, within(0.01)); // 10 in 10 s
    assertThat(fact.after()).isCloseTo(5, within(0.01));
  }

  @Test
  void whatGetsBetterIsNoFinding() {
    assertThat(findings(Telemetry.series(CPU, Telemetry.levels(BEFORE, 0.9, AFTER, 0.1))))
        .isEmpty();
    assertThat(findings(Telemetry.series(available(), Telemetry.levels(BEFORE, 0.5, AFTER, 0.99))))
        .isEmpty();
    assertThat(findings(Telemetry.series(available(), Telemetry.levels(BEFORE, 0.99, AFTER, 0.5))))
        .hasSize(1);
  }

  @Test
  void aLevelThatWasReachedOftenBeforeIsNoNews() {
    var fresh = Telemetry.levels(BEFORE, 0.2, AFTER, 0.9);
    var known = fresh.clone();
    for (int i = 0; i < BEFORE; i += 6) {
      known[i] = 0.95;
    }
    assertThat(size(Telemetry.series(CPU, known)))
        .isLessThan(size(Telemetry.series(CPU, fresh)) / 3);
  }

  @Test
  void aShiftBeginsAtItsFirstSample() {
    var values = Telemetry.levels(BEFORE + 7, 0.2, AFTER - 7, 0.9);
    assertThat(only(Telemetry.series(CPU, values)).onset().toEpochMilli())
        .isEqualTo(SPLIT + 7 * STEP);
  }

  @Test
  void aShiftThatEndedIsStillSeen() {
    var values = Telemetry.levels(BEFORE, 0.2, AFTER, 0.2);
    Arrays.fill(values, BEFORE + 4, BEFORE + 14, 0.9);
    assertThat(size(Telemetry.series(CPU, values))).isGreaterThan(CLEAR);
  }

  @Test
  void whatComesAfterTheHorizonIsNotLookedAt() {
    var values = Telemetry.levels(BEFORE + 20, 0.2, AFTER - 20, 0.9);
    assertThat(
            SeriesShifts.shift(Telemetry.series(CPU, values), SPLIT, SPLIT + 20 * STEP)
                .orElseThrow()
                .deviations())
        .isLessThan(CLEAR);
  }

  @Test
  void tooFewSamplesSayNothing() {
    assertThat(findings(Telemetry.series(CPU))).isEmpty();
    assertThat(findings(Telemetry.series(CPU, 0.2))).isEmpty();
    assertThat(SeriesShifts.shift(Telemetry.series(CPU, 0.2, 0.9), FROM + STEP, END)).isEmpty();
    assertThat(SeriesShifts.shift(Telemetry.series(CPU, 0.2, 0.2), END, END)).isEmpty();
    assertThat(findings(Telemetry.series(counter(), 5))).isEmpty();
  }

  @Test
  void aCountThatWaversAsCountsDoIsNoNews() {
    var threads = Telemetry.gauge(POD, "server.threads.busy", "");
    var values = new double[BEFORE + AFTER];
    values[BEFORE + 3] = 1;
    values[BEFORE + 4] = 1;
    assertThat(size(Telemetry.series(threads, values))).isLessThan(CLEAR);
    Arrays.fill(values, BEFORE, values.length, 40);
    assertThat(size(Telemetry.series(threads, values))).isGreaterThan(CLEAR);
  }

  @Test
  void memoryThatRisesAsItDidBeforeIsNoNews() {
    var heap = Telemetry.gauge(POD, "jvm.memory.used", "By");
    var values = new double[BEFORE + AFTER];
    for (int i = 0; i < values.length; i++) {
      values[i] = (100 + i) * 1e6;
    }
    assertThat(size(Telemetry.series(heap, values))).isLessThan(1);
    for (int i = BEFORE; i < values.length; i++) {
      values[i] += (i - BEFORE) * 20e6;
    }
    assertThat(size(Telemetry.series(heap, values))).isGreaterThan(CLEAR);
  }

  @Test
  void infinitiesAreNoError() {
    var values = Telemetry.levels(BEFORE, 0.2, AFTER, 0.2);
    values[3] = Double.POSITIVE_INFINITY;
    values[4] = Double.NEGATIVE_INFINITY;
    values[BEFORE + 3] = Double.POSITIVE_INFINITY;
    assertThat(size(Telemetry.series(CPU, values))).isLessThan(CLEAR);
    Arrays.fill(values, Double.POSITIVE_INFINITY);
    assertThat(findings(Telemetry.series(CPU, values))).isEmpty();
  }

  @Test
  void aSeriesOfNobodyIsNoFinding() {
    var key = Telemetry.gauge(Attributes.none(), "container.cpu.usage", "{cpu}");
    assertThat(findings(Telemetry.series(key, Telemetry.levels(BEFORE, 0.2, AFTER, 0.9))))
        .isEmpty();
  }

  @Test
  void aLatencyOverFewRequestsCountsLess() {
    var slow = Telemetry.series(LATENCY, Telemetry.levels(BEFORE, 0.1, AFTER, 0.8));
    assertThat(size(slow, requests(0.2))).isLessThan(size(slow, requests(50)));
    assertThat(size(slow, requests(50))).isEqualTo(size(slow));
  }

  @RepeatedTest(30)
  void secondsAndMillisecondsSayTheSame(RepetitionInfo repetition) {
    long seed = repetition.getCurrentRepetition();
    var random = new SplittableRandom(seed);
    double next = random.nextDouble(0.1, 2);
    var seconds = new double[BEFORE + AFTER];
    Arrays.setAll(seconds, i -> (i < BEFORE ? 0.1 : next) * Math.exp(0.2 * random.nextGaussian()));
    var millis = Arrays.stream(seconds).map(v -> v * 1000).toArray();
    var key = Telemetry.gauge(POD, "http.server.request.duration", "ms");
    assertThat(size(Telemetry.series(key, millis)))
        .as("seed %d", seed)
        .isCloseTo(size(Telemetry.series(LATENCY, seconds)), within(1e-6));
  }

  @RepeatedTest(30)
  void aLargerShiftIsNeverLessUnusual(RepetitionInfo repetition) {
    long seed = repetition.getCurrentRepetition();
    var random = new SplittableRandom(seed);
    var noise = new double[BEFORE + AFTER];
    Arrays.setAll(noise, i -> 0.02 * random.nextGaussian());
    double last = 0;
    for (double next : new double[] {0.3, 0.5, 0.9, 2}) {
      var values = new double[noise.length];
      Arrays.setAll(values, i -> (i < BEFORE ? 0.2 : next) + noise[i]);
      double size = size(Telemetry.series(CPU, values));
      assertThat(size).as("seed %d, to %s", seed, next).isGreaterThanOrEqualTo(last);
      last = size;
    }
  }

  private static SeriesKey available() {
    return Telemetry.gauge(POD, "http.server.success_ratio", "1");
  }

  private static SeriesKey counter() {
    return new SeriesKey(
        POD, "http.requests", "{request}", MetricKind.CUMULATIVE, Attributes.none());
  }

  private static Series requests(double perSecond) {
    var key = Telemetry.gauge(POD, "http.server.request.rate", "{request}/s");
    return Telemetry.series(key, Telemetry.levels(BEFORE, perSecond, AFTER, perSecond));
  }

  private static Finding only(Series series) {
    var found = findings(series);
    assertThat(found).hasSize(1);
    assertThat(found.getFirst().entity().name()).isEqualTo(POD.getOr(AttributeNames.POD, "?"));
    return found.getFirst();
  }

  /** Deviations of the first series' finding; 0 where there is none. */
  private static double size(Series... series) {
    return findings(series).stream()
        .filter(f -> ((Fact.LevelShift) f.fact()).series().equals(series[0].key()))
        .mapToDouble(Finding::severity)
        .findFirst()
        .orElse(0);
  }

  private static List<Finding> findings(Series... series) {
    var levels = SeriesShifts.levels(List.of(series));
    return SeriesShifts.at(levels, new Volume(levels), SPLIT, END, 1);
  }
}
