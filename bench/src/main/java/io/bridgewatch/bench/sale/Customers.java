package io.bridgewatch.bench.sale;

import io.bridgewatch.drill.bank.Load;
import io.bridgewatch.scale.ScalingEffect;

/**
 * How customers fared, by themselves: a request is hurt if it failed, or took longer than usual by
 * more than the time that the plant allows; a minute is violated if more than {@link
 * ScalingEffect#VIOLATING_SHARE} of the requests that began in it were hurt. The backtest counts
 * the same.
 */
final class Customers implements Load.Witness {

  private static final long MINUTE_NANOS = 60_000_000_000L;

  private final double hurtNanos;
  private final int[] asked;
  private final int[] hurt;

  /**
   * @param usualSeconds latency where nothing is wrong
   * @param hurtSeconds above it
   * @param minutes of the day
   */
  Customers(double usualSeconds, double hurtSeconds, int minutes) {
    this.hurtNanos = (usualSeconds + hurtSeconds) * 1e9;
    this.asked = new int[minutes];
    this.hurt = new int[minutes];
  }

  @Override
  public void fared(Load.Stream stream, long begunNanos, long tookNanos, boolean served) {
    int minute = (int) (begunNanos / MINUTE_NANOS);
    if (minute < asked.length) {
      asked[minute]++;
      hurt[minute] += !served || tookNanos > hurtNanos ? 1 : 0;
    }
  }

  /** Requests whose end is known. */
  long requests() {
    long sum = 0;
    for (int one : asked) {
      sum += one;
    }
    return sum;
  }

  long hurt() {
    long sum = 0;
    for (int one : hurt) {
      sum += one;
    }
    return sum;
  }

  int violationMinutes() {
    int minutes = 0;
    for (int minute = 0; minute < asked.length; minute++) {
      minutes += hurt[minute] > ScalingEffect.VIOLATING_SHARE * asked[minute] ? 1 : 0;
    }
    return minutes;
  }

  /** Share of each minute's requests that were hurt, 0 to 1. */
  double[] hurtShares() {
    double[] shares = new double[asked.length];
    for (int minute = 0; minute < asked.length; minute++) {
      shares[minute] = asked[minute] == 0 ? 0 : (double) hurt[minute] / asked[minute];
    }
    return shares;
  }
}
