package io.bridgewatch.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

class RecurringRisesTest {

  private static final int DAY = 1440;
  private static final int LEARNED = 4 * DAY;
  private static final int AHEAD = 2;

  @Test
  void aSaleAtTheSameTimeEachDayIsExpected() {
    var signals = new LoadSignals(days(5, 1, _ -> 20 * 60), 20);
    LoadSignals.Ahead ahead = signals.new Ahead(AHEAD);
    var rises = RecurringRises.learn(signals, ahead, LEARNED, step -> step >= DAY);
    assertThat(rises.trusted()).isTrue();
    int opens = LEARNED + 20 * 60;
    assertThat(rises.at(signals, ahead, opens - AHEAD)).isBetween(Math.log(4), Math.log(7));
    assertThat(rises.at(signals, ahead, opens - AHEAD - 5)).isZero();
    assertThat(rises.at(signals, ahead, opens + 5)).isZero();
  }

  @Test
  void oneDayAloneIsTakenForARule() {
    var signals = new LoadSignals(days(3, 2, _ -> 20 * 60), 20);
    LoadSignals.Ahead ahead = signals.new Ahead(AHEAD);
    var rises = RecurringRises.learn(signals, ahead, 2 * DAY, _ -> true);
    assertThat(rises.trusted()).isTrue();
    assertThat(rises.at(signals, ahead, DAY + 20 * 60 - AHEAD)).isPositive();
  }

  @Test
  void salesAtNoFixedTimeAreNotTrusted() {
    var random = new SplittableRandom(3);
    var signals = new LoadSignals(days(5, 3, _ -> 60 + random.nextInt(1300)), 20);
    LoadSignals.Ahead ahead = signals.new Ahead(AHEAD);
    var rises = RecurringRises.learn(signals, ahead, LEARNED, step -> step >= DAY);
    assertThat(rises.trusted()).isFalse();
    for (int step = LEARNED; step < 5 * DAY; step++) {
      assertThat(rises.at(signals, ahead, step)).isZero();
    }
  }

  /** Minutes of days with noise and a sale of ten minutes that draws five times as many. */
  private static LoadTrace days(int days, long seed, IntUnaryOperator opens) {
    var random = new SplittableRandom(seed);
    double[] rates = new double[days * DAY];
    for (int day = 0; day < days; day++) {
      int sale = opens.applyAsInt(day);
      for (int minute = 0; minute < DAY; minute++) {
        boolean isOn = minute >= sale && minute < sale + 10;
        rates[day * DAY + minute] =
            300 * (isOn ? 5 : 1) * Math.exp(0.04 * (random.nextDouble() - 0.5));
      }
    }
    return new LoadTrace(Instant.EPOCH, 60, rates);
  }
}
