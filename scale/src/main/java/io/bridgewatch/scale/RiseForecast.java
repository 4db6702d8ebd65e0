package io.bridgewatch.scale;

/**
 * What a {@link RiseModel} says of each step of a load; of a step it knows only what was before.
 */
final class RiseForecast implements Rises {

  /** By steps ahead; empty where the model did not learn them. */
  private final double[][] expected;

  private final double[][] error;
  private final double[][] recurring;
  private final double[] highestRise;

  RiseForecast(RiseModel model, LoadSignals signals) {
    int furthest = 0;
    for (int ahead : model.aheads()) {
      furthest = Math.max(furthest, ahead);
    }
    expected = new double[furthest + 1][0];
    error = new double[furthest + 1][0];
    recurring = new double[furthest + 1][0];
    highestRise = new double[furthest + 1];
    double[] row = new double[LoadSignals.COUNT];
    for (int i = 0; i < model.parts().length; i++) {
      RiseModel.Part part = model.parts()[i];
      int steps = model.aheads()[i];
      LoadSignals.Ahead ahead = signals.new Ahead(steps);
      expected[steps] = new double[signals.steps()];
      error[steps] = new double[signals.steps()];
      recurring[steps] = new double[signals.steps()];
      highestRise[steps] = part.highestRise();
      for (int step = 0; step < signals.steps(); step++) {
        ahead.fill(step, row);
        part.cut(row);
        expected[steps][step] = part.expected(row);
        error[steps][step] = part.error(row);
        recurring[steps][step] = part.recurring().at(signals, ahead, step);
      }
    }
  }

  @Override
  public double rise(int step, int ahead, double errors) {
    if (ahead == 0) {
      return 0;
    }
    return Math.min(highestRise[ahead], expected[ahead][step] + errors * error[ahead][step]);
  }

  @Override
  public double recurring(int step, int ahead) {
    return ahead == 0 ? 0 : recurring[ahead][step];
  }
}
