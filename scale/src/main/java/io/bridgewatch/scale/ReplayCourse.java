package io.bridgewatch.scale;

import java.util.Arrays;

/**
 * How a replay went, step by step of its load, for a chart. Arrays are copied on the way in.
 *
 * @param replicas asked for at the end of each step
 * @param ready that served then
 */
public record ReplayCourse(int[] replicas, int[] ready) {

  public ReplayCourse {
    replicas = replicas.clone();
    ready = ready.clone();
  }

  @Override
  public int[] replicas() {
    return replicas.clone();
  }

  @Override
  public int[] ready() {
    return ready.clone();
  }

  /**
   * Replays a load.
   *
   * @param first step that is told of; what comes before makes the policy familiar
   */
  static ReplayCourse of(LoadTrace load, PlantSettings plant, ReplayPolicy policy, int first) {
    int steps = load.steps();
    int[] replicas = new int[steps];
    int[] ready = new int[steps];
    int enough = Backtest.enough(load, plant);
    Arrays.fill(replicas, enough);
    Arrays.fill(ready, enough);
    Backtest.run(
        load,
        plant,
        new ReplayPolicy() {
          private int told;

          @Override
          public int replicas(View view) {
            int wanted = Math.max(1, policy.replicas(view));
            int step = Math.min(steps - 1, (view.now() - 1) / load.stepSeconds());
            for (; told < step; told++) {
              replicas[told + 1] = replicas[told];
              ready[told + 1] = ready[told];
            }
            replicas[step] = wanted;
            ready[step] = view.ready();
            return wanted;
          }

          @Override
          public int maxReplicas() {
            return policy.maxReplicas();
          }
        },
        enough);
    return new ReplayCourse(
        Arrays.copyOfRange(replicas, first, steps), Arrays.copyOfRange(ready, first, steps));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ReplayCourse that
        && Arrays.equals(replicas, that.replicas)
        && Arrays.equals(ready, that.ready);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(replicas) + Arrays.hashCode(ready);
  }
}
