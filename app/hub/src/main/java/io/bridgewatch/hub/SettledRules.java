package io.bridgewatch.hub;

import io.bridgewatch.hub.ScalingLearning.Wanted;
import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.numerics.Robust;
import io.bridgewatch.scale.HpaManifest;
import io.bridgewatch.scale.HpaSpec;
import io.bridgewatch.scale.PolicyRules;
import io.bridgewatch.scale.Reserve;
import io.bridgewatch.scale.WorkloadRecording;
import io.bridgewatch.scale.WorkloadRecording.Signal;
import io.bridgewatch.scale.trigger.ReplicaRange;
import java.util.Optional;
import java.util.OptionalInt;
import org.springframework.http.HttpStatus;

/**
 * Settles what a policy keeps to before it is learned: what a person said, else what is in force,
 * else what the history and the cluster tell.
 *
 * @param inForce the policy there is, or the autoscaler; empty if there is neither
 * @param judged the workload
 * @param zones over which it runs; empty where that is not known
 */
record SettledRules(
    Wanted wanted, Optional<HpaSpec> inForce, ScalingCluster.Judged judged, OptionalInt zones) {

  private static final int MOST_REPLICAS = 10_000;

  /** Share of the steps in which what is spread may have run with one replica. */
  private static final double ONE_ONLY = 0.05;

  static SettledRules of(
      Wanted wanted,
      Optional<ScalingPolicies.Known> policy,
      Optional<KubernetesObject> autoscaler,
      ScalingCluster.Judged judged,
      OptionalInt zones) {
    Optional<HpaSpec> inForce =
        policy.map(one -> one.policy().spec()).or(() -> autoscaler.map(HpaManifest::read));
    return new SettledRules(wanted, inForce, judged, zones);
  }

  /**
   * @throws HubProblem if a zone is to be kept in reserve of a workload that is not spread, or more
   *     replicas are wanted at least than there may be
   */
  PolicyRules with(ScalingCalibration plant, WorkloadRecording history) {
    int most = most();
    if (wanted.minReplicas().orElse(1) > most) {
      throw new HubProblem(
          HttpStatus.CONFLICT,
          "TooFewReplicas",
          "%s may have %d replicas by what is in force, what it calls and what there is room for, wanted at least %d; name the most as well"
              .formatted(wanted.target(), most, wanted.minReplicas().orElse(1)));
    }
    return new PolicyRules(plant.guard(), reserve(), Math.min(most, least(plant, history)), most);
  }

  /** No more than what it calls bears, unless the person says so. */
  private int most() {
    return wanted
        .maxReplicas()
        .orElseGet(
            () ->
                Math.clamp(
                    inForce.map(HpaSpec::maxReplicas).orElse(judged.room().largest()),
                    1,
                    Math.min(MOST_REPLICAS, judged.bears().orElse(MOST_REPLICAS))));
  }

  /** Of what runs in several replicas anyway, so many that one may be lost in quiet hours. */
  private int least(ScalingCalibration plant, WorkloadRecording history) {
    return wanted
        .minReplicas()
        .orElseGet(
            () ->
                inForce
                    .map(HpaSpec::minReplicas)
                    .or(
                        () ->
                            plant
                                .screening()
                                .replicas()
                                .map(ReplicaRange::minReplicas)
                                .filter(_ -> isSpread(history)))
                    .orElse(1));
  }

  private static boolean isSpread(WorkloadRecording history) {
    double[] ready = Robust.sorted(history.of(Signal.READY));
    return ready.length > 0 && Robust.quantile(ready, ONE_ONLY) >= 2;
  }

  private Reserve reserve() {
    return switch (wanted.reserve()) {
      case NOTHING -> new Reserve.None();
      case REPLICA -> new Reserve.OneReplica();
      case ZONE -> {
        if (zones.orElse(0) < 2) {
          throw new HubProblem(
              HttpStatus.CONFLICT,
              "NotSpreadOverZones",
              "%s runs in %s, wanted at least 2 zones to lose one; spread it by topologySpreadConstraints, or keep a replica in reserve"
                  .formatted(
                      wanted.target(),
                      zones.isPresent() ? "one zone" : "zones that are not known"));
        }
        yield new Reserve.OneZone(zones.getAsInt());
      }
    };
  }
}
