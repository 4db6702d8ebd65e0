package io.bridgewatch.scale;

/** What a metric of ours told at the time, step by step; {@code NaN} where it told nothing. */
final class RecordedNeed implements NeededReplicas {

  private final double[] told;
  private final int stepSeconds;
  private final int from;

  /**
   * @param told by step, as an autoscaler could read it then
   * @param from step at which the replay begins
   */
  RecordedNeed(double[] told, int stepSeconds, int from) {
    this.told = told.clone();
    this.stepSeconds = stepSeconds;
    this.from = from;
  }

  @Override
  public double at(ReplayPolicy.View view) {
    int step = from + view.now() / stepSeconds;
    return step < told.length ? told[step] : Double.NaN;
  }
}
