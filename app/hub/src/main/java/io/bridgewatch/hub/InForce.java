package io.bridgewatch.hub;

import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.scale.HpaManifest;
import io.bridgewatch.scale.HpaMetric;
import io.bridgewatch.scale.HpaSpec;
import io.bridgewatch.scale.ManifestReplay;
import io.bridgewatch.scale.PlantSettings;
import io.bridgewatch.scale.PolicyStudy;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The autoscaler in force, to be replayed on the history of its workload. One that uses our metric
 * "replicas needed" is replayed with what that told at the time.
 *
 * @param named empty if there is none, or it cannot be replayed
 * @param unknown why it cannot be; empty if it can, or there is none
 */
record InForce(Optional<PolicyStudy.Named> named, String unknown) {

  /** Apart, in what was told: as autoscalers look. */
  static final Duration LOOK = ScalingNeeds.EVERY;

  /** Share of the history in which the metric must have told something. */
  private static final double LEAST_TOLD = 0.8;

  /**
   * @param stepSeconds of the history
   * @param told what "replicas needed" told through the history, every {@link #LOOK}; {@code NaN}
   *     where nothing
   */
  static InForce of(
      Optional<KubernetesObject> autoscaler,
      PlantSettings plant,
      int stepSeconds,
      Supplier<double[]> told) {
    if (autoscaler.isEmpty()) {
      return new InForce(Optional.empty(), "");
    }
    String name = autoscaler.get().name();
    try {
      HpaSpec spec = HpaManifest.read(autoscaler.get());
      return usesNeeded(spec)
          ? asTold(name, spec, plant, stepSeconds, told.get())
          : plain(name, spec, plant);
    } catch (IllegalArgumentException e) {
      return unknown(name, String.valueOf(e.getMessage()));
    }
  }

  private static boolean usesNeeded(HpaSpec spec) {
    return spec.metrics().stream()
        .anyMatch(
            metric ->
                metric instanceof HpaMetric.External(String its, _)
                    && its.equals(MetricsApiValues.NEEDED));
  }

  private static InForce plain(String name, HpaSpec spec, PlantSettings plant) {
    new ManifestReplay(spec, plant); // refuses what it cannot replay
    return new InForce(
        Optional.of(new PolicyStudy.Named(name, _ -> new ManifestReplay(spec, plant))), "");
  }

  private static InForce asTold(
      String name, HpaSpec spec, PlantSettings plant, int stepSeconds, double[] told) {
    long seen = Arrays.stream(told).filter(value -> !Double.isNaN(value)).count();
    double share = told.length == 0 ? 0 : (double) seen / told.length;
    if (share < LEAST_TOLD) {
      return unknown(
          name,
          "it uses %s, which told something in %.0f %% of this history only, wanted %.0f %%; learn again once it has told for longer, or over fewer days"
              .formatted(MetricsApiValues.NEEDED, 100 * share, 100 * LEAST_TOLD));
    }
    var values = Map.of(MetricsApiValues.NEEDED, told);
    int look = (int) LOOK.toSeconds();
    ManifestReplay.asTold(spec, plant, values, look, 0); // refuses what it cannot replay
    return new InForce(
        Optional.of(
            new PolicyStudy.Named(
                name + ", by what " + MetricsApiValues.NEEDED + " told at the time",
                from ->
                    ManifestReplay.asTold(
                        spec, plant, values, look, (int) ((long) from * stepSeconds / look)))),
        "");
  }

  private static InForce unknown(String name, String why) {
    return new InForce(Optional.empty(), name + ": " + why);
  }
}
