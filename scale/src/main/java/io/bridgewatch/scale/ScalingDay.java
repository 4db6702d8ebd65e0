package io.bridgewatch.scale;

import io.bridgewatch.scale.WorkloadRecording.Signal;
import java.util.Optional;

/**
 * What a day of a workload's scaling did, replayed in its plant over the load as it came.
 *
 * @param seen share of the day in which requests were seen, 0 to 1
 * @param was with the replicas that were
 * @param usual what an autoscaler on CPU at 80 %, the default, would have done
 * @param constant what the fewest constant replicas would have done that hurt at most a thousandth
 * @param constantReplicas how many those are
 */
public record ScalingDay(
    double seen,
    ScalingEffect was,
    ScalingEffect usual,
    ScalingEffect constant,
    int constantReplicas) {

  private static final int DEFAULT_TARGET = 80;
  private static final double STATIC_SHARE = 0.001;
  private static final double LEAST_SEEN = 0.5;

  /**
   * @param recording of the day, with some hours before it that make the autoscaler familiar
   * @param from first step of the day itself
   * @return empty where less than half of the day's requests, or none of its replicas, were seen
   */
  public static Optional<ScalingDay> of(
      WorkloadRecording recording, PlantSettings plant, int maxReplicas, int from) {
    WorkloadRecording day = recording.slice(from, recording.steps());
    double seen = day.share(Signal.REQUESTS);
    Signal replicas = day.has(Signal.REPLICAS) ? Signal.REPLICAS : Signal.READY;
    if (seen < LEAST_SEEN || !day.has(replicas)) {
      return Optional.empty();
    }
    LoadTrace load = recording.load();
    int constant = Bounds.fewestConstant(load, plant, from, STATIC_SHARE);
    return Optional.of(
        new ScalingDay(
            seen,
            run(
                load,
                plant,
                new RecordedReplicas(recording.of(replicas), recording.stepSeconds(), 0),
                from),
            run(
                load,
                plant,
                new HpaReplay(
                    PolicyShape.cpu(DEFAULT_TARGET, maxReplicas), plant, Optional.empty()),
                from),
            run(load, plant, new Bounds.Constant(constant), from),
            constant));
  }

  private static ScalingEffect run(
      LoadTrace load, PlantSettings plant, ReplayPolicy policy, int from) {
    return Backtest.run(load, plant, policy, Backtest.enough(load, plant), from);
  }
}
