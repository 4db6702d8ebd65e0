package io.bridgewatch.scale.plant;

import io.bridgewatch.numerics.LeastSquares;
import java.util.Arrays;

/**
 * Fits a {@link LatencyCurve} to binned latency, in logarithms, by damped least squares (Levenberg,
 * 1944; Marquardt, 1963) with Huber's weights.
 *
 * <p>Parameters are logarithms. What the data leave open is drawn to what queueing theory expects:
 * a spread of random arrivals, a few servers, overloads of minutes. Floor and capacity are drawn to
 * nothing.
 */
final class LatencyFit {

  private static final int PARAMETERS = 5;
  private static final int FLOOR = 0;
  private static final int CAPACITY = 1;
  private static final int SPREAD = 2;
  private static final int EXPONENT = 3;
  private static final int LASTING = 4;

  private static final int STEPS = 60;
  private static final double LEAST_ERROR = 0.03;
  private static final double HUBER = 2;
  private static final double SLOPE_STEP = 1e-5;
  private static final double[] FIRST_CAPACITIES = {0.9, 1.05, 1.3, 1.8, 3};

  private static final double[] LOWEST = {
    Math.log(1e-6), Double.NEGATIVE_INFINITY, Math.log(0.02), 0, Math.log(10)
  };
  private static final double[] HIGHEST = {
    Math.log(1e4), Double.POSITIVE_INFINITY, Math.log(50), Math.log(12), Math.log(14_400)
  };

  /** What the data leave open is drawn there, with that strength. */
  private final double[] usual;

  private final double[] usualError = {0, 0, 1, 0.7, 0.7};
  private final Measure measure;
  private final double highestLoad;

  LatencyFit(Measure measure, double highestLoad) {
    this.measure = measure;
    this.highestLoad = highestLoad;
    double spread = measure == Measure.LATENCY_P95 ? 3 : measure == Measure.LATENCY_P50 ? 0.7 : 1;
    usual = new double[] {0, 0, Math.log(spread), Math.log(2), Math.log(300)};
  }

  private record Found(double[] parameters, double cost) {}

  /**
   * @param bins at least three, values are seconds
   */
  LatencyCurve fit(LoadBins.Summary bins) {
    double floor = Math.log(Arrays.stream(bins.values()).min().orElseThrow());
    Found best = null;
    for (double first : FIRST_CAPACITIES) {
      double[] start = usual.clone();
      start[FLOOR] = floor;
      start[CAPACITY] = Math.log(first * highestLoad);
      Found found = descend(bins, start);
      if (best == null || found.cost < best.cost) {
        best = found;
      }
    }
    return curve(best == null ? usual : best.parameters);
  }

  /** From a curve that is near. */
  LatencyCurve fit(LoadBins.Summary bins, LatencyCurve near) {
    double[] start = {
      Math.log(near.floorSeconds()),
      Math.log(near.capacity()),
      Math.log(near.spread()),
      Math.log(near.exponent()),
      Math.log(near.lastingSeconds())
    };
    return curve(descend(bins, start).parameters);
  }

  private LatencyCurve curve(double[] parameters) {
    return new LatencyCurve(
        measure,
        Math.exp(parameters[FLOOR]),
        Math.exp(parameters[CAPACITY]),
        Math.exp(parameters[SPREAD]),
        Math.exp(parameters[EXPONENT]),
        Math.exp(parameters[LASTING]));
  }

  private Found descend(LoadBins.Summary bins, double[] start) {
    double[] now = start.clone();
    bound(now);
    double cost = cost(bins, now);
    double damping = 0.01;
    for (int step = 0; step < STEPS && damping < 1e6; step++) {
      double[] change = change(bins, now, damping);
      double[] next = new double[PARAMETERS];
      for (int i = 0; i < PARAMETERS; i++) {
        next[i] = now[i] + Math.clamp(change[i], -1, 1);
      }
      bound(next);
      double nextCost = cost(bins, next);
      if (nextCost < cost) {
        boolean settled = cost - nextCost < 1e-6 * (1 + cost);
        now = next;
        cost = nextCost;
        damping = Math.max(1e-6, damping / 5);
        if (settled) {
          break;
        }
      } else {
        damping *= 4;
      }
    }
    return new Found(now, cost);
  }

  private void bound(double[] parameters) {
    for (int i = 0; i < PARAMETERS; i++) {
      parameters[i] = Math.clamp(parameters[i], LOWEST[i], HIGHEST[i]);
    }
    parameters[CAPACITY] =
        Math.clamp(parameters[CAPACITY], Math.log(0.2 * highestLoad), Math.log(100 * highestLoad));
  }

  private double cost(LoadBins.Summary bins, double[] parameters) {
    double sum = 0;
    for (int i = 0; i < bins.size(); i++) {
      double error =
          Math.abs(Math.log(bins.values()[i]) - model(bins.loads()[i], parameters))
              / error(bins, i);
      sum += error <= HUBER ? error * error : HUBER * (2 * error - HUBER);
    }
    for (int i = SPREAD; i < PARAMETERS; i++) {
      double off = (parameters[i] - usual[i]) / usualError[i];
      sum += off * off;
    }
    return sum;
  }

  private double[] change(LoadBins.Summary bins, double[] parameters, double damping) {
    var squares = new LeastSquares(PARAMETERS);
    double[] row = new double[PARAMETERS];
    for (int i = 0; i < bins.size(); i++) {
      double value = model(bins.loads()[i], parameters);
      double off = (Math.log(bins.values()[i]) - value) / error(bins, i);
      double weight = Math.sqrt(Math.min(1, HUBER / Math.max(1e-12, Math.abs(off))));
      for (int p = 0; p < PARAMETERS; p++) {
        double kept = parameters[p];
        parameters[p] = kept + SLOPE_STEP;
        row[p] =
            weight * (model(bins.loads()[i], parameters) - value) / (SLOPE_STEP * error(bins, i));
        parameters[p] = kept;
      }
      squares.add(row, weight * off);
    }
    for (int p = SPREAD; p < PARAMETERS; p++) {
      Arrays.fill(row, 0);
      row[p] = 1 / usualError[p];
      squares.add(row, (usual[p] - parameters[p]) / usualError[p]);
    }
    return squares.solve(damping);
  }

  private static double error(LoadBins.Summary bins, int bin) {
    return Math.max(LEAST_ERROR, bins.errors()[bin] / bins.values()[bin]);
  }

  /** Logarithm of latency. */
  private static double model(double load, double[] parameters) {
    double capacity = Math.exp(parameters[CAPACITY]);
    return Math.log(
        LatencyCurve.latency(
            load / capacity,
            Math.exp(parameters[FLOOR]),
            capacity,
            Math.exp(parameters[SPREAD]),
            Math.exp(parameters[EXPONENT]),
            Math.exp(parameters[LASTING])));
  }
}
