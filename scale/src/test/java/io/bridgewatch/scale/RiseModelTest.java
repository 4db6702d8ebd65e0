package io.bridgewatch.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RiseModelTest {

  private static final int[] AHEADS = {1, 2};

  @Test
  void aRushEachFullHourIsForetold() {
    LoadTrace load = Loads.days(6, 3);
    var signals = new LoadSignals(load, 20);
    var forecast = new RiseForecast(RiseModel.learn(signals, AHEADS, 4 * 1440, _ -> true), signals);
    double before = 0;
    double between = 0;
    for (int hour = 4 * 24; hour < 6 * 24; hour++) {
      before += forecast.rise(hour * 60 - 1, 1, 0) / 48;
      between += forecast.rise(hour * 60 + 30, 1, 0) / 48;
    }
    assertThat(before).isGreaterThan(0.2);
    assertThat(between).isLessThan(0.1);
  }

  @Test
  void moreErrorsCoverMoreOfWhatComes() {
    LoadTrace load = Loads.days(8, 4);
    var signals = new LoadSignals(load, 20);
    var forecast = new RiseForecast(RiseModel.learn(signals, AHEADS, 4 * 1440, _ -> true), signals);
    LoadSignals.Ahead ahead = signals.new Ahead(2);
    double last = 0;
    for (double errors : new double[] {0, 1, 2, 4}) {
      int covered = 0;
      for (int step = 4 * 1440; step < load.steps() - 2; step++) {
        covered += ahead.rise(step) <= forecast.rise(step, 2, errors) ? 1 : 0;
      }
      double share = covered / (4.0 * 1440 - 2);
      assertThat(share).isGreaterThan(last);
      last = share;
    }
    assertThat(last).isGreaterThan(0.97);
  }

  @Test
  void signalsDependOnNothingLater() {
    double[] rates = Loads.days(5, 9).perSecond();
    double[] changed = rates.clone();
    var random = new SplittableRandom(2);
    int at = 4 * 1440;
    for (int step = at + 1; step < rates.length; step++) {
      changed[step] = 3000 * random.nextDouble();
    }
    var one = new LoadSignals(new LoadTrace(Instant.EPOCH, 60, rates), 20);
    var other = new LoadSignals(new LoadTrace(Instant.EPOCH, 60, changed), 20);
    double[] left = new double[LoadSignals.COUNT];
    double[] right = new double[LoadSignals.COUNT];
    for (int step : new int[] {0, 1, 70, 1500, 3000, at}) {
      one.new Ahead(2).fill(step, left);
      other.new Ahead(2).fill(step, right);
      assertThat(right).as("step %d", step).containsExactly(left);
    }
  }

  @Test
  void aLoadTwiceAsHighHasNearlyTheSameSignals() {
    double[] rates = Loads.days(3, 9).perSecond();
    double[] twice = Arrays.stream(rates).map(rate -> 2 * rate).toArray();
    var one = new LoadSignals(new LoadTrace(Instant.EPOCH, 60, rates), 10);
    var other = new LoadSignals(new LoadTrace(Instant.EPOCH, 60, twice), 20);
    double[] left = new double[LoadSignals.COUNT];
    double[] right = new double[LoadSignals.COUNT];
    one.new Ahead(1).fill(2000, left);
    other.new Ahead(1).fill(2000, right);
    for (int i = 0; i < left.length; i++) {
      assertThat(right[i]).isCloseTo(left[i], within(1e-9));
    }
  }

  @Test
  void looksAheadAsFarAsAStartTakes() {
    // Metrics of the 15 s that ended 15 s ago; replicas asked for now serve from 60 s on.
    var minutes = new LookAhead(60, PlantSettings.standard(100, 60));
    assertThat(minutes.possible()).containsExactly(1, 2);
    assertThat(minutes.seen(600)).isEqualTo(9);
    assertThat(minutes.steps(600)).isEqualTo(2);
    assertThat(minutes.seen(630)).isEqualTo(10);
    assertThat(minutes.steps(630)).isEqualTo(1);
    assertThat(new LookAhead(15, PlantSettings.standard(100, 60)).possible()).containsExactly(6);
  }
}
