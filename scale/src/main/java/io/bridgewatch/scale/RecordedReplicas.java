package io.bridgewatch.scale;

/** Asks for what was asked for at the time, whoever did; a replay of what really was. */
public final class RecordedReplicas implements ReplayPolicy {

  private final double[] replicas;
  private final int stepSeconds;
  private final int from;
  private final int most;

  /**
   * @param replicas by step; {@code NaN} where they were not seen, which counts as the step before
   * @param stepSeconds length of each step
   * @param from step at which the replay begins
   */
  public RecordedReplicas(double[] replicas, int stepSeconds, int from) {
    this.replicas = replicas.clone();
    this.stepSeconds = stepSeconds;
    this.from = from;
    double last = Double.NaN;
    double highest = 1;
    for (int i = 0; i < this.replicas.length; i++) {
      last = Double.isNaN(this.replicas[i]) ? last : this.replicas[i];
      this.replicas[i] = last;
      highest = Double.isNaN(last) ? highest : Math.max(highest, last);
    }
    this.most = (int) highest;
  }

  /** Before anything was seen, what there is stays. */
  @Override
  public int replicas(View view) {
    int step = Math.min(replicas.length - 1, from + view.now() / stepSeconds);
    return step < 0 || Double.isNaN(replicas[step]) ? view.replicas() : (int) replicas[step];
  }

  @Override
  public int maxReplicas() {
    return most;
  }
}
